"""Keeping the sums: what a move of an entry changes is added to the kept rows in the same transaction.

The only raw SQL of the ledger; `queries.recount` says the same from the entries, and tests hold the two together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from lianti.contexts.ledger.models import Booking, Entry, EntryPerson, hundredths
from lianti.contexts.ledger.services import waiting
from lianti.contexts.ledger.states import STANDING, EntryState
from lianti.kernel import ready
from lianti.lib.dates import month_of

_ACCOUNT = ("account_id", "period", "month", "unit", "level")
_RELATION = ("relation_id", "giver_id", "receiver_id", "month", "kind", "level")

_POSTED = ready.Ready(
    lambda entry: Booking.objects.filter(entry_id=entry).values_list("account_id", "relation_id", "period"), int
)
_ON_SHEETS = ready.Ready(
    lambda entry: EntryPerson.objects.filter(entry_id=entry).values_list("sheet_id", flat=True), int
)

_WAITING = "UPDATE ledger_monthsheet SET waiting = waiting + %s WHERE id = %s RETURNING waiting"


@dataclass(frozen=True)
class Place:
    """Where an entry stands in the books: with which quantity, at which level, counted on which day."""

    quantity: int
    level: int
    count_day: date


def place_of(entry: Entry) -> Place | None:
    """Give the place of an entry as it is now; None where it stands nowhere."""
    if entry.state not in STANDING:
        return None
    return Place(hundredths(entry.quantity), entry.level, entry.count_day)


@dataclass(frozen=True)
class Book:
    """A posting as the sums need it."""

    account_id: int
    relation_id: int | None
    period: date


def books_of(entry: Entry) -> list[Book]:
    """Give where an entry is posted."""
    return [Book(*row) for row in _POSTED.rows(entry.pk)]


@dataclass
class Changes:
    """What moves add to the kept rows; written once by `flush`, in one order, so that no two wait for each other."""

    at: datetime
    accounts: dict[tuple[Any, ...], list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    relations: dict[tuple[Any, ...], list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    sheets: dict[int, waiting.Moved] = field(default_factory=dict)
    books: dict[int, list[Book]] = field(default_factory=dict)

    def know(self, entries: Iterable[Entry]) -> None:
        """Read where all of these entries are posted at once."""
        self.books = {entry.pk: [] for entry in entries}
        rows = Booking.objects.filter(entry__in=list(self.books))
        for entry_id, account_id, relation_id, period in rows.values_list("entry", "account", "relation_id", "period"):
            self.books[entry_id].append(Book(account_id, relation_id, period))

    def shift(self, entry: Entry, after: Place | None, books: Iterable[Book] | None = None) -> None:
        """Move an entry from its present place to another one (None: out of the books)."""
        known = self.books.get(entry.pk)
        held = list(books) if books is not None else books_of(entry) if known is None else known
        if (before := place_of(entry)) is not None:
            self.put(entry, before, held, -1)
        if after is not None:
            self.put(entry, after, held, 1)

    def put(self, entry: Entry, place: Place, books: Iterable[Book], sign: int) -> None:
        """Add an entry to the rows of the books it is posted to (sign -1: take it out)."""
        month, relations = month_of(place.count_day), set()
        for book in books:
            row = self.accounts[(book.account_id, book.period, month, entry.unit, place.level)]
            row[0] += sign * place.quantity
            row[1] += sign
            if book.relation_id is not None:
                relations.add(book.relation_id)
        self.put_relations(entry, place, relations, sign)

    def put_relations(self, entry: Entry, place: Place, relations: Iterable[int], sign: int) -> None:
        """Add an entry once to each of these relations' rows."""
        month = month_of(place.count_day)
        for relation_id in relations:
            key = (relation_id, entry.giver_id, entry.receiver_id, month, entry.kind, place.level)
            row = self.relations[key]
            row[0] += sign * place.quantity
            row[1] += sign

    def wait(self, entry: Entry, difference: int) -> None:
        """Count an entry in (+1) or out (-1) of what its sheets wait for."""
        if entry.sheet_ids is None:
            entry.sheet_ids = frozenset(_ON_SHEETS.rows(entry.pk))
        for sheet_id in entry.sheet_ids:
            moved = self.sheets.setdefault(sheet_id, waiting.Moved(entry.receiver_id))
            (moved.came if difference > 0 else moved.went)[entry.pk] = entry.verify_by

    def flush(self) -> None:
        """Write everything that was added up: sheets, then relations, then accounts, as `together` does by itself."""
        sums = [
            *_upsert("ledger_accountsum", _ACCOUNT, self.accounts),
            *_upsert("ledger_relationsum", _RELATION, self.relations),
        ]
        sheets = sorted(self.sheets.items())
        for sheet_id, moved in sheets:
            with_sums = sums if len(sheets) == 1 else []
            [(left,)] = ready.together(*with_sums, (_WAITING, [moved.difference, sheet_id]))
            waiting.sheet(sheet_id, moved, left, self.at)
        if len(sheets) != 1:
            for statement in reversed(sums):
                ready.execute(*statement)
        self.accounts.clear()
        self.relations.clear()
        self.sheets.clear()


def _sql_value(value: Any) -> Any:
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _upsert(table: str, key: tuple[str, ...], rows: dict[tuple[Any, ...], list[int]]) -> list[ready.Statement]:
    changed = [(*k, *v) for k, v in sorted(rows.items()) if v != [0, 0]]
    if not changed:
        return []
    marks = "(" + ", ".join(["%s"] * (len(key) + 2)) + ")"
    columns = ", ".join(key)
    sql = (
        f"INSERT INTO {table} ({columns}, quantity, entries) VALUES {', '.join([marks] * len(changed))}"  # noqa: S608
        f" ON CONFLICT ({columns}) DO UPDATE SET quantity = {table}.quantity + excluded.quantity,"
        f" entries = {table}.entries + excluded.entries"
    )
    return [(sql, [_sql_value(value) for row in changed for value in row])]


def move_to(
    changes: Changes, entry: Entry, *, state: str, level: int, quantity: Decimal, count_day: date | None = None
) -> None:
    """Add what it changes when an entry comes to this state, level and quantity."""
    after = None
    if state in STANDING:
        after = Place(hundredths(quantity), level, count_day or entry.count_day)
    changes.shift(entry, after)
    difference = (state == EntryState.DECLARED) - (entry.state == EntryState.DECLARED)
    if difference:
        changes.wait(entry, difference)
