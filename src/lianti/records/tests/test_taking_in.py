"""Tables taken in: files of every kind as rows of text, columns and words asked once, nothing booked unseen."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
import xlsxwriter
from django import forms
from django.utils import translation

from lianti.kernel import scope
from lianti.lib import spreadsheets
from lianti.lib.web.forms import Base
from lianti.records import taking_in
from lianti.records.taking_in import Incoming, understood
from tests.cast import Cast

HEAD = ["序号", "姓 名", "派往", "起", "备注"]


class Going(Base):
    who = forms.CharField(label="姓名", max_length=8)
    place = forms.ChoiceField(label="受援医院", choices=[("a", "甲县医院"), ("b", "乙县医院")])
    first = forms.DateField(label="开始日期")


NAMES = Incoming("test.people", Going, called={"place": ("派往",), "first": ("起",)}, words={"place": {"甲院": "a"}})


def book(rows: list[list[Any]], *, merge: tuple[int, int, int, int, str] | None = None) -> bytes:
    made = io.BytesIO()
    work = xlsxwriter.Workbook(made, {"in_memory": True, "default_date_format": "yyyy/m/d"})
    sheet = work.add_worksheet()
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    if merge:
        sheet.merge_range(*merge)
    work.close()
    return made.getvalue()


def table(rows: list[list[Any]], said: dict[str, str] | None = None, kept: dict[str, str] | None = None) -> Any:
    return understood(NAMES, spreadsheets.as_text(rows), said or {}, kept or {})


@pytest.fixture(autouse=True)
def in_english() -> Any:
    with translation.override("en"):
        yield


def test_workbook_is_read_as_people_would_type_it() -> None:
    made = book(
        [[], ["姓名", "人数", "日期", "时刻"], ["张三", 3, datetime(2026, 11, 29), "=1+1"], ["李四", 2.5, "", True]],
        merge=(0, 0, 0, 3, "某院花名册"),
    )
    assert spreadsheets.read(made) == [
        ["某院花名册"] * 4,
        ["姓名", "人数", "日期", "时刻"],
        ["张三", "3", "2026-11-29", "0"],  # a formula that nobody has calculated
        ["李四", "2.5", "", "1"],
    ]


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_plain_text_is_read_in_whatever_charset_and_with_whatever_mark(charset: str, mark: str) -> None:
    text = f"姓名{mark}科室\n周芳{mark}心血管内科\n"
    assert spreadsheets.read(text.encode(charset)) == [["姓名", "科室"], ["周芳", "心血管内科"]]


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book([["a"]]))) as good, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for one in good.namelist():
            long = b"<row><c t='inlineStr'><is><t>" + b"x" * 300_000_000 + b"</t></is></c></row>"
            out.writestr(one, long if "sheet1" in one else good.read(one))
    return made.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b" \n\t\n", b"PK\x03\x04junk", b"\xd0\xcf\x11\xe0junk", b"\x00\x01\x02", b"\xff\xfe\x00", b"\x81\xff,\x81"],
)
def test_what_is_no_spreadsheet_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(spreadsheets.Unreadable) as refusal:
        spreadsheets.read(content)
    assert str(refusal.value.sentence)


def test_a_bomb_stops_its_own_reader_alone() -> None:
    with pytest.raises(spreadsheets.Unreadable):
        spreadsheets.read(bomb())


def test_what_is_too_much_is_refused_and_never_cut() -> None:
    with pytest.raises(spreadsheets.Unreadable, match="large"):
        spreadsheets.read(book([["x"]] * (spreadsheets.ROWS + 1)))


def test_columns_are_found_below_titles_in_any_order_and_what_is_unknown_is_not_taken() -> None:
    found = table([["某院花名册"], [], HEAD, ["1", "周芳", "甲县医院", "2026/9/1", "随队"], ["", "", "", "", ""]])
    assert {ask.said: ask.chosen for ask in found.columns} == {
        "序号": "", "姓 名": "who", "派往": "place", "起": "first", "备注": "",
    }  # fmt: skip
    assert found.fits
    assert found.lines[0].number == 4
    assert found.lines[0].form.cleaned_data == {"who": "周芳", "place": "a", "first": date(2026, 9, 1)}


def test_days_as_counts_of_days_and_words_of_others_are_understood() -> None:
    found = table([HEAD, ["1", "周芳", "甲院", "46266", ""]])
    assert found.fits
    assert found.lines[0].form.cleaned_data["first"] == date(2026, 9, 1)
    assert [(ask.said, ask.chosen) for ask in found.words] == [("甲院", "a")]


def test_a_word_nobody_knows_is_asked_and_never_guessed() -> None:
    rows = [HEAD, ["1", "周芳", "乙医院", "2026-9-1", ""], ["2", "沈启衡", "乙医院", "2026-9-1", ""]]
    found = table(rows)
    assert not found.fits
    assert found.refused == 2
    ask = found.words[0]
    assert (ask.said, ask.chosen, len(found.words)) == ("乙医院", "", 1)
    again = table(rows, {ask.name: "b"})
    assert again.fits
    assert {line.form.cleaned_data["place"] for line in again.lines} == {"b"}
    assert table(rows, kept={ask.key: "b"}).fits


def test_a_column_that_is_missing_or_taken_twice_is_said() -> None:
    rows = [["谁", "派往", "起"], ["周芳", "甲县医院", "2026-9-1"]]
    found = table(rows)
    assert [str(one) for one in found.wrong] == ["Choose the column of ‘姓名’."]
    assert table(rows, {found.columns[0].name: "who"}).fits
    twice = table(rows, {found.columns[0].name: "who", found.columns[2].name: "who"})
    assert "Two columns are taken for ‘姓名’." in map(str, twice.wrong)


def test_lines_with_nothing_in_them_are_told_and_too_many_are_refused() -> None:
    found = table([HEAD, ["1", "周芳", "甲县医院", "2026-9-1", ""], ["", "", "", "", "合计 1 人"]])
    assert (found.left_out, found.fits) == ([3], True)
    many = table([HEAD, *([["1", "周芳", "甲县医院", "2026-9-1", ""]] * 201)])
    assert not many.fits


def test_a_table_without_columns_is_not_taken() -> None:
    assert table([["周芳"], ["沈启衡"]]).wrong
    assert table([]).wrong


@pytest.mark.django_db
def test_what_was_chosen_is_kept_for_the_institution_alone(cast: Cast) -> None:
    found = table(
        [["谁", "派往", "起"], ["周芳", "乙医院", "2026-9-1"]], {"column-0-谁": "who", "word-place-乙医院": "b"}
    )
    with scope.acting(cast.supporting.office):
        taking_in.keep(NAMES, cast.supporting.office, [*found.columns, *found.words])
        taking_in.keep(NAMES, cast.supporting.office, [*found.columns, *found.words])
        kept = taking_in.kept_of(NAMES, cast.supporting.office)
    assert kept["column 谁"] == "who"
    assert kept["word place 乙医院"] == "b"
    with scope.acting(cast.county.office):
        assert taking_in.kept_of(NAMES, cast.county.office) == {}
