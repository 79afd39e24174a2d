"""Days and months as the users live them: stored UTC, counted by Asia/Shanghai."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def shanghai_day(at: datetime) -> date:
    """Return the calendar day in Shanghai at the instant `at` (aware)."""
    return at.astimezone(SHANGHAI).date()


def month_of(day: date) -> date:
    """Return the first day of the month that holds `day`."""
    return day.replace(day=1)


def next_month(day: date) -> date:
    """Return the first day of the month after the one that holds `day`."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def add_months(month: date, months: int) -> date:
    """Return the first day of the month `months` after (or before) `month`."""
    index = month.year * 12 + month.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def end_of(day: date) -> datetime:
    """Return the last instant of the Shanghai day, in UTC: until then what is due on that day is in time."""
    return start_of(day + timedelta(days=1)) - timedelta(microseconds=1)


def due_shown(due: datetime) -> date | datetime:
    """Return what people are told of a deadline: the day when it ends with the day, else the moment."""
    day = shanghai_day(due)
    return day if due == end_of(day) else due


def start_of(day: date) -> datetime:
    """Return the first instant of the Shanghai day, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI).astimezone(UTC)
