"""Who stands where in which stretch of days, where nobody stands, and where two overlap: plain arithmetic."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

ONE_DAY = timedelta(days=1)
LONGEST_OVERLAP = 31  # days that two stand beside each other to hand over; longer, they work together


@dataclass(frozen=True)
class Presence:
    """Days of one person at one place, both of them included; `spot`: what they are there, '' for not said."""

    key: int
    first: date
    last: date
    spot: str = ""
    follows: int | None = None

    def touches(self, first: date, last: date) -> bool:
        """Say whether a day of it lies in a stretch."""
        return self.first <= last and self.last >= first


@dataclass(frozen=True)
class Overlap:
    """Days on which who leaves and who comes are both there."""

    outgoing: int
    incoming: int
    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def gaps(there: Iterable[Presence], first: date, last: date) -> list[tuple[date, date]]:
    """Return the stretches, first and last day named, on which nobody is there."""
    found: list[tuple[date, date]] = []
    free = first
    for one in sorted(there, key=lambda one: one.first):
        if free > last:
            break
        if one.first > free:
            found.append((free, min(one.first - ONE_DAY, last)))
        free = max(free, one.last + ONE_DAY)
    if free <= last:
        found.append((free, last))
    return [(begin, end) for begin, end in found if begin <= end]


def covered_days(there: Iterable[Presence], first: date, last: date) -> int:
    """Give the days of a stretch on which somebody is there."""
    return (last - first).days + 1 - sum((end - begin).days + 1 for begin, end in gaps(there, first, last))


def overlaps(there: Sequence[Presence]) -> list[Overlap]:
    """Return where somebody comes before another leaves the same spot: named as the follower, or on the same spot."""
    known, spots = {one.key: one for one in there}, defaultdict[str, list[Presence]](list)
    for one in there:
        spots[one.spot].append(one)
    found = []
    for new in there:
        for old in spots[new.spot] if new.spot else ():
            later = old.first < new.first and old.last < new.last
            if new.follows != old.key and later and new.first <= old.last:
                both = Overlap(old.key, new.key, new.first, old.last)
                found += [both] if both.days <= LONGEST_OVERLAP else []
        before = known.get(new.follows or 0)
        if before is not None and new.first <= before.last:
            found.append(Overlap(before.key, new.key, new.first, min(before.last, new.last)))
    return found


@dataclass(frozen=True)
class PromisedPeople:
    """People who were promised for a stretch of days, held against who is there and who is still to come."""

    asked: Decimal
    there: int
    coming: int

    @property
    def found(self) -> int:
        return self.there + self.coming

    @property
    def lacks(self) -> Decimal:
        """How many people are missing."""
        return max(Decimal(0), self.asked - self.found)


def held(asked: Decimal, there: Iterable[int], coming: Iterable[int]) -> PromisedPeople:
    """Hold a promise of people against them: each person once, however often they come."""
    here = set(there)
    return PromisedPeople(asked, len(here), len(set(coming) - here))


def carried(first: date, last: date, months: int) -> tuple[date, date]:
    """Move a stretch of days by whole months, back or forth; one that ends with its month does so there too."""
    ends = last == last.replace(day=_length(last.year, last.month))
    return _later(first, months), _later(last, months, end=ends)


def _later(day: date, months: int, end: bool = False) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = _length(year, month + 1)
    return date(year, month + 1, length if end else min(day.day, length))


def _length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
