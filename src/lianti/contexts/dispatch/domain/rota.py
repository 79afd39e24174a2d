"""Who stands where in which stretch of days, where nobody stands, and where two overlap: plain arithmetic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

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
