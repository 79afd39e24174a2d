"""Month sheets as rows of a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Min, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger import words
from lianti.contexts.ledger.flow import SHEETS
from lianti.contexts.ledger.models import EntryPerson, MonthSheet
from lianti.contexts.ledger.states import EntryState
from lianti.contexts.network import queries as network
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.errors import NotFound, Sentence
from lianti.lib.saying import listed
from lianti.records import asking
from lianti.records.asking import Asked, Choice, County, Month, Named, PersonIs, PlaceIs, asks
from lianti.records.cells import Deadline, Link, Pair, Quantity
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


def due_days(sheets: Iterable[int], *, but: Collection[int] = ()) -> dict[int, date]:
    """Return by when each sheet that waits is to be verified: when the first of its declared entries is.

    The one rule of to-do list, page and list, in one query. `but`: entries that are being moved.
    """
    waits = EntryPerson.objects.filter(sheet__in=list(sheets), entry__state=EntryState.DECLARED)
    return dict(waits.exclude(entry__in=list(but)).values_list("sheet_id").annotate(Min("entry__verify_by")))


def briefs(rows: Sequence[MonthSheet]) -> list[Brief]:
    """Return how sheets are named: three queries more, however many."""
    kinds = _kinds_of(row.pk for row in rows if row.waiting)
    houses = network.institutions_by_id({pk for row in rows for pk in (row.giver_id, row.receiver_id)})
    persons = network.people_by_id(row.person_id for row in rows if row.person_id)
    return [
        Brief(
            row.pk, row.public_id, row.state, row.version,
            f"{persons.get(row.person_id or 0, words.NOBODY)} · {row.month:%Y-%m}",
            about=" · ".join([gettext("%(n)s to verify") % {"n": row.waiting}, *kinds.get(row.pk, ())]),
            parties=(("", houses[row.giver_id]), ("", houses[row.receiver_id])),
        )
        for row in rows
    ]  # fmt: skip


def _kinds_of(sheets: Iterable[int]) -> dict[int, list[str]]:
    """Say of what kinds the entries are that wait on each sheet, in one query."""
    waits = EntryPerson.objects.filter(sheet__in=list(sheets), entry__state=EntryState.DECLARED)
    found: dict[int, list[str]] = defaultdict(list)
    for sheet_id, kind in waits.order_by("sheet", "entry__kind").values_list("sheet_id", "entry__kind").distinct():
        found[sheet_id].append(words.kind_name(kind))
    return {sheet_id: [listed(kinds)] for sheet_id, kinds in found.items()}


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
    due: Deadline


def lines(records: Sequence[MonthSheet], _actor: Actor, today: date) -> list[SheetLine]:
    """Return sheets as rows, in three queries however many."""
    due = due_days(row.pk for row in records if row.waiting)
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
            Deadline(due.get(row.pk), row.pk in due and due[row.pk] < today),
        )
        for row in records
    ]
