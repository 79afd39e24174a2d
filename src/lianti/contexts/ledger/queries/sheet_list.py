"""Month sheets as rows of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger import words
from lianti.contexts.ledger.flow import SHEETS
from lianti.contexts.ledger.models import MonthSheet
from lianti.contexts.network import queries as network
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.errors import NotFound, Sentence
from lianti.records import asking
from lianti.records.asking import Asked, Choice, County, Month, Named, PersonIs, PlaceIs, asks
from lianti.records.cells import Link, Pair, Quantity
from lianti.records.kinds import Brief, Kind
from lianti.records.reading import BySides, Visible

SIDES = ("giver", "receiver")
SOURCE = BySides(("giver_id", "receiver_id"))
WAITING, RECEIVED, GIVEN, EVERY = "waiting", "received", "given", "all"
SHOWN: dict[str, Sentence] = {
    WAITING: _("All that wait"),
    RECEIVED: _("For us to verify"),
    GIVEN: _("For the other side"),
    EVERY: pgettext_lazy("sheets", "All"),
}


def briefs(rows: Sequence[MonthSheet]) -> list[Brief]:
    """Return how sheets are named: two queries more, however many."""
    houses = network.institutions_by_id({pk for row in rows for pk in (row.giver_id, row.receiver_id)})
    persons = network.people_by_id(row.person_id for row in rows if row.person_id)
    return [
        Brief(
            row.pk, row.public_id, row.state, row.version,
            f"{persons.get(row.person_id or 0, words.NOBODY)} · {row.month:%Y-%m}",
            about=gettext("%(n)s to verify") % {"n": row.waiting},
            parties=(("", houses[row.giver_id]), ("", houses[row.receiver_id])),
        )
        for row in rows
    ]  # fmt: skip


KIND = Kind(SHEETS, words.SHEET, "/ledger/sheets/", ("sheets", "sheet", ""), briefs)


@dataclass(frozen=True)
class Somebody(PersonIs):
    """A person of the directory; one who is hidden by their id alone."""

    def find(self, text: str, actor: Actor) -> Any:
        if not ids.is_id(text):
            return super().find(text, actor)
        try:
            return network.person(text)
        except NotFound:
            return None


@dataclass(frozen=True)
class SheetsAsked(Asked):
    """What the list of month sheets can be asked."""

    show: str = asks(Choice(_("Which"), words=SHOWN, fits={EVERY: Q()}), default=WAITING)
    county: str | None = asks(County(asking.COUNTY, SIDES))
    place: Named | None = asks(PlaceIs(_("With whom"), SIDES))
    person: Named | None = asks(Somebody(asking.PERSON, ("person",)))
    month: date | None = asks(Month(_("Month"), ("month",)))

    def narrow(self, rows: Visible[MonthSheet], actor: Actor, today: date) -> Visible[MonthSheet]:
        """Narrow by what is asked; what waits for one side is what that side receives."""
        gave, got = (Q() if self.show != side else None for side in (RECEIVED, GIVEN))
        rows = super().narrow(rows.apart(gave, got), actor, today)
        return rows if self.show == EVERY else rows.narrowed(Q(waiting__gt=0))


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One month sheet as the list draws it."""

    id: int
    public_id: str
    version: int
    month: str
    who: Link
    sides: Pair
    waiting: Quantity


def lines(records: Sequence[MonthSheet], _actor: Actor, _today: date) -> list[SheetLine]:
    """Return sheets as rows, in two queries however many."""
    houses = network.institutions_by_id({pk for row in records for pk in (row.giver_id, row.receiver_id)})
    persons = network.people_by_id(row.person_id for row in records if row.person_id)
    return [
        SheetLine(
            row.pk,
            row.public_id,
            row.version,
            f"{row.month:%Y-%m}",
            Link(KIND.url(row.public_id), str(persons.get(row.person_id or 0, words.NOBODY))),
            Pair(houses[row.giver_id], houses[row.receiver_id]),
            Quantity(Decimal(row.waiting)),
        )
        for row in records
    ]
