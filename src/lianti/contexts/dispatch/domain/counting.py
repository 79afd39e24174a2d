"""Which days of service count, under which rules, and why the others do not.

One verdict a day of a person: whatever is said of days and months is a sum of verdicts. A day is judged by the rules
in force on that day. What is judged is what was sealed (marks of the month grid); where nothing is sealed, a day
inside a stay is a day on duty unless leave or a call home is on record: present is the default (users.md,
'Where figures come from').
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

ONE_DAY = timedelta(days=1)


class Mark(StrEnum):
    """What a day of the month grid says."""

    PRESENT = "present"
    LATE = "late"  # came late, or left early: on duty all the same
    EARLY = "early"
    NIGHT = "night"
    BUSINESS = "business"  # away for the receiving institution
    REST = "rest"
    TRAINING = "training"
    CALLED_HOME = "called_home"  # 临时返院
    LEAVE = "leave"
    ABSENT = "absent"


ON_DUTY = frozenset({Mark.PRESENT, Mark.LATE, Mark.EARLY, Mark.NIGHT, Mark.BUSINESS})


class Why(StrEnum):
    """Why a day does not count; the empty word: it does."""

    COUNTS = ""
    NO_RULES = "no_rules"
    KIND = "kind"
    TITLE = "title"
    SHORT = "short"
    NOT_YET = "not_yet"  # the stretch runs and is still shorter than the least one
    REST = "rest"
    TRAINING = "training"
    CALLED_HOME = "called_home"
    LEAVE = "leave"
    ABSENT = "absent"


@dataclass(frozen=True)
class Rules:
    """What counts, by one rule set in one version. No `kinds`, no `titles`: all of them.

    `shortest`: days of the shortest stretch that counts; stays that follow each other within `gap` days are one
    stretch. `leave`: kinds of leave that count all the same. A month is `month_days` counted days; of what is left
    at least `half_days` make half a month, more never a whole one.
    """

    name: str
    version: int = 1
    kinds: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    shortest: int = 0
    gap: int = 0
    rest: bool = True
    training: bool = False
    called_home: bool = False
    leave: frozenset[str] = frozenset()
    month_days: int = 30
    half_days: int = 15


@dataclass(frozen=True)
class Stay:
    """A time of one person at one institution, both days included; `last` is None while it runs.

    `title`: the one borne today; `before`: earlier ones, each with the day from which it was borne no more.
    """

    key: int
    first: date
    last: date | None
    kind: str
    title: str = ""
    before: Sequence[tuple[date, str]] = ()

    def title_on(self, day: date) -> str:
        """Return the title that was borne on a day."""
        return min(((until, title) for until, title in self.before if day < until), default=(day, self.title))[1]


@dataclass(frozen=True)
class Away:
    """Days within stays on which somebody was on leave of some kind, or called home; `last` None: not yet back."""

    first: date
    last: date | None
    mark: Mark
    leave: str = ""


@dataclass(frozen=True)
class Sealed:
    """What the sealed grid says of one day; `leave`: the kind, where it was leave."""

    mark: Mark
    leave: str = ""


@dataclass(frozen=True)
class Verdict:
    """What is said of one day of a stay."""

    day: date
    stay: int
    why: Why
    by: Rules | None


@dataclass(frozen=True)
class Span:
    """Days in a row of which the same is said."""

    first: date
    last: date
    stay: int
    why: Why
    by: Rules | None

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Service:
    """What is known of a person's service: stays, what interrupted them, what was sealed."""

    stays: Sequence[Stay]
    away: Sequence[Away] = ()
    sealed: Mapping[date, Sealed] = field(default_factory=dict)


RulesOn = Callable[[date], Rules | None]


def verdicts(service: Service, rules_on: RulesOn, until: date, since: date | None = None) -> list[Verdict]:
    """Judge every day of the stays up to `until`, in order; of two stays on one day the one that began first has it.

    `since` leaves out earlier days, as a statistical year does: a stretch keeps the length that it has in all.
    """
    found: dict[date, Verdict] = {}
    for stay in sorted(service.stays, key=lambda one: (one.first, one.key)):
        for day in _days(stay.first, min(stay.last or until, until)):
            if day not in found:
                found[day] = Verdict(day, stay.key, Why.COUNTS, rules_on(day))
    stays, lengths = {stay.key: stay for stay in service.stays}, _Stretches(service.stays, until)
    away = _away(service.away, until)
    judged = (
        Verdict(
            one.day, one.stay, _why(one.day, stays[one.stay], one.by, lengths, _said(one.day, service, away)), one.by
        )
        for one in found.values()
    )
    return sorted((one for one in judged if since is None or one.day >= since), key=lambda one: one.day)


def spans(judged: Iterable[Verdict]) -> list[Span]:
    """Put days in a row together of which the same is said."""
    made: list[Span] = []
    for one in judged:
        before = made[-1] if made else None
        if before and one.day == before.last + ONE_DAY and (one.stay, one.why, one.by) == (
            before.stay, before.why, before.by
        ):  # fmt: skip
            made[-1] = Span(before.first, one.day, one.stay, one.why, one.by)
        else:
            made.append(Span(one.day, one.day, one.stay, one.why, one.by))
    return made


def counted_days(judged: Iterable[Verdict]) -> int:
    """Give how many of the days count."""
    return sum(one.why is Why.COUNTS for one in judged)


def months(days: int, rules: Rules) -> Fraction:
    """Give counted days as months: whole ones, and half a one for what is left where that is enough."""
    whole, left = divmod(days, rules.month_days)
    return Fraction(whole) + (Fraction(1, 2) if rules.half_days and left >= rules.half_days else 0)


def _why(day: date, stay: Stay, rules: Rules | None, stretches: _Stretches, said: Sealed) -> Why:
    if rules is None:
        return Why.NO_RULES
    if rules.kinds and stay.kind not in rules.kinds:
        return Why.KIND
    if rules.titles and stay.title_on(day) not in rules.titles:
        return Why.TITLE
    if (why := _of_the_mark(said, rules)) is not Why.COUNTS:
        return why
    length, runs = stretches.of(day, rules.gap)
    if length < rules.shortest:
        return Why.NOT_YET if runs else Why.SHORT
    return Why.COUNTS


def _of_the_mark(said: Sealed, rules: Rules) -> Why:
    if said.mark in ON_DUTY:
        return Why.COUNTS
    if said.mark is Mark.LEAVE:
        return Why.COUNTS if said.leave in rules.leave else Why.LEAVE
    counts = {Mark.REST: rules.rest, Mark.TRAINING: rules.training, Mark.CALLED_HOME: rules.called_home}
    return Why.COUNTS if counts.get(said.mark, False) else Why(said.mark.value)


def _said(day: date, service: Service, away: Mapping[date, Sealed]) -> Sealed:
    """Say what stands of a day: the seal first, then leave and calls home, else present."""
    return service.sealed.get(day) or away.get(day) or Sealed(Mark.PRESENT)


def _away(rows: Sequence[Away], until: date) -> dict[date, Sealed]:
    return {day: Sealed(one.mark, one.leave) for one in rows for day in _days(one.first, min(one.last or until, until))}


def _days(first: date, last: date) -> Iterable[date]:
    return (first + n * ONE_DAY for n in range((last - first).days + 1))


class _Stretches:
    """How long the stretch is in which a day lies, and whether it runs still."""

    def __init__(self, stays: Sequence[Stay], until: date) -> None:
        self.times = sorted((stay.first, min(stay.last or until, until), stay.last is None) for stay in stays)
        self._by_gap: dict[int, list[tuple[date, date, bool]]] = {}

    def of(self, day: date, gap: int) -> tuple[int, bool]:
        """Give the days of the stretch from its first to its last, gaps included, and whether it runs."""
        first, last, runs = next(one for one in self._joined(gap) if one[0] <= day <= one[1])
        return (last - first).days + 1, runs

    def _joined(self, gap: int) -> list[tuple[date, date, bool]]:
        if gap not in self._by_gap:
            joined: list[tuple[date, date, bool]] = []
            for first, last, runs in self.times:
                if joined and (first - joined[-1][1]).days <= gap + 1:
                    joined[-1] = (joined[-1][0], max(joined[-1][1], last), joined[-1][2] or runs)
                else:
                    joined.append((first, last, runs))
            self._by_gap[gap] = joined
        return self._by_gap[gap]
