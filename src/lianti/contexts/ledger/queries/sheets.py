"""What the month sheet says, on the screen and on paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Q

from lianti.contexts.ledger import rules, words
from lianti.contexts.ledger.domain.fits import own_share
from lianti.contexts.ledger.domain.levels import Level
from lianti.contexts.ledger.models import Entry, EntryPerson, Link, MonthSheet, SheetPrint
from lianti.contexts.ledger.queries.lists import EntryRow, rows_of
from lianti.contexts.ledger.queries.pages import two_places
from lianti.contexts.ledger.queries.sheet_list import KIND
from lianti.contexts.ledger.rules.tables import VERIFIERS
from lianti.contexts.ledger.states import STANDING, EntryState, LinkState, PrintState
from lianti.contexts.network import queries as network
from lianti.lib.actor import Actor
from lianti.lib.errors import NotFound, Sentence
from lianti.lib.roles import DESK


@dataclass(frozen=True)
class Line:
    """One entry on a sheet with the person's own share, exactly; `refusal`: why this reader may not verify it."""

    row: EntryRow
    own: Fraction
    refusal: Sentence | None

    @property
    def share(self) -> Decimal:
        """The own share, for the eye."""
        return two_places(self.own)

    @property
    def counted(self) -> Fraction:
        """What of the own share counts now."""
        return own_share(self.own, self.row.quantity, self.row.declared)

    @property
    def waits(self) -> bool:
        return self.row.state == EntryState.DECLARED

    @property
    def open(self) -> bool:
        return self.waits and self.refusal is None


@dataclass(frozen=True)
class SheetSum:
    """What a sheet adds up to in one kind: own shares declared and counted."""

    kind: str
    unit: str
    declared: Decimal
    counted: Decimal


@dataclass(frozen=True)
class SheetPage:
    """All that the page of a sheet says; `prints` and `links` are read only.

    `named`: who signed on paper or holds a link. `may_verify`: this reader can verify at least one line.
    """

    id: int
    public_id: str
    version: int
    month: date
    person: network.PersonFacts | None
    giver: network.InstitutionFacts
    receiver: network.InstitutionFacts
    lines: list[Line]
    sums: list[SheetSum]
    prints: list[SheetPrint]
    links: list[Link]
    named: dict[int, network.PersonFacts]
    waiting: int
    may_verify: bool
    may_keep: bool

    @property
    def due(self) -> date | None:
        """By when what waits is to be verified: as `due_days` has it, of the lines that are read already."""
        return min((line.row.verify_by for line in self.lines if line.waits), default=None)


def sheet(actor: Actor, ident: str | int, *, today: date) -> SheetPage:
    """Return a month sheet, by public id or key, with its lines and what this reader can do with each.

    Raises NotFound.
    """
    if isinstance(ident, str):
        return page_of(actor, KIND.visible(actor).one(ident), today)
    found = KIND.visible(actor).narrowed(Q(pk=ident)).all(most=1)
    if not found:
        raise NotFound
    return page_of(actor, found[0], today)


def page_of(actor: Actor, record: MonthSheet, today: date) -> SheetPage:
    """Return the page of a sheet in a fixed number of queries."""
    named = {row.entry_id: row for row in EntryPerson.objects.filter(sheet=record)}
    entries = list(Entry.objects.filter(pk__in=list(named)).order_by("day", "id"))
    verifies = actor.role in VERIFIERS and actor.tenant_id == record.receiver_id
    waiting = [entry for entry in entries if entry.state == EntryState.DECLARED]
    refused = rules.refusals(rules.who_is(actor), waiting) if verifies and waiting else {}
    lines = [
        Line(row=row, own=named[row.id].exact, refusal=words.REFUSALS[refused[row.id]] if row.id in refused else None)
        for row in rows_of(entries, today)
    ]
    houses = network.institutions_by_id({record.giver_id, record.receiver_id})
    prints = list(SheetPrint.objects.filter(sheet=record).order_by("id"))
    links = list(Link.objects.filter(sheet=record).exclude(state=LinkState.WITHDRAWN).order_by("-id"))
    ids = {record.person_id, *(one.signatory_id for one in prints), *(one.person_id for one in links)}
    persons = network.people_by_id(pk for pk in ids if pk)
    return SheetPage(
        id=record.pk,
        public_id=record.public_id,
        version=record.version,
        month=record.month,
        person=persons.get(record.person_id or 0),
        giver=houses[record.giver_id],
        receiver=houses[record.receiver_id],
        lines=lines,
        sums=sums_of(lines),
        prints=prints,
        links=links,
        named=persons,
        waiting=len(waiting),
        may_verify=verifies and any(line.open for line in lines),
        may_keep=actor.role in DESK,
    )


def sums_of(lines: Iterable[Line]) -> list[SheetSum]:
    """Add up own shares by kind: what is declared, and what of it counts."""
    found: dict[tuple[str, str], list[Fraction]] = defaultdict(lambda: [Fraction(0), Fraction(0)])
    for line in lines:
        if line.row.state not in STANDING:
            continue
        sums = found[(line.row.kind, line.row.unit)]
        sums[0] += line.own
        if line.row.level > 0:
            sums[1] += line.counted
    return [SheetSum(kind, unit, two_places(d), two_places(c)) for (kind, unit), (d, c) in sorted(found.items())]


@dataclass(frozen=True)
class Printed:
    """A numbered print: exactly the lines that were printed, in their order, with their sums.

    `waiting`: those of which nothing is confirmed yet.
    """

    facts: SheetPrint
    sheet: SheetPage
    lines: list[Line]
    sums: list[SheetSum]
    waiting: list[Line]
    supplementary: bool


def printed(actor: Actor, public_id: str, *, today: date) -> Printed:
    """Return a print as it was made: its scan confirms these lines and no other. Raises NotFound."""
    record = SheetPrint.objects.filter(rules.PRINTS.visible_to(actor), public_id=public_id).first()
    if record is None:
        raise NotFound
    page = sheet(actor, record.sheet_id, today=today)
    lines = _as_printed(record, today)
    unconfirmed = set(
        Entry.objects.filter(pk__in=[line.row.id for line in lines], state=EntryState.DECLARED).values_list(
            "pk", flat=True
        )
    )
    waiting = [line for line in lines if line.row.id in unconfirmed]
    earlier = any(one.state == PrintState.CONFIRMED and one.number < record.number for one in page.prints)
    return Printed(record, page, lines, sums_of(lines), waiting, earlier)


def _as_printed(record: SheetPrint, today: date) -> list[Line]:
    """Give the lines as they were printed, whatever became of their entries.

    Prints of old kept less; there it is as it stands today.
    """
    ids = [line["entry"] for line in record.lines]
    now = {row.id: row for row in rows_of(Entry.objects.filter(pk__in=ids), today)}
    shares = {row.entry_id: row.exact for row in EntryPerson.objects.filter(sheet=record.sheet_id, entry__in=ids)}
    persons = network.people_by_id({person for line in record.lines for person, *_part in line.get("people", ())})
    return [
        Line(
            row=_row_as_printed(now[line["entry"]], line, persons),
            own=Fraction(line["share"]) if "share" in line else shares.get(line["entry"], Fraction(0)),
            refusal=None,
        )
        for line in record.lines
    ]


def _row_as_printed(row: EntryRow, line: Mapping[str, Any], persons: Mapping[int, network.PersonFacts]) -> EntryRow:
    people = [persons[person] for person, *_part in line["people"] if person in persons] if "people" in line else None
    return replace(
        row,
        day=date.fromisoformat(line.get("day", str(row.day))),
        quantity=Decimal(line["quantity"]),
        declared=Decimal(line.get("declared", row.declared)),
        level=Level(line["level"]),
        state=EntryState.COUNTED if line["level"] else EntryState.DECLARED,
        people=row.people if people is None else tuple(people),
        note=line.get("note", row.note),
    )


def print_by_number(actor: Actor, number: str) -> str | None:
    """Return the public id of the print with this number, for the code on the paper, or None."""
    rows = SheetPrint.objects.filter(rules.PRINTS.visible_to(actor), number=number.strip().upper())
    return rows.values_list("public_id", flat=True).first()
