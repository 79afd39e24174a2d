"""The book: a plain reference model of the ledger, written from its law alone.

One class, one method per move. A move changes the book or raises `Refused`; it refuses only what a sentence of the
law refuses. No figure is kept: each is computed anew from the rows (entries, accounts, prints, closings, checks).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum, IntEnum
from fractions import Fraction
from typing import NamedTuple

from tests.book import due as reckoning
from tests.book.due import Calendar, Period, PeriodFigure, Quantity, Standing, exact, month_end, month_of
from tests.book.who import By, Span, Who, why_not_authority

Id = int | str

POSTING = "posting"
DISPATCH = "dispatch"
NEVER_TOGETHER = {POSTING: DISPATCH, DISPATCH: POSTING}
LINK_DAYS = 7  # habits: "one-time link (no account, one sheet, one week)"


class Refused(Exception):
    """A sentence of the law forbids the move; the book is as it was."""


class Level(IntEnum):
    """'declared → confirmed on paper → verified online → spot-checked'"""

    DECLARED = 1
    PAPER = 2
    ONLINE = 3
    SPOT = 4


DEFAULT_LEVEL = Level.PAPER  # "the default is confirmed on paper and above"


class State(Enum):
    """'declared → returned → declared; declared → counted; counted → objected → settled; ... → withdrawn'"""

    DECLARED = "declared"
    RETURNED = "returned"
    COUNTED = "counted"
    OBJECTED = "objected"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


COUNTING = (State.COUNTED, State.OBJECTED, State.SETTLED)


class Code(Enum):
    """How the code of a one-time link reached its person."""

    SENT = "sent to the phone"
    RECEIVER_DESK = "handed out by the receiver's own desk"
    GIVER_SIDE = "the giver's side saw link and code"


class Part(NamedTuple):
    """One person of an activity, with own share and role."""

    person: str
    share: Fraction
    role: str = ""


@dataclass
class Entry:
    """What an activity gave to one receiver; or a correction (`corrects` names the old entry, quantity is signed)."""

    id: Id
    activity: Id
    giver: str
    receiver: str
    kind: str
    unit: str
    quantity: Fraction
    day: date
    first: date
    last: date
    people: tuple[Part, ...]
    department: str | None
    declared_for: str
    declared_on: date
    declarers: list[tuple[str, date]]
    late: bool = False
    corrects: Id | None = None
    reason: str = ""
    state: State = State.DECLARED
    level: Level = Level.DECLARED
    lowered: Fraction | None = None
    lowered_on: date | None = None
    settled: Fraction | None = None
    referred: str | None = None
    counts: date | None = None  # set when it first counts: its own day, or a day of the open month
    carried: bool = False  # it counts in a later month than its own
    kept_level: Level | None = None  # its level when the month it counts in was closed
    marks: list[str] = field(default_factory=list)
    version: int = 1

    @property
    def figure(self) -> Fraction:
        """The quantity it stands for: as settled, else as lowered, else as declared."""
        if self.settled is not None:
            return self.settled
        return self.quantity if self.lowered is None else self.lowered

    @property
    def persons(self) -> set[str]:
        """The names of its people."""
        return {part.person for part in self.people}

    def belongs_to(self, owner: str) -> bool:
        """Whether it stands on the month sheets of this person or department."""
        return owner in self.persons or owner == self.department


@dataclass
class Account:
    """What is owed; `amount` None is open-ended; `per` is the period in months, None one period for the term."""

    id: Id
    giver: str
    receiver: str
    kinds: frozenset[str]
    amount: Fraction | None
    unit: str | None
    per: int | None
    first: date | None
    last: date | None
    opened: date
    year_starts: int
    relation: Id | None
    stater: str | None
    closed: bool = False
    holds: set[Id] = field(default_factory=set)  # old entries posted because they fit
    named: set[Id] = field(default_factory=set)  # old entries that a person named


@dataclass
class Relation:
    """Members that work together; the authority it names, and whether that has itself confirmed it."""

    id: Id
    members: frozenset[str]
    authority: str | None
    confirmed: bool = False


@dataclass(frozen=True)
class Line:
    """One line of a printed sheet, as printed."""

    entry: Id
    kind: str
    unit: str
    giver: str
    people: tuple[Part, ...]
    day: date
    first: date
    last: date
    quantity: Fraction
    level: Level


@dataclass
class Print:
    """'A printed sheet is a numbered snapshot'"""

    number: Id
    owner: str
    receiver: str
    month: date
    lines: tuple[Line, ...]
    printed_on: date
    supplementary: bool
    scanned: bool = False


@dataclass
class Month:
    """A month of one giver and one receiver: closed or not, and which office has asked for the next change."""

    closed: bool = False
    asked: set[str] = field(default_factory=set)


@dataclass
class Check:
    """A spot check, drawn by an institution, judged once."""

    id: Id
    entry: Id
    drawn_by: str
    drawn_on: date
    found: Fraction | None = None
    passed: bool | None = None
    beside: bool = False  # 'A check of an entry of a closed month is recorded beside it'


@dataclass
class Link:
    """A one-time link: one named person, one sheet, one use, one week."""

    id: Id
    owner: str
    receiver: str
    month: date
    person: str
    code: Code
    made_on: date
    maker: str = ""
    used: bool = False


@dataclass(frozen=True)
class Total:
    """A total over several accounts or receivers: each entry once."""

    sums: dict[str, dict[Level, Fraction]]
    entries: tuple[Id, ...]
    corrections: tuple[Id, ...]
    activities: int
    receivers: int
    elsewhere: dict[Id, tuple[Id, ...]]


@dataclass(frozen=True)
class Sheet:
    """A month sheet as it is today; waiting is declared and not yet counted, overdue is part of waiting."""

    entries: tuple[Id, ...]
    waiting: tuple[Id, ...]
    overdue: tuple[Id, ...]
    sums: dict[str, dict[Level, Fraction]]


def refuse_if(reason: str | None) -> None:
    """Refuse the move when there is a reason."""
    if reason is not None:
        raise Refused(reason)


def parts(people: Sequence[Part]) -> tuple[Part, ...]:
    """The people with exact shares, in the order of their names (order says nothing)."""
    return tuple(sorted(Part(part.person, exact(part.share), part.role) for part in people))


class Book:
    """The whole ledger of a few institutions, at one day (`today`)."""

    def __init__(self, today: date, units: Mapping[str, str], calendar: Calendar | None = None, days: int = 10) -> None:
        """A book on a day; `units` says each kind's unit; `days` is N of 'the N-th working day'."""
        self.today = today
        self.units = dict(units)
        self.calendar = calendar if calendar is not None else Calendar()
        self.days = days
        self.who = Who()
        self.institutions: dict[str, str] = {}
        self.relations: dict[Id, Relation] = {}
        self.accounts: dict[Id, Account] = {}
        self.entries: dict[Id, Entry] = {}
        self.prints: dict[Id, Print] = {}
        self.months: dict[tuple[str, str, date], Month] = {}
        self.checks: dict[Id, Check] = {}
        self.links: dict[Id, Link] = {}

    # ------------------------------------------------------------------ surroundings

    def wait(self, days: int = 1) -> None:
        """Days pass; 'nothing verifies itself'."""
        if days < 0:
            raise Refused("time does not run back")
        self.today += timedelta(days=days)

    def institution(self, name: str, kind: str) -> None:
        """An institution's kind; only `who.HEALTH_AUTHORITY` matters here."""
        self.institutions[name] = kind

    def relation(self, relation: Id, members: Collection[str], authority: str | None = None) -> None:
        """A relation among members that may name an authority; naming another one asks a new confirmation."""
        self.relations[relation] = Relation(relation, frozenset(members), authority)

    def confirm_relation(self, relation: Id, by: By) -> None:
        """'has itself confirmed the relation that names it'"""
        row = self.relations[relation]
        if row.authority is None or by.institution != row.authority:
            raise Refused("only the authority that it names confirms a relation so")
        row.confirmed = True

    def change_employment(self, person: str, institution: str, from_day: date) -> None:
        """A person changes employer from a day on."""
        self.who.change_employment(person, institution, from_day)

    # ------------------------------------------------------------------ accounts

    def open_account(
        self,
        account: Id,
        giver: str,
        receiver: str,
        kinds: Collection[str],
        amount: Quantity | None = None,
        unit: str | None = None,
        per: int | None = 12,
        first: date | None = None,
        last: date | None = None,
        year_starts: int = 1,
        relation: Id | None = None,
        stater: str | None = None,
    ) -> None:
        """'Whatever is owed opens an account'; it takes in the entries already there that fit."""
        if account in self.accounts:
            raise Refused("this account is there already")
        if {POSTING, DISPATCH} <= set(kinds):
            raise Refused("posting and dispatch never stand in one account")
        if amount is not None and unit is None:
            raise Refused("an account with an amount takes one unit")
        self._check_dates(amount, per, first, last)
        self.accounts[account] = Account(
            account,
            giver,
            receiver,
            frozenset(kinds),
            None if amount is None else exact(amount),
            unit,
            per,
            first,
            last,
            self.today,
            year_starts,
            relation,
            stater,
        )
        self._take_in(self.accounts[account])

    def redate_account(self, account: Id, first: date | None, last: date | None) -> None:
        """'An account opened or re-dated later takes in the entries already there that fit.'"""
        row = self.accounts[account]
        self._check_dates(row.amount, row.per, first, last)
        row.first, row.last = first, last
        self._take_in(row)

    def close_account(self, account: Id, by: By) -> None:
        """It takes nothing more in; 'A need is closed when its stater says so, whatever the sums.'"""
        row = self.accounts[account]
        if row.closed:
            raise Refused("closed already")
        if row.stater is not None and by.institution != row.stater:
            raise Refused("a need is closed when its stater says so")
        row.closed = True

    def reopen_account(self, account: Id) -> None:
        """Open again, it takes in what fits, as an account opened later does."""
        row = self.accounts[account]
        if not row.closed:
            raise Refused("not closed")
        row.closed = False
        self._take_in(row)

    def name(self, entry: Id, account: Id) -> None:
        """'posted to every open account ... that a person names'; its corrections go with it."""
        old, row = self.root(entry), self.accounts[account]
        if old.state is State.WITHDRAWN:
            raise Refused("withdrawn")
        if row.closed:
            raise Refused("the account is not open")
        refuse_if(self._may_not_stand(old, row))
        row.named.add(old.id)

    def unname(self, entry: Id, account: Id) -> None:
        """The name is taken back; what also fits stays."""
        old, row = self.root(entry), self.accounts[account]
        if old.id not in row.named:
            raise Refused("not named")
        row.named.discard(old.id)

    def _check_dates(self, amount: Quantity | None, per: int | None, first: date | None, last: date | None) -> None:
        if first is not None and last is not None and last < first:
            raise Refused("to is before from")
        if amount is None:
            return
        if per is None and (first is None or last is None):
            raise Refused("one amount for the whole term needs from and to")
        if per is not None and per not in reckoning.PERIOD_MONTHS:
            raise Refused("a period is 1, 2, 3, 4, 6 or 12 months")

    def _may_not_stand(self, entry: Entry, account: Account) -> str | None:
        """Why an entry can stand in an account in no way, by fit or by name."""
        if account.amount is not None and entry.unit != account.unit:
            return "an account with an amount takes one unit"
        other = NEVER_TOGETHER.get(entry.kind)
        if other is not None:
            standing = {row.kind for row in self.entries.values() if row.id in account.holds | account.named}
            if other in account.kinds | standing:
                return "posting and dispatch never stand in one account"
        return None

    def fits(self, entry: Entry, account: Account) -> bool:
        """'whose giver, receiver, kind and dates fit'"""
        return (
            entry.giver == account.giver
            and entry.receiver == account.receiver
            and entry.kind in account.kinds
            and (account.first is None or account.first <= entry.day)
            and (account.last is None or entry.day <= account.last)
            and self._may_not_stand(entry, account) is None
        )

    def _take_in(self, account: Account) -> None:
        """After opening or re-dating: what fits comes in, what fits no more falls out."""
        for entry in self.entries.values():
            if entry.corrects is None:
                self._post_to(entry, account)

    def _post(self, entry: Entry) -> None:
        """After declaring or mending: 'posted to every open account ...'; 'What stood in an account stays in it'."""
        for account in self.accounts.values():
            self._post_to(entry, account)

    def _post_to(self, entry: Entry, account: Account) -> None:
        if not self.fits(entry, account):
            account.holds.discard(entry.id)
        elif not account.closed and entry.state is not State.WITHDRAWN:
            account.holds.add(entry.id)

    # ------------------------------------------------------------------ entries: declaring

    def record(
        self,
        activity: Id,
        kind: str,
        giver: str,
        receivers: Mapping[str, Id],
        day: date,
        quantity: Quantity,
        people: Sequence[Part],
        by: By,
        first: date | None = None,
        last: date | None = None,
        department: str | None = None,
        late: bool = False,
    ) -> None:
        """'An activity for k receivers makes k entries', each with the full quantity; `receivers` gives their ids."""
        first, last = first or day, last or day
        if kind not in self.units:
            raise Refused("kinds are one registry table")
        if not receivers:
            raise Refused("an entry has a receiver")
        if len(set(receivers.values())) < len(receivers) or any(new in self.entries for new in receivers.values()):
            raise Refused("an entry of this id is there already")
        if any(row.activity == activity for row in self.entries.values()):
            raise Refused("one thing that happened is recorded once")
        names = parts(people)
        new = [
            Entry(
                entry,
                activity,
                giver,
                receiver,
                kind,
                self.units[kind],
                exact(quantity),
                day,
                first,
                last,
                names,
                department,
                by.institution,
                self.today,
                [(by.person, self.today)],
                late,
            )
            for receiver, entry in receivers.items()
        ]
        for row in new:
            self._check_content(row)
            self._check_open(row, late)
        for row in new:
            self.entries[row.id] = row
            self._post(row)

    def mend(
        self,
        entry: Id,
        by: By,
        quantity: Quantity | None = None,
        day: date | None = None,
        people: Sequence[Part] | None = None,
        first: date | None = None,
        last: date | None = None,
        late: bool = False,
        version: int | None = None,
    ) -> None:
        """A declared entry gets another quantity, day or people before it is verified."""
        row = self._at(entry, version)
        self._check_state(row, State.DECLARED)
        self._change(row, by, quantity, day, people, first, last, late)

    def redeclare(
        self,
        entry: Id,
        by: By,
        quantity: Quantity | None = None,
        day: date | None = None,
        people: Sequence[Part] | None = None,
        first: date | None = None,
        last: date | None = None,
        late: bool = False,
        version: int | None = None,
    ) -> None:
        """'declared → returned → declared': completed and declared again, today."""
        row = self._at(entry, version)
        self._check_state(row, State.RETURNED)
        self._change(row, by, quantity, day, people, first, last, late)
        row.state = State.DECLARED
        row.declared_on = self.today

    def _change(
        self,
        row: Entry,
        by: By,
        quantity: Quantity | None,
        day: date | None,
        people: Sequence[Part] | None,
        first: date | None,
        last: date | None,
        late: bool,
    ) -> None:
        self._check_declaring_side(row, by)
        if row.corrects is not None and people is not None:
            raise Refused("own shares follow a correction exactly")
        new = Entry(**vars(row))
        if quantity is not None:
            new.quantity = exact(quantity)
        if day is not None:
            new.day, new.first, new.last = day, first or day, last or day
        else:
            new.first, new.last = first or row.first, last or row.last
        if people is not None:
            new.people = parts(people)
        self._check_content(new)
        self._check_open(new, late)
        row.quantity, row.day, row.first, row.last, row.people = new.quantity, new.day, new.first, new.last, new.people
        row.late = row.late or late
        row.declarers.append((by.person, self.today))
        row.version += 1
        if row.corrects is None:
            self._post(row)

    def _check_content(self, row: Entry) -> None:
        """What an entry must be, whoever declares it."""
        if not row.first <= row.day <= row.last:
            raise Refused("its day lies among its days")
        if row.corrects is None:
            self._check_given(row)
            return
        if row.quantity == 0:
            raise Refused("a correction carries a difference")
        others = [new for new in self.corrections(row.corrects) if new.id != row.id]
        self._check_not_below_zero(row.corrects, others, row.quantity)

    def _check_given(self, row: Entry) -> None:
        """What an entry that corrects nothing must be."""
        if row.last > self.today:
            raise Refused("an activity is one thing that happened")
        if row.quantity <= 0:
            raise Refused("a quantity is above zero")
        if len(row.persons) < len(row.people) or any(part.share < 0 for part in row.people):
            raise Refused("each person stands once, with a share not below zero")
        if row.kind == POSTING and row.quantity != 1:
            raise Refused("a posting is one person")
        if row.kind == DISPATCH:
            self._check_dispatch(row)

    def _check_dispatch(self, row: Entry) -> None:
        """'sealed attendance declares dispatch (person-days), one entry a person and month'"""
        if len(row.people) != 1:
            raise Refused("dispatch is one entry a person and month")
        for other in self.entries.values():
            if (
                other.kind == DISPATCH
                and other.id != row.id
                and other.corrects is None
                and other.state is not State.WITHDRAWN
                and (other.giver, other.receiver, other.persons) == (row.giver, row.receiver, row.persons)
                and month_of(other.day) == month_of(row.day)
            ):
                raise Refused("dispatch is one entry a person and month")

    def _check_open(self, row: Entry, late: bool) -> None:
        """'no entry of theirs with a day in it is declared': only as a late one (补录) for the open month."""
        if not late and self._has_closed_day(row):
            raise Refused("a month with a day of it is closed")

    def _check_declaring_side(self, row: Entry, by: By) -> None:
        """'the declarer's, or the desk's of the side that declared'"""
        mine = any(by.person == person for person, _ in row.declarers) and by.institution == row.declared_for
        if not mine and not (by.desk and by.institution == row.declared_for):
            raise Refused("the declarer's, or the desk's of the side that declared")

    def withdraw(self, entry: Id, by: By, version: int | None = None) -> None:
        """'declared or returned → withdrawn by the declarer' (or the desk of the side that declared)"""
        row = self._at(entry, version)
        self._check_state(row, State.DECLARED, State.RETURNED)
        self._check_declaring_side(row, by)
        row.state = State.WITHDRAWN
        row.version += 1

    # ------------------------------------------------------------------ entries: verifying

    def verify(self, entry: Id, by: By, version: int | None = None) -> None:
        """Verified online: 'declared → counted, at a level that only rises'."""
        row = self._at(entry, version)
        self._check_rises(row, Level.ONLINE)
        self._check_verifier(row, by)
        self._check_corrections([row])
        self._count(row, Level.ONLINE)

    def return_(self, entry: Id, by: By, reason: str, version: int | None = None) -> None:
        """'Anything else is returned for completion (退回补充).'"""
        row = self._at(entry, version)
        self._check_state(row, State.DECLARED)
        self._check_verifier(row, by)
        row.state, row.reason = State.RETURNED, reason
        row.version += 1

    def lower(self, entry: Id, quantity: Quantity, reason: str, by: By, version: int | None = None) -> None:
        """'The verifier may set a lower quantity with a reason: it counts at once at that figure'"""
        row = self._at(entry, version)
        self._check_state(row, State.DECLARED)
        self._check_verifier(row, by)
        refuse_if(self._why_not_lower(row))
        if not reason:
            raise Refused("with a reason")
        if not 0 <= exact(quantity) < row.quantity:
            raise Refused("a lower quantity")
        row.lowered, row.lowered_on, row.reason = exact(quantity), self.today, reason
        self._count(row, Level.ONLINE)

    def _why_not_lower(self, row: Entry) -> str | None:
        return None if row.corrects is None else "a correction is verified or returned"

    def object_(self, entry: Id, by: By, version: int | None = None) -> None:
        """'the declarer may object within 10 working days', also after closing; meanwhile the lower figure counts."""
        row = self._at(entry, version)
        self._check_state(row, State.COUNTED)
        self._check_declaring_side(row, by)
        if row.lowered_on is None:
            raise Refused("only a lower figure is objected to")
        if self.today > reckoning.object_by(self.calendar, row.lowered_on):
            raise Refused("within 10 working days")
        row.state = State.OBJECTED
        row.version += 1

    def refer(self, entry: Id, by: By, authority: str | None = None, version: int | None = None) -> None:
        """The offices cannot agree: it is laid before 'the authority named by a relation of the two'."""
        row = self._at(entry, version)
        self._check_state(row, State.OBJECTED)
        if not by.desk or by.institution not in (row.giver, row.receiver):
            raise Refused("the offices of the two talk")
        named = self.authorities_of_the_two(row)
        if not named:
            raise Refused("none named: the lower figure stands")
        if authority is not None and authority not in named:
            raise Refused("no relation of the two names this authority rightly")
        row.referred = authority or named[0]
        row.version += 1

    def settle(
        self, entry: Id, quantity: Quantity, by: By, correction: Id | None = None, version: int | None = None
    ) -> None:
        """The offices agreed (recorded for the receiver), or the authority settles; from the lower to the declared."""
        row = self._at(entry, version)
        self._check_state(row, State.OBJECTED)
        figure = exact(quantity)
        lower = row.figure
        if by.institution == row.receiver:
            self._check_verifier(row, by)
        elif by.institution == row.referred:
            if by.institution not in self.authorities_of_the_two(row):
                raise Refused("an authority settles only where it is rightly named")
            refuse_if(self._why_not(row, by.person))
        else:
            raise Refused("the two offices settle, else the authority before which it is laid")
        if not lower <= figure <= row.quantity:
            raise Refused("from the lower figure to the declared one")
        if self.is_closed(row):
            # "what settling adds is posted as a correction in the open month"
            if figure > lower:
                self._correct_at_once(row, figure - lower, by, "settled", correction)
        else:
            row.settled = figure
        row.state = State.SETTLED
        row.version += 1

    def authorities_of_the_two(self, row: Entry) -> list[str]:
        """Who may settle it: 'the authority named by a relation of the two', with its three conditions."""
        both = {row.giver, row.receiver}
        return [
            relation.authority
            for relation in self.relations.values()
            if relation.authority is not None
            and both <= relation.members
            and self._why_no_authority(relation, row) is None
        ]

    def _why_no_authority(self, relation: Relation, row: Entry) -> str | None:
        if relation.authority is None:
            return "none named"
        kind = self.institutions.get(relation.authority)
        return why_not_authority(relation.authority, kind, relation.confirmed, {row.giver, row.receiver})

    def correct(
        self, correction: Id, entry: Id, difference: Quantity, reason: str, by: By, day: date | None = None
    ) -> None:
        """'a correction entry (更正) carries the signed difference, names the old one and its reason'"""
        old = self.entries[entry]
        if old.corrects is not None:
            raise Refused("a correction is not itself corrected: the old entry is corrected again")
        if old.state not in COUNTING:
            raise Refused("before verification an entry is mended, not corrected")
        if not reason:
            raise Refused("names its reason")
        row = self._new_correction(correction, old, exact(difference), by, reason, day)
        self._check_content(row)
        self._check_open(row, False)
        self.entries[row.id] = row

    def _new_correction(
        self, correction: Id | None, old: Entry, difference: Fraction, by: By, reason: str, day: date | None
    ) -> Entry:
        new = correction if correction is not None else f"correction {len(self.entries) + 1} of {old.id}"
        if new in self.entries:
            raise Refused("an entry of this id is there already")
        when = day if day is not None else self.correction_day(old)
        return Entry(
            new,
            old.activity,
            old.giver,
            old.receiver,
            old.kind,
            old.unit,
            difference,
            when,
            when,
            when,
            old.people,
            old.department,
            by.institution,
            self.today,
            [(by.person, self.today)],
            False,
            old.id,
            reason,
        )

    def _correct_at_once(self, old: Entry, difference: Fraction, by: By, reason: str, correction: Id | None) -> None:
        """A correction that the act itself verifies: a failed check, or a settlement after closing."""
        row = self._new_correction(correction, old, difference, by, reason, None)
        self.entries[row.id] = row
        self._count(row, old.level)

    def correction_day(self, old: Entry) -> date:
        """The old entry's day; after closing 'a later correction is dated in the open period'."""
        return self._day_in(self.open_month(old.giver, old.receiver, month_of(old.day)), old.day)

    def _check_not_below_zero(self, old: Id, others: Iterable[Entry], difference: Fraction) -> None:
        """'cannot bring the old one below zero', with what is verified and with what is declared against it."""
        left = self.entries[old].figure + difference
        for other in others:
            if other.state in COUNTING or (other.state is State.DECLARED and other.quantity < 0):
                left += other.figure
        if difference < 0 and left < 0:
            raise Refused("a correction cannot bring the old entry below zero")

    def _check_corrections(self, rows: Sequence[Entry]) -> None:
        """No corrections verified in one move bring their old entry below zero."""
        for old in {row.corrects for row in rows if row.corrects is not None}:
            new = [row.quantity for row in rows if row.corrects == old and row.state is State.DECLARED]
            difference = sum(new, Fraction(0))
            if difference < 0 and self.books_say(old) + difference < 0:
                raise Refused("a correction cannot bring the old entry below zero")

    def _at(self, entry: Id, version: int | None) -> Entry:
        """'an entry changed meanwhile is shown again, never counted unseen'"""
        row = self.entries[entry]
        if version is not None and version != row.version:
            raise Refused("changed meanwhile")
        return row

    def _check_state(self, row: Entry, *states: State) -> None:
        if row.state not in states:
            raise Refused(f"it is {row.state.value}")

    def _check_rises(self, row: Entry, level: Level) -> None:
        """'at a level that only rises'; in a closed month what is counted keeps its level."""
        if row.state is State.DECLARED:
            return
        if row.state not in COUNTING:
            raise Refused(f"it is {row.state.value}")
        if row.level >= level:
            raise Refused("a level only rises")
        if self.is_closed(row):
            raise Refused("no entry of a closed month is verified")

    def _check_verifier(self, row: Entry, by: By) -> None:
        """'Someone acting for the receiver', with all the tests."""
        if by.institution != row.receiver:
            raise Refused("does not act for the receiver")
        refuse_if(self._why_not(row, by.person))

    def _why_not(self, row: Entry, person: str) -> str | None:
        """Why this person may not verify this entry; a correction has the days of the old entry, too."""
        spans: list[Span] = [(row.first, row.last)]
        if row.corrects is not None:
            old = self.entries[row.corrects]
            spans.append((old.first, old.last))
        return self.who.why_not(person, self.today, row.giver, row.persons, spans, row.declarers)

    def why_not_verify(self, entry: Id, by: By) -> str | None:
        """Why someone may not verify an entry, or None: the test of persons alone."""
        row = self.entries[entry]
        if by.institution != row.receiver:
            return "does not act for the receiver"
        return self._why_not(row, by.person)

    def _count(self, row: Entry, level: Level) -> None:
        """It counts from now on; of a closed month it keeps its day and counts in the open month."""
        row.level = level
        row.version += 1
        if row.state is State.DECLARED:
            row.counts, row.carried = self.counts_on(row)
            row.state = State.COUNTED

    # ------------------------------------------------------------------ month sheets

    def sheet_lines(self, owner: str, receiver: str, month: date) -> list[Entry]:
        """'All entries of one person or department at one receiver in one month' but withdrawn ones."""
        return [
            row
            for row in self.entries.values()
            if row.belongs_to(owner)
            and row.receiver == receiver
            and month_of(row.day) == month_of(month)
            and row.state is not State.WITHDRAWN
        ]

    def print_sheet(self, number: Id, owner: str, receiver: str, month: date) -> None:
        """A numbered snapshot; after a scan of this sheet a supplementary one, with what still waits."""
        if number in self.prints:
            raise Refused("this number is there already")
        sheet = (owner, receiver, month_of(month))
        scanned = [old for old in self.prints.values() if old.scanned and (old.owner, old.receiver, old.month) == sheet]
        rows = [row for row in self.sheet_lines(*sheet) if row.state is not State.RETURNED]
        if scanned:
            rows = self._supplement(rows, scanned)
        if not rows:
            raise Refused("nothing new")
        lines = tuple(self._line(row) for row in rows)
        self.prints[number] = Print(number, *sheet, lines, self.today, bool(scanned))

    def _supplement(self, rows: Sequence[Entry], _scanned: Sequence[Print]) -> list[Entry]:
        """What of a sheet a supplementary one holds: 'completed later, and later entries'."""
        return [row for row in rows if row.state is State.DECLARED]

    def _line(self, row: Entry) -> Line:
        return Line(
            row.id,
            row.kind,
            row.unit,
            row.giver,
            row.people,
            row.day,
            row.first,
            row.last,
            row.figure,
            self.level_of(row),
        )

    def _as_printed(self, row: Entry, line: Line) -> bool:
        """'who gave, shares, day and quantity as printed (a line that differs today is not confirmed by it)'"""
        return (row.giver, row.people, row.day, row.first, row.last, row.figure) == (
            line.giver,
            line.people,
            line.day,
            line.first,
            line.last,
            line.quantity,
        )

    def scan(
        self, number: Id, by: By, signatory: By, crossed: Collection[Id] = (), left_open: Collection[Id] = ()
    ) -> list[Id]:
        """The sealed print comes back: what it holds is confirmed on paper; crossed lines are returned."""
        sheet = self.prints[number]
        if sheet.scanned:
            raise Refused("this number is booked already")
        if signatory.institution != sheet.receiver:
            raise Refused("on paper the seal is the receiver's act")
        if not by.desk:
            raise Refused("either office books the scan")
        if not set(crossed) | set(left_open) <= {line.entry for line in sheet.lines}:
            raise Refused("not a line of this number")
        waiting = [line for line in sheet.lines if self.entries[line.entry].state is State.DECLARED]
        sealed = [line for line in waiting if line.entry not in left_open]
        returned = [self.entries[line.entry] for line in sealed if line.entry in crossed]
        confirmed = [
            self.entries[line.entry]
            for line in sealed
            if line.entry not in crossed and self._as_printed(self.entries[line.entry], line)
        ]
        for row in confirmed:
            self._check_seal(row, by, signatory)
        self._check_corrections(confirmed)
        for row in returned:
            row.state = State.RETURNED
            row.version += 1
        for row in confirmed:
            self._count(row, Level.PAPER)
        sheet.scanned = True
        return [row.id for row in confirmed]

    def _check_seal(self, row: Entry, by: By, signatory: By) -> None:
        """'either office books the scan, never the declarer, and names the signatory, to whom the same test applies'"""
        if by.institution not in (row.giver, row.receiver):
            raise Refused("either office books the scan")
        if self.who.declared_it(by.person, self.today, row.declarers):
            raise Refused("never the declarer books the scan")
        refuse_if(self._why_not(row, signatory.person))

    def verify_sheet(self, seen: Mapping[Id, int], by: By) -> None:
        """'verified in one move, exceptions marked': `seen` is all lines but the exceptions, each with its version."""
        rows = [self._at(entry, version) for entry, version in seen.items()]
        for row in rows:
            self._check_rises(row, Level.ONLINE)
            self._check_verifier(row, by)
        self._check_corrections(rows)
        for row in rows:
            self._count(row, Level.ONLINE)

    # ------------------------------------------------------------------ one-time links

    def make_link(
        self, link: Id, owner: str, receiver: str, month: date, person: str, phone: str, code: Code, by: By
    ) -> None:
        """'A link is made out to one named person with a phone in the receiver's directory'"""
        if link in self.links:
            raise Refused("this link is there already")
        if (receiver, person, phone) not in self.who.phones:
            raise Refused("no such phone in the receiver's directory")
        if code is Code.RECEIVER_DESK and not (by.desk and by.institution == receiver):
            raise Refused("the receiver's own desk hands out the code")
        self.links[link] = Link(link, owner, receiver, month_of(month), person, code, self.today, by.person)

    def use_link(self, link: Id, seen: Mapping[Id, int]) -> None:
        """'verified online, marked by link'; where the giver's side saw both, 'confirmed on paper, marked so'."""
        ticket = self.links[link]
        if ticket.used:
            raise Refused("a link is for one time")
        if (self.today - ticket.made_on).days > LINK_DAYS:
            raise Refused("a link is for one week")
        if not any(phone[:2] == (ticket.receiver, ticket.person) for phone in self.who.phones):
            raise Refused("its person acts for the receiver no more")
        rows = [self._at(entry, version) for entry, version in seen.items()]
        sheet = self.sheet_lines(ticket.owner, ticket.receiver, ticket.month)
        for row in rows:
            if row not in sheet:
                raise Refused("a link is for one sheet")
            self._check_rises(row, self._by_link(ticket, row))
            refuse_if(self._why_not(row, ticket.person))
            if ticket.code is not Code.SENT and self.who.declared_it(ticket.maker, self.today, row.declarers):
                raise Refused("whoever sees link and code declared it")
        self._check_corrections(rows)
        for row in rows:
            level = self._by_link(ticket, row)
            self._count(row, level)
            row.marks.append("by link" if level is Level.ONLINE else "by link seen by the giver's side")
        ticket.used = True

    def _by_link(self, ticket: Link, row: Entry) -> Level:
        """The giver's side saw link and code where its own people did, whichever desk they sat at."""
        if ticket.code is Code.RECEIVER_DESK:
            return Level.ONLINE if self._why_not(row, ticket.maker) is None else Level.PAPER
        return Level.PAPER if ticket.code is Code.GIVER_SIDE else Level.ONLINE

    # ------------------------------------------------------------------ closing

    def close_month(self, giver: str, receiver: str, month: date, by: By) -> None:
        """'A month of one giver and one receiver closed by both offices': the second office's word closes it."""
        row = self._month(giver, receiver, month)
        if row.closed:
            raise Refused("closed already")
        if self._both_asked(row, giver, receiver, by):
            for entry in self._counting_in(giver, receiver, month):
                entry.kept_level = self.level_of(entry)
            row.closed = True

    def reopen_month(self, giver: str, receiver: str, month: date, by: By, reason: str) -> None:
        """'reopened by both, with a reason'"""
        row = self._month(giver, receiver, month)
        if not row.closed:
            raise Refused("not closed")
        if not reason:
            raise Refused("with a reason")
        if self._both_asked(row, giver, receiver, by):
            for entry in self._counting_in(giver, receiver, month):
                entry.kept_level = None
            row.closed = False

    def _month(self, giver: str, receiver: str, month: date) -> Month:
        return self.months.setdefault((giver, receiver, month_of(month)), Month())

    def _both_asked(self, row: Month, giver: str, receiver: str, by: By) -> bool:
        if not by.desk or by.institution not in (giver, receiver):
            raise Refused("by both offices")
        row.asked.add(by.institution)
        if row.asked < {giver, receiver}:
            return False
        row.asked.clear()
        return True

    def month_is_closed(self, giver: str, receiver: str, month: date) -> bool:
        """Whether both offices closed this month."""
        key = (giver, receiver, month_of(month))
        return key in self.months and self.months[key].closed

    def open_month(self, giver: str, receiver: str, month: date) -> date:
        """The first month from this one on that is not closed: where late things of this month count."""
        month = month_of(month)
        while self.month_is_closed(giver, receiver, month):
            month = reckoning.add_months(month, 1)
        return month

    def _day_in(self, month: date, wanted: date) -> date:
        """The wanted day if it is of the month, else today if it is, else the month's day nearest to today."""
        if month_of(wanted) == month:
            return wanted
        return min(max(self.today, month), month_end(month))

    def _has_closed_day(self, row: Entry) -> bool:
        month = month_of(row.first)
        while month <= row.last:
            if self.month_is_closed(row.giver, row.receiver, month):
                return True
            month = reckoning.add_months(month, 1)
        return False

    def is_closed(self, row: Entry) -> bool:
        """Whether an entry belongs to a closed month: by any day, or, carried over, by the month it counts in."""
        if row.counts is not None and row.carried:
            return self.month_is_closed(row.giver, row.receiver, row.counts)
        return self._has_closed_day(row)

    def _counting_in(self, giver: str, receiver: str, month: date) -> list[Entry]:
        return [
            row
            for row in self.entries.values()
            if (row.giver, row.receiver) == (giver, receiver)
            and row.counts is not None
            and month_of(row.counts) == month_of(month)
        ]

    # ------------------------------------------------------------------ spot checks

    def authorities_of(self, row: Entry) -> list[str]:
        """The authorities of the relations that the entry counts for: those of the accounts it stands in."""
        named = {self.accounts[account].relation for account in self.accounts_of(row.id)}
        rightly = [
            relation
            for relation in self.relations.values()
            if relation.id in named and self._why_no_authority(relation, row) is None
        ]
        return [relation.authority for relation in rightly if relation.authority is not None]

    def _why_not_draw(self, row: Entry, by: By) -> str | None:
        if row.corrects is not None:
            return "a check is of the old entry with its corrections"
        if row.state not in COUNTING:
            return "a draw takes only entries that count"
        named = self.authorities_of(row)
        if by.institution in named:
            return self._why_not(row, by.person)
        if named:
            return "drawn and judged by a relation's authority"
        if by.institution != row.receiver or not by.desk:
            return "else by the receiver's office"
        return self._why_not(row, by.person)

    def _why_not_judge(self, row: Entry, by: By) -> str | None:
        return self._why_not_draw(row, by)

    def drawable(self, by: By) -> list[Id]:
        """The pool: 'A draw takes only entries that count for a relation of the drawing authority.'"""
        return [row.id for row in self.entries.values() if self._why_not_draw(row, by) is None]

    def draw(self, check: Id, entry: Id, by: By) -> None:
        """'Spot checks are drawn ... by a relation's authority, else by the receiver's office'"""
        if check in self.checks:
            raise Refused("this check is there already")
        refuse_if(self._why_not_draw(self.entries[entry], by))
        self.checks[check] = Check(check, entry, by.institution, self.today)

    def judge(self, check: Id, found: Quantity, by: By, correction: Id | None = None) -> None:
        """'a failed one is a correction, measured against what the books say of the entry with its corrections'"""
        row = self.checks[check]
        entry = self.entries[row.entry]
        figure = exact(found)
        if row.found is not None:
            raise Refused("judged already")
        if by.institution != row.drawn_by:
            raise Refused("drawn and judged by one")
        refuse_if(self._why_not_judge(entry, by))
        if figure < 0:
            raise Refused("nothing is below zero")
        difference = figure - self.books_say(entry.id)
        closed = self.is_closed(entry)
        if difference != 0:
            self._correct_at_once(entry, difference, by, "spot check", correction)
        elif not closed:
            entry.level = Level.SPOT
        row.found, row.passed, row.beside = figure, difference == 0, closed
        entry.version += 1

    # ------------------------------------------------------------------ figures of an entry

    def root(self, entry: Id) -> Entry:
        """The old entry that a correction names, or the entry itself."""
        row = self.entries[entry]
        return row if row.corrects is None else self.entries[row.corrects]

    def corrections(self, entry: Id) -> list[Entry]:
        """The corrections that name this entry, in any state."""
        return [row for row in self.entries.values() if row.corrects == entry]

    def level_of(self, row: Entry) -> Level:
        """Its level in sums; a correction counts 'at the old entry's level once it is itself verified'."""
        if row.state not in COUNTING:
            return Level.DECLARED
        if row.kept_level is not None:
            return row.kept_level
        return row.level if row.corrects is None else self.level_of(self.entries[row.corrects])

    def books_say(self, entry: Id) -> Fraction:
        """What is left of an old entry with its verified corrections."""
        row = self.root(entry)
        verified = [new.figure for new in self.corrections(row.id) if new.state in COUNTING]
        return row.figure + sum(verified, Fraction(0))

    def counts_on(self, row: Entry) -> tuple[date, bool]:
        """The day it counts on, and whether it was carried over ('keep their day and count in the open month')."""
        if row.counts is not None:
            return row.counts, row.carried
        month = self.open_month(row.giver, row.receiver, month_of(row.day))
        return self._day_in(month, row.day), month != month_of(row.day)

    def counts_in(self, row: Entry, period: Period) -> bool:
        """Whether it counts in a period; what was carried over counts by its month alone."""
        day, carried = self.counts_on(row)
        return period.touches(day) if carried else period.holds(day)

    def accounts_of(self, entry: Id) -> list[Id]:
        """Where it counts; a correction 'goes wherever the old entry counts, now and later'."""
        old = self.root(entry).id
        return [account.id for account in self.accounts.values() if old in account.holds or old in account.named]

    def deadline(self, entry: Id) -> date:
        """The day to verify by, from the calendar as it is known today."""
        row = self.entries[entry]
        return reckoning.verify_by(self.calendar, row.day, row.declared_on, self.days)

    def overdue(self, entry: Id) -> bool:
        """'After that day: overdue'; 'a sheet of a running month is never overdue'."""
        return self.entries[entry].state is State.DECLARED and self.today > self.deadline(entry)

    def object_until(self, entry: Id) -> date | None:
        """The last day to object to a lower figure."""
        lowered_on = self.entries[entry].lowered_on
        return None if lowered_on is None else reckoning.object_by(self.calendar, lowered_on)

    def share(self, row: Entry, person: str) -> Fraction:
        """A person's own share of one entry as it counts: 'own shares follow it exactly, unrounded'."""
        old = self.root(row.id)
        own = sum((part.share for part in old.people if part.person == person), Fraction(0))
        return own * row.figure / old.quantity

    # ------------------------------------------------------------------ figures of accounts and totals

    def live(self, rows: Iterable[Entry]) -> list[Entry]:
        """Those that stand for something: neither returned nor withdrawn."""
        return [row for row in rows if row.state not in (State.RETURNED, State.WITHDRAWN)]

    def sum_rows(self, rows: Iterable[Entry]) -> dict[str, dict[Level, Fraction]]:
        """'each unit is shown by itself', 'sums by level stand side by side'."""
        found: dict[str, dict[Level, Fraction]] = {}
        for row in self.live(rows):
            levels = found.setdefault(row.unit, {level: Fraction(0) for level in Level})
            levels[self.level_of(row)] += row.figure
        return found

    def rows_of(self, account: Id) -> list[Entry]:
        """All entries standing in an account, corrections with them."""
        return [row for row in self.entries.values() if account in self.accounts_of(row.id)]

    def sums(self, account: Id) -> dict[str, dict[Level, Fraction]]:
        """An account's sums by unit and level."""
        return self.sum_rows(self.rows_of(account))

    def counted(self, account: Id, unit: str | None = None, level: Level = DEFAULT_LEVEL) -> Fraction:
        """What counts in an account from a level on, in one unit (the account's own, if it has one)."""
        wanted = unit or self.accounts[account].unit
        rows = [row for row in self.live(self.rows_of(account)) if row.unit == wanted or wanted is None]
        return sum((row.figure for row in rows if self.level_of(row) >= level), Fraction(0))

    def overdue_sums(self, account: Id) -> dict[str, Fraction]:
        """What of an account's declared sum is overdue, 'counted apart'."""
        found: dict[str, Fraction] = {}
        for row in self.rows_of(account):
            if self.overdue(row.id):
                found[row.unit] = found.get(row.unit, Fraction(0)) + row.figure
        return found

    def counted_entries(self, rows: Iterable[Entry], level: Level = DEFAULT_LEVEL) -> list[Entry]:
        """The old entries among them that count from a level on."""
        return [row for row in self.live(rows) if row.corrects is None and self.level_of(row) >= level]

    def count(self, account: Id, level: Level = DEFAULT_LEVEL) -> int:
        """How many entries count in an account ('count and last date')."""
        return len(self.counted_entries(self.rows_of(account), level))

    def last_date(self, account: Id, level: Level = DEFAULT_LEVEL) -> date | None:
        """'The last date is of what is counted.' What is corrected to nothing dates nothing."""
        rows = self.counted_entries(self.rows_of(account), level)
        return max((row.day for row in rows if self.books_say(row.id) != 0), default=None)

    def periods(self, account: Id, level: Level = DEFAULT_LEVEL) -> list[PeriodFigure]:
        """Each period begun by today: owed, due, counted and state."""
        row = self.accounts[account]
        if row.amount is None:
            return []
        rows = self.live(self.rows_of(account))
        begins = min([row.opened, *(day for day in self._first_counted(row))])
        found = []
        for period in reckoning.periods(row.per, row.year_starts, row.first, row.last, begins, self.today):
            inside = [new for new in rows if self.level_of(new) >= level and self.counts_in(new, period)]
            counted = sum((new.figure for new in inside), Fraction(0))
            found.append(
                PeriodFigure(
                    period,
                    reckoning.owed(row.amount, period),
                    reckoning.due(row.amount, period, self.today),
                    counted,
                    reckoning.state_of(row.amount, period, counted, self.today),
                )
            )
        return found

    def _first_counted(self, account: Account) -> list[date]:
        """The days on which the entries of an account count, at the default level."""
        return [self.counts_on(row)[0] for row in self.counted_entries(self.rows_of(account.id))]

    def standing(self, account: Id) -> Standing:
        """How an account stands today; 'lateness always uses the default'."""
        last_date = self.last_date(account)
        if self.accounts[account].amount is None:
            return Standing(reckoning.State.NO_AMOUNT, None, None, 0, last_date)
        return reckoning.stand(self.periods(account), self.today, last_date)

    def total_rows(self, rows: Sequence[Entry], among: Collection[Id], level: Level = DEFAULT_LEVEL) -> Total:
        """'any total over several accounts counts the entry once ... and shows where else it counts'"""
        entries = self.counted_entries(rows, level)
        fixed = [row for row in self.live(rows) if row.corrects is not None and self.level_of(row) >= level]
        elsewhere = {
            row.id: tuple(account for account in self.accounts_of(row.id) if account not in among) for row in entries
        }
        return Total(
            self.sum_rows(rows),
            tuple(row.id for row in entries),
            tuple(row.id for row in fixed),
            len({row.activity for row in entries}),
            len({row.receiver for row in entries}),
            elsewhere,
        )

    def total(self, accounts: Collection[Id], level: Level = DEFAULT_LEVEL) -> Total:
        """The total over several accounts."""
        rows = [row for row in self.entries.values() if set(self.accounts_of(row.id)) & set(accounts)]
        return self.total_rows(rows, accounts, level)

    def relation_total(self, relation: Id, level: Level = DEFAULT_LEVEL) -> Total:
        """The total over all accounts of a relation."""
        return self.total([row.id for row in self.accounts.values() if row.relation == relation], level)

    def spread(self, relation: Id, lead: str) -> dict[tuple[bool, str], tuple[int, int, int]]:
        """A relation's total over all its receivers, by whether the lead receives and by kind, corrections among them.

        'also says the number of activities, and shows where else it counts': entries, activities, those that count in
        an account of no or another relation as well.
        """
        ours = {row.id for row in self.accounts.values() if row.relation == relation}
        found: dict[tuple[bool, str], list[Entry]] = {}
        for row in self.live(self.entries.values()):
            if ours & set(self.accounts_of(row.id)):
                found.setdefault((row.receiver == lead, row.kind), []).append(row)
        return {
            key: (
                len(rows),
                len({row.activity for row in rows}),
                sum(1 for row in rows if set(self.accounts_of(row.id)) - ours),
            )
            for key, rows in found.items()
        }

    def total_where(self, keep: Callable[[Entry], bool], level: Level = DEFAULT_LEVEL) -> Total:
        """The total over any entries, as all between a relation's members; every account is elsewhere."""
        return self.total_rows([row for row in self.entries.values() if keep(row)], (), level)

    def month_sums(self, giver: str, receiver: str, month: date) -> dict[str, dict[Level, Fraction]]:
        """What counts in one month of a giver and a receiver."""
        return self.sum_rows(
            row
            for row in self.entries.values()
            if (row.giver, row.receiver) == (giver, receiver) and month_of(self.counts_on(row)[0]) == month_of(month)
        )

    # ------------------------------------------------------------------ figures of persons and sheets

    def workload(
        self, person: str, first: date | None = None, last: date | None = None, kind: str | None = None
    ) -> dict[str, dict[Level, Fraction]]:
        """'sums own shares of activities, each activity once however many receivers it has, never entry quantities'"""
        found: dict[str, dict[Level, Fraction]] = {}
        mine = [row for row in self.live(self.entries.values()) if row.corrects is None and person in row.persons]
        for activity in dict.fromkeys(row.activity for row in mine):
            siblings = [row for row in mine if row.activity == activity and kind in (None, row.kind)]
            if not siblings:
                continue
            best = max(siblings, key=lambda row: (self.level_of(row), self._share_left(row, person)))
            for row in [best, *self.live(self.corrections(best.id))]:
                day = self.counts_on(row)[0]
                if (first is None or first <= day) and (last is None or day <= last):
                    levels = found.setdefault(row.unit, {level: Fraction(0) for level in Level})
                    levels[self.level_of(row)] += self.share(row, person)
        return found

    def _share_left(self, row: Entry, person: str) -> Fraction:
        """A person's share of an old entry with its verified corrections."""
        verified = [new for new in self.corrections(row.id) if new.state in COUNTING]
        return self.share(row, person) + sum((self.share(new, person) for new in verified), Fraction(0))

    def sheet(self, owner: str, receiver: str, month: date) -> Sheet:
        """A month sheet as it stands today."""
        rows = self.sheet_lines(owner, receiver, month)
        return Sheet(
            tuple(row.id for row in rows),
            tuple(row.id for row in rows if row.state is State.DECLARED),
            tuple(row.id for row in rows if self.overdue(row.id)),
            self.sum_rows(rows),
        )

    def printed(self, number: Id) -> tuple[tuple[Line, ...], dict[str, Fraction]]:
        """'the page of that number shows what was printed': its lines, and their sums by unit."""
        lines = self.prints[number].lines
        sums: dict[str, Fraction] = {}
        for line in lines:
            sums[line.unit] = sums.get(line.unit, Fraction(0)) + line.quantity
        return lines, sums

    def beside(self, entry: Id) -> list[Check]:
        """The checks recorded beside an entry of a closed month."""
        return [check for check in self.checks.values() if check.entry == entry and check.beside]
