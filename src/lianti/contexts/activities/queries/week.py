"""What somebody recorded last week, to be recorded again; of what is not sure, why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from lianti.contexts.activities import domain, words
from lianti.contexts.activities.models import Activity, ActivityAccount, ActivityPerson, ActivityReceiver
from lianti.contexts.activities.queries.lines import ActivityLine, lines
from lianti.contexts.activities.states import ActivityState
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence

MOST = 50  # lines of a week


@dataclass(frozen=True)
class Pattern:
    """An activity that stands, the facts by which it can be recorded again, and why that is not sure ('': it is)."""

    line: ActivityLine
    facts: domain.ActivityFacts
    doubt: Sentence = ""

    @property
    def key(self) -> str:
        """Return what the lines of a form are called by, whenever they are sent."""
        return self.line.activity.public_id


def patterns_of_last_week(actor: Actor, today: date) -> list[Pattern]:
    """Return what the actor recorded of the week before, to be recorded again; oldest first."""
    return _patterns(actor, Q(day__range=domain.last_week(today)), today)


def patterns(actor: Actor, public_ids: Iterable[str], today: date) -> list[Pattern]:
    """Return those that a form names, as far as the actor recorded them; oldest first."""
    return _patterns(actor, Q(public_id__in=list(public_ids)[:MOST]), today)


def _own(actor: Actor) -> QuerySet[Activity]:
    return Activity.objects.filter(
        created_by_id=actor.principal_id, tenant_id=actor.tenant_id, state=ActivityState.RECORDED, giver__isnull=False
    )


def _patterns(actor: Actor, which: Q, today: date) -> list[Pattern]:
    found = list(_own(actor).filter(which).order_by("day", "id")[:MOST])
    pks = [row.pk for row in found]
    takings: dict[int, list[domain.Taking]] = defaultdict(list)
    for row in ActivityPerson.objects.filter(activity__in=pks).order_by("position"):
        takings[row.activity_id].append(domain.Taking(row.person_id, row.part, row.share))
    accounts: dict[int, list[int]] = defaultdict(list)
    for activity_id, account_id in ActivityAccount.objects.filter(activity__in=pks).values_list("activity", "account"):
        accounts[activity_id].append(account_id)
    there = _there(actor, found, today)
    return [
        Pattern(line, _facts(line, tuple(takings[line.activity.pk]), tuple(accounts[line.activity.pk])), doubt)
        for line, doubt in ((line, _doubt(line, there, today)) for line in lines(found))
    ]


def _there(actor: Actor, found: Sequence[Activity], today: date) -> set[tuple[str, int]]:
    """Return kind and receiver of what the actor has recorded of the weeks in which the patterns would fall."""
    if not found:
        return set()
    first = domain.week_of(min(row.day for row in found) + domain.WEEK)[0]
    rows = _own(actor).filter(day__range=(first, today)).exclude(pk__in=[row.pk for row in found])
    given = ActivityReceiver.objects.filter(activity__in=rows)
    return set(given.values_list("activity__kind", "institution"))


def _doubt(line: ActivityLine, there: set[tuple[str, int]], today: date) -> Sentence:
    row = line.activity
    if row.day + domain.WEEK > today:
        return words.NOT_YET
    if row.day_to is not None:
        return words.WAS_A_PERIOD
    if any((row.kind, place.id) in there for place in line.receivers):
        return words.RECORDED_SINCE
    return ""


def _facts(line: ActivityLine, people: tuple[domain.Taking, ...], accounts: tuple[int, ...]) -> domain.ActivityFacts:
    row = line.activity
    return domain.ActivityFacts(
        kind=row.kind,
        day=row.day,
        giver_id=row.giver_id or 0,
        receiver_ids=tuple(place.id for place in line.receivers),
        quantity=row.quantity or Decimal(0),
        people=people,
        title=row.title,
        place_id=row.place_id,
        place_text=row.place_text,
        relation_id=row.relation_id,
        extra=row.extra,
        account_ids=accounts,
    )
