"""What is owed, what is due, and by which day: working days, deadlines, periods."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

Quantity = Fraction | Decimal | int

ONE_DAY = timedelta(days=1)
PERIOD_MONTHS = (1, 2, 3, 4, 6, 12)
OBJECTION_DAYS = 10  # "the declarer may object within 10 working days"

# Spring Festival's first day, Qingming, Dragon Boat, Mid-Autumn: the moving holidays fixed by law.
MOVING: dict[int, tuple[date, date, date, date]] = {
    2024: (date(2024, 2, 10), date(2024, 4, 4), date(2024, 6, 10), date(2024, 9, 17)),
    2025: (date(2025, 1, 29), date(2025, 4, 4), date(2025, 5, 31), date(2025, 10, 6)),
    2026: (date(2026, 2, 17), date(2026, 4, 5), date(2026, 6, 19), date(2026, 9, 25)),
    2027: (date(2027, 2, 6), date(2027, 4, 5), date(2027, 6, 9), date(2027, 9, 15)),
    2028: (date(2028, 1, 26), date(2028, 4, 4), date(2028, 5, 28), date(2028, 10, 3)),
    2029: (date(2029, 2, 13), date(2029, 4, 4), date(2029, 6, 16), date(2029, 9, 22)),
    2030: (date(2030, 2, 3), date(2030, 4, 5), date(2030, 6, 5), date(2030, 9, 12)),
}


def exact(quantity: Quantity) -> Fraction:
    """The same number as an exact fraction."""
    return Fraction(quantity)


def month_of(day: date) -> date:
    """The first day of the day's month; months are named by it everywhere."""
    return day.replace(day=1)


def add_months(month: date, count: int) -> date:
    """The first day of the month so many months later."""
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def month_end(day: date) -> date:
    """The last day of the day's month."""
    return add_months(month_of(day), 1) - ONE_DAY


def holidays_by_law(year: int) -> frozenset[date]:
    """The holidays fixed by the Regulation (as of 2025), for a year whose calendar is not published."""
    days = {date(year, 1, 1), date(year, 5, 1), date(year, 5, 2)}
    days |= {date(year, 10, number) for number in (1, 2, 3)}
    if year in MOVING:
        spring, qingming, dragon_boat, mid_autumn = MOVING[year]
        days |= {spring + timedelta(days=number) for number in (-1, 0, 1, 2)}
        days |= {qingming, dragon_boat, mid_autumn}
    return frozenset(days)


class Year(NamedTuple):
    """A published year: weekdays that are free, and weekend days that are worked."""

    holidays: frozenset[date]
    workdays: frozenset[date]


@dataclass
class Calendar:
    """Working days; it may learn a year later, and all deadlines follow it."""

    published: dict[int, Year] = field(default_factory=dict)
    by_law: Callable[[int], frozenset[date]] = holidays_by_law

    def publish(self, year: int, holidays: frozenset[date], workdays: frozenset[date]) -> None:
        """A year's calendar becomes known."""
        self.published[year] = Year(holidays, workdays)

    def is_working(self, day: date) -> bool:
        """'Days of a year whose calendar is not published: weekdays, less the holidays fixed by law.'"""
        weekday = day.weekday() < 5
        if day.year not in self.published:
            return weekday and day not in self.by_law(day.year)
        year = self.published[day.year]
        return day in year.workdays or (weekday and day not in year.holidays)

    def nth_after(self, day: date, number: int) -> date:
        """The so-many-th working day after a day (that day itself is not counted)."""
        left = number
        while left > 0:
            day += ONE_DAY
            if self.is_working(day):
                left -= 1
        return day


def verify_by(calendar: Calendar, day: date, declared_on: date, number: int) -> date:
    """'the later of the N-th working day after the entry's month ends and the N-th after its declaring'"""
    return max(calendar.nth_after(month_end(day), number), calendar.nth_after(declared_on, number))


def object_by(calendar: Calendar, lowered_on: date) -> date:
    """'the declarer may object within 10 working days'"""
    return calendar.nth_after(lowered_on, OBJECTION_DAYS)


class State(Enum):
    """How a period, or an account, stands."""

    NOT_BEGUN = "not begun"
    NO_AMOUNT = "no amount agreed"
    ON_COURSE = "on course"
    BEHIND = "behind"
    LATE = "late"
    FULFILLED = "fulfilled"


@dataclass(frozen=True)
class Period:
    """One period of an account, as cut by from and to; `full` is the months of the uncut period."""

    first: date
    last: date
    full: Fraction

    def holds(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return self.first <= day <= self.last

    def touches(self, month: date) -> bool:
        """Whether the period has a day in this month."""
        return self.first <= month_end(month) and month_of(month) <= self.last


def pieces(first: date, last: date) -> list[tuple[date, Fraction]]:
    """Each month from first to last with what of it lies inside: 1, or 'a rest ... in days of that month'."""
    found = []
    month = month_of(first)
    while month <= last:
        end = month_end(month)
        days = (min(end, last) - max(month, first)).days + 1
        found.append((month, Fraction(days, end.day)))
        month = add_months(month, 1)
    return found


def months_in(first: date, last: date) -> Fraction:
    """How many months, exactly, lie from first to last."""
    return sum((part for _, part in pieces(first, last)), Fraction(0))


def owed(amount: Quantity, period: Period) -> Fraction:
    """'A period cut by from or to owes amount × its months ÷ the period's months'"""
    return exact(amount) * months_in(period.first, period.last) / period.full


def due(amount: Quantity, period: Period, on: date) -> Fraction:
    """'due = amount × share of the period that has passed in whole calendar months', on the cut period's months"""
    if on > period.last:
        return owed(amount, period)
    parts = pieces(period.first, period.last)
    passed = sum((part for month, part in parts if month_end(month) < on), Fraction(0))
    return owed(amount, period) * passed / months_in(period.first, period.last)


def state_of(amount: Quantity, period: Period, counted: Fraction, on: date) -> State:
    """'behind while counted < due inside the period; late when counted < amount after its end'"""
    if on < period.first:
        return State.NOT_BEGUN
    if counted >= owed(amount, period):
        return State.FULFILLED
    if on > period.last:
        return State.LATE
    if counted < due(amount, period, on):
        return State.BEHIND
    return State.ON_COURSE


def grid_start(day: date, per: int, year_starts: int) -> date:
    """The first day of the uncut period of `per` months in which a day lies, in years from `year_starts` on."""
    back = (day.month - year_starts) % per
    return add_months(month_of(day), -back)


def periods(
    per: int | None, year_starts: int, first: date | None, last: date | None, begins: date, on: date
) -> list[Period]:
    """The periods begun by a day, oldest first; `begins` lies in the first one when there is no from."""
    if per is None:
        if first is None or last is None:
            raise ValueError("one period for the whole term needs from and to")
        whole = Period(first, last, months_in(first, last))
        return [whole] if first <= on else []
    found = []
    start = grid_start(first or begins, per, year_starts)
    while start <= on and (last is None or start <= last):
        end = add_months(start, per) - ONE_DAY
        cut = Period(max(start, first or start), min(end, last or end), Fraction(per))
        if cut.first <= on:
            found.append(cut)
        start = add_months(start, per)
    return found


@dataclass(frozen=True)
class PeriodFigure:
    """What one period says of itself on a day."""

    period: Period
    owed: Fraction
    due: Fraction
    counted: Fraction
    state: State


@dataclass(frozen=True)
class Standing:
    """'An account stands by its current period and the one that ended last; how many earlier ... beside it.'"""

    state: State
    current: PeriodFigure | None
    last_ended: PeriodFigure | None
    earlier_short: int
    last_date: date | None


def stand(figures: list[PeriodFigure], on: date, last_date: date | None) -> Standing:
    """How an account with an amount stands, from its periods begun by a day."""
    ended = [figure for figure in figures if figure.period.last < on]
    running = [figure for figure in figures if figure.period.last >= on]
    current = running[-1] if running else None
    last_ended = ended[-1] if ended else None
    earlier_short = sum(1 for figure in ended[:-1] if figure.counted < figure.owed)
    if last_ended is not None and last_ended.state is State.LATE:
        state = State.LATE
    elif current is not None:
        state = current.state
    elif last_ended is not None:
        state = last_ended.state
    else:
        state = State.NOT_BEGUN
    return Standing(state, current, last_ended, earlier_short, last_date)
