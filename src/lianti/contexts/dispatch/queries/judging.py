"""Days judged by the rules of their own stay: shared by the page of one posting and the figures of many people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from lianti.contexts.dispatch import words
from lianti.contexts.dispatch.domain import counting, grid
from lianti.contexts.dispatch.domain.counting import Away, Mark, Rules, RulesOn, Service, Verdict, Why
from lianti.contexts.dispatch.models import Leave, LeaveSlip
from lianti.contexts.dispatch.states import LeaveKind, SlipState
from lianti.contexts.network.queries import RuleBook, RuleCase, RuleStretch, StandingRules
from lianti.lib.errors import Sentence

# Which value of the rules decides that a day does not count.
_DECIDES = {
    Why.KIND: "kinds",
    Why.TITLE: "titles",
    Why.SHORT: "shortest",
    Why.NOT_YET: "shortest",
    Why.REST: "rest",
    Why.TRAINING: "training",
    Why.CALLED_HOME: "called_home",
    Why.LEAVE: "leave",
}
# What else of the rules a count goes by.
_COUNTS = frozenset({*_DECIDES.values(), "gap", "month_days", "half_days", "months", "months_owed", "year_days"})


@dataclass(frozen=True)
class Uncounted:
    """Days in a row that do not count, why, and by which rule set; None: by nobody's, it is so everywhere."""

    first: date
    last: date
    days: int
    why: Sentence
    by: StandingRules | None


@dataclass(frozen=True, order=True)
class Measure:
    """How counted days become months: so many make one, so many of what is left half a one (0: never)."""

    month_days: int
    half_days: int

    def months(self, days: int) -> Fraction:
        """Give days as whole and half months."""
        return counting.months(days, Rules("", month_days=self.month_days, half_days=self.half_days))

    def days_for(self, months: Fraction) -> int:
        """Give the fewest days that are so many months, a whole or a half number."""
        whole, left = divmod(months, 1)
        half = min(self.half_days, self.month_days) if self.half_days else self.month_days
        return int(whole) * self.month_days + (half if left else 0)


class Judge:
    """Judges days by rules that are worked out once a case, from the first day of any stay to `until`."""

    def __init__(self, book: RuleBook, first: date, until: date) -> None:
        self._book, self._first, self._until = book, min(first, until), until
        self._stretches: dict[RuleCase, list[RuleStretch]] = {}
        self._rules: dict[RuleCase, list[tuple[date, date, Rules]]] = {}
        self._by_name: dict[str, RuleStretch] = {}

    def stretches(self, case: RuleCase, first: date | None = None) -> list[RuleStretch]:
        """Return the days from `first` on as stretches of the same rules."""
        if case not in self._stretches:
            self._stretches[case] = self._book.stretches(self._first, self._until, case)
        return [one for one in self._stretches[case] if first is None or one.last >= min(first, self._until)]

    def latest(self, case: RuleCase) -> RuleStretch:
        """Return the rules of the last day."""
        return self.stretches(case)[-1]

    def rules_on(self, case: RuleCase) -> RulesOn:
        """Return the rules of a case by day, as the arithmetic takes them."""
        made = self._made(case)
        return lambda day: next((rules for first, last, rules in made if first <= day <= last), None)

    def verdicts(
        self, service: Service, cases: Mapping[int, RuleCase], until: date, since: date | None = None
    ) -> list[Verdict]:
        """Judge every day of a person, each by the rules of the stay that has it; `cases` by the key of the stay.

        A stay that is in no case is left out; the length that it gives a stretch stays.
        """
        found: list[Verdict] = []
        for case in dict.fromkeys(cases.values()):
            judged = counting.verdicts(service, self.rules_on(case), until, since)
            found += [one for one in judged if cases.get(one.stay) == case]
        return sorted(found, key=lambda one: one.day)

    def uncounted(self, judged: Iterable[Verdict]) -> tuple[Uncounted, ...]:
        """Return the days in a row that do not count, each with the reason and the set that says so."""
        return tuple(self._uncounted(span) for span in counting.spans(judged) if span.why is not Why.COUNTS)

    def _uncounted(self, span: counting.Span) -> Uncounted:
        ruling = None
        if span.by is not None and span.why in _DECIDES:
            ruling = self._by_name[span.by.name].rulings.get(_DECIDES[span.why])
        return Uncounted(span.first, span.last, span.days, words.WHY[span.why], ruling.by if ruling else None)

    def _made(self, case: RuleCase) -> list[tuple[date, date, Rules]]:
        if case not in self._rules:
            made = []
            for stretch in self.stretches(case):
                name = str(len(self._by_name))
                self._by_name[name] = stretch
                made.append((stretch.first, stretch.last, rules_of(name, stretch)))
            self._rules[case] = made
        return self._rules[case]


def measured(judged: Iterable[Verdict]) -> dict[Measure, int]:
    """Return the counted days by what makes a month of them: each day by the rules in force on it."""
    found: dict[Measure, int] = {}
    for one in judged:
        if one.why is Why.COUNTS and one.by is not None:
            measure = Measure(one.by.month_days, one.by.half_days)
            found[measure] = found.get(measure, 0) + 1
    return found


def months(days: Mapping[Measure, int]) -> Fraction:
    """Give measured days as months."""
    return sum((measure.months(n) for measure, n in days.items()), Fraction(0))


def lacking(days: Mapping[Measure, int], owed: int, now: Measure) -> int:
    """Give how many days more, counted by the rules of now, make the months that are owed."""
    others = months({measure: n for measure, n in days.items() if measure != now})
    return max(0, now.days_for(max(Fraction(owed) - others, Fraction(0))) - days.get(now, 0))


def used(stretches: Iterable[RuleStretch]) -> tuple[StandingRules, ...]:
    """Return the sets that a count goes by, each once."""
    found = {
        id(ruling.by): ruling.by for stretch in stretches for code, ruling in stretch.rulings.items() if code in _COUNTS
    }
    return tuple(found.values())


def away_from(postings: Iterable[int]) -> dict[int, list[Away]]:
    """Return the leave of postings, by posting, in one query."""
    postings = list(postings)
    found: dict[int, list[Away]] = {}
    for one in Leave.objects.filter(posting__in=postings).order_by("first", "pk"):
        last = None if one.back is None else one.back - counting.ONE_DAY
        away = Away(one.first, last, grid.MARK_OF.get(LeaveKind(one.kind), Mark.LEAVE), one.kind)
        found.setdefault(one.posting_id, []).append(away)
    # Approved leave counts from its first day, whether or not a job has begun it.
    for slip in LeaveSlip.objects.filter(posting__in=list(postings), state=SlipState.APPROVED).order_by("first", "pk"):
        away = Away(slip.first, None, grid.MARK_OF.get(LeaveKind(slip.kind), Mark.LEAVE), slip.kind)
        found.setdefault(slip.posting_id, []).append(away)
    return found


def ended(away: Sequence[Away], left: date | None) -> list[Away]:
    """Return leave that ends with the posting: who left while away has not come back to it."""
    return [replace(one, last=left) if left is not None and one.last is None else one for one in away]


def rules_of(name: str, stretch: RuleStretch) -> Rules:
    """Return the values of a stretch as the arithmetic takes them; what no set says stands at its default."""
    plain = Rules(name)
    return Rules(
        name,
        kinds=frozenset(stretch.value("kinds", ())),
        titles=frozenset(stretch.value("titles", ())),
        shortest=stretch.value("shortest", plain.shortest),
        gap=stretch.value("gap", plain.gap),
        rest=stretch.value("rest", plain.rest),
        training=stretch.value("training", plain.training),
        called_home=stretch.value("called_home", plain.called_home),
        leave=frozenset(stretch.value("leave", ())),
        month_days=stretch.value("month_days", plain.month_days),
        half_days=stretch.value("half_days", plain.half_days),
    )


def measure_of(stretch: RuleStretch) -> Measure:
    """Return what makes a month by the rules of a stretch."""
    rules = rules_of("", stretch)
    return Measure(rules.month_days, rules.half_days)
