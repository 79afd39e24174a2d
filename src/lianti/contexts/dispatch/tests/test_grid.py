"""The month's grid against a recount that walks from day to day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from lianti.contexts.dispatch.domain import grid
from lianti.contexts.dispatch.domain.counting import ON_DUTY, Away, Mark
from lianti.contexts.dispatch.domain.grid import Marked, Origin
from lianti.contexts.dispatch.states import LeaveKind

NOVEMBER = date(2026, 11, 1)
EVERY = list(grid.LETTERS.values())
days = st.integers(0, 29).map(lambda n: NOVEMBER + timedelta(days=n))
said = st.sampled_from(EVERY)
spans = st.tuples(days, days).map(lambda pair: (min(pair), max(pair)))
leaves = st.lists(st.tuples(spans, st.sampled_from([one for one in EVERY if one[0] is Mark.LEAVE])), max_size=3)
marks = st.dictionaries(days, st.lists(st.tuples(st.sampled_from([Origin.TYPED, Origin.IMPORTED]), said), max_size=2))


def is_workday(day: date) -> bool:
    return day.weekday() < 5


def counts(_day: date, mark: Mark) -> bool:
    return mark in ON_DUTY or mark is Mark.REST


def naive(day: date, away: list[Away], told: dict[date, list[Marked]]) -> tuple[Mark, str]:
    """Say what stands on one day: typed, else imported, else leave, else the calendar."""
    for origin in (Origin.TYPED, Origin.IMPORTED):
        for one in reversed(told.get(day, [])):
            if one.origin is origin:
                return one.mark, one.leave
    for one in reversed(away):
        if one.first <= day and (one.last is None or day <= one.last):
            return one.mark, one.leave
    return (Mark.PRESENT if is_workday(day) else Mark.REST), ""


@given(spans, leaves, marks)
@settings(max_examples=150, deadline=None)
def test_a_month_adds_up_to_what_a_walk_from_day_to_day_finds(
    span: tuple[date, date], leaves: list[tuple[tuple[date, date], tuple[Mark, str]]], marks: dict[date, list[object]]
) -> None:
    away = [Away(first, last, mark, leave) for (first, last), (mark, leave) in leaves]
    told = {day: [Marked(mark, leave, origin) for origin, (mark, leave) in said] for day, said in marks.items()}  # type: ignore[misc, attr-defined]
    cells = grid.cells(span, away, told, is_workday)
    every = [NOVEMBER + timedelta(days=n) for n in range(30)]
    inside = [day for day in every if span[0] <= day <= span[1]]
    found = {day: naive(day, away, told) for day in inside}
    assert {day: (cell.mark, cell.leave) for day, cell in cells.items()} == found
    sums = grid.sums(cells.values(), counts)
    on_duty = [day for day, (mark, _leave) in found.items() if mark in ON_DUTY]
    rested = [day for day, (mark, _leave) in found.items() if mark is Mark.REST]
    assert sums.due == sum(is_workday(day) for day in inside)
    assert sums.present == len(on_duty)
    assert sums.counted == len(on_duty) + len(rested)
    swapped = sum(is_workday(day) for day in rested)
    assert sums.overtime == max(0, sum(not is_workday(day) for day in on_duty) - swapped)
    assert sum(sums.of.values()) == len(inside)
    assert sum(sums.leave.values()) == sums.of.get(Mark.LEAVE, 0)
    written = grid.written(NOVEMBER, cells)
    assert len(written) == 30
    assert {day: (one.mark, one.leave) for day, one in grid.read(NOVEMBER, written).items()} == found


def test_each_mark_and_each_kind_of_leave_has_one_letter() -> None:
    assert {mark for mark, _leave in grid.LETTERS.values()} == set(Mark)
    assert {leave for _mark, leave in grid.LETTERS.values() if leave} | set(grid.MARK_OF) == set(LeaveKind)
    assert len({letter.casefold() for letter in grid.LETTERS}) == len(set(grid.LETTERS.values()))


def test_what_an_import_says_otherwise_is_shown_beside_what_was_typed() -> None:
    told = {NOVEMBER: [Marked(Mark.ABSENT, "", Origin.IMPORTED), Marked(Mark.NIGHT)]}
    cell = grid.cells((NOVEMBER, NOVEMBER), [], told, is_workday)[NOVEMBER]
    assert (cell.mark, cell.origin, cell.other and cell.other.mark) == (Mark.NIGHT, Origin.TYPED, Mark.ABSENT)


def test_leave_is_not_back_before_it_is_said_so() -> None:
    away = [Away(NOVEMBER + timedelta(days=2), None, Mark.LEAVE, "personal")]
    cells = grid.cells((NOVEMBER, NOVEMBER + timedelta(days=9)), away, {}, is_workday)
    assert [cell.day.day for cell in cells.values() if cell.mark is Mark.LEAVE] == list(range(3, 11))
