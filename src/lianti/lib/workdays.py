"""Working days of mainland China.

Source: the yearly notice of the State Council's general office on public holidays, as kept by the
`chinesecalendar` library (with make-up working days). For years that it does not hold yet: Monday to Friday, less
the holidays that the Regulation on Public Holidays (as of 2025) fixes, without days in lieu.
"""

from datetime import date, timedelta

import chinese_calendar

# New Year, Labour Day and the day after, National Day and the two after.
_FIXED = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
# First day of the Spring Festival (free from its eve to the third day), Qingming, Dragon Boat and Mid-Autumn Festival.
_MOVING = {
    2027: (date(2027, 2, 6), date(2027, 4, 5), date(2027, 6, 9), date(2027, 9, 15)),
    2028: (date(2028, 1, 26), date(2028, 4, 4), date(2028, 5, 28), date(2028, 10, 3)),
    2029: (date(2029, 2, 13), date(2029, 4, 4), date(2029, 6, 16), date(2029, 9, 22)),
    2030: (date(2030, 2, 3), date(2030, 4, 5), date(2030, 6, 5), date(2030, 9, 12)),
}


def is_workday(day: date) -> bool:
    """Say whether people work on `day`."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5 and not _is_free_by_law(day)


def _is_free_by_law(day: date) -> bool:
    if (day.month, day.day) in _FIXED:
        return True
    spring, *others = _MOVING.get(day.year, (None,))
    return day in others or (spring is not None and -1 <= (day - spring).days <= 2)


def add(day: date, count: int) -> date:
    """Return the day that lies `count` working days after `day` (0: the same day)."""
    while count > 0:
        day += timedelta(days=1)
        if is_workday(day):
            count -= 1
    return day


def between(first: date, last: date) -> int:
    """Count the working days after `first` up to and with `last`; 0 when last is not later."""
    days = (last - first).days
    return sum(is_workday(first + timedelta(days=n)) for n in range(1, days + 1))
