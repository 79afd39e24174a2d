"""Activities as lines of a list, at a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Value

from lianti.contexts.activities import words
from lianti.contexts.activities.flow import FLOW
from lianti.contexts.activities.models import Activity, ActivityParticipant, ActivityPerson, ActivityReceiver
from lianti.contexts.activities.states import ActivityState
from lianti.contexts.ledger.queries import kind_name
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, PersonFacts
from lianti.lib.actor import Actor
from lianti.records.reading import visible

ORDER = ("-day", "-id")
MOST_OF_DAYS = 300


@dataclass(frozen=True)
class ActivityLine:
    """One activity with those who are in it. `activity` is read only."""

    activity: Activity
    giver: InstitutionFacts | None
    receivers: tuple[InstitutionFacts, ...]
    participants: tuple[InstitutionFacts, ...]
    people: tuple[PersonFacts, ...]
    place: InstitutionFacts | None

    @property
    def kind_label(self) -> str:
        return kind_name(self.activity.kind)

    @property
    def unit_label(self) -> str:
        return words.unit_label(self.activity.kind)

    @property
    def is_event(self) -> bool:
        """Say whether nothing was given: a meeting, a signing, a visit."""
        return self.giver is None


def of_days(actor: Actor, days: Iterable[date]) -> list[ActivityLine]:
    """Return what is recorded for these days, as far as the actor may know of it."""
    which = Q(day__in=list(days), state=ActivityState.RECORDED)
    return lines(visible(FLOW, actor).narrowed(which).all(order=ORDER, most=MOST_OF_DAYS))


def line(actor: Actor, public_id: str) -> ActivityLine:
    """Return one activity that the actor may know of. Raises NotFound."""
    return lines([visible(FLOW, actor).one(public_id)])[0]


def any_in(actor: Actor, relation_id: int) -> bool:
    """Say whether anything is recorded in a relation, as far as the actor may know of it."""
    which = Q(relation_id=relation_id, state=ActivityState.RECORDED)
    return visible(FLOW, actor).narrowed(which).counted(1)[0] > 0


def lines(rows: Sequence[Activity]) -> list[ActivityLine]:
    """Return rows as lines: three queries, however many rows."""
    receivers, participants, people = _parts([row.pk for row in rows])
    wanted = {pk for group in (*receivers.values(), *participants.values()) for pk in group}
    wanted |= {pk for row in rows for pk in (row.giver_id, row.place_id) if pk is not None}
    places = network.institutions_by_id(wanted)
    known = network.people_by_id({pk for group in people.values() for pk in group})
    return [
        ActivityLine(
            row,
            places.get(row.giver_id or 0),
            tuple(places[pk] for pk in receivers[row.pk]),
            tuple(places[pk] for pk in participants[row.pk]),
            tuple(known[pk] for pk in people[row.pk]),
            places.get(row.place_id or 0),
        )
        for row in rows
    ]


def _parts(pks: list[int]) -> tuple[defaultdict[int, list[int]], ...]:
    """Return receivers, participants and people by activity, each in their order, in one query."""
    sorts = (
        ActivityReceiver.objects.order_by().values_list("activity", "institution", "id"),
        ActivityParticipant.objects.order_by().values_list("activity", "institution", "position"),
        ActivityPerson.objects.order_by().values_list("activity", "person", "position"),
    )
    parts = [rows.filter(activity__in=pks).annotate(sort=Value(sort)) for sort, rows in enumerate(sorts)]
    found = tuple(defaultdict[int, list[int]](list) for _sort in sorts)
    for activity, one, _place, sort in sorted(parts[0].union(*parts[1:], all=True), key=lambda row: row[2]):
        found[sort][activity].append(one)
    return found


def by_activity(rows: QuerySet[ActivityReceiver] | QuerySet[ActivityParticipant]) -> dict[int, list[int]]:
    """Return the institutions of these rows by activity; one query."""
    found: dict[int, list[int]] = defaultdict(list)
    pairs: Iterable[tuple[int, int]] = rows.values_list("activity", "institution")
    for activity_id, institution_id in pairs:
        found[activity_id].append(institution_id)
    return found
