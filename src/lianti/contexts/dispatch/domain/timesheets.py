"""The month exports of attendance products, as lines of person, day and what is said of the day.

DingTalk gives a grid (a line a person, a column a day), WeCom a list of days. Neither format is published as a
standard: what is read is the shape, whatever the columns are called; what a word means a person says once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from lianti.lib.names import folded

PERSON, DAY, SAID = "姓名", "日期", "考勤结果"
NAMES = frozenset({"姓名", "人员", "员工姓名", "name", "医生姓名"})
LEAST_DAYS = 7  # columns that are days make a grid
_FULL = re.compile(r"(20\d\d)\D{1,2}(1[0-2]|0?[1-9])\D{1,2}(3[01]|[12]\d|0?[1-9])(?!\d)")
_MONTH = re.compile(r"(20\d\d)\s*[-/.年]\s*(1[0-2]|0?[1-9])(?!\d)")
_WEEKDAY = re.compile(
    r"星期[一二三四五六日天]|周[一二三四五六日天]|[（(]?[一二三四五六日][）)]?|mon|tue|wed|thu|fri|sat|sun"
)
_BARE_DAY = re.compile(r"(3[01]|[12]\d|0?[1-9])[日号]?")
# Hours, minutes, spans and counts that follow a word: 迟到20分钟, 事假11-03 09:00到11-03 18:00 1天.
_DETAIL = re.compile(
    r"[(][\d\s:.,~天小时分钟-]*[)]|(?:20\d\d[-/.年])?\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}:\d{2}(?::\d{2})?"
    r"|\d+(?:\.\d+)?\s*(?:分钟|小时|天|次|分)|(?<=[\d\s])[到至~—-](?=[\d\s])|上午|下午"
)
# What these products, and month sheets on paper, say of a day without doubt (dispatch.md §3), by the grid's letters.
CERTAIN: Mapping[str, str] = {
    **dict.fromkeys(("正常", "出勤", "√", "✓", "在岗", "present"), "v"),
    **dict.fromkeys(("夜班", "△", "值夜班", "夜"), "n"),
    **dict.fromkeys(("休息", "○", "轮休", "公休", "休"), "o"),
    **dict.fromkeys(("培训", "培"), "t"),
    **dict.fromkeys(("临时返院", "返院"), "h"),
    **dict.fromkeys(("迟到", "迟"), "l"),
    **dict.fromkeys(("早退", "早"), "e"),
    **dict.fromkeys(("旷工", "旷", "缺勤"), "x"),
    **dict.fromkeys(("事假", "事"), "p"),
    **dict.fromkeys(("病假", "病"), "s"),
    **dict.fromkeys(("年假", "年休假", "年"), "a"),
    **dict.fromkeys(("产假", "陪产假", "产"), "m"),
    **dict.fromkeys(("婚假", "婚"), "w"),
    **dict.fromkeys(("丧假", "丧"), "d"),
    **dict.fromkeys(("探亲假", "探"), "f"),
}


def lines(rows: Sequence[Sequence[str]], year: int, month: int) -> list[list[str]]:
    """Return a month's export as a heading and lines of person, day (ISO) and word; what is no such table, as it is.

    Bare day numbers are of the month that the table itself names above its heading, else of `year` and `month`.
    """
    top = next((at for at, row in enumerate(rows) if {_plain(cell) for cell in row} & NAMES), None)
    if top is None:
        return [list(row) for row in rows]
    said = _MONTH.search(" ".join(cell for row in rows[:top] for cell in row))
    where = (int(said[1]), int(said[2])) if said else (year, month)
    head = rows[top]
    person = next(at for at, cell in enumerate(head) if _plain(cell) in NAMES)
    days = _days_of(rows, top, where)
    if len(days) < LEAST_DAYS:
        return _list_of_days(head, rows[top + 1 :], person)
    body = [row for row in rows[top + 1 :] if len(row) > person and row[person].strip()]
    found = [
        [row[person].strip(), day.isoformat(), word(row[at])]
        for row in body
        for at, day in sorted(days.items())
        if at < len(row) and row[at].strip()
    ]
    return [[PERSON, DAY, SAID], *found]


def word(cell: str) -> str:
    """Return what a cell says of a day without its hours and counts; several words stay as they are."""
    text = " ".join(unicodedata.normalize("NFKC", cell).split())
    return " ".join(_DETAIL.sub(" ", f"{text} ").split()).strip(" ,;、") or text


def _days_of(rows: Sequence[Sequence[str]], top: int, month: tuple[int, int]) -> dict[int, date]:
    """Return which columns are days; a second line of weekdays, or of numbers, below the heading belongs to it."""
    found = {at: day for at, cell in enumerate(rows[top]) if (day := _day(cell, month)) is not None}
    if len(found) < LEAST_DAYS and top + 1 < len(rows):
        found = {at: day for at, cell in enumerate(rows[top + 1]) if (day := _day(cell, month)) is not None}
    return found


def _day(cell: str, month: tuple[int, int]) -> date | None:
    text = unicodedata.normalize("NFKC", cell).strip().lower()
    full = _FULL.search(text)
    bare = _BARE_DAY.fullmatch("".join(_WEEKDAY.sub(" ", text).split()))
    try:
        if full:
            return date(int(full[1]), int(full[2]), int(full[3]))
        return date(*month, int(bare[1])) if bare else None
    except ValueError:
        return None  # a column for the 31st of a shorter month


def _list_of_days(head: Sequence[str], body: Sequence[Sequence[str]], person: int) -> list[list[str]]:
    """Return a list of days with person and day called so, whatever it calls them, and days as such."""
    plain = [[_day_alone(cell) for cell in row] for row in body]
    days = [at for at in range(len(head)) if any(len(row) > at and _FULL.fullmatch(row[at]) for row in plain)]
    heads = {person: PERSON, **({days[0]: DAY} if days else {})}
    return [[heads.get(at, cell) for at, cell in enumerate(head)], *plain]


def _day_alone(cell: str) -> str:
    """Return a full date without the weekday beside it; any other cell as it is."""
    full = _FULL.match(cell.strip())
    rest = cell.strip()[full.end() :].removeprefix("日").strip() if full else ""
    if full and (not rest or _WEEKDAY.fullmatch(rest)):
        return f"{int(full[1]):04}-{int(full[2]):02}-{int(full[3]):02}"
    return cell


def of_people(rows: Sequence[Sequence[str]], known: Collection[str]) -> tuple[list[list[str]], list[str]]:
    """Return the lines of people who are known, and the names of the others; `known` is as names are compared."""
    if not rows or not {_plain(cell) for cell in rows[0]} & NAMES:
        return [list(row) for row in rows], []
    at = next(at for at, cell in enumerate(rows[0]) if _plain(cell) in NAMES)
    named = [(row[at].strip() if at < len(row) else "", list(row)) for row in rows[1:]]
    others = dict.fromkeys(name for name, _row in named if name and folded(name) not in known)
    return [list(rows[0]), *(row for name, row in named if name not in others)], list(others)


def on_days(rows: Sequence[Sequence[str]], there: Collection[tuple[str, str]]) -> tuple[list[list[str]], int]:
    """Return the lines of days on which people were there (name as compared, ISO day), and how many others there are.

    A line whose day cannot be read stays: it is refused by itself.
    """
    if not rows or not {PERSON, DAY} <= {cell.strip() for cell in rows[0]}:
        return [list(row) for row in rows], 0
    person, day = rows[0].index(PERSON), rows[0].index(DAY)
    inside = [
        list(row)
        for row in rows[1:]
        if len(row) <= max(person, day) or _FULL.fullmatch(row[day]) is None or (folded(row[person]), row[day]) in there
    ]
    return [list(rows[0]), *inside], len(rows) - 1 - len(inside)


def _plain(cell: str) -> str:
    return "".join(unicodedata.normalize("NFKC", cell).casefold().split())
