"""Which rule set gives which value on which day: pure arithmetic.

A set in force gives what it says; what two of them say is taken from the narrower one: relation, programme, region
(the deeper before the shallower), country. Of two of one scope the one for this purpose alone comes before the one
for all, and then the later one.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lianti.contexts.network.domain.rulebook import RuleScope
from lianti.lib.errors import Sentence

AS_SHIPPED = 0  # the version of a set that nobody has changed


@dataclass(frozen=True)
class StandingRules:
    """A rule set as it counts: a record, or one that ships and that nobody has changed.

    `code` is that of the shipped set, also after a change; `public_id` is empty until then. `place` tells which of
    two came later.
    """

    use: str
    code: str
    public_id: str
    version: int
    name: Sentence
    purpose: str
    scope: str
    region: str
    programme_id: int | None
    relation_id: int | None
    from_date: date | None
    to_date: date | None
    values: Mapping[str, Any]
    source: str
    verified: bool
    place: tuple[int, int]

    def covers(self, day: date) -> bool:
        """Say whether the set is in force on a day."""
        return (self.from_date is None or self.from_date <= day) and (self.to_date is None or day <= self.to_date)


@dataclass(frozen=True)
class RuleCase:
    """What is judged: for which purpose, in which relation, where, in which programmes."""

    purpose: str = ""
    relation_id: int | None = None
    regions: tuple[str, ...] = ()
    programme_ids: tuple[int, ...] = ()

    def concerned_by(self, one: StandingRules) -> bool:
        """Say whether a set speaks of this at all, on whatever day."""
        if one.purpose not in {"", self.purpose}:
            return False
        if one.scope == RuleScope.RELATION:
            return one.relation_id is not None and one.relation_id == self.relation_id
        if one.scope == RuleScope.PROGRAMME:
            return one.programme_id is not None and one.programme_id in self.programme_ids
        if one.scope == RuleScope.REGION:
            return any(lies_in(place, one.region) for place in self.regions)
        return True


@dataclass(frozen=True)
class Ruling:
    """A value and the set that gives it."""

    value: Any
    by: StandingRules


@dataclass(frozen=True)
class RuleStretch:
    """Days in a row on which the same rules hold, first and last of them named."""

    first: date
    last: date
    rulings: Mapping[str, Ruling]

    def value(self, code: str, default: Any = None) -> Any:
        """Return a value, or `default` where no set says any."""
        ruling = self.rulings.get(code)
        return default if ruling is None else ruling.value


class RuleBook:
    """All sets of one use, read once: asked for as many days and cases as there are."""

    def __init__(self, standings: Iterable[StandingRules]) -> None:
        self.standings = sorted(standings, key=_narrowness, reverse=True)

    def for_case(self, case: RuleCase) -> list[StandingRules]:
        """Return the sets that speak of a case, narrowest first, whatever their days."""
        return [one for one in self.standings if case.concerned_by(one)]

    def on(self, day: date, case: RuleCase) -> list[StandingRules]:
        """Return the sets in force, narrowest first."""
        return [one for one in self.for_case(case) if one.covers(day)]

    def values_on(self, day: date, case: RuleCase) -> dict[str, Ruling]:
        """Return each value that a set in force gives, by code, with that set."""
        return _rulings(self.on(day, case))

    def stretches(self, first: date, last: date, case: RuleCase) -> list[RuleStretch]:
        """Return the days from `first` to `last` as stretches on which nothing changes, in order, without a gap."""
        concerned = self.for_case(case)
        found: list[RuleStretch] = []
        for begin, end in _pieces(first, last, concerned):
            rulings = _rulings(one for one in concerned if one.covers(begin))
            same = found and found[-1].rulings == rulings
            found.append(RuleStretch(found.pop().first if same else begin, end, rulings))
        return found


def lies_in(place: str, region: str) -> bool:
    """Say whether a region, as a path of names, is another one or lies in it."""
    return bool(region) and (place == region or place.startswith(f"{region}/"))


_RANKS = {scope: rank for rank, scope in enumerate(RuleScope)}


def _narrowness(one: StandingRules) -> tuple[Any, ...]:
    depth = one.region.count("/") if one.scope == RuleScope.REGION else 0
    return _RANKS[RuleScope(one.scope)], depth, bool(one.purpose), one.from_date or date.min, one.place


def _rulings(standings: Iterable[StandingRules]) -> dict[str, Ruling]:
    found: dict[str, Ruling] = {}
    for one in standings:
        for code, value in one.values.items():
            found.setdefault(code, Ruling(value, one))
    return found


def _pieces(first: date, last: date, standings: Iterable[StandingRules]) -> Iterator[tuple[date, date]]:
    """Yield first and last day of the pieces between which a set may begin or end."""
    if last < first:
        return
    begins = {first}
    for one in standings:
        if one.from_date is not None and first < one.from_date <= last:
            begins.add(one.from_date)
        if one.to_date is not None and first <= one.to_date < last:
            begins.add(one.to_date + timedelta(days=1))
    days = sorted(begins)
    for begin, following in itertools.pairwise(days):
        yield begin, following - timedelta(days=1)
    yield days[-1], last
