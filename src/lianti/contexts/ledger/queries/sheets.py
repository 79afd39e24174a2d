"""What the month sheet says, on the screen and on paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lianti.contexts.ledger import labels, rules
from lianti.contexts.ledger.domain.fits import own_share
from lianti.contexts.ledger.models import Entry, EntryPerson, Link, MonthSheet, SheetPrint
from lianti.contexts.ledger.queries.lists import EntryRow, rows_of
from lianti.contexts.ledger.queries.pages import two_places
from lianti.contexts.ledger.rules.tables import VERIFIERS
from lianti.contexts.ledger.states import STANDING, EntryState, LinkState, PrintState
from lianti.contexts.network import queries as network
from lianti.lib.actor import Actor
from lianti.lib.errors import NotFound, Sentence
from lianti.lib.roles import DESK


@dataclass(frozen=True)
class Line:
    """One entry on a sheet with the person's own share; `refusal`: why this reader may not verify it."""

    row: EntryRow
    share: Decimal
    counted: Decimal
    refusal: Sentence | None

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
class PrintFacts:
    """A numbered print and whether its scan is booked."""

    public_id: str
    number: str
    state: str
    at: datetime
    lines: int
    signatory: network.PersonFacts | None
    scan_id: int | None

    @property
    def confirmed(self) -> bool:
        return self.state == PrintState.CONFIRMED


@dataclass(frozen=True)
class LinkFacts:
    """A one-time link: for whom, until when, and whether it was used."""

    public_id: str
    state: str
    person: network.PersonFacts | None
    expires_at: datetime
    attempts_left: int


@dataclass(frozen=True)
class SheetPage:
    """All that the page of a sheet says. `may_verify`: this reader can verify at least one line."""

    id: int
    public_id: str
    month: date
    person: network.PersonFacts | None
    giver: network.InstitutionFacts
    receiver: network.InstitutionFacts
    lines: list[Line]
    sums: list[SheetSum]
    prints: list[PrintFacts]
    links: list[LinkFacts]
    waiting: int
    may_verify: bool
    may_keep: bool

    @property
    def overdue(self) -> date | None:
        """The day by which the oldest waiting line should have been verified."""
        return min((line.row.verify_by for line in self.lines if line.waits), default=None)


def sheet(actor: Actor, public_id: str, *, today: date) -> SheetPage:
    """Return a month sheet with its lines and what this reader can do with each. Raises NotFound."""
    record = MonthSheet.objects.filter(rules.SHEETS.visible_to(actor), public_id=public_id).first()
    if record is None:
        raise NotFound
    return page_of(actor, record, today)


def sheet_by_id(actor: Actor, pk: int, *, today: date) -> SheetPage:
    """Return a month sheet by key. Raises NotFound."""
    record = MonthSheet.objects.filter(rules.SHEETS.visible_to(actor), pk=pk).first()
    if record is None:
        raise NotFound
    return page_of(actor, record, today)


def page_of(actor: Actor, record: MonthSheet, today: date) -> SheetPage:
    """Return the page of a sheet in a fixed number of queries."""
    named = {row.entry_id: row for row in EntryPerson.objects.filter(sheet=record)}
    entries = list(Entry.objects.filter(pk__in=list(named)).order_by("day", "id"))
    verifies = actor.role in VERIFIERS and actor.tenant_id == record.receiver_id
    waiting = [entry for entry in entries if entry.state == EntryState.DECLARED]
    refused = rules.refusals(rules.who_is(actor), waiting) if verifies and waiting else {}
    lines = [
        Line(
            row=row,
            share=named[row.id].share,
            counted=two_places(own_share(named[row.id].share, row.quantity, row.declared)),
            refusal=labels.REFUSALS[refused[row.id]] if row.id in refused else None,
        )
        for row in rows_of(entries, today)
    ]
    houses = network.institutions_by_id({record.giver_id, record.receiver_id})
    persons = network.people_by_id([record.person_id] if record.person_id else [])
    return SheetPage(
        id=record.pk,
        public_id=record.public_id,
        month=record.month,
        person=persons.get(record.person_id or 0),
        giver=houses[record.giver_id],
        receiver=houses[record.receiver_id],
        lines=lines,
        sums=_sums(lines),
        prints=_prints(SheetPrint.objects.filter(sheet=record)),
        links=_links(record),
        waiting=len(waiting),
        may_verify=verifies and any(line.open for line in lines),
        may_keep=actor.role in DESK,
    )


def _sums(lines: Iterable[Line]) -> list[SheetSum]:
    found: dict[tuple[str, str], list[Fraction]] = defaultdict(lambda: [Fraction(0), Fraction(0)])
    for line in lines:
        if line.row.state not in STANDING:
            continue
        sums = found[(line.row.kind, line.row.unit)]
        sums[0] += Fraction(line.share)
        if line.row.level > 0:
            sums[1] += own_share(line.share, line.row.quantity, line.row.declared)
    return [SheetSum(kind, unit, two_places(d), two_places(c)) for (kind, unit), (d, c) in sorted(found.items())]


def _prints(rows: Any) -> list[PrintFacts]:
    held = list(rows.order_by("id"))
    persons = network.people_by_id(row.signatory_id for row in held if row.signatory_id)
    return [
        PrintFacts(
            public_id=row.public_id,
            number=row.number,
            state=row.state,
            at=row.created_at,
            lines=len(row.lines),
            signatory=persons.get(row.signatory_id or 0),
            scan_id=row.scan_id,
        )
        for row in held
    ]


def _links(record: MonthSheet) -> list[LinkFacts]:
    rows = list(Link.objects.filter(sheet=record).exclude(state=LinkState.WITHDRAWN).order_by("-id"))
    persons = network.people_by_id(row.person_id for row in rows)
    return [
        LinkFacts(row.public_id, row.state, persons.get(row.person_id), row.expires_at, row.attempts_left)
        for row in rows
    ]


@dataclass(frozen=True)
class Printed:
    """A numbered print: exactly the lines that were printed, in their order."""

    facts: PrintFacts
    sheet: SheetPage
    lines: list[Line]
    supplementary: bool


def printed(actor: Actor, public_id: str, *, today: date) -> Printed:
    """Return a print as it was made: its scan confirms these lines and no other. Raises NotFound."""
    record = SheetPrint.objects.filter(rules.PRINTS.visible_to(actor), public_id=public_id).first()
    if record is None:
        raise NotFound
    page = sheet_by_id(actor, record.sheet_id, today=today)
    held = {line["entry"]: line for line in record.lines}
    lines = [line for line in page.lines if line.row.id in held]
    earlier = any(other.confirmed and other.number < record.number for other in page.prints)
    facts = next(other for other in page.prints if other.public_id == record.public_id)
    return Printed(facts, page, lines, earlier)


def print_by_number(actor: Actor, number: str) -> str | None:
    """Return the public id of the print with this number, for the code on the paper, or None."""
    rows = SheetPrint.objects.filter(rules.PRINTS.visible_to(actor), number=number.strip().upper())
    return rows.values_list("public_id", flat=True).first()


@dataclass(frozen=True)
class SheetRow:
    """A sheet as a line of a list or a card."""

    id: int
    public_id: str
    month: date
    person: network.PersonFacts | None
    giver: network.InstitutionFacts
    receiver: network.InstitutionFacts
    waiting: int


def sheets_by_id(pks: Iterable[int]) -> dict[int, SheetRow]:
    """Return sheets by key with names, in three queries; for cards of work items that were found already."""
    return {row.id: row for row in _sheet_rows(MonthSheet.objects.filter(pk__in=set(pks)))}


def sheets(
    actor: Actor, *, person_id: int | None = None, month: date | None = None, waiting: bool = False, side: str = ""
) -> list[SheetRow]:
    """Return the sheets the actor may see, of a person or a month, latest first; on request those that wait.

    `side`: only what the actor's institution 'given' or 'received'.
    """
    rows = MonthSheet.objects.filter(rules.SHEETS.visible_to(actor))
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    if month is not None:
        rows = rows.filter(month=month)
    if waiting:
        rows = rows.filter(waiting__gt=0)
    if side:
        rows = rows.filter(**{"giver_id" if side == "given" else "receiver_id": actor.tenant_id})
    return _sheet_rows(rows.order_by("-month", "id")[:100])


def _sheet_rows(rows: Any) -> list[SheetRow]:
    held = list(rows)
    houses = network.institutions_by_id({r.giver_id for r in held} | {r.receiver_id for r in held})
    persons = network.people_by_id(row.person_id for row in held if row.person_id)
    return [
        SheetRow(
            row.pk,
            row.public_id,
            row.month,
            persons.get(row.person_id or 0),
            houses[row.giver_id],
            houses[row.receiver_id],
            row.waiting,
        )
        for row in held
    ]
