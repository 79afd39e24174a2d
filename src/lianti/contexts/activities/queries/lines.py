"""Activities as lines of a list, at a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from lianti.contexts.activities import domain, labels, rules
from lianti.contexts.activities.models import (
    Activity,
    ActivityAccount,
    ActivityParticipant,
    ActivityPerson,
    ActivityReceiver,
)
from lianti.contexts.activities.states import ActivityState
from lianti.contexts.ledger.queries import kind_name
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, PersonFacts
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.web.paging import keyset
from lianti.lib.web.search import Hit

ORDER = ("-day", "-id")
MOST_OF_A_WEEK = 50
MOST_OF_DAYS = 300


@dataclass(frozen=True)
class ActivityLine:
    """One activity as a list shows it."""

    id: int
    public_id: str
    kind: str
    title: str
    state: str
    day: date
    day_to: date | None
    quantity: Decimal | None
    giver: InstitutionFacts | None
    receivers: tuple[InstitutionFacts, ...]
    participants: tuple[InstitutionFacts, ...]
    people: tuple[PersonFacts, ...]
    place: InstitutionFacts | None
    place_text: str
    attendance: int | None
    visited: tuple[str, ...]
    purpose: tuple[str, ...]
    late_days: int

    @property
    def kind_label(self) -> str:
        return kind_name(self.kind)

    @property
    def unit_label(self) -> str:
        return labels.unit_label(self.kind)

    @property
    def state_label(self) -> Sentence:
        return labels.STATES[self.state]

    @property
    def tone(self) -> labels.Tone:
        return labels.TONES[self.state]

    @property
    def is_event(self) -> bool:
        """Say whether nothing was given: a meeting, a signing, a visit."""
        return self.giver is None


@dataclass(frozen=True)
class Pattern:
    """An activity that stands, and the facts by which it can be recorded again."""

    line: ActivityLine
    facts: domain.ActivityFacts


@dataclass(frozen=True)
class ActivityLines:
    items: list[ActivityLine]
    more: str | None


def visible(actor: Actor) -> QuerySet[Activity]:
    """Return the activities that the actor may know of."""
    return Activity.objects.filter(rules.TABLE.visible_to(actor))


def activities(
    actor: Actor,
    *,
    mine: bool = False,
    kind: str = "",
    month: date | None = None,
    after: str | None = None,
    limit: int = 50,
) -> ActivityLines:
    """Return activities of the actor's institution, or those the actor recorded or took part in; latest first."""
    rows = visible(actor)
    if mine:
        rows = rows.filter(_mine(actor))
    if kind:
        rows = rows.filter(kind=kind)
    if month is not None:
        rows = rows.filter(day__year=month.year, day__month=month.month)
    page = keyset(rows, order=ORDER, after=after, limit=limit)
    return ActivityLines(lines(page.items), page.more)


def of_relation(actor: Actor, relation_id: int, *, limit: int = 20) -> list[ActivityLine]:
    """Return the latest events and activities of a relation that the actor may know of."""
    rows = visible(actor).filter(relation_id=relation_id, state=ActivityState.RECORDED).order_by(*ORDER)
    return lines(list(rows[:limit]))


def same_as(actor: Actor, draft: domain.ActivityFacts) -> list[tuple[str, str]]:
    """Return by name and address which activities a draft may repeat.

    Same day, kind, giver and one receiver; and one person, or, where it names none, the same recorder.
    """
    people = {taking.person_id for taking in draft.people}
    whose = Q(pk__in=ActivityPerson.objects.filter(person__in=people).values("activity"))
    rows = visible(actor).filter(
        whose if people else Q(created_by=actor.principal_id),
        pk__in=ActivityReceiver.objects.filter(institution__in=draft.receiver_ids).values("activity"),
        kind=draft.kind,
        day=draft.day,
        giver=draft.giver_id,
        state=ActivityState.RECORDED,
    )
    return _links(rows.order_by("-id")[:5])


def called(actor: Actor, public_id: str) -> list[tuple[str, str]]:
    """Return one activity by name and address; nothing when the actor may not know of it."""
    return _links(visible(actor).filter(public_id=public_id))


def _links(rows: QuerySet[Activity]) -> list[tuple[str, str]]:
    return [(_brief(line), f"/activities/{line.public_id}/") for line in lines(list(rows))]


def _brief(line: ActivityLine) -> str:
    """Name an activity beside others like it."""
    quantity = f"{domain.plain(line.quantity)} {line.unit_label}" if line.quantity is not None else ""
    to = "、".join(place.short_name for place in line.receivers)
    return " · ".join(part for part in (str(line.day), str(line.title or line.kind_label), quantity, to) if part)


def of_days(actor: Actor, days: Iterable[date]) -> list[ActivityLine]:
    """Return what is recorded for these days, as far as the actor may know of it."""
    rows = visible(actor).filter(day__in=list(days), state=ActivityState.RECORDED).order_by(*ORDER)
    return lines(list(rows[:MOST_OF_DAYS]))


def patterns_of_last_week(actor: Actor, today: date) -> list[Pattern]:
    """Return what the actor recorded of the week before, to be recorded again; oldest first."""
    rows = Activity.objects.filter(
        created_by_id=actor.principal_id,
        tenant_id=actor.tenant_id,
        state=ActivityState.RECORDED,
        giver__isnull=False,
        day__range=domain.last_week(today),
    )
    found = list(rows.order_by("day", "id")[:MOST_OF_A_WEEK])
    pks = [row.pk for row in found]
    takings: dict[int, list[domain.Taking]] = defaultdict(list)
    for row in ActivityPerson.objects.filter(activity__in=pks).order_by("position"):
        takings[row.activity_id].append(domain.Taking(row.person_id, row.part, row.share))
    accounts: dict[int, list[int]] = defaultdict(list)
    for activity_id, account_id in ActivityAccount.objects.filter(activity__in=pks).values_list("activity", "account"):
        accounts[activity_id].append(account_id)
    return [
        Pattern(line, _facts(row, line, tuple(takings[row.pk]), tuple(accounts[row.pk])))
        for row, line in zip(found, lines(found), strict=True)
    ]


def _facts(
    row: Activity, line: ActivityLine, people: tuple[domain.Taking, ...], accounts: tuple[int, ...]
) -> domain.ActivityFacts:
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


def find_activities(actor: Actor, words: str, limit: int) -> list[Hit]:
    """Return the activities whose title holds the words, latest first."""
    rows = list(visible(actor).filter(title__icontains=words).order_by(*ORDER)[:limit])
    return [Hit(row.title, f"/activities/{row.public_id}/", row.kind_label, row.day.isoformat()) for row in lines(rows)]


def _mine(actor: Actor) -> Q:
    mine = Q(created_by_id=actor.principal_id)
    if actor.person_id is not None:
        taking = ActivityPerson.objects.filter(person_id=actor.person_id)
        mine |= Q(pk__in=taking.values("activity_id"))
    return mine


def lines(rows: Sequence[Activity]) -> list[ActivityLine]:
    """Return rows as lines: five queries, however many rows."""
    pks = [row.pk for row in rows]
    receivers = _by_activity(ActivityReceiver.objects.filter(activity__in=pks).order_by("id"))
    participants = _by_activity(ActivityParticipant.objects.filter(activity__in=pks).order_by("position"))
    people: dict[int, list[int]] = defaultdict(list)
    for activity_id, person_id in (
        ActivityPerson.objects.filter(activity__in=pks).order_by("position").values_list("activity", "person")
    ):
        people[activity_id].append(person_id)
    wanted = {pk for group in (*receivers.values(), *participants.values()) for pk in group}
    wanted |= {pk for row in rows for pk in (row.giver_id, row.place_id) if pk is not None}
    places = network.institutions_by_id(wanted)
    known = network.people_by_id({pk for group in people.values() for pk in group})
    return [
        _line(
            row,
            places,
            tuple(places[pk] for pk in receivers[row.pk]),
            tuple(places[pk] for pk in participants[row.pk]),
            tuple(known[pk] for pk in people[row.pk]),
        )
        for row in rows
    ]


def _by_activity(rows: QuerySet[ActivityReceiver] | QuerySet[ActivityParticipant]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    pairs: Iterable[tuple[int, int]] = rows.values_list("activity", "institution")
    for activity_id, institution_id in pairs:
        found[activity_id].append(institution_id)
    return found


def _line(
    row: Activity,
    places: dict[int, InstitutionFacts],
    receivers: tuple[InstitutionFacts, ...],
    participants: tuple[InstitutionFacts, ...],
    people: tuple[PersonFacts, ...],
) -> ActivityLine:
    return ActivityLine(
        id=row.pk,
        public_id=row.public_id,
        kind=row.kind,
        title=row.title,
        state=row.state,
        day=row.day,
        day_to=row.day_to,
        quantity=row.quantity,
        giver=places.get(row.giver_id) if row.giver_id is not None else None,
        receivers=receivers,
        participants=participants,
        people=people,
        place=places.get(row.place_id) if row.place_id is not None else None,
        place_text=row.place_text,
        attendance=row.attendance,
        visited=tuple(row.visited),
        purpose=tuple(row.purpose),
        late_days=row.late_days,
    )
