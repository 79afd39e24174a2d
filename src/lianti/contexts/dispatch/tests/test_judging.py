"""Days of all postings of somebody, each by the rules of its own: against a recount and a tally by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from lianti.contexts.dispatch.domain import counting
from lianti.contexts.dispatch.domain.counting import Rules, Service
from lianti.contexts.dispatch.queries import judging
from lianti.contexts.dispatch.queries.judging import Judge, Measure
from lianti.contexts.dispatch.tests.test_counting import FIRST, UNTIL, day, naive
from lianti.contexts.dispatch.tests.test_counting import services as lives
from lianti.contexts.network.queries import RuleBook, RuleCase, StandingRules

values = st.fixed_dictionaries(
    {},
    optional={
        "kinds": st.just(["long"]),
        "titles": st.just(["senior"]),
        "shortest": st.sampled_from([10, 40]),
        "gap": st.sampled_from([1, 7]),
        "rest": st.booleans(),
        "called_home": st.booleans(),
        "leave": st.just(["annual"]),
        "month_days": st.sampled_from([22, 30]),
        "half_days": st.sampled_from([11, 15]),
    },
)


@st.composite
def books(draw: st.DrawFn) -> list[StandingRules]:
    """Some sets of the country and of two relations, with dates or without."""
    made = []
    for n in range(draw(st.integers(0, 4))):
        relation = draw(st.sampled_from([None, 1, 2]))
        begin, end = sorted(draw(st.tuples(st.integers(-5, 125), st.integers(-5, 125))))
        dated = draw(st.booleans())
        made.append(
            StandingRules(
                "u", "", f"S{n}", 1, f"口径{n}", "", "country" if relation is None else "relation", "", None, relation,
                day(begin) if dated else None, day(end) if dated else None, draw(values), "", True, (1, n),
            )
        )  # fmt: skip
    return made


def naive_rules(book: list[StandingRules], relation: int, one: date) -> Rules:
    """Take each value from the set of the relation, else of the country; of two the one that begins or came later."""
    said: dict[str, Any] = {}
    order = sorted(book, key=lambda s: (s.relation_id is not None, s.from_date or date.min, s.place))
    for each in order:
        if each.covers(one) and each.relation_id in (None, relation):
            said |= each.values
    sets = {code: frozenset(said[code]) for code in ("kinds", "titles", "leave") if code in said}
    return Rules("naive", **{**said, **sets})


@given(lives(), books(), st.lists(st.sampled_from([1, 2]), min_size=4, max_size=4), st.integers(0, 9))
@settings(max_examples=80, deadline=None)
def test_days_of_all_postings_are_those_of_a_recount_each_by_the_rules_of_its_own(
    service: Service, book: list[StandingRules], relations: list[int], owed: int
) -> None:
    cases = {stay.key: RuleCase(relation_id=relations[stay.key]) for stay in service.stays}
    judge = Judge(RuleBook(book), FIRST, UNTIL)
    judged = judge.verdicts(service, cases, UNTIL)

    def rules_on(one: date) -> Rules:
        here = [s for s in service.stays if s.first <= one <= min(s.last or UNTIL, UNTIL)]
        had = min(here, key=lambda s: (s.first, s.key), default=None)
        return naive_rules(book, relations[had.key] if had else 1, one)

    assert counting.counted_days(judged) == naive(service, rules_on, UNTIL)
    assert len({one.day for one in judged}) == len(judged), "no day twice"
    days = judging.measured(judged)
    _naive_months(days, owed)


def _naive_months(days: Mapping[Measure, int], owed: int) -> None:
    """Count months with a tally, and what is lacking by adding one day after the other."""
    tally = Fraction(0)
    for measure, n in days.items():
        whole = n // measure.month_days
        tally += whole + (Fraction(1, 2) if n - whole * measure.month_days >= measure.half_days else 0)
    assert judging.months(days) == tally
    now = Measure(30, 15)
    lacking = judging.lacking(days, owed, now)
    held = days.get(now, 0)
    for more, enough in ((lacking, True), (lacking - 1, False)):
        if more >= 0:
            assert (judging.months({**days, now: held + more}) >= owed) is enough
