"""One person at two institutions at one time, as far as what is known of a day says so: plain arithmetic.

A task takes named parts of a day (a clinic its half-day, a visit the working day, a night duty evening and night), or
a number of half-days of which nobody said which. Two of them at two places are double where they share a part, or
where a day has too few half-days for both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations

from lianti.contexts.dispatch.states import HalfDay

HALVES = frozenset(HalfDay)
WORKING_DAY = frozenset({HalfDay.MORNING, HalfDay.AFTERNOON})
NIGHT_DUTY = frozenset({HalfDay.EVENING, "night"})
LONGEST_VISIT = 31  # days; who is somewhere longer works there, and is not taken by it on each of its days


@dataclass(frozen=True)
class Task:
    """What takes a person on one day at a place. `key`: what it is of; `halves`: half-days of which none is named."""

    person: int
    place: int
    day: date
    key: str
    parts: frozenset[str] = frozenset()
    halves: Fraction = Fraction(0)


@dataclass(frozen=True)
class Double:
    """Two tasks of one person on one day, at two places."""

    one: Task
    other: Task

    @property
    def day(self) -> date:
        return self.one.day


def collide(one: Task, other: Task) -> bool:
    """Say whether two tasks of one person on one day cannot both be done."""
    if one.place == other.place or one.key == other.key:
        return False
    if one.parts & other.parts:
        return True
    loose = one.halves + other.halves
    return loose > 0 and loose + len((one.parts | other.parts) & HALVES) > len(HALVES)


def doubles(tasks: Iterable[Task]) -> list[Double]:
    """Return what collides, by day; of several tasks on one day each two."""
    of_day: dict[tuple[int, date], list[Task]] = defaultdict(list)
    for task in tasks:
        of_day[task.person, task.day].append(task)
    found = [Double(*two) for own in of_day.values() for two in combinations(own, 2) if collide(*two)]
    return sorted(found, key=lambda two: (two.day, two.one.person, two.one.key, two.other.key))


def days(first: date, last: date, step: int = 1) -> Iterator[date]:
    """Yield the days of a stretch, both ends among them, or every so many."""
    while first <= last:
        yield first
        first += timedelta(days=step)
