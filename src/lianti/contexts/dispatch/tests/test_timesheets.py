"""Month exports of attendance products: the shape is read, whatever the columns are called."""

import pytest

from lianti.contexts.dispatch.domain import timesheets
from lianti.contexts.dispatch.domain.grid import LETTERS
from lianti.contexts.dispatch.domain.timesheets import DAY, PERSON, SAID, lines, word

HEAD = [PERSON, DAY, SAID]


def grid(*heads: str) -> list[list[str]]:
    return [
        ["考勤月度汇总 统计日期：2026-11-01 至 2026-11-30"],
        ["姓名", "部门", "工号", *heads],
        ["周芳", "骨科", "0012", *["正常"] * 6, "事假11-07 09:00到11-07 18:00 1天", "休息"],
        ["", "合计", "", *["1"] * 8],
    ]


@pytest.mark.parametrize(
    "heads",
    [
        [str(day) for day in range(1, 9)],
        [f"{day}日" for day in range(1, 9)],
        [f"{week} {day}" for day, week in enumerate("日一二三四五六日", start=1)],
        [f"2026-11-{day:02} 星期{week}" for day, week in enumerate("日一二三四五六日", start=1)],
        [f"2026/11/{day}" for day in range(1, 9)],
    ],
)
def test_a_grid_of_days_becomes_lines(heads: list[str]) -> None:
    found = lines(grid(*heads), 2025, 3)
    assert found[0] == HEAD
    assert found[1] == ["周芳", "2026-11-01", "正常"]
    assert found[7:] == [["周芳", "2026-11-07", "事假"], ["周芳", "2026-11-08", "休息"]]


def test_days_below_the_heading_and_a_month_that_the_table_does_not_name() -> None:
    rows = [["姓名", *["一"] * 8], ["", *map(str, range(1, 9))], ["周芳", *["√"] * 8]]
    assert lines(rows, 2026, 2)[-1] == ["周芳", "2026-02-08", "√"]


def test_a_day_that_the_month_does_not_have_is_no_column() -> None:
    rows = [["姓名", *map(str, range(1, 32))], ["周芳", *["√"] * 31]]
    assert len(lines(rows, 2026, 2)) == 1 + 28


def test_a_list_of_days_keeps_its_columns_and_loses_the_weekday_beside_a_day() -> None:
    rows = [
        ["打卡日报"],
        ["时间", "姓名", "考勤结果"],
        ["2026/11/01 星期日", "周芳", "休息"],
        ["2026-11-02", "周芳", "缺卡"],
    ]
    assert lines(rows, 2026, 11) == [
        [DAY, PERSON, "考勤结果"], ["2026-11-01", "周芳", "休息"], ["2026-11-02", "周芳", "缺卡"],
    ]  # fmt: skip


def test_what_is_no_such_table_stays_as_it_is() -> None:
    assert lines([["甲", "乙"], ["1", "2"]], 2026, 11) == [["甲", "乙"], ["1", "2"]]
    assert lines([], 2026, 11) == []


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("迟到20分钟", "迟到"),
        ("年假11-02 09:00到11-03 18:00 2天", "年假"),
        ("外勤", "外勤"),
        ("正常（外勤）", "正常(外勤)"),
        ("事假(4小时)", "事假"),
        ("迟到3分钟,早退", "迟到 ,早退"),
        ("08:01-17:30", "08:01-17:30"),
        ("√", "√"),
    ],
)
def test_a_word_is_told_without_hours_and_counts(cell: str, said: str) -> None:
    assert word(cell) == said


def test_what_is_in_doubt_is_asked_and_what_is_certain_is_a_mark_of_the_grid() -> None:
    for doubtful in ("请假", "外勤", "出差", "缺卡", "正常(外勤)"):
        assert doubtful not in timesheets.CERTAIN
    assert set(timesheets.CERTAIN.values()) <= set(LETTERS)


def test_people_who_are_not_posted_here_are_named_and_left_out() -> None:
    rows = [HEAD, ["周 芳", "2026-11-01", "正常"], ["院内人", "2026-11-01", "正常"], ["院内人", "2026-11-02", "正常"]]
    assert timesheets.of_people(rows, {"周芳"}) == ([HEAD, ["周 芳", "2026-11-01", "正常"]], ["院内人"])
    found, days = timesheets.on_days(rows, {("周芳", "2026-11-01"), ("院内人", "2026-11-02")})
    assert (found[1:], days) == ([rows[1], rows[3]], 1)
    assert timesheets.of_people([["甲"], ["乙"]], {"周芳"}) == ([["甲"], ["乙"]], [])
