"""Which accounts an entry is posted to, and totals that count it once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from lianti.contexts.ledger.domain.kinds import unit_of
from lianti.contexts.ledger.domain.levels import Sums, summed


@dataclass(frozen=True, slots=True)
class Wanted:
    """The part of an account that decides what it takes."""

    giver_id: int
    receiver_id: int
    kinds: frozenset[str]
    unit: str | None
    start: date | None
    end: date | None
    open: bool = True


@dataclass(frozen=True, slots=True)
class Given:
    """The part of an entry that decides where it is posted; a correction gives the day of what it corrects."""

    giver_id: int
    receiver_id: int
    kind: str
    day: date


APART = frozenset({"posting", "dispatch"})  # persons, and their days: never in one account


def stands_apart(kinds: frozenset[str], kind: str) -> bool:
    """Say whether a kind may not stand in an account of these kinds, whoever names it.

    Persons stand where persons are promised; days anywhere else, so that an account never holds both.
    """
    return kind in APART and ("posting" in kinds) != (kind == "posting")


def takes_unit(account: Wanted, kind: str) -> bool:
    """Say whether an account takes the kind's unit: with an amount it takes one unit, without any."""
    return account.unit is None or account.unit == unit_of(kind).code


def may_be_named(account: Wanted, entry: Given) -> bool:
    """Say whether a person may name this account for the entry: same two sides, open, and its unit."""
    return (
        account.open
        and account.giver_id == entry.giver_id
        and account.receiver_id == entry.receiver_id
        and takes_unit(account, entry.kind)
        and not stands_apart(account.kinds, entry.kind)
    )


def fits(account: Wanted, entry: Given) -> bool:
    """Say whether an open account takes the entry by itself: giver, receiver, kind, unit and dates."""
    return (
        may_be_named(account, entry)
        and entry.kind in account.kinds
        and (account.start is None or account.start <= entry.day)
        and (account.end is None or entry.day <= account.end)
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """What a total needs to know of one entry; `level` is None where it counts nowhere."""

    entry_id: int
    activity: str
    unit: str
    level: int
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Total:
    """A total over several accounts or receivers in one unit."""

    unit: str
    sums: Sums
    entries: int
    activities: int


def totals(entries: Iterable[Counted]) -> dict[str, Total]:
    """Add up entries by unit, each entry once however often it is handed in."""
    once = {entry.entry_id: entry for entry in entries}
    by_unit: dict[str, list[Counted]] = {}
    for entry in once.values():
        by_unit.setdefault(entry.unit, []).append(entry)
    return {
        unit: Total(
            unit,
            summed((entry.level, entry.quantity) for entry in rows),
            len(rows),
            len({entry.activity for entry in rows}),
        )
        for unit, rows in by_unit.items()
    }


def kept_share(exact: Fraction | Decimal) -> tuple[Decimal, int]:
    """Give an own share as it is kept without rounding: a number of hundredths, and what it is divided by."""
    hundredfold = Fraction(exact) * 100
    return Decimal(hundredfold.numerator) / 100, hundredfold.denominator


def own_share(share: Fraction | Decimal, quantity: Decimal, declared: Decimal) -> Fraction:
    """Give a person's share of what counts now: a lowered entry lowers every share in the same proportion."""
    return Fraction(share) * Fraction(quantity) / Fraction(declared) if declared else Fraction(0)


def even_shares(quantity: Decimal, people: int) -> list[Decimal]:
    """Divide a quantity among people in hundredths; what cannot be divided goes to the first."""
    cents = int(quantity * 100)
    each, rest = divmod(abs(cents), people) if people else (0, 0)
    sign = -1 if cents < 0 else 1
    return [Decimal(sign * (each + (1 if i < rest else 0))) / 100 for i in range(people)]
