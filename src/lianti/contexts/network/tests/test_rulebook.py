"""What rules say on which day: declarations, the table of who wins, and a naive reader beside the arithmetic."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianti.contexts.network.domain import rulebook
from lianti.contexts.network.domain.rulebook import RuleScope, RuleUse, RuleValue, ShippedSet, ValueKind
from lianti.contexts.network.domain.ruling import RuleBook, RuleCase, StandingRules, lies_in
from tests.rulebook import TRIAL, known

NEW_YEAR = date(2026, 1, 1)


def a_set(months: int = 6, **given: Any) -> StandingRules:
    """Return a set of the country that says how many months."""
    plain = StandingRules(
        use="trial", code="", public_id="x", version=1, name="", purpose="", scope=RuleScope.COUNTRY, region="",
        programme_id=None, relation_id=None, from_date=None, to_date=None, values={"months": months}, source="s",
        verified=True, place=(1, 1),
    )  # fmt: skip
    return replace(plain, **given)


CASE = RuleCase("team", 7, ("青山省/云溪市/云溪县",), (3,))
COUNTRY = a_set(1)
PROVINCE = a_set(2, scope=RuleScope.REGION, region="青山省")
CITY = a_set(3, scope=RuleScope.REGION, region="青山省/云溪市")
PROGRAMME = a_set(4, scope=RuleScope.PROGRAMME, programme_id=3)
RELATION = a_set(5, scope=RuleScope.RELATION, relation_id=7)
ELSEWHERE = [
    a_set(9, scope=RuleScope.REGION, region="青山"),
    a_set(9, scope=RuleScope.REGION, region="青山省/云溪市/云溪县/城关镇"),
    a_set(9, scope=RuleScope.PROGRAMME, programme_id=4),
    a_set(9, scope=RuleScope.RELATION, relation_id=8),
    a_set(9, purpose="promotion"),
]


@pytest.mark.parametrize(
    ("sets", "months"),
    [
        ([COUNTRY, *ELSEWHERE], 1),
        ([COUNTRY, PROVINCE], 2),
        ([PROVINCE, CITY, COUNTRY], 3),
        ([PROGRAMME, CITY], 4),
        ([PROGRAMME, RELATION, COUNTRY], 5),
        # For one purpose alone before for all of them, but only within one scope.
        ([a_set(1), a_set(2, purpose="team")], 2),
        ([a_set(2, purpose="team"), replace(PROVINCE, values={"months": 3})], 3),
        # Of two of one scope the later: by its first day, then by when it was entered; what ships came first.
        ([a_set(1, from_date=NEW_YEAR, place=(1, 1)), a_set(2, from_date=date(2025, 1, 1), place=(1, 2))], 1),
        ([a_set(1, place=(1, 9)), a_set(2, from_date=date(1990, 1, 1), place=(1, 2))], 2),
        ([a_set(1, place=(1, 2)), a_set(2, place=(1, 1)), a_set(3, place=(0, 8))], 1),
        # A set that has not begun, or has ended, gives way to the wider one.
        ([a_set(1), replace(RELATION, from_date=date(2026, 6, 2))], 1),
        ([a_set(1), replace(RELATION, to_date=date(2026, 5, 31))], 1),
        ([a_set(1), replace(RELATION, from_date=date(2026, 6, 1), to_date=date(2026, 6, 1))], 5),
    ],
)
def test_narrower_wins_then_later(sets: list[StandingRules], months: int) -> None:
    for order in (sets, sets[::-1]):
        assert RuleBook(order).values_on(date(2026, 6, 1), CASE)["months"].value == months


def test_a_value_comes_from_the_narrowest_set_that_says_it() -> None:
    wide = a_set(values={"people": 5, "months": 6}, name="国家口径", version=3)
    narrow = replace(RELATION, values={"months": 12}, name="两院约定")
    found = RuleBook([wide, narrow]).values_on(NEW_YEAR, CASE)
    assert {code: (ruling.value, ruling.by.name) for code, ruling in found.items()} == {
        "people": (5, "国家口径"),
        "months": (12, "两院约定"),
    }
    assert found["people"].by.version == 3
    assert RuleBook([wide, narrow]).on(NEW_YEAR, CASE) == [narrow, wide]


def test_a_region_holds_what_lies_in_it_and_not_what_begins_alike() -> None:
    assert lies_in("青山省", "青山省")
    assert lies_in("青山省/云溪市", "青山省")
    assert not lies_in("青山省会", "青山省")
    assert not lies_in("青山省", "")


def test_stretches_are_the_days_between_which_nothing_changes() -> None:
    summer = replace(RELATION, from_date=date(2026, 6, 1), to_date=date(2026, 8, 31))
    same = a_set(1, from_date=date(2026, 3, 1), scope=RuleScope.PROGRAMME, programme_id=99)
    found = RuleBook([COUNTRY, summer, same]).stretches(NEW_YEAR, date(2026, 12, 31), CASE)
    assert [(one.first, one.last, one.value("months")) for one in found] == [
        (NEW_YEAR, date(2026, 5, 31), 1),
        (date(2026, 6, 1), date(2026, 8, 31), 5),
        (date(2026, 9, 1), date(2026, 12, 31), 1),
    ]
    assert found[0].value("people", 0) == 0
    assert RuleBook([COUNTRY]).stretches(NEW_YEAR, date(2025, 12, 31), CASE) == []
    assert len(RuleBook([]).stretches(date.min, date.max, CASE)) == 1
    assert len(RuleBook([a_set(to_date=date.max)]).stretches(date.min, date.max, CASE)) == 1


REGIONS = ("甲省", "甲省/乙市", "甲省/乙市/丙县", "丁省", "丁省/戊市")
DAYS = st.none() | st.integers(0, 40).map(lambda n: NEW_YEAR + timedelta(days=n))
PLACES: list[dict[str, Any]] = [
    {"scope": RuleScope.COUNTRY},
    *({"scope": RuleScope.REGION, "region": region} for region in REGIONS),
    *({"scope": RuleScope.PROGRAMME, "programme_id": pk} for pk in (1, 2)),
    *({"scope": RuleScope.RELATION, "relation_id": pk} for pk in (1, 2)),
]
SAID = st.dictionaries(st.sampled_from(["people", "months", "gap"]), st.integers(0, 3), min_size=1)


@st.composite
def books(draw: st.DrawFn) -> list[StandingRules]:
    found = []
    for number in range(draw(st.integers(0, 8))):
        first, last = draw(DAYS), draw(DAYS)
        if first and last and last < first:
            first, last = last, first
        where, purpose = draw(st.sampled_from(PLACES)), draw(st.sampled_from(["", "team", "promotion"]))
        found.append(
            a_set(from_date=first, to_date=last, values=draw(SAID), place=(1, number), purpose=purpose, **where)
        )
    return draw(st.permutations(found))


CASES = st.builds(
    RuleCase,
    purpose=st.sampled_from(["", "team", "promotion"]),
    relation_id=st.sampled_from([None, 1, 2]),
    regions=st.lists(st.sampled_from(REGIONS), max_size=2).map(tuple),
    programme_ids=st.lists(st.sampled_from([1, 2, 3]), max_size=2).map(tuple),
)


def naive(sets: Sequence[StandingRules], code: str, day: date, case: RuleCase) -> Any:
    """Return a value as a clerk would look it up: shelf by shelf, the narrowest first; None where nobody says it."""
    shelves: list[list[StandingRules]] = [
        [one for one in sets if one.relation_id and one.relation_id == case.relation_id],
        [one for one in sets if one.programme_id and one.programme_id in case.programme_ids],
    ]
    for depth in (3, 2, 1):
        inside = ["/".join(place.split("/")[:depth]) for place in case.regions if len(place.split("/")) >= depth]
        shelves.append([one for one in sets if one.scope == RuleScope.REGION and one.region in inside
                        and len(one.region.split("/")) == depth])  # fmt: skip
    shelves.append([one for one in sets if one.scope == RuleScope.COUNTRY])
    for shelf in shelves:
        for purpose in dict.fromkeys([case.purpose, ""]):
            on_it = [one for one in shelf if one.purpose == purpose and code in one.values]
            on_it = [one for one in on_it if one.from_date is None or one.from_date <= day]
            on_it = [one for one in on_it if one.to_date is None or one.to_date >= day]
            if on_it:
                latest = max(one.from_date or date(1, 1, 1) for one in on_it)
                return max((o for o in on_it if (o.from_date or date(1, 1, 1)) == latest), key=lambda o: o.place)
    return None


@settings(max_examples=150, deadline=None)
@given(books(), CASES)
def test_rules_are_what_a_clerk_would_find_day_by_day(sets: list[StandingRules], case: RuleCase) -> None:
    book, first, last = RuleBook(sets), NEW_YEAR - timedelta(days=2), NEW_YEAR + timedelta(days=43)
    stretches = book.stretches(first, last, case)
    assert (stretches[0].first, stretches[-1].last) == (first, last)
    for one, following in pairwise(stretches):
        assert following.first == one.last + timedelta(days=1)
        assert following.rulings != one.rulings
    day = first
    while day <= last:
        stretch = next(one for one in stretches if one.first <= day <= one.last)
        on_the_day = book.values_on(day, case)
        assert dict(stretch.rulings) == on_the_day
        for code in ("people", "months", "gap"):
            found = naive(sets, code, day, case)
            assert (on_the_day[code].by if code in on_the_day else None) == found
            assert stretch.value(code) == (found.values[code] if found else None)
        day += timedelta(days=1)


def wrong(**given: Any) -> RuleUse:
    plain: dict[str, Any] = {"code": "w", "name": "名", "values": (RuleValue("a", ValueKind.DAYS, "甲"),)}
    return RuleUse(**{**plain, **given})


def ships(values: dict[str, Any], **given: Any) -> RuleUse:
    return wrong(shipped=(ShippedSet("s", "名", values, given.pop("source", "源"), verified=True, **given),))


@pytest.mark.parametrize(
    ("use", "says"),
    [
        (wrong(code="W W"), "a use has a code"),
        (wrong(values=()), "a use has a code"),
        (wrong(values=(RuleValue("A", ValueKind.DAYS, "甲"),)), "no code"),
        (wrong(values=(RuleValue("a", ValueKind.DAYS, ""),)), "no label"),
        (wrong(values=(RuleValue("a", ValueKind.DAYS, "甲", least=3, most=2),)), "least is more"),
        (wrong(values=(RuleValue("a", ValueKind.CHOICE, "甲"),)), "words to choose from"),
        (wrong(values=(RuleValue("a", ValueKind.DAYS, "甲", choices={"x": "乙"}),)), "words to choose from"),
        (wrong(values=(RuleValue("a", ValueKind.COUNT, "甲"),)), "a count says of what"),
        (wrong(values=(RuleValue("a", ValueKind.DAYS, "甲"),) * 2), "declared twice"),
        (ships({}), "says nothing"),
        (ships({"b": 1}), "no such value"),
        (ships({"a": -1}), "number from 0"),
        (ships({"a": True}), "whole number"),
        (ships({"a": 1}, source=""), "neither name nor source"),
        (ships({"a": 1}, scope=RuleScope.RELATION), "holds for a country"),
        (ships({"a": 1}, scope=RuleScope.REGION), "names it"),
        (ships({"a": 1}, programme="p"), "names it"),
        (ships({"a": 1}, purpose="x"), "no purpose x"),
        (ships({"a": 1}, from_date=NEW_YEAR, to_date=date(2025, 1, 1)), "last day"),
    ],
)
def test_a_wrong_declaration_fails_at_start_with_a_sentence(use: RuleUse, says: str) -> None:
    from django.utils import translation

    with translation.override("en"), pytest.raises(ValueError, match=says):
        rulebook.register(use)
    assert use.code not in rulebook.USES


def test_a_use_is_declared_once() -> None:
    with known():
        assert rulebook.register(TRIAL) is TRIAL
        with pytest.raises(ValueError, match="declared twice"):
            rulebook.register(replace(TRIAL, shipped=()))
        with pytest.raises(ValueError, match="no room has declared"):
            rulebook.use("elsewhere")


def test_values_are_said_in_words_with_their_unit() -> None:
    said = {one.code: one for one in TRIAL.values}
    assert said["people"].says(5) == "5 人"
    assert said["leave"].says(["annual", "sick"]) == "病假、年假"
    assert said["leave"].says(["gone"]) == "gone"
    assert said["all_year"].says("strange") == "strange"
    assert said["leave"].tidy(["family", "sick", "sick"]) == ["sick", "family"]
