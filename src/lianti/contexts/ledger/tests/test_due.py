"""Due, behind and late."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianti.contexts.ledger.domain.due import (
    MONTHS,
    OPEN,
    Per,
    Standing,
    Terms,
    add_months,
    due,
    period_of,
    periods,
    standing,
    whole_months,
)

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
AMOUNTS = st.decimals(Decimal("0.01"), Decimal(5000), places=2)
RUNNING = st.builds(
    lambda amount, per, start, length: Terms(amount, per, start, start + timedelta(days=length), start),
    AMOUNTS,
    st.sampled_from(list(MONTHS)),
    DAYS,
    st.integers(0, 2000),
)


@given(DAYS, st.integers(-40, 40))
def test_adding_months_counts_them_back(day: date, months: int) -> None:
    assert whole_months(day, add_months(day, abs(months))) == abs(months)


@given(RUNNING, DAYS)
def test_periods_follow_each_other_without_gap(terms: Terms, today: date) -> None:
    found = periods(terms, today)
    assert all(a.last is not None and b.first - a.last == timedelta(days=1) for a, b in itertools.pairwise(found))
    if found:
        assert found[0].first == terms.start
        assert all(period.first <= today for period in found)


@given(RUNNING, DAYS)
def test_every_day_counts_in_a_period_that_holds_it(terms: Terms, day: date) -> None:
    period = period_of(terms, day)
    assert terms.start is not None
    assert terms.end is not None
    inside = min(max(day, terms.start), terms.end)
    assert period.last is not None
    assert period.first <= inside <= period.last


@given(RUNNING, DAYS, DAYS)
def test_due_never_falls_and_never_exceeds_what_is_owed(terms: Terms, one: date, other: date) -> None:
    first, second = sorted((one, other))
    for period in periods(terms, second):
        assert period.owed is not None
        assert 0 <= due(period, first) <= due(period, second) <= period.owed


@given(RUNNING, DAYS, AMOUNTS)
def test_late_only_after_the_end_and_behind_only_inside(terms: Terms, today: date, counted: Decimal) -> None:
    for period in periods(terms, today):
        found = standing(period, counted, today)
        assert period.last is not None
        assert (found is Standing.LATE) <= (today > period.last)
        assert (found is Standing.BEHIND) <= (today <= period.last)


def test_due_is_an_exact_fraction() -> None:
    terms = Terms(Decimal(7), Per.YEAR, date(2026, 1, 1), None, date(2026, 1, 1))
    assert due(period_of(terms, date(2026, 4, 1)), date(2026, 4, 1)) == Fraction(7, 4)


def test_a_start_on_the_31st_does_not_wander() -> None:
    terms = Terms(Decimal(1), Per.MONTH, date(2026, 1, 31), None, date(2026, 1, 31))
    firsts = [period.first for period in periods(terms, date(2026, 6, 1))]
    assert firsts == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31)]


def test_no_amount_is_never_due() -> None:
    terms = Terms(None, Per.YEAR, None, None, date(2026, 1, 1))
    (period,) = periods(terms, date(2030, 1, 1))
    assert period.key == OPEN
    assert (due(period, date(2030, 1, 1)), standing(period, Decimal(0), date(2030, 1, 1))) == (0, Standing.NO_AMOUNT)


def test_an_amount_without_an_end_is_never_late() -> None:
    terms = Terms(Decimal(3), Per.ONCE, date(2026, 1, 1), None, date(2026, 1, 1))
    assert standing(period_of(terms, date(2030, 1, 1)), Decimal(0), date(2030, 1, 1)) is Standing.ON_COURSE


def test_without_a_start_periods_follow_the_calendar() -> None:
    terms = Terms(Decimal(4), Per.QUARTER, None, None, date(2026, 5, 20))
    found = periods(terms, date(2026, 8, 1))
    assert [period.first for period in found] == [date(2026, 4, 1), date(2026, 7, 1)]


@pytest.mark.parametrize(("end", "owed"), [(date(2026, 3, 31), []), (date(2026, 4, 30), [Fraction(4, 3)])])
def test_without_a_start_nothing_is_owed_before_the_period_of_the_opening(end: date, owed: list[Fraction]) -> None:
    terms = Terms(Decimal(4), Per.QUARTER, None, end, date(2026, 5, 20))
    assert [period.owed for period in periods(terms, date(2026, 8, 1))] == owed


def test_nothing_is_owed_before_the_beginning() -> None:
    terms = Terms(Decimal(4), Per.YEAR, date(2026, 5, 20), None, date(2026, 5, 20))
    assert periods(terms, date(2026, 5, 19)) == []


@pytest.mark.parametrize(("day", "share"), [(date(2026, 4, 9), Fraction(0)), (date(2026, 4, 10), Fraction(31, 73))])
def test_a_single_stretch_is_divided_in_months_and_the_days_of_the_last(day: date, share: Fraction) -> None:
    terms = Terms(Decimal(3), Per.ONCE, date(2026, 3, 10), date(2026, 5, 20), date(2026, 3, 10))
    assert due(period_of(terms, day), day) == 3 * share
