"""The sums as they are kept, recounted from the entries, and replayed from the moves: all three must be equal."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from lianti.contexts.ledger.models import AccountSum, Booking, Entry, EntryTransition, RelationSum
from lianti.contexts.ledger.states import STANDING
from lianti.lib.dates import month_of

Rows = dict[tuple[Any, ...], tuple[Decimal, int]]


def kept_sums() -> Rows:
    """Return every kept row that is not nothing, of accounts and relations."""
    found: Rows = {}
    accounts = AccountSum.objects.values_list("account_id", "period", "month", "unit", "level", "quantity", "entries")
    for *key, quantity, entries in accounts.iterator():
        found[("account", *key)] = (quantity, entries)
    relations = RelationSum.objects.values_list(
        "relation_id", "giver_id", "receiver_id", "month", "kind", "level", "quantity", "entries"
    )
    for *key, quantity, entries in relations.iterator():
        found[("relation", *key)] = (quantity, entries)
    return {key: row for key, row in found.items() if any(row)}


def recounted_sums() -> Rows:
    """Return the same rows added up from entries and postings alone."""
    totals: dict[tuple[Any, ...], list[Any]] = defaultdict(lambda: [Decimal(0), 0])
    seen: set[tuple[int, int]] = set()
    rows = Booking.objects.filter(entry__state__in=STANDING).select_related("entry").order_by("id")
    for row in rows.iterator(chunk_size=2000):
        entry = row.entry
        month = month_of(entry.count_day)
        _add(totals, ("account", row.account_id, row.period, month, entry.unit, entry.level), entry.quantity)
        if row.relation_id is not None and (row.relation_id, entry.pk) not in seen:
            seen.add((row.relation_id, entry.pk))
            key = ("relation", row.relation_id, entry.giver_id, entry.receiver_id, month, entry.kind, entry.level)
            _add(totals, key, entry.quantity)
    return {key: (quantity, entries) for key, (quantity, entries) in totals.items() if quantity or entries}


def _add(totals: dict[tuple[Any, ...], list[Any]], key: tuple[Any, ...], quantity: Decimal) -> None:
    totals[key][0] += quantity
    totals[key][1] += 1


# What each move does to the level an entry stands at; None: it stands nowhere. Unnamed moves leave it alone.
_LEVEL_AFTER: dict[str, int | None] = {
    "declare": 0,
    "correct": 0,
    "redeclare": 0,
    "return_": None,
    "return_on_paper": None,
    "withdraw": None,
    "verify": 2,
    "lower": 2,
    "acknowledge": 2,
    "confirm_on_paper": 1,
    "lower_on_paper": 1,
    "confirm_by_link": 1,
    "lower_by_link": 1,
    "pass_check": 3,
}
# A correction comes to the level of what it corrects; these come to it at once, and `follow` when that rises.
_AT_ONCE = frozenset({"fail_check", "settle_rest"})
_SETS_QUANTITY = (
    frozenset({"declare", "correct", "redeclare", "lower", "lower_on_paper", "lower_by_link", "settle"}) | _AT_ONCE
)


def replayed_entries() -> dict[int, tuple[int, Decimal] | None]:
    """Return level and quantity of every entry as its moves tell it, without looking at the entry."""
    found: dict[int, tuple[int | None, Decimal]] = {}
    old_of, apart = _what_corrections_name(), dict[int, Decimal]()
    rows = EntryTransition.objects.order_by("id").values_list("record_id", "name", "facts")
    for entry_id, name, facts in rows.iterator():
        level, quantity = found.get(entry_id, (None, Decimal(0)))
        if name in _SETS_QUANTITY and "quantity" in facts:
            quantity = Decimal(facts["quantity"])
        level, old = _LEVEL_AFTER.get(name, level), old_of.get(entry_id)
        if old is not None and (name in _AT_ONCE or _LEVEL_AFTER.get(name)):
            level = found[old][0]
        if name == "follow":
            level = int(facts["level"])
        if name == "settle_rest" and old is not None:
            apart[old] = quantity
        if name == "settle":
            quantity -= apart.pop(entry_id, Decimal(0))
        found[entry_id] = (level, quantity)
    return {pk: None if level is None else (level, quantity) for pk, (level, quantity) in found.items()}


def _what_corrections_name() -> dict[int, int]:
    """Return which entry each correction names, as the moves that made them tell it."""
    made = EntryTransition.objects.filter(name__in=["correct", *_AT_ONCE]).values_list("record_id", "facts")
    known = dict(Entry.objects.values_list("public_id", "id"))
    return {entry_id: known[facts["corrects"]] for entry_id, facts in made}


def standing_entries() -> dict[int, tuple[int, Decimal] | None]:
    """Return level and quantity of every entry as it stands."""
    rows = Entry.objects.values_list("id", "state", "level", "quantity")
    return {pk: (level, quantity) if state in STANDING else None for pk, state, level, quantity in rows.iterator()}
