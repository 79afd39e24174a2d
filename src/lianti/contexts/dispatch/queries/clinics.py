"""Clinics as rows of a list, what the page of one shows, and the week of a receiving institution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import rules, words
from lianti.contexts.dispatch.flow import CLINICS, POSTINGS
from lianti.contexts.dispatch.models import Clinic, ClinicDay, Posting
from lianti.contexts.dispatch.states import HERE, PostingState
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import PersonFacts
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.roles import Role
from lianti.records import asking
from lianti.records.asking import Asked, Choice, Named, PersonIs, PlaceIs, RecordIs, asks
from lianti.records.cells import Link, Pair, Span, State
from lianti.records.kinds import Brief, Kind
from lianti.records.reading import visible

SIDES = ("sender", "recipient")
WEEKDAY: dict[int, Sentence] = {number + 1: word for number, word in WEEKDAYS.items()}


def briefs(rows: Sequence[Clinic]) -> list[Brief]:
    """Return how clinics are named: two queries more, however many."""
    places = network.institutions_by_id({pk for row in rows for pk in (row.sender_id, row.recipient_id)})
    people = network.people_by_id({row.person_id for row in rows})
    return [
        Brief(row.pk, row.public_id, row.state, row.version, f"{people[row.person_id].name} · {when(row)}", "",
              " · ".join(filter(None, (row.name, row.room))),
              parties=(("", places[row.sender_id]), ("", places[row.recipient_id])))
        for row in rows
    ]  # fmt: skip


def when(row: Clinic) -> str:
    """Return weekday and half-day in words."""
    return f"{WEEKDAY[row.weekday]} {words.HALVES[row.half]}"


CLINIC = Kind(CLINICS, words.CLINIC, "/dispatch/clinics/", ("clinics", "clinic", "move_clinic"), briefs)


def posting_named(actor: Actor, public_id: str) -> Named:
    """Find a posting that the actor may know of. Raises NotFound."""
    row = visible(POSTINGS, actor).one(public_id)
    return Named(row.pk, row.public_id, row.number)


_RUNNING = Q(state="running", posting__left=None)
FITS = {"running": _RUNNING, "over": ~_RUNNING, "all": Q()}


@dataclass(frozen=True)
class ClinicAsks(Asked):
    """What the list of clinics can be asked."""

    show: str = asks(Choice(_("Which"), words=words.CLINICS_SHOWN, fits=FITS), default="running")
    state: str | None = asks(Choice(_("State"), ("state",), words=words.CLINIC.state_words, folded=True))
    half: str | None = asks(Choice(_("Half-day"), ("half",), words=words.HALVES, folded=True))
    place: Named | None = asks(PlaceIs(asking.PLACE, SIDES))
    person: Named | None = asks(PersonIs(asking.PERSON, ("person",)))
    posting: Named | None = asks(RecordIs(words.POSTING.one, ("posting",), by=posting_named))


@dataclass(frozen=True, slots=True)
class ClinicRow:
    """One clinic as the list draws it."""

    id: int
    public_id: str
    version: int
    who: Link
    sides: Pair
    what: str
    time: Span
    state: State


def clinic_rows(records: Sequence[Clinic], _actor: Actor, _today: date) -> list[ClinicRow]:
    """Return clinics as rows: two queries more, however many."""
    places = network.institutions_by_id({pk for row in records for pk in (row.sender_id, row.recipient_id)})
    people = network.people_by_id({row.person_id for row in records})
    return [
        ClinicRow(
            row.pk,
            row.public_id,
            row.version,
            Link(CLINIC.url(row.public_id), people[row.person_id].name, when(row)),
            Pair(places[row.sender_id], places[row.recipient_id]),
            " · ".join(filter(None, (row.name, row.room))),
            Span(row.from_date, row.to_date),
            words.CLINIC.state(row.state),
        )
        for row in records
    ]


@dataclass(frozen=True)
class DayLine:
    """What is said of one day."""

    day: date
    held: Sentence
    cover: PersonFacts | None
    note: str


@dataclass(frozen=True)
class ClinicPage:
    """What the page of a clinic shows. `clinic` is read only."""

    clinic: Clinic
    person: PersonFacts
    posting: Posting
    place: str
    days: list[DayLine]
    colleagues: list[PersonFacts]

    @property
    def when(self) -> str:
        """Weekday and half-day in words."""
        return when(self.clinic)


def clinic_page(actor: Actor, row: Clinic) -> ClinicPage:
    """Return what its page shows, and for its forms who may cover: who is posted here, and the house's own people."""
    days = list(ClinicDay.objects.filter(clinic=row.pk).order_by("-day"))
    keeps = rules.CLINICS.refusal(actor, "dispatch.clinic", row) is None
    colleagues = _may_cover(actor, row) if keeps else []
    people = network.people_by_id({row.person_id, *(one.cover_id for one in days if one.cover_id)})
    return ClinicPage(
        row,
        people[row.person_id],
        Posting.objects.get(pk=row.posting_id),
        network.institution_by_id(row.recipient_id).public_id,
        [DayLine(one.day, words.HELD[one.held], people.get(one.cover_id or 0), one.note) for one in days],
        colleagues,
    )


def _may_cover(actor: Actor, row: Clinic) -> list[PersonFacts]:
    here = Posting.objects.filter(rules.POSTINGS.visible_to(actor), recipient=row.recipient_id, state__in=HERE)
    posted = network.people_by_id(here.values_list("person", flat=True))
    own = network.people_of(row.recipient_id)
    return [one for one in (*posted.values(), *own) if one.id != row.person_id and not one.hidden]


@dataclass(frozen=True)
class Sitter:
    """Somebody posted here who may be given a clinic."""

    public_id: str
    person: PersonFacts
    department: str
    first: date


def sitters(actor: Actor) -> list[Sitter]:
    """Return who is posted to the actor's institution, or is on the way; to an expert themselves alone."""
    if actor.role not in rules.KEEPERS:
        return []
    known = Posting.objects.filter(rules.POSTINGS.visible_to(actor), recipient=actor.tenant_id)
    rows = list(known.filter(state__in=HERE | {PostingState.ORDERED}).order_by("from_date", "pk"))
    if actor.role is Role.EXPERT:
        rows = [row for row in rows if row.person_id == actor.person_id]
    people = network.people_by_id({row.person_id for row in rows})
    return [Sitter(row.public_id, people[row.person_id], row.department, row.arrived or row.from_date) for row in rows]


def may_open(actor: Actor) -> bool:
    """Say whether the actor's role lets them open a clinic at all."""
    return actor.role in rules.KEEPERS
