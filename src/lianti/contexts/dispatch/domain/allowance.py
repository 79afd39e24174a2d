"""What counted days are worth, in cents: rates by day, and the difference to what was issued before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

Key = tuple[int, date, int]  # posting, first day of the month, rate in cents


@dataclass(frozen=True)
class Rate:
    """What a counted day is worth, for which kind and region ('' for all), from when until when."""

    kind: str
    region: str
    cents: int
    first: date
    last: date | None = None

    def holds(self, kind: str, region: str, day: date) -> bool:
        """Say whether it speaks of a day of a posting of this kind, to a place in this region."""
        inside = not self.region or region == self.region or region.startswith(f"{self.region}/")
        return self.kind in {"", kind} and inside and self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Served:
    """The counted days of one posting."""

    posting: int
    kind: str
    region: str
    days: Sequence[date]


def rate_on(rates: Iterable[Rate], kind: str, region: str, day: date) -> int:
    """Give what a day is worth: by the narrower region, then the named kind, then the later; 0 without one."""
    fits = [one for one in rates if one.holds(kind, region, day)]
    best = max(
        fits, key=lambda one: (one.region.count("/") + bool(one.region), bool(one.kind), one.first), default=None
    )
    return best.cents if best else 0


def _depth(region: str) -> int:
    return region.count("/") + bool(region)


def worth(served: Iterable[Served], rates: Sequence[Rate], months: Iterable[date]) -> Counter[Key]:
    """Return the counted days of these months, by posting, month and rate."""
    wanted, found = set(months), Counter[Key]()
    for one in served:
        for day in one.days:
            month = day.replace(day=1)
            if month in wanted:
                found[(one.posting, month, rate_on(rates, one.kind, one.region, day))] += 1
    return found


def lines(now: Mapping[Key, int], issued: Mapping[Key, int]) -> dict[Key, int]:
    """Return the days that are still to be paid, or to be taken back: those counted now less those issued."""
    keys = {*now, *issued}
    left = {key: now.get(key, 0) - issued.get(key, 0) for key in keys}
    return {key: days for key, days in sorted(left.items()) if days}


def cents_of(found: Mapping[Key, int]) -> int:
    """Give what lines come to."""
    return sum(days * rate for (_posting, _month, rate), days in found.items())
