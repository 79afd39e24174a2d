"""Workstations as rows of a list, what the page of one shows, and which postings are its visits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import rules, words
from lianti.contexts.dispatch.flow import STATIONS
from lianti.contexts.dispatch.models import StationExpert, StationYear, Workstation
from lianti.contexts.dispatch.states import StationState
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import PersonFacts, RelationFacts
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.saying import listed
from lianti.records import asking
from lianti.records.asking import Asked, Choice, County, Named, PersonIs, PlaceIs, RecordIs, Through, asks
from lianti.records.cells import Deadline, Link, Pair, State
from lianti.records.kinds import Brief, Kind
from lianti.records.reading import visible

SIDES = ("sender", "recipient")


def briefs(rows: Sequence[Workstation]) -> list[Brief]:
    """Return how workstations are named: one query more, however many."""
    places = network.institutions_by_id({pk for row in rows for pk in (row.sender_id, row.recipient_id)})
    return [
        Brief(row.pk, row.public_id, row.state, row.version, row.name, row.number, row.specialty,
              parties=(("", places[row.sender_id]), ("", places[row.recipient_id])))
        for row in rows
    ]  # fmt: skip


STATION = Kind(
    STATIONS,
    words.STATION,
    "/dispatch/workstations/",
    ("workstations", "workstation", "move_workstation"),
    briefs,
    ("number", "name", "specialty"),
)
FITS = {"open": ~Q(state=StationState.CLOSED), "closed": Q(state=StationState.CLOSED), "all": Q()}


def station_named(actor: Actor, public_id: str) -> Named:
    """Find a workstation that the actor may know of. Raises NotFound."""
    row = visible(STATIONS, actor).one(public_id)
    return Named(row.pk, row.public_id, row.name)


@dataclass(frozen=True)
class StationAsks(Asked):
    """What the list of workstations can be asked."""

    show: str = asks(Choice(_("Which"), words=words.STATIONS_SHOWN, fits=FITS), default="open")
    state: str | None = asks(Choice(_("State"), ("state",), words=words.STATION.state_words, folded=True))
    county: str | None = asks(County(asking.COUNTY, SIDES))
    place: Named | None = asks(PlaceIs(asking.PLACE, SIDES))
    person: Named | None = asks(PersonIs(asking.PERSON, (Through(StationExpert, "person", "station"),)))
    relation: Named | None = asks(RecordIs(_("Relation"), ("relation",), by=network.relation_named))


@dataclass(frozen=True, slots=True)
class StationRow:
    """One workstation as the list draws it."""

    id: int
    public_id: str
    version: int
    station: Link
    sides: Pair
    experts: str
    until: Deadline
    state: State


def station_rows(records: Sequence[Workstation], _actor: Actor, today: date) -> list[StationRow]:
    """Return workstations as rows: three queries more, however many."""
    places = network.institutions_by_id({pk for row in records for pk in (row.sender_id, row.recipient_id)})
    experts = _experts([row.pk for row in records])
    return [
        StationRow(
            row.pk,
            row.public_id,
            row.version,
            Link(STATION.url(row.public_id), row.name, row.specialty),
            Pair(places[row.sender_id], places[row.recipient_id]),
            listed(one.name for one in experts[row.pk]),
            Deadline(row.until, row.state == StationState.OPEN and row.until is not None and row.until < today),
            words.STATION.state(row.state),
        )
        for row in records
    ]


def _experts(stations: Sequence[int]) -> Mapping[int, list[PersonFacts]]:
    pairs = list(StationExpert.objects.filter(station__in=stations).order_by("pk").values_list("station", "person"))
    people, found = (
        network.people_by_id(person for _station, person in pairs),
        defaultdict[int, list[PersonFacts]](list),
    )
    for station, person in pairs:
        found[station].append(people[person])
    return found


@dataclass(frozen=True)
class YearLine:
    """One year of a workstation."""

    year: int
    goals: str
    grade: Sentence
    checked: date | None
    note: str


@dataclass(frozen=True)
class StationPage:
    """What the page of a workstation shows. `station` is read only."""

    station: Workstation
    relation: RelationFacts
    experts: list[PersonFacts]
    years: list[YearLine]
    colleagues: list[PersonFacts]


def station_page(actor: Actor, row: Workstation) -> StationPage:
    """Return what its page shows, and for its forms whom the supporting institution employs."""
    years = StationYear.objects.filter(station=row.pk).order_by("-year")
    keeps = rules.STATIONS.refusal(actor, "dispatch.station", row) is None
    return StationPage(
        row,
        network.relation_by_id(row.relation_id),
        list(_experts([row.pk])[row.pk]),
        [YearLine(one.year, one.goals, words.GRADES.get(one.grade, ""), one.checked, one.note) for one in years],
        network.people_of(row.sender_id) if keeps else [],
    )


def relations_to_apply(actor: Actor) -> list[RelationFacts]:
    """Return the relations in which the actor's institution can have a workstation, asked for ones among them."""
    if actor.role not in rules.CONSENTERS:
        return []
    return [one for one in network.relations_of(actor) if one.state != "ended" and actor.tenant_id in one.side_ids]


def may_apply(actor: Actor) -> bool:
    """Say whether the actor's role lets them apply at all."""
    return actor.role in rules.CONSENTERS
