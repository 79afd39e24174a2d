"""A small reference book: keeps entries in a list and recounts everything. What the real ledger is compared with."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from lianti.contexts.ledger.domain.due import Per, Terms, add_months, due, period_of, periods, standing
from lianti.contexts.ledger.domain.fits import Counted, Given, Wanted, fits, may_be_named, own_share, totals
from lianti.contexts.ledger.domain.kinds import unit_of
from lianti.contexts.ledger.domain.levels import Level, Sums
from lianti.contexts.ledger.domain.verifying import Deed, Verifier, refusal
from lianti.lib import workdays

SIDES = {"P": 1, "K": 2, "L": 3}
WORKS_AT = {"expert": "P", "second": "P", "office": "P", "coordinator": "K", "head": "K", "desk": "K", "keeper": "L"}
IDS = {name: number for number, name in enumerate(WORKS_AT, 100)}
OFFICES = {"office", "coordinator", "desk", "keeper"}


class No(Exception):
    """The book refuses the move."""


@dataclass
class Owed:
    terms: Terms
    giver: str
    receiver: str
    kinds: frozenset[str]
    unit: str | None
    open: bool = True

    def wanted(self) -> Wanted:
        return Wanted(
            SIDES[self.giver], SIDES[self.receiver], self.kinds, self.unit, self.terms.start, self.terms.end, self.open
        )


@dataclass
class Deedling:
    giver: str
    receiver: str
    kind: str
    quantity: Decimal
    declared: Decimal
    day: date
    count_day: date
    by: str
    people: dict[str, Decimal | Fraction]
    activity: str
    names: set[str] = field(default_factory=set)
    state: str = "declared"
    level: Level = Level.DECLARED
    verified_on: date | None = None
    corrects: str | None = None

    @property
    def stands(self) -> bool:
        return self.state in {"declared", "counted", "objected", "settled"}


@dataclass
class Book:
    accounts: dict[str, Owed] = field(default_factory=dict)
    entries: dict[str, Deedling] = field(default_factory=dict)
    closings: dict[tuple[str, str, date], set[str]] = field(default_factory=dict)

    # What people do.

    def open(self, code: str, owed: Owed) -> None:
        self.accounts[code] = owed

    def redate(self, code: str, start: date | None, end: date | None) -> None:
        self.accounts[code].terms = replace(self.accounts[code].terms, start=start, end=end)

    def declare(self, code: str, entry: Deedling, *, on: date, late: bool = False) -> None:
        if WORKS_AT[entry.by] not in {entry.giver, entry.receiver}:
            raise No
        if entry.day > on or (self.closed(entry, entry.day) and not late):
            raise No
        entry.count_day = self.counting_day(entry, entry.day)
        self.entries[code] = entry

    def verify(self, code: str, by: str, level: Level = Level.ONLINE, quantity: Decimal | None = None) -> None:
        entry = self.entries[code]
        if entry.state not in {"declared", "counted", "settled"} or self._refused(entry, by):
            raise No
        if entry.level >= level or self.closed(entry, entry.count_day):
            raise No
        if entry.corrects is not None and entry.state != "declared":
            raise No
        entry.level = level if entry.corrects is None else self.entries[entry.corrects].level
        for other in self.entries.values():
            if other.corrects == code and other.level and not self.closed(other, other.count_day):
                other.level = level
        if entry.state == "declared":
            entry.state = "counted"
        if quantity is not None:
            entry.quantity = quantity

    def lower(self, code: str, by: str, quantity: Decimal, on: date) -> None:
        entry = self.entries[code]
        if entry.state != "declared" or not 0 <= quantity < entry.quantity:
            raise No
        self.verify(code, by, quantity=quantity)
        entry.verified_on = on

    def object_(self, code: str, by: str, on: date) -> None:
        entry = self.entries[code]
        if entry.state != "counted" or entry.quantity >= entry.declared or not self._declares(entry, by):
            raise No
        if entry.verified_on is None or on > workdays.add(entry.verified_on, 10):
            raise No
        entry.state = "objected"

    def settle(self, code: str, by: str, quantity: Decimal, *, new: str = "", on: date = date.min) -> None:
        entry = self.entries[code]
        if entry.state != "objected" or by not in OFFICES or not entry.quantity <= quantity <= entry.declared:
            raise No
        entry.state = "settled"
        if self.closed(entry, entry.count_day) and quantity > entry.quantity:
            self.correct(code, by, quantity - entry.quantity, new=new, on=on)
            self.entries[new].state, self.entries[new].level = "counted", entry.level
        else:
            entry.quantity = quantity

    def return_(self, code: str, by: str) -> None:
        entry = self.entries[code]
        if entry.state != "declared" or self._refused(entry, by):
            raise No
        entry.state = "returned"

    def redeclare(self, code: str, by: str, quantity: Decimal) -> None:
        entry = self.entries[code]
        if entry.state != "returned" or not self._declares(entry, by):
            raise No
        entry.state, entry.quantity, entry.declared = "declared", quantity, quantity

    def withdraw(self, code: str, by: str) -> None:
        entry = self.entries[code]
        if entry.state not in {"declared", "returned"} or not self._declares(entry, by):
            raise No
        entry.state = "withdrawn"

    def correct(self, code: str, by: str, difference: Decimal, *, new: str, on: date) -> None:
        old = self.entries[code]
        if old.state not in {"counted", "settled"} or old.corrects or not difference:
            raise No
        if WORKS_AT[by] not in {old.giver, old.receiver} or by not in OFFICES:
            raise No
        if old.quantity + self._taken(code) + min(difference, Decimal(0)) < 0:
            raise No
        shares = {name: own_share(share, difference, old.declared) for name, share in old.people.items()}
        self.entries[new] = replace(
            old,
            quantity=difference,
            declared=difference,
            count_day=self.counting_day(old, old.count_day),
            by=by,
            people=shares,
            state="declared",
            level=Level.DECLARED,
            corrects=code,
        )

    def close_month(self, giver: str, receiver: str, month: date, by: str) -> None:
        self.closings.setdefault((giver, receiver, month), set()).add(WORKS_AT[by])
        for entry in self.entries.values():
            if entry.state in {"declared", "returned"} and self.closed(entry, entry.count_day):
                entry.count_day = self.counting_day(entry, entry.count_day)

    # What stands.

    def closed(self, entry: Deedling, day: date) -> bool:
        return len(self.closings.get((entry.giver, entry.receiver, day.replace(day=1)), ())) == 2

    def counting_day(self, entry: Deedling, day: date) -> date:
        while self.closed(entry, day):
            day = add_months(day.replace(day=1), 1)
        return day

    def takes(self, account: str, entry: Deedling) -> bool:
        wanted = self.accounts[account].wanted()
        given = Given(SIDES[entry.giver], SIDES[entry.receiver], entry.kind, entry.day)
        return fits(wanted, given) or (account in entry.names and may_be_named(wanted, given))

    def sums(self, account: str) -> dict[tuple[date, str], Sums]:
        """Recount one account by period and unit."""
        found: dict[tuple[date, str], Sums] = {}
        for entry in self.entries.values():
            if entry.stands and self.takes(account, entry):
                key = (period_of(self.accounts[account].terms, entry.count_day).key, unit_of(entry.kind).code)
                found[key] = found.get(key, Sums()).plus(entry.level, entry.quantity)
        return found

    def standing(self, account: str, key: date, counted: Decimal, today: date) -> tuple[Fraction, str]:
        terms = self.accounts[account].terms
        period = next(period for period in periods(terms, today) if period.key == key)
        return due(period, today), standing(period, counted, today).value

    def total(self, accounts: list[str], unit: str) -> tuple[Decimal, int, int]:
        rows = [
            Counted(id(entry), entry.activity, unit_of(entry.kind).code, entry.level, entry.quantity)
            for account in accounts
            for entry in self.entries.values()
            if entry.stands and self.takes(account, entry)
        ]
        total = totals(rows)[unit]
        return total.sums.counted(), total.entries, total.activities

    def workload(self, person: str, month: date, unit: str) -> Fraction:
        """Add up own shares, of each activity at the one receiver where most of them counts."""
        given: dict[tuple[str, str], Fraction] = {}
        for entry in self.entries.values():
            if person not in entry.people or not entry.stands or entry.level < Level.PAPER:
                continue
            if unit_of(entry.kind).code == unit and entry.day.replace(day=1) == month:
                key = (entry.activity, entry.receiver)
                share = own_share(entry.people[person], entry.quantity, entry.declared)
                given[key] = given.get(key, Fraction(0)) + share
        activities = {activity for activity, _receiver in given}
        most = (max(share for (of, _), share in given.items() if of == activity) for activity in activities)
        return sum(most, Fraction(0))

    def _taken(self, code: str) -> Decimal:
        """Add up what corrections take from an entry: every live negative one, and the positive ones that count."""
        return sum(
            (
                entry.quantity
                for entry in self.entries.values()
                if entry.corrects == code
                and entry.state not in {"withdrawn"}
                and (entry.quantity < 0 or entry.level >= Level.PAPER)
            ),
            Decimal(0),
        )

    def _declares(self, entry: Deedling, by: str) -> bool:
        return by == entry.by or (by in OFFICES and WORKS_AT[by] == WORKS_AT[entry.by])

    def _refused(self, entry: Deedling, by: str) -> bool:
        who = Verifier(SIDES[WORKS_AT[by]], IDS[by], IDS[by], frozenset({SIDES[WORKS_AT[by]]}))
        deed = Deed(
            SIDES[entry.giver],
            SIDES[entry.receiver],
            frozenset({IDS[entry.by]}),
            frozenset({IDS[entry.by]}),
            frozenset(IDS[name] for name in entry.people),
        )
        return refusal(who, deed) is not None


def terms(row: dict[str, str], since: date) -> Terms:
    """Read an account's row of an example."""
    return Terms(
        Decimal(row["amount"]) if row["amount"] else None,
        Per(row["per"] or "once"),
        date.fromisoformat(row["from"]) if row["from"] else None,
        date.fromisoformat(row["to"]) if row["to"] else None,
        since,
    )


DAY = timedelta(days=1)
