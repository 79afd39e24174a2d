"""Days that count, against a recount that knows nothing of spans, stretches or orders."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianti.contexts.dispatch.domain import counting
from lianti.contexts.dispatch.domain.counting import Away, Mark, Rules, Sealed, Service, Stay, Why

FIRST = date(2026, 1, 1)
UNTIL = FIRST + timedelta(days=120)
PLAIN = Rules("plain")


def day(n: int) -> date:
    return FIRST + timedelta(days=n)


def counted(service: Service, rules: Rules = PLAIN, until: date = UNTIL, since: date | None = None) -> int:
    return counting.counted_days(counting.verdicts(service, lambda _day: rules, until, since))


def naive(service: Service, rules_on: object, until: date) -> int:
    """Count day by day: is there a stay, was it long enough, was anything in the way."""
    total, one = 0, FIRST - timedelta(days=400)
    while one <= until:
        total += _naive_day(service, rules_on, one, until)
        one += timedelta(days=1)
    return total


def _covered(service: Service, one: date, until: date) -> list[Stay]:
    return [s for s in service.stays if s.first <= one <= min(s.last or until, until)]


def _naive_day(service: Service, rules_on: object, one: date, until: date) -> bool:
    stays = sorted(_covered(service, one, until), key=lambda s: (s.first, s.key))
    rules = rules_on(one)  # type: ignore[operator]
    if not stays or rules is None or not _fits(stays[0], rules, one):
        return False
    return _was_there(*_said(service, one, until), rules) and _length(service, one, until, rules.gap) >= rules.shortest


def _fits(stay: Stay, rules: Rules, one: date) -> bool:
    kind = not rules.kinds or stay.kind in rules.kinds
    title, ends = stay.title, [until for until, _title in stay.before]
    for until, before in sorted(stay.before, reverse=True):  # walk back from today
        title = before if one < until else title
    assert len(set(ends)) == len(ends)
    return kind and (not rules.titles or title in rules.titles)


def _said(service: Service, one: date, until: date) -> tuple[Mark, str]:
    mark, leave = Mark.PRESENT, ""
    for away in service.away:
        if away.first <= one <= min(away.last or until, until):
            mark, leave = away.mark, away.leave
    if one in service.sealed:
        mark, leave = service.sealed[one].mark, service.sealed[one].leave
    return mark, leave


def _was_there(mark: Mark, leave: str, rules: Rules) -> bool:
    if mark is Mark.LEAVE:
        return leave in rules.leave
    if mark is Mark.ABSENT:
        return False
    doubtful = ((Mark.REST, rules.rest), (Mark.TRAINING, rules.training), (Mark.CALLED_HOME, rules.called_home))
    return all(allowed for one, allowed in doubtful if one is mark)


def _length(service: Service, one: date, until: date, gap: int) -> int:
    """Walk to both sides as long as gaps are small enough."""
    ends = []
    for step in (-1, 1):
        at, edge, empty = one, one, 0
        while empty <= gap:
            at += timedelta(days=step)
            if _covered(service, at, until):
                edge, empty = at, 0
            else:
                empty += 1
        ends.append(edge)
    return (ends[1] - ends[0]).days + 1


days = st.integers(0, 120)


@st.composite
def services(draw: st.DrawFn) -> Service:
    stays = []
    for key in range(draw(st.integers(0, 4))):
        first = draw(days)
        last = draw(st.one_of(st.none(), st.integers(first, 130)))
        kind, title = draw(st.sampled_from(["long", "rounds"])), draw(st.sampled_from(["senior", "junior"]))
        changes = draw(st.dictionaries(days, st.sampled_from(["senior", "junior"]), max_size=2))
        before = tuple((day(n), borne) for n, borne in changes.items())
        stays.append(Stay(key, day(first), None if last is None else day(last), kind, title, before))
    away = []
    for _ in range(draw(st.integers(0, 3))):
        first = draw(days)
        last = draw(st.one_of(st.none(), st.integers(first, 130)))
        mark = draw(st.sampled_from([Mark.LEAVE, Mark.CALLED_HOME, Mark.TRAINING]))
        away.append(
            Away(day(first), None if last is None else day(last), mark, draw(st.sampled_from(["sick", "annual"])))
        )
    sealed = {
        day(n): Sealed(draw(st.sampled_from(list(Mark))), draw(st.sampled_from(["sick", "annual"])))
        for n in draw(st.lists(days, max_size=20))
    }
    return Service(stays, away, sealed)


rules = st.builds(
    Rules,
    name=st.just("r"),
    kinds=st.sampled_from([frozenset[str](), frozenset({"long"})]),
    titles=st.sampled_from([frozenset[str](), frozenset({"senior"})]),
    shortest=st.sampled_from([0, 10, 30, 90]),
    gap=st.sampled_from([0, 1, 7]),
    rest=st.booleans(),
    training=st.booleans(),
    called_home=st.booleans(),
    leave=st.sampled_from([frozenset[str](), frozenset({"annual"})]),
)


@given(services(), rules, st.one_of(st.none(), rules), days)
@settings(max_examples=150, deadline=None)
def test_days_are_those_of_a_recount_day_by_day_under_rules_that_change(
    service: Service, before: Rules, after: Rules | None, change: int
) -> None:
    def rules_on(one: date) -> Rules | None:
        return before if one < day(change) else after

    judged = counting.verdicts(service, rules_on, UNTIL)
    assert counting.counted_days(judged) == naive(service, rules_on, UNTIL)
    assert len({one.day for one in judged}) == len(judged), "no day twice"
    found = counting.spans(judged)
    assert sum(one.days for one in found if one.why is Why.COUNTS) == counting.counted_days(judged)
    assert sum(one.days for one in found) == len(judged)


@given(services(), rules, st.randoms())
@settings(max_examples=60, deadline=None)
def test_the_order_in_which_things_were_written_down_does_not_matter(
    service: Service, one: Rules, random: object
) -> None:
    stays, away = list(service.stays), list(service.away)
    random.shuffle(stays)  # type: ignore[attr-defined]
    assert counted(Service(stays, away, service.sealed), one) == counted(service, one)


def test_present_is_the_default_and_leave_does_not_count() -> None:
    stay = Stay(1, day(0), day(29), "long")
    away = Away(day(10), day(12), Mark.LEAVE, "personal")
    assert counted(Service([stay], [away])) == 27
    assert counted(Service([stay], [away]), Rules("mild", leave=frozenset({"personal"}))) == 30


def test_each_day_is_judged_by_the_title_of_then() -> None:
    stay = Stay(1, day(0), day(29), "long", "senior", ((day(10), "junior"), (day(4), "senior")))
    assert counted(Service([stay]), Rules("seniors", titles=frozenset({"senior"}))) == 4 + 20
    assert counted(Service([stay])) == 30


def test_called_home_does_not_count_unless_the_rules_say_so() -> None:
    service = Service([Stay(1, day(0), day(29), "long")], [Away(day(5), day(6), Mark.CALLED_HOME)])
    assert (counted(service), counted(service, Rules("mild", called_home=True))) == (28, 30)


def test_the_seal_wins_over_what_was_noted() -> None:
    service = Service(
        [Stay(1, day(0), day(9), "long")],
        [Away(day(5), day(6), Mark.LEAVE, "personal")],
        {day(5): Sealed(Mark.NIGHT), day(8): Sealed(Mark.ABSENT)},
    )
    assert counted(service) == 8


def test_a_stretch_that_is_too_short_says_so_and_one_that_runs_may_yet_count() -> None:
    rules = Rules("half a year", shortest=90)
    ended = counting.verdicts(Service([Stay(1, day(0), day(20), "long")]), lambda _day: rules, UNTIL)
    runs = counting.verdicts(Service([Stay(1, day(100), None, "long")]), lambda _day: rules, UNTIL)
    assert {one.why for one in ended} == {Why.SHORT}
    assert {one.why for one in runs} == {Why.NOT_YET}


def test_stays_that_follow_each_other_are_one_stretch() -> None:
    service = Service([Stay(1, day(0), day(49), "long"), Stay(2, day(52), day(99), "long")])
    assert counted(service, Rules("r", shortest=90)) == 0
    assert counted(service, Rules("r", shortest=90, gap=2)) == 98


def test_a_statistical_year_leaves_out_earlier_days_but_not_the_length_they_gave() -> None:
    service = Service([Stay(1, day(0), day(99), "long")])
    assert counted(service, Rules("r", shortest=90), since=day(50)) == 50


@pytest.mark.parametrize(
    ("days_counted", "expected"), [(0, 0), (14, 0), (15, Fraction(1, 2)), (30, 1), (44, 1), (45, Fraction(3, 2))]
)
def test_months_are_whole_and_half(days_counted: int, expected: Fraction) -> None:
    assert counting.months(days_counted, PLAIN) == expected
