"""How the product reads the law where the law leaves a choice; the numbers are those of the list in README.md."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from tests.book.book import DEFAULT_LEVEL, Account, Book, Entry, Id, Part, Print, State
from tests.book.due import Period, Quantity, grid_start, month_of
from tests.book.who import HAND_DAYS, By, Who


class ProductWho(Who):
    """The tests of persons with the product's choices."""

    def acting(self, person: str, today: date) -> set[str]:
        """12: for the seven days the two are one hand, whoever of them acts."""
        lately = {row.whose for row in self.resets if row.by == person and 0 <= (today - row.on).days < HAND_DAYS}
        return super().acting(person, today) | lately


class ProductReading(Book):
    """The book with the product's choices."""

    def __init__(self, *args: object, **told: object) -> None:
        super().__init__(*args, **told)  # type: ignore[arg-type]
        self.who = ProductWho()

    def redate_account(self, account: Id, first: date | None, last: date | None) -> None:
        """15: periods run from the account's from, also when it is given another one."""
        super().redate_account(account, first, last)
        self.accounts[account].year_starts = first.month if first else 1

    def counts_in(self, row: Entry, period: Period) -> bool:
        """2, 7: what counts on a day outside the account's dates counts in its nearest period."""
        return period.holds(self._within(row, self._account))

    def _within(self, row: Entry, account: Account) -> date:
        """2: the day an entry counts on, or the nearest one of the account's."""
        day, _carried = self.counts_on(row)
        if account.first is not None and day < account.first:
            day = account.first
        if account.last is not None and day > account.last:
            day = account.last
        return day

    def periods(self, account: Id, *args: object) -> list:  # type: ignore[type-arg, override]
        """Remember whose periods these are, for `counts_in`."""
        self._account = self.accounts[account]
        return super().periods(account, *args)  # type: ignore[arg-type]

    def record(self, activity: Id, *args: object, **facts: object) -> None:
        """7: a late entry takes its place in the open month when it is declared."""
        super().record(activity, *args, **facts)  # type: ignore[arg-type]
        for row in self.entries.values():
            if row.activity == activity and row.corrects is None:
                self._carry(row)

    def allows_name(self, entry: Id, account: Id) -> bool:
        """Say whether somebody may name this account for the entry."""
        row = self.accounts[account]
        return not row.closed and self._may_not_stand(self.entries[entry], row) is None

    def correct(
        self, correction: Id, entry: Id, difference: Quantity, reason: str, by: By, day: date | None = None
    ) -> None:
        """8: a correction counts in the month in which the old entry counts, else in the next open one."""
        super().correct(correction, entry, difference, reason, by, day)
        row, old = self.entries[correction], self.entries[entry]
        month = self.open_month(old.giver, old.receiver, month_of(self.counts_on(old)[0]))
        if month != month_of(row.day):
            row.counts, row.carried = self._day_in(month, row.day), True

    def _why_not_lower(self, row: Entry) -> str | None:
        """8: a correction that adds is lowered like any entry; one that takes away is verified or returned."""
        return None if row.quantity > 0 else super()._why_not_lower(row)

    def _why_not_judge(self, row: Entry, by: By) -> str | None:
        """10: the receiver's office judges what it drew while no authority was named, also when one is named since."""
        if by.institution != row.receiver:
            return self._why_not_draw(row, by)
        return self._why_not(row, by.person) if by.desk else "else by the receiver's office"

    def _supplement(self, rows: Sequence[Entry], scanned: Sequence[Print]) -> list[Entry]:
        """11: a supplementary sheet also shows what counts and stands on no confirmed paper."""
        held = {line.entry for old in scanned for line in old.lines}
        return [row for row in rows if row.state is State.DECLARED or row.id not in held]

    def _first_counted(self, account: Account) -> list[date]:
        """15, 16: what is lowered or corrected to nothing begins no period."""
        sums: dict[date, Fraction] = {}
        for row in self.live(self.rows_of(account.id)):
            if self.level_of(row) >= DEFAULT_LEVEL and account.per is not None:
                begins = grid_start(self._within(row, account), account.per, account.year_starts)
                sums[begins] = sums.get(begins, Fraction(0)) + row.figure
        return [begins for begins, figure in sums.items() if figure]

    def close_month(self, giver: str, receiver: str, month: date, by: By) -> None:
        """7: what nobody has verified moves on when its month is closed, and stays there if that is reopened."""
        super().close_month(giver, receiver, month, by)
        if self.month_is_closed(giver, receiver, month):
            for row in self.entries.values():
                if (row.giver, row.receiver) == (giver, receiver) and row.state in (State.DECLARED, State.RETURNED):
                    row.kept_level = None
                    self._carry(row)

    def _carry(self, row: Entry) -> None:
        month = self.open_month(row.giver, row.receiver, month_of(self.counts_on(row)[0]))
        if month != month_of(row.day):
            row.counts, row.carried = self._day_in(month, row.day), True

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
        """4: a mend is declaring again, so the day to verify by moves; 7: another day counts by itself."""
        super()._change(row, by, quantity, day, people, first, last, late)
        row.declared_on = self.today
        if day is not None:
            row.counts, row.carried = None, False
