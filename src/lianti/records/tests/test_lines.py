"""Lines: many rows typed or pasted into one field."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from lianti.lib.web.forms import Base
from lianti.records.lines import Lines, numeral


class Session(Base):
    day = forms.DateField(label="日期")
    who = forms.CharField(label="姓名", max_length=8)
    sessions = forms.DecimalField(label="次数", required=False, min_value=Decimal(0))
    way = forms.ChoiceField(label="方式", choices=[("", "—"), ("online", "线上 → 县")], required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("way") and given.get("who") == "无":
            self.add_error("way", "谁？")
        return given


class Log(Base):
    rows = Lines(Session, most=4)


def rows_of(text: str) -> list[dict[str, object]]:
    form = Log({"rows": text})
    assert form.is_valid(), form.errors
    return [row.cleaned_data for row in form.cleaned_data["rows"]]


def refusals(text: str) -> list[str]:
    form = Log({"rows": text})
    assert not form.is_valid()
    assert form["rows"].value() == text  # nothing is lost
    return list(form.errors["rows"])


def test_rows_pasted_from_a_spreadsheet_are_read_with_their_heading_left_out() -> None:
    text = "日期\t姓名\t次数\r\n2026-03-09\t沈启衡\t2\r\n2026/3/10\t周芳\t\r\n"
    assert rows_of(text) == [
        {"day": date(2026, 3, 9), "who": "沈启衡", "sessions": Decimal(2), "way": ""},
        {"day": date(2026, 3, 10), "who": "周芳", "sessions": None, "way": ""},
    ]


def test_heading_says_in_which_order_the_columns_stand() -> None:
    assert rows_of("姓 名\t方式\t日期\n周芳\t\t2026-03-09")[0]["who"] == "周芳"


@pytest.mark.parametrize("way", ["线上 → 县", "线上→县", "线上 -> 县", "online"])
def test_choice_is_read_by_its_word(way: str) -> None:
    assert rows_of(f"2026-03-09\t周芳\t1\t{way}")[0]["way"] == "online"


def test_what_two_cells_say_together_is_said_by_row_and_cell_too() -> None:
    with translation.override("en"):
        assert refusals("2026-03-09\t无\t1\tonline") == ["Line 1, 方式: 谁？"]


@pytest.mark.parametrize("day", ["2026年3月9日", "2026.3.9", "20260309", "２０２６-03-09", "2026/03/9"])
def test_days_are_read_as_people_write_them(day: str) -> None:
    assert rows_of(f"{day}\t沈启衡")[0]["day"] == date(2026, 3, 9)


@pytest.mark.parametrize(
    ("said", "value"), [("十二", 12), ("两", 2), ("１，２００", 1200), ("一百零五", 105), ("0.5", 0.5)]
)
def test_numbers_are_read_as_people_write_them(said: str, value: float) -> None:
    assert rows_of(f"2026-03-09\t沈启衡\t{said}")[0]["sessions"] == Decimal(str(value))


def test_quoted_cell_may_hold_a_line_end() -> None:
    assert rows_of('2026-03-09\t"沈\n启衡"\t1')[0]["who"] == "沈\n启衡"


def test_what_is_wrong_is_said_by_row_and_cell() -> None:
    with translation.override("en"):
        found = refusals("2026-03-09\t沈启衡\t1\n\n30 Feb\t周芳\t-1\n2026-03-09\t周芳\t1\t\t多余")
    assert [line.split(":")[0] for line in found] == ["Line 3, 日期", "Line 3, 次数", "Line 4"]


def test_more_lines_than_the_bound_are_refused_and_the_bound_is_said_beforehand() -> None:
    with translation.override("en"):
        assert refusals("2026-03-09\t周芳\n" * 5) == ["At most 4 lines at once."]
        assert "日期 · 姓名 · 次数 · 方式. At most 4 lines." in str(Log().fields["rows"].help_text)


def test_nothing_but_a_heading_is_nothing() -> None:
    assert len(refusals("日期\t姓名\t次数")) == 1


@given(st.integers(0, 9999))
def test_every_chinese_number_below_ten_thousand_is_read(number: int) -> None:
    assert numeral(in_chinese(number)) == number


@given(st.text(max_size=300))
def test_whatever_is_pasted_is_taken_or_refused_in_words(text: str) -> None:
    form = Log({"rows": text})
    assert form.is_valid() or form.errors["rows"]


def in_chinese(number: int) -> str:
    signs = "零一二三四五六七八九"
    written, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            written += ("零" if gap and written else "") + signs[digit] + name
        gap = not digit
    return written or "零"
