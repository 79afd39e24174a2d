"""What an activity is made of, and the arithmetic of days and weeks around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Taking:
    """One person's part; `share` is their own part of the quantity, None: to be divided evenly."""

    person_id: int
    part: str = "lead"
    share: Decimal | None = None


@dataclass(frozen=True)
class ActivityFacts:
    """Help that was given: one giver, one or more receivers, one quantity in the kind's unit."""

    kind: str
    day: date
    giver_id: int
    receiver_ids: tuple[int, ...]
    quantity: Decimal
    people: tuple[Taking, ...] = ()
    day_to: date | None = None
    title: str = ""
    place_id: int | None = None
    place_text: str = ""
    relation_id: int | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    account_ids: tuple[int, ...] = ()
    late: bool = False


@dataclass(frozen=True)
class EventFacts:
    """Something that happened between institutions and gives nothing by itself: no entry is declared."""

    kind: str
    day: date
    participant_ids: tuple[int, ...]
    day_to: date | None = None
    title: str = ""
    place_id: int | None = None
    place_text: str = ""
    relation_id: int | None = None
    visited: tuple[str, ...] = ()
    purpose: tuple[str, ...] = ()
    attendance: int | None = None
    note: str = ""


def late_days(last_day: date, today: date, allowed: int) -> int:
    """Count the days between the deed and its record when they are more than allowed; else 0 (not late)."""
    days = (today - last_day).days
    return days if days > allowed else 0


def week_of(day: date) -> tuple[date, date]:
    """Return Monday and Sunday of the week that holds `day`."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def last_week(today: date) -> tuple[date, date]:
    """Return Monday and Sunday of the week before the one that holds `today`."""
    return week_of(today - WEEK)


def plain(quantity: Decimal) -> Decimal:
    """Return a quantity without zeros behind the point, as a form shows it: 42, not 42.00."""
    whole = quantity.to_integral_value()
    return whole if whole == quantity else quantity.normalize()
