"""Service before the platform as rows of a list, and what the page of one shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import rules, words
from lianti.contexts.dispatch.flow import PASTS
from lianti.contexts.dispatch.models import PastFile, PastService
from lianti.contexts.dispatch.states import PastState
from lianti.contexts.evidence import queries as evidence
from lianti.contexts.evidence.queries import Tied
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, PersonFacts
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.records import asking
from lianti.records.asking import Asked, Choice, County, Day, Named, PersonIs, PlaceIs, asks
from lianti.records.cells import Link, Pair, Quantity, Span, State
from lianti.records.kinds import Brief, Kind

SIDES = ("sender", "recipient")


def briefs(rows: Sequence[PastService]) -> list[Brief]:
    """Return how they are named: two queries more, however many rows."""
    places = network.institutions_by_id({pk for row in rows for pk in (row.sender_id, row.recipient_id) if pk})
    people = network.people_by_id({row.person_id for row in rows})
    return [
        Brief(row.pk, row.public_id, row.state, row.version, people[row.person_id].name, row.number, words.MARK,
              parties=(("", places[row.sender_id]), ("", places.get(row.recipient_id or 0, row.place))))
        for row in rows
    ]  # fmt: skip


PAST = Kind(
    PASTS, words.PAST, "/dispatch/past/", ("pasts", "past", "move_past"), briefs, ("number", "place", "letter_number")
)
FITS = {"stands": ~Q(state=PastState.WITHDRAWN), "disputed": Q(state=PastState.DISPUTED), "all": Q()}


@dataclass(frozen=True)
class PastAsks(Asked):
    """What the list of earlier service can be asked."""

    show: str = asks(Choice(_("Which"), words=words.PAST_SHOWN, fits=FITS), default="stands")
    state: str | None = asks(Choice(_("State"), ("state",), words=words.PAST.state_words, folded=True))
    kind: str | None = asks(Choice(_("Kind"), ("kind",), words=words.KINDS, folded=True))
    county: str | None = asks(County(asking.COUNTY, SIDES))
    place: Named | None = asks(PlaceIs(asking.PLACE, SIDES))
    person: Named | None = asks(PersonIs(asking.PERSON, ("person",)))
    since: date | None = asks(Day(asking.SINCE, ("first",)))
    until: date | None = asks(Day(asking.UNTIL, ("first",), lookup="lte"))


@dataclass(frozen=True, slots=True)
class PastRow:
    """One time of earlier service as the list draws it."""

    id: int
    public_id: str
    version: int
    who: Link
    sides: Pair
    kind: Sentence
    time: Span
    certified: Quantity
    letter: str
    state: State


def past_rows(records: Sequence[PastService], _actor: Actor, _today: date) -> list[PastRow]:
    """Return them as rows: two queries more, however many."""
    places = network.institutions_by_id({pk for row in records for pk in (row.sender_id, row.recipient_id) if pk})
    people = network.people_by_id({row.person_id for row in records})
    return [
        PastRow(
            row.pk,
            row.public_id,
            row.version,
            Link(PAST.url(row.public_id), people[row.person_id].name, _below(people[row.person_id])),
            Pair(places[row.sender_id], places.get(row.recipient_id or 0) or row.place),  # type: ignore[arg-type]
            words.KINDS[row.kind],
            Span(row.first, row.last),
            Quantity(None if row.certified is None else Decimal(row.certified)),
            row.letter_number,
            words.PAST.state(row.state),
        )
        for row in records
    ]  # fmt: skip


def _below(person: PersonFacts) -> str:
    return " · ".join(part for part in (str(words.MARK), person.department) if part)


@dataclass(frozen=True)
class PastPage:
    """What the page of earlier service shows. `past` is read only."""

    past: PastService
    person: PersonFacts
    sender: InstitutionFacts
    recipient: InstitutionFacts | None
    files: list[Tied]
    own: bool  # the reader's institution entered it

    @property
    def names(self) -> list[network.Named]:
        """Every name of every institution, for the form that corrects the place."""
        return network.every_name() if self.own else []


def past_page(actor: Actor, row: PastService) -> PastPage:
    """Return what its page shows."""
    places = network.institutions_by_id({pk for pk in (row.sender_id, row.recipient_id) if pk})
    files = evidence.tied(PastFile.objects.filter(service=row.pk).order_by("pk"))
    person = network.person_by_id(row.person_id)
    return PastPage(
        row, person, places[row.sender_id], places.get(row.recipient_id or 0), files, actor.tenant_id == row.sender_id
    )


def past_files(actor: Actor, public_id: str) -> list[Tied]:
    """Return the scans of earlier service that the actor may know of. Raises NotFound."""
    return past_page(actor, PAST.visible(actor).one(public_id)).files


def may_enter_past(actor: Actor) -> bool:
    """Say whether the actor's role enters earlier service."""
    return actor.role in rules.SENDERS


def own_people(actor: Actor) -> list[PersonFacts]:
    """Return whom the actor's institution employs, for forms that take names."""
    return network.people_of(actor.tenant_id)
