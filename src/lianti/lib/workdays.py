"""Working days of mainland China.

Source: the yearly notice of the State Council's general office on public holidays, as kept by the
`chinesecalendar` library (with make-up working days). For years that it does not hold yet, Monday to
Friday are taken as working days.
"""

from datetime import date, timedelta

import chinese_calendar


def is_workday(day: date) -> bool:
    """Say whether people work on `day`."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


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
