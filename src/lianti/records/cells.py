"""The kinds of value that a column can hold: how each is drawn, written out and counted.

Every cell is drawn by one function of this module: an f-string in which all that comes from outside goes through
`escape`. Nothing else in the room makes markup of values, so this is the page to read when markup is doubted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from html import escape
from typing import Generic, TypeVar

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from lianti.lib.dates import SHANGHAI
from lianti.lib.errors import Sentence
from lianti.lib.saying import listed
from lianti.lib.web.parts import Tone
from lianti.lib.web.templatetags.web import quantity
from lianti.records.directory import Place, Who

V = TypeVar("V")
Typed = str | Decimal | int | date | datetime | None
NAMED = 4  # institutions of one side that a cell names
ARROW = ' <span class="to" aria-hidden="true">→</span> '


@dataclass(frozen=True)
class Cell(Generic[V]):
    """One kind of value.

    `html(value, today)` draws it, `text` writes it for csv and print, `typed` gives a spreadsheet its real type.
    `css` is the class of its table cell; `labelled`: on a phone the column's name stands before it.
    """

    name: str
    html: Callable[[V, date], str]
    text: Callable[[V], str]
    typed: Callable[[V], Typed]
    css: str = ""
    labelled: bool = False
    number_format: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A record by its title, with a quieter line below: its number and what else tells it apart.

    Without an address, what is no record here: a document that a promise rests on.
    """

    url: str
    title: Sentence
    sub: str = ""


@dataclass(frozen=True, slots=True)
class Several:
    """Several institutions on one side; where they are many, a list names the first of them."""

    places: tuple[Place, ...]

    @property
    def short_name(self) -> str:
        """The first few, and how many there are where that is not all."""
        more = f" … ({len(self.places)})" if len(self.places) > NAMED else ""
        return listed(place.short_name for place in self.places[:NAMED]) + more

    @property
    def name(self) -> str:
        """All of them in full."""
        return listed(place.name for place in self.places)


def several(places: Sequence[Place]) -> Place | Several | None:
    """Return one side of a record: an institution, several, or nobody."""
    return Several(tuple(places)) if len(places) > 1 else next(iter(places), None)


@dataclass(frozen=True, slots=True)
class Pair:
    """From one side to the other; a side may be missing."""

    first: Place | Several | None
    second: Place | Several | None


@dataclass(frozen=True, slots=True)
class State:
    """A state: its code, its word, its quiet colour."""

    code: str
    word: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many of what; `was` is an earlier figure that no longer counts, struck through."""

    number: Decimal | None
    unit: str = ""
    was: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in yuan."""

    yuan: Decimal | None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days; a missing end is open."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when: a day means its end, a moment its minute."""

    by: date | datetime | None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """The deed beside the promise, with a quieter line below; `promised` None: no amount was agreed."""

    done: Decimal
    promised: Decimal | None
    unit: str = ""
    url: str = ""
    tone: Tone | None = None
    sub: str = ""

    @property
    def html(self) -> SafeString:
        """The value as a list draws it, for a page."""
        return mark_safe(_progress_html(self, date.min))


def _text_html(value: Sentence | None, _today: date) -> str:
    return escape(str(value)) if value else ""


def _text(value: Sentence | None) -> str:
    return str(value or "")


def _record_html(value: Link, _today: date) -> str:
    sub = f' <span class="sub">{escape(value.sub)}</span>' if value.sub else ""
    if not value.url:
        return f"{escape(str(value.title))}{sub}"
    return f'<a class="main" href="{escape(value.url)}">{escape(str(value.title))}</a>{sub}'


def _record_text(value: Link) -> str:
    return f"{value.title} {value.sub}".strip()


def _place_html(value: Place | Several | Sentence | None, _today: date) -> str:
    if value is None or value == "":
        return "—"
    short = getattr(value, "short_name", None)
    if short is None:
        return escape(str(value))
    css = "" if isinstance(value, Several) else ' class="inst"'  # several may stand on lines of their own
    return f'<span{css} title="{escape(getattr(value, "name", short))}">{escape(short)}</span>'


def _place_text(value: Place | Several | Sentence | None) -> str:
    return "" if value is None else str(getattr(value, "name", value))


def _pair_html(value: Pair, today: date) -> str:
    if value.second is None:
        return _place_html(value.first, today)
    return f"{_place_html(value.first, today)}{ARROW}{_place_html(value.second, today)}"


def _pair_text(value: Pair) -> str:
    return " → ".join(text for text in (_place_text(value.first), _place_text(value.second)) if text)


def _people_text(value: Sequence[Who]) -> str:
    return listed(who.name for who in value)


def _state_html(value: State | None, _today: date) -> str:
    if value is None:
        return ""
    return f'<span class="badge t-{value.tone}" data-state="{escape(value.code)}">{escape(value.word)}</span>'


def _state_text(value: State | None) -> str:
    return value.word if value else ""


def _quantity_html(value: Quantity, _today: date) -> str:
    if value.number is None:
        return "—"
    unit = f' <span class="unit">{escape(value.unit)}</span>' if value.unit else ""
    was = f"<s>{escape(quantity(value.was))}</s> " if value.was is not None else ""
    return f"{was}{escape(quantity(value.number))}{unit}"


def _quantity_text(value: Quantity) -> str:
    return "" if value.number is None else f"{quantity(value.number)} {value.unit}".strip()


def _money_html(value: Money, _today: date) -> str:
    return "—" if value.yuan is None else f"¥ {value.yuan:,.2f}"


def _money_text(value: Money) -> str:
    return "" if value.yuan is None else f"{value.yuan:.2f}"


@lru_cache(maxsize=8192)
def _day(value: date, year: int) -> str:
    full = f"{value:%Y-%m-%d}"
    shown = f"{value:%m-%d}" if value.year == year else full
    return f'<time datetime="{full}" title="{full}">{shown}</time>'


def _day_html(value: date | None, today: date) -> str:
    return "—" if value is None else _day(value, today.year)


def _day_text(value: date | None) -> str:
    return "" if value is None else value.isoformat()


def _span_html(value: Span, today: date) -> str:
    if value.first is None and value.last is None:
        return "—"
    if value.first == value.last:
        return _day_html(value.first, today)
    first, last = (_day(day, today.year) if day else "" for day in (value.first, value.last))
    return f'<span class="span">{first} – {last}</span>'


def _span_text(value: Span) -> str:
    if value.first == value.last:
        return _day_text(value.first)
    return f"{_day_text(value.first)} – {_day_text(value.last)}"


def _moment(value: date | datetime) -> str:
    """Write a deadline: a moment at a day's very end is that day."""
    if not isinstance(value, datetime):
        return value.isoformat()
    local = value.astimezone(SHANGHAI)
    if (local + timedelta(seconds=1)).date() != local.date():
        return f"{local:%Y-%m-%d}"
    return f"{local:%Y-%m-%d %H:%M}"


def _deadline_html(value: Deadline, today: date) -> str:
    if value.by is None:
        return "—"
    text = _moment(value.by)
    shown = text.removeprefix(f"{today.year}-")
    word = pgettext("deadline", "late")
    late = f" <b>{escape(word)}</b>" if value.late else ""
    return f'<span class="due{" late" if value.late else ""}"><time datetime="{text}">{shown}</time>{late}</span>'


def _deadline_text(value: Deadline) -> str:
    return "" if value.by is None else _moment(value.by)


def _progress_html(value: Progress | None, _today: date) -> str:
    if value is None:
        return "—"
    owed, share = value.promised, None
    if owed is not None:
        share = max(0, min(100, int(value.done * 100 // owed))) if owed else 100
    tone = value.tone or ("done" if share == 100 else "moving")
    promised = f" / {escape(quantity(owed))}" if owed is not None else ""
    unit = f' <span class="unit">{escape(value.unit)}</span>' if value.unit else ""
    numbers = f'<span class="pd-n"><b>{escape(quantity(value.done))}</b>{promised}{unit}</span>'
    bar = (
        ""
        if share is None
        else f'<svg class="bar t-{tone}" role="img" aria-label="{share}%" width="100%" height="4">'
        '<rect class="bar-all" width="100%" height="4" rx="2"/>'
        f'<rect class="bar-done" width="{share}%" height="4" rx="2"/></svg>'
    )
    sub = f'<span class="sub">{escape(value.sub)}</span>' if value.sub else ""
    if value.url:
        return f'<a class="pd" data-figure="{value.done}" href="{escape(value.url)}">{numbers}{bar}</a>{sub}'
    return f'<span class="pd">{numbers}{bar}</span>{sub}'


def _progress_text(value: Progress | None) -> str:
    if value is None:
        return ""
    promised = f" / {quantity(value.promised)}" if value.promised is not None else ""
    return f"{quantity(value.done)}{promised} {value.unit}".strip()


RECORD: Cell[Link] = Cell("record", _record_html, _record_text, _record_text, css="main")
TEXT: Cell[Sentence | None] = Cell("text", _text_html, _text, _text)
PLACE: Cell[Place | Several | Sentence | None] = Cell("place", _place_html, _place_text, _place_text)
PAIR: Cell[Pair] = Cell("pair", _pair_html, _pair_text, _pair_text)
PEOPLE: Cell[Sequence[Who]] = Cell(
    "people", lambda value, _today: escape(_people_text(value)), _people_text, _people_text
)
STATE: Cell[State | None] = Cell("state", _state_html, _state_text, _state_text, css="state")
QUANTITY: Cell[Quantity] = Cell(
    "quantity", _quantity_html, _quantity_text, lambda value: value.number, css="number", number_format="#,##0.##"
)
MONEY: Cell[Money] = Cell(
    "money", _money_html, _money_text, lambda value: value.yuan, css="number", number_format="#,##0.00"
)
DAY: Cell[date | None] = Cell("day", _day_html, _day_text, lambda value: value, "day", True, "yyyy-mm-dd")
SPAN: Cell[Span] = Cell("span", _span_html, _span_text, _span_text, "day", True)
DEADLINE: Cell[Deadline] = Cell("deadline", _deadline_html, _deadline_text, _deadline_text, "day", True)
PROGRESS: Cell[Progress | None] = Cell(
    "progress",
    _progress_html,
    _progress_text,
    lambda value: None if value is None else value.done,
    number_format="#,##0.##",
)
