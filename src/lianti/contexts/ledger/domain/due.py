"""When a promise is due, behind or late: exact fractions over whole calendar months."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

OPEN = date.min  # the period's key where an account has no periods
_DAY = timedelta(days=1)


class Per(StrEnum):
    """What the amount is promised for."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ONCE = "once"


MONTHS = {Per.MONTH: 1, Per.QUARTER: 3, Per.YEAR: 12}


class Standing(StrEnum):
    """How a promise stands in one period."""

    NO_AMOUNT = "no_amount"
    ON_COURSE = "on_course"
    BEHIND = "behind"
    FULFILLED = "fulfilled"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Terms:
    """What an account says about amount and time; `since`, the day of its opening, stands in for a missing start."""

    amount: Decimal | None
    per: Per
    start: date | None
    end: date | None
    since: date


@dataclass(frozen=True, slots=True)
class Period:
    """One stretch for which an amount is owed; `last` is None where no end is agreed.

    `months`: how long it is as cut by the dates; what is due is reckoned on them. It begins `step` months after
    `anchor`, the day from which all periods of an account are counted.
    """

    key: date
    first: date
    last: date | None
    months: Fraction
    owed: Fraction | None
    anchor: date
    step: int


def add_months(day: date, months: int) -> date:
    """Give the same day of another month, or that month's last day where it has none."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def whole_months(first: date, day: date) -> int:
    """Count the whole months that are over at the start of `day` when counting from `first`."""
    if day <= first:
        return 0
    steps = (day.year - first.year) * 12 + day.month - first.month
    return steps if add_months(first, steps) <= day else steps - 1


def months_from(anchor: date, step: int, last: date) -> Fraction:
    """Give how many months lie from `step` months after `anchor` up to `last`, a rest in days of its month.

    Counted from the anchor each time, so that a start on the 31st does not wander.
    """
    whole = 0
    while add_months(anchor, step + whole + 1) <= last + _DAY:
        whole += 1
    begun, following = add_months(anchor, step + whole), add_months(anchor, step + whole + 1)
    return whole + Fraction((last + _DAY - begun).days, (following - begun).days)


def period_of(terms: Terms, day: date) -> Period:
    """Give the period a day counts in; a day outside the dates counts in the nearest one."""
    if terms.start is not None and day < terms.start:
        day = terms.start
    if terms.end is not None and day > terms.end:
        day = terms.end
    if terms.amount is None or terms.per is Per.ONCE:
        return _whole(terms)
    size = MONTHS[terms.per]
    anchor = terms.start or date(day.year, 1, 1)
    # Counted from the anchor each time, so that a start on the 31st does not wander.
    step = whole_months(anchor, day) // size * size
    return _cut(terms, anchor, step, size)


def _whole(terms: Terms) -> Period:
    first = terms.start or terms.since
    months = Fraction(0) if terms.end is None or terms.end < first else months_from(first, 0, terms.end)
    owed = None if terms.amount is None else Fraction(terms.amount)
    return Period(OPEN, first, terms.end, months, owed, anchor=first, step=0)


def _cut(terms: Terms, anchor: date, step: int, size: int) -> Period:
    assert terms.amount is not None  # noqa: S101  the callers asked already
    first = add_months(anchor, step)
    last = add_months(anchor, step + size) - _DAY
    months = Fraction(size)
    if terms.end is not None and terms.end < last:
        last = terms.end
        months = months_from(anchor, step, last)
    return Period(first, first, last, months, Fraction(terms.amount) * months / size, anchor, step)


def periods(terms: Terms, today: date) -> list[Period]:
    """Give every period that has begun by `today`, the oldest first."""
    first = terms.start or terms.since
    if today < first or _opened_after_the_end(terms):
        return []
    found = [period_of(terms, first)]
    while True:
        last = found[-1].last
        if last is None or last >= today or last == terms.end or found[-1].key == OPEN:
            return found
        found.append(period_of(terms, last + _DAY))


def _opened_after_the_end(terms: Terms) -> bool:
    """Say whether the period in which an account without a start was opened lies after its end: nothing is owed."""
    if terms.start is not None or terms.end is None or terms.amount is None or terms.per is Per.ONCE:
        return False
    return period_of(replace(terms, end=None), terms.since).first > terms.end


def due(period: Period, today: date) -> Fraction:
    """Give what should be done by the start of `today`: the owed amount's share of whole months passed."""
    if period.owed is None:
        return Fraction(0)
    if period.last is not None and today > period.last:
        return period.owed
    if not period.months:
        return Fraction(0)
    passed = max(0, whole_months(period.anchor, today) - period.step)
    return period.owed * min(Fraction(1), passed / period.months)


def standing(period: Period, counted: Decimal | Fraction, today: date) -> Standing:
    """Say how a period stands: late only after its end, behind only inside it."""
    if period.owed is None:
        return Standing.NO_AMOUNT
    done = Fraction(counted)
    if done >= period.owed:
        return Standing.FULFILLED
    if period.last is not None and today > period.last:
        return Standing.LATE
    return Standing.BEHIND if done < due(period, today) else Standing.ON_COURSE
