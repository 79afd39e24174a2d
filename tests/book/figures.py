"""Every figure of a walk, as the product says it and as the book does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from lianti.contexts.ledger import queries
from lianti.contexts.ledger.models import Account, Booking, Entry, MonthSheet, RelationSum
from lianti.kernel import scope
from tests.book.beside import NOBODY, Beside
from tests.book.book import Level
from tests.book.due import State
from tests.book.world import UNITS

LIVE = ("declared", "counted", "objected", "settled")
SEES = "p_office"  # P is one of the two in all that is done
LEAD = "P"  # and leads every relation


class Figure(NamedTuple):
    """One figure: of what kind, of what, and how product and book say it."""

    kind: str
    of: Any
    product: Any
    book: Any


def figures(walk: Beside) -> Iterator[Figure]:
    """Return all figures, the plainest first; after a refusal only whether the entries are as they were."""
    with scope.system():
        yield from _entries(walk)
        if not walk.changed:
            return
        yield from _accounts(walk)
        yield from _relations(walk)
        yield from _spread(walk)
        yield from _waiting(walk)
        yield from _workload(walk)


def _levels(sums: Mapping[str, Mapping[Level, Fraction]]) -> dict[str, tuple[Fraction, ...]]:
    found = {unit: tuple(levels[level] for level in Level) for unit, levels in sums.items()}
    return {unit: row for unit, row in found.items() if any(row)}


def _entries(walk: Beside) -> Iterator[Figure]:
    columns = ("pk", "state", "quantity", "level", "count_day", "verify_by")
    for pk, state, quantity, level, counts, verify_by in Entry.objects.values_list(*columns):
        row, of = walk.book.entries[pk], walk.label(pk)
        yield Figure("state", of, state, row.state.value)
        if state in LIVE:
            yield Figure("quantity", of, Fraction(quantity), row.figure)
            yield Figure("level", of, level + 1, walk.book.level_of(row).value)
            yield Figure("month", of, counts.replace(day=1), walk.book.counts_on(row)[0].replace(day=1))
        if state == "declared":
            yield Figure("deadline", of, verify_by, walk.book.deadline(pk))


def _accounts(walk: Beside) -> Iterator[Figure]:
    labels = {pk: label for label, pk in walk.labels.items() if pk in walk.book.accounts and label[0] == "a"}
    found = queries.fulfilment(labels, today=walk.today)
    last_days = queries.last_days(labels)
    held: dict[int, set[int]] = defaultdict(set)
    for account, entry in Booking.objects.filter(entry__state__in=LIVE).values_list("account_id", "entry_id"):
        held[account].add(entry)
    for pk, account in found.items():
        of = labels[pk]
        rows = {row.id for row in walk.book.live(walk.book.rows_of(pk))}
        yield Figure("entries", of, held[pk], rows)
        sums = {unit: (sums.declared, sums.paper, sums.online, sums.spot) for unit, sums in account.by_unit.items()}
        told = {unit: tuple(map(Fraction, row)) for unit, row in sums.items() if any(row)}
        yield Figure("sums", of, told, _levels(walk.book.sums(pk)))
        standing = walk.book.standing(pk)
        yield Figure("last date", of, last_days.get(pk), standing.last_date)
        if account.amount is not None:
            yield from _periods(walk, pk, of, account)
            stands = "on_course" if standing.state is State.NOT_BEGUN else standing.state.value.replace(" ", "_")
            yield Figure("standing", of, account.standing.value, stands)


def _periods(walk: Beside, pk: int, of: str, account: queries.Fulfilment) -> Iterator[Figure]:
    told = {
        one.period.first: (one.period.last, one.period.owed, one.due, Fraction(one.done), one.standing.value)
        for one in account.periods
    }
    book = {
        one.period.first: (one.period.last, one.owed, one.due, one.counted, one.state.value.replace(" ", "_"))
        for one in walk.book.periods(pk)
    }
    for first in sorted(told.keys() | book.keys()):
        yield Figure("period", (of, first), told.get(first), book.get(first))


def _relations(walk: Beside) -> Iterator[Figure]:
    sums: dict[int, dict[str, list[Fraction]]] = defaultdict(dict)
    for relation, kind, level, quantity in RelationSum.objects.values_list("relation_id", "kind", "level", "quantity"):
        row = sums[relation].setdefault(UNITS[kind], [Fraction(0)] * 4)
        row[level] += Fraction(quantity)
    accounts: dict[int, list[int]] = defaultdict(list)
    for pk, relation in Account.objects.filter(relation__isnull=False).values_list("pk", "relation_id"):
        accounts[relation].append(pk)
    for name, pk in walk.world.relations.items():
        total = walk.book.relation_total(name, Level.DECLARED)
        told = {unit: tuple(row) for unit, row in sums[pk].items() if any(row)}
        yield Figure("relation", name, told, _levels(total.sums))
        if accounts[pk]:
            added = queries.totals(accounts[pk]).values()
            entries = sum(one.entries for one in added)
            activities = sum(one.activities for one in added)
            book = (len(total.entries) + len(total.corrections), total.activities)
            yield Figure("relation counts", name, (entries, activities), book)


def _spread(walk: Beside) -> Iterator[Figure]:
    """'a total over several receivers also says the number of activities, and shows where else it counts'"""
    seen = walk.world.actors[SEES]
    entries: dict[tuple[int, bool, str], int] = defaultdict(int)
    for relation, receiver, kind, number in RelationSum.objects.values_list(
        "relation_id", "receiver_id", "kind", "entries"
    ):
        entries[(relation, walk.world.house(receiver) == LEAD, kind)] += number
    for name, pk in walk.world.relations.items():
        spread = queries.spread(seen, pk, walk.world.id(LEAD))
        told = {key: (entries[(pk, *key)], one.activities, one.elsewhere) for key, one in spread.items()}
        yield Figure("spread", name, told, walk.book.spread(name, LEAD))


def _waiting(walk: Beside) -> Iterator[Figure]:
    told: dict[tuple[str, str, date], int] = defaultdict(int)
    rows = MonthSheet.objects.filter(waiting__gt=0).values_list("person_id", "receiver_id", "month", "waiting")
    for person, receiver, month, waiting in rows:
        told[(walk.world.name_of(person), walk.world.house(receiver), month)] += waiting
    book: dict[tuple[str, str, date], int] = defaultdict(int)
    for row in walk.book.entries.values():
        if row.state.value == "declared":
            for owner in row.persons or {row.department or NOBODY}:
                book[(owner, row.receiver, row.day.replace(day=1))] += 1
    for of in sorted(told.keys() | book.keys()):
        yield Figure("waiting", of, told[of], book[of])


def _workload(walk: Beside) -> Iterator[Figure]:
    named = {name for row in walk.book.entries.values() for name in row.persons}
    for name in sorted(named):
        load = queries.workload(walk.world.actors[SEES], walk.world.persons[name].pk)
        told: dict[str, list[Fraction]] = {}
        for (_month, _kind, unit), shares in load.rows.items():
            row = told.setdefault(unit, [Fraction(0)] * 4)
            told[unit] = [one + more for one, more in zip(row, shares, strict=True)]
        product = {unit: tuple(row) for unit, row in told.items() if any(row)}
        yield Figure("workload", name, product, _levels(walk.book.workload(name)))
