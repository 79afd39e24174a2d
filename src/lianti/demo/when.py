"""The two years of the example: which months, which days people work, and how busy a month is."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from random import Random

from lianti.lib import workdays
from lianti.lib.dates import SHANGHAI, add_months, month_of, next_month

MONTHS = 24
# Spring Festival, the summer and the October holidays show in every ledger.
BUSY = {1: 0.86, 2: 0.52, 3: 1.12, 4: 1.08, 5: 1.02, 6: 1.08, 7: 0.84, 8: 0.76, 9: 1.12, 10: 0.84, 11: 1.18, 12: 1.0}


class When:
    """The calendar of one filling: everything is told from `today`, so that one day always gives one example.

    `months`: how many months of work there are, the running one among them; three at least.
    """

    def __init__(self, today: date, months: int = MONTHS) -> None:
        self.today = today
        self.this_month = month_of(today)
        self.first = add_months(self.this_month, 1 - months)
        self.months = [add_months(self.first, n) for n in range(months)]
        self.yesterday = last_workday(today - timedelta(days=1))

    def month(self, back: int) -> date:
        """Return the first day of the month `back` months ago (0: this month)."""
        return add_months(self.this_month, -back)

    def workday(self, back: int) -> date:
        """Return the day that lies `back` working days before today (1: the last one that is over)."""
        day = self.today
        while back:
            day -= timedelta(days=1)
            back -= workdays.is_workday(day)
        return day

    def weight(self, month: date) -> float:
        """Return how busy a month is; the running one only has the days that are over."""
        whole = BUSY[month.month]
        if month != self.this_month:
            return whole
        return whole * len([d for d in working_days(month) if d < self.today]) / max(1, len(working_days(month)))

    @property
    def short(self) -> bool:
        """Say whether the example was asked to be shorter than two years."""
        return len(self.months) < MONTHS

    def ordinary(self, month: date) -> bool:
        """Say whether a month is over and its sheets have had time to be verified."""
        return month < self.month(1)


def moment(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """Return an instant of a Shanghai day."""
    return datetime.combine(day, time(hour, minute, second), tzinfo=SHANGHAI)


def some_time(rng: Random, day: date, first: int = 8, last: int = 18) -> datetime:
    """Return some instant of a day between two hours."""
    return moment(day, rng.randint(first, last - 1), rng.randint(0, 59), rng.randint(0, 59))


@lru_cache(maxsize=64)
def working_days(month: date) -> tuple[date, ...]:
    """Return the working days of a month."""
    days = (next_month(month) - month).days
    return tuple(d for d in (month + timedelta(days=n) for n in range(days)) if workdays.is_workday(d))


@lru_cache(maxsize=64)
def weeks(month: date) -> tuple[tuple[date, date], ...]:
    """Return the working weeks of a month, each by its first and last working day inside the month."""
    found: dict[tuple[int, int], list[date]] = {}
    for day in working_days(month):
        found.setdefault(day.isocalendar()[:2], []).append(day)
    return tuple((days[0], days[-1]) for days in found.values())


@lru_cache(maxsize=2048)
def days_after(day: date, count: int) -> date:
    """Return the day that lies `count` working days after a day."""
    return workdays.add(day, count)


def last_workday(day: date) -> date:
    """Return the day, or the last working day before it."""
    while not workdays.is_workday(day):
        day -= timedelta(days=1)
    return day


def last_of(month: date) -> date:
    """Return the last day of a month."""
    return next_month(month) - timedelta(days=1)
