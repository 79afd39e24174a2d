"""What becomes of a clinic on a day: held, stopped, covered by somebody else, or none at all. Plain arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from lianti.contexts.dispatch.states import ClinicHeld

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Sitting:
    """A clinic: on which weekday (1 is Monday), from when until when; `last` None: no end is known."""

    weekday: int
    first: date
    last: date | None


@dataclass(frozen=True)
class Times:
    """From when until when somebody is there; `last` None: no end is known, they are there still."""

    first: date
    last: date | None


@dataclass(frozen=True)
class Off:
    """Days away, both of them included, and who covers."""

    first: date
    last: date
    cover: int | None = None


@dataclass(frozen=True)
class OnDay:
    """What is said of one day, whatever leave says."""

    held: ClinicHeld
    cover: int | None = None
    note: str = ""


def on_day(day: date, sitting: Sitting, stay: Times, away: Iterable[Off], words: Mapping[date, OnDay]) -> OnDay | None:
    """Say what becomes of a clinic on a day; None where it has none that day, or its expert is not there yet or gone.

    What was said of the day comes first, then leave: covered where somebody covers, else stopped.
    """
    if sitting.weekday != day.isoweekday() or not _within(day, sitting.first, sitting.last):
        return None
    if not _within(day, stay.first, stay.last):
        return None
    if day in words:
        return words[day]
    off = next((one for one in away if one.first <= day <= one.last), None)
    if off is None:
        return OnDay(ClinicHeld.HELD)
    return OnDay(ClinicHeld.COVERED, off.cover) if off.cover else OnDay(ClinicHeld.STOPPED)


def away(first: date, until: date, back: date | None, cover: int | None, today: date) -> Off:
    """Return the days of a leave: to the day before the return; not yet back, at least until today."""
    return Off(first, back - ONE_DAY if back else max(until, today), cover)


def _within(day: date, first: date, last: date | None) -> bool:
    return first <= day and (last is None or day <= last)


def monday(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def week_text(first: date) -> str:
    """Return a week as addresses write it: 2026-W48."""
    year, week, _day = first.isocalendar()
    return f"{year}-W{week:02}"


def read_week(text: str) -> date | None:
    """Return the Monday of a week as `week_text` writes it, or None."""
    year, dash, week = text.partition("-W")
    try:
        return date.fromisocalendar(int(year), int(week), 1) if dash else None
    except ValueError:
        return None
