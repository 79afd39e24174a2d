"""Cells, fuzzed with hostile text: whatever a value holds, the markup stays the cell's own."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from lianti.lib.dates import SHANGHAI
from lianti.records import cells
from lianti.records.cells import Cell, Deadline, Link, Money, Pair, Progress, Quantity, Span, State

KINDS = {one.name: one for one in vars(cells).values() if isinstance(one, Cell)}
TODAY = date(2026, 3, 10)
HOSTILE = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ['"><script>alert(1)</script>', "'onmouseover='x", "<img src=x onerror=y>", "&lt;b&gt;", "]]>", "\0<"]
    ),
)


@dataclass(frozen=True)
class APlace:
    name: str
    short_name: str
    id: int = 1
    public_id: str = "x"
    region: str = ""


@dataclass(frozen=True)
class AWho:
    name: str
    id: int = 1
    public_id: str = "x"


class Tags(HTMLParser):
    """The tags and attribute names of a piece of markup, and its text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, tuple[str, ...]]] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.seen.append((tag, tuple(name for name, _value in attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def values(text: str) -> dict[str, Any]:
    """Return a value of each kind with the text wherever a text can stand."""
    place = APlace(text, text)
    return {
        "record": Link(f"/needs/{text}/", text, text),
        "text": text,
        "place": place,
        "pair": Pair(place, place),
        "people": [AWho(text), AWho(text)],
        "state": State(text, text, "waiting"),
        "quantity": Quantity(Decimal("7.50"), text, Decimal(8)),
        "money": Money(Decimal("1200.5")),
        "day": TODAY,
        "span": Span(TODAY, None),
        "deadline": Deadline(TODAY, late=True),
        "progress": Progress(Decimal(7), Decimal(12), text, f"/x/{text}"),
    }


def test_every_kind_is_fuzzed() -> None:
    assert values("x").keys() == KINDS.keys()


@pytest.mark.parametrize("name", sorted(KINDS))
@given(text=HOSTILE)
def test_hostile_text_adds_no_markup(name: str, text: str) -> None:
    cell = KINDS[name]
    with translation.override("en"):
        plain, hostile = Tags(cell.html(values("x")[name], TODAY)), Tags(cell.html(values(text)[name], TODAY))
    if text or name not in {"record", "quantity", "progress"}:  # an empty part draws no tag of its own
        assert hostile.seen == plain.seen or not text
    assert "script" not in {tag for tag, _names in hostile.seen}


@pytest.mark.parametrize("name", sorted(KINDS))
def test_each_kind_writes_text_and_a_typed_value(name: str) -> None:
    cell, value = KINDS[name], values("甲")[name]
    assert cell.text(value)
    typed = cell.typed(value)
    assert isinstance(typed, str | Decimal | date)
    assert isinstance(typed, str) == (not cell.number_format)


NOTHING = {
    "text": "", "place": None, "pair": Pair(None, None), "people": [], "state": None, "quantity": Quantity(None),
    "money": Money(None), "day": None, "span": Span(None, None), "deadline": Deadline(None),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(NOTHING))
def test_nothing_is_drawn_as_nothing_and_written_empty(name: str) -> None:
    cell = KINDS[name]
    assert cell.html(NOTHING[name], TODAY) in {"", "—"}
    assert cell.text(NOTHING[name]) == ""
    assert cell.typed(NOTHING[name]) in {"", None}


def test_a_day_of_another_year_says_its_year() -> None:
    assert ">03-10<" in cells.DAY.html(TODAY, TODAY)
    assert ">2025-03-10<" in cells.DAY.html(date(2025, 3, 10), TODAY)


def test_a_span_of_one_day_is_that_day_and_an_open_end_is_open() -> None:
    assert cells.SPAN.html(Span(TODAY, TODAY), TODAY) == cells.DAY.html(TODAY, TODAY)
    assert cells.SPAN.text(Span(TODAY, TODAY)) == "2026-03-10"
    assert Tags(cells.SPAN.html(Span(None, TODAY), TODAY)).text == " – 03-10"


def test_a_deadline_at_the_end_of_a_day_is_that_day() -> None:
    end = datetime(2026, 3, 10, 23, 59, 59, 999999, tzinfo=SHANGHAI)
    assert cells.DEADLINE.text(Deadline(end)) == "2026-03-10"
    assert cells.DEADLINE.text(Deadline(datetime(2026, 3, 10, 1, 15, tzinfo=UTC))) == "2026-03-10 09:15"
    with translation.override("en"):
        assert Tags(cells.DEADLINE.html(Deadline(TODAY, late=True), TODAY)).text == "03-10 late"


def test_quantity_strikes_through_what_no_longer_counts() -> None:
    drawn = cells.QUANTITY.html(Quantity(Decimal("7.50"), "节", Decimal("8.00")), TODAY)
    assert "<s>8</s>" in drawn
    assert Tags(drawn).text == "8 7.5 节"


@pytest.mark.parametrize(
    ("done", "promised", "share"),
    [(7, 12, 58), (12, 12, 100), (13, 12, 100), (-1, 12, 0), (3, 0, 100), (3, None, None)],
)
def test_progress_counts_whole_per_cent(done: int, promised: int | None, share: int | None) -> None:
    value = Progress(Decimal(done), None if promised is None else Decimal(promised))
    drawn = value.html
    assert drawn == cells.PROGRESS.html(value, TODAY)
    assert ("<svg" in drawn) == (share is not None)
    assert share is None or f'aria-label="{share}%"' in drawn


def test_a_promise_that_is_not_there_has_no_progress() -> None:
    assert (cells.PROGRESS.html(None, TODAY), cells.PROGRESS.text(None)) == ("—", "")


def test_what_leads_nowhere_is_no_link() -> None:
    drawn = cells.RECORD.html(Link("", "<甲>", "<乙>"), TODAY)
    assert Tags(drawn).seen == [("span", ("class",))]
    assert Tags(drawn).text == "<甲> <乙>"


def test_several_on_one_side_are_named_while_they_are_few() -> None:
    places = [APlace(f"{name}医院", name) for name in "甲乙丙丁戊己"]
    assert cells.several([]) is None
    assert cells.several(places[:1]) is places[0]
    few, many = cells.several(places[: cells.NAMED]), cells.several(places)
    assert Tags(cells.PLACE.html(few, TODAY)).text == "、".join("甲乙丙丁戊己"[: cells.NAMED])
    assert many.short_name == "、".join("甲乙丙丁戊己"[: cells.NAMED]) + " … (6)"
    assert many.name == "、".join(place.name for place in places)


def test_money_keeps_its_pence_and_a_pair_may_have_one_side() -> None:
    assert cells.MONEY.text(Money(Decimal("1200.5"))) == "1200.50"
    assert cells.PAIR.html(Pair(APlace("甲医院", "甲"), None), TODAY) == cells.PLACE.html(APlace("甲医院", "甲"), TODAY)
    assert cells.PAIR.text(Pair(APlace("甲医院", "甲"), "乙")) == "甲医院 → 乙"
    assert cells.PLACE.html("<b>", TODAY) == "&lt;b&gt;"
