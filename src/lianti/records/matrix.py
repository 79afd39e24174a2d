"""A page of rows × columns that is no list: what each cell says, and the list that opens exactly what it counts.

A context says how such a page is read; drawing, sums, filter bar, export and the shape on a phone are made here.
Nothing is cut silently: beyond `MOST` rows the page says so, and the file holds them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from io import BytesIO
from typing import Any, Generic, TypeVar

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lianti.kernel import access
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Sentence
from lianti.lib.web.doors import Request
from lianti.lib.web.parts import Action, Empty, Page
from lianti.records import cells, exporting, tables
from lianti.records.asking import Asked, NotUnderstood
from lianti.records.cells import Cell, Link, State

MOST = 300  # rows that a page draws
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Band:
    """The head of a row or of a column: its key in the grid, its words, a quieter line, where it leads."""

    key: str
    label: Sentence
    sub: Sentence = ""
    url: str = ""
    now: bool = False  # this month, this week: where the reader stands


@dataclass(frozen=True, slots=True)
class Spot(Generic[V]):
    """What stands in one cell: a value of the matrix's kind, a state in colour and word, and who or what is in it.

    `url` opens exactly the rows that the value counts. `acts`: what can be done about it from here.
    """

    value: V | None = None
    url: str = ""
    state: State | None = None
    named: tuple[Link, ...] = ()
    acts: tuple[Link, ...] = ()
    moves: Mapping[str, Link] = field(default_factory=dict)  # by the address of who is in it: the form that moves them


Cells = Mapping[tuple[str, str], Spot[V]]


@dataclass(frozen=True)
class Grid(Generic[V]):
    """A matrix as it was read: heads, cells by row and column, and what rows and columns come to.

    The sums are given by who reads, since what is in two cells of a row may be one thing and not two.
    """

    rows: Sequence[Band]
    columns: Sequence[Band]
    cells: Cells[V]
    across: Mapping[str, Spot[V]] = field(default_factory=dict)  # by row
    down: Mapping[str, Spot[V]] = field(default_factory=dict)  # by column
    total: Spot[V] | None = None


@dataclass(frozen=True)
class Matrix(Generic[V]):
    """A declared page of rows × columns.

    `read(actor, asked, today)` gives the grid in a constant number of queries. `corner`: what the rows are, which may
    follow from what is asked; `lead`: what the page says of itself; `starts(actor, asked, today)`: ways from here.
    """

    name: str  # of the address and of its log, such as dispatch.rota
    title: Sentence
    cell: Cell[V]
    asked: type[Asked]
    read: Callable[[Actor, Any, date], Grid[V]]
    empty: tuple[Sentence, Sentence]
    corner: Callable[[Any], Sentence] = lambda _asked: ""
    lead: Callable[[Any], Sentence] = lambda _asked: ""
    starts: Callable[[Actor, Any, date], Sequence[Action]] = lambda _actor, _asked, _today: ()
    orders: Mapping[str, Any] = field(default_factory=dict)  # none: its rows stand in one order

    def show(self, request: Request) -> HttpResponse:
        """Draw the page; an address that it does not understand gives a sentence and no rows."""
        given, actor, today = request.GET.dict(), request.actor, shanghai_day(timezone.now())
        context: dict[str, Any] = {"page": Page(self.title), "empty": Empty(*self.empty)}
        try:
            asked = self._asked(given, actor)
        except NotUnderstood as refusal:
            bar = tables.bar(self, given, actor, today, wrong=refusal.asked)
            return render(request, "records/matrix.html", {**context, "bar": bar, "refused": refusal}, status=422)
        grid = self.read(actor, asked, today)
        context |= {
            "page": Page(self.title, self.lead(asked), actions=self.starts(actor, asked, today)),
            "bar": tables.bar(self, given, actor, today, understood=asked),
            "table": self.drawn(grid, asked, today) if grid.rows else "",
            "left_out": max(0, len(grid.rows) - MOST),
            "most": MOST,
            "query": asked.address(),
            "carried": any(spot.moves for spot in grid.cells.values()),
        }
        return render(request, "records/matrix.html", context)

    def export(self, request: Request) -> HttpResponse:
        """Hand out what is asked for as a file, all rows of it."""
        actor, now, form = request.actor, timezone.now(), request.POST.get("form", "")
        if form not in exporting.FORMS:
            raise NotUnderstood({"form": form})
        asked = self._asked(request.GET.dict(), actor)
        access.note(actor, kind=self.name, public_id="", why=f"export {form}: {asked.address()}", at=now)
        lines, file = self.lines(self.read(actor, asked, shanghai_day(now)), asked), BytesIO()
        exporting.plainly(file, str(self.title), lines, form)
        return exporting.handed(file, f"{self.name.replace('.', '-')}-{shanghai_day(now).isoformat()}", form)

    def _asked(self, given: Mapping[str, str], actor: Actor) -> Any:
        asked = self.asked.read(given, actor)
        if asked.words is not None:  # sums are of all that is counted, never of what holds a word
            raise NotUnderstood({"words": asked.words.typed.text})
        return asked

    def lines(self, grid: Grid[V], asked: Any) -> Iterable[list[Any]]:
        """Yield head, rows and sums as a file holds them: figures as such, else value, state and names as text."""
        summed = [_("Sum")] if grid.across else []
        yield [str(self.corner(asked)), *(str(column.label) for column in grid.columns), *summed]
        for row in grid.rows:
            cells_of = [grid.cells.get((row.key, column.key)) for column in grid.columns]
            sums = [self.plain(grid.across.get(row.key))] if summed else []
            yield [f"{row.label} {row.sub}".strip(), *map(self.plain, cells_of), *sums]
        if grid.down:
            below = [self.plain(grid.down.get(column.key)) for column in grid.columns]
            yield [_("Sum"), *below, *([self.plain(grid.total)] if summed else [])]

    def plain(self, spot: Spot[V] | None) -> Any:
        """Return what a file holds of a cell."""
        if spot is None:
            return None
        words = [str(link.title) for link in spot.named] + ([spot.state.word] if spot.state else [])
        if not words:
            return None if spot.value is None else self.cell.typed(spot.value)
        value = "" if spot.value is None else self.cell.text(spot.value)
        return " ".join(filter(None, (value, "、".join(words))))

    def drawn(self, grid: Grid[V], asked: Any, today: date) -> SafeString:
        """Draw the table: heads stay in sight, on a phone each row is a list of its cells."""
        corner = escape(str(self.corner(asked)))
        word = escape(_("Sum"))
        sums = f'<th scope="col" class="sum">{word}</th>' if grid.across else ""
        heads = "".join(f'<th scope="col"{_now(one)}>{_head(one)}</th>' for one in grid.columns)
        lines = [self._line(row, grid, today) for row in grid.rows[:MOST]]
        foot = ""
        if grid.down:
            below = "".join(self._td(grid.down.get(one.key), one.label, today) for one in grid.columns)
            last = self._td(grid.total, _("Sum"), today) if grid.across else ""
            foot = f'<tfoot><tr><th scope="row">{word}</th>{below}{last}</tr></tfoot>'
        return mark_safe(
            f'<div class="grid-box" tabindex="0" role="region" aria-label="{escape(str(self.title))}">'
            f'<table class="grid"><thead><tr><th scope="col">{corner}</th>{heads}{sums}</tr></thead>'
            f"<tbody>{''.join(lines)}</tbody>{foot}</table></div>"
        )

    def _line(self, row: Band, grid: Grid[V], today: date) -> str:
        drawn = "".join(
            self._td(grid.cells.get((row.key, one.key)), one.label, today, _now(one)) for one in grid.columns
        )
        last = self._td(grid.across.get(row.key), _("Sum"), today, ' class="sum"') if grid.across else ""
        return f'<tr data-row="{escape(row.key)}"><th scope="row">{_head(row)}</th>{drawn}{last}</tr>'

    def _td(self, spot: Spot[V] | None, label: Sentence, today: date, more: str = "") -> str:
        if spot is None:
            return f"<td{more}></td>"
        value = "" if spot.value is None else self.cell.html(spot.value, today)
        if value and spot.url:
            value = f'<a class="figure-link" href="{escape(spot.url)}">{value}</a>'
        state = cells.STATE.html(spot.state, today)
        named = "".join(_in(one, spot.moves.get(one.url), today) for one in spot.named)
        acts = "".join(f'<a class="act" href="{escape(one.url)}">{escape(str(one.title))}</a>' for one in spot.acts)
        return f'<td data-label="{escape(str(label))}"{more}>{value}{state}{named}{acts}</td>'


def _now(band: Band) -> str:
    return ' class="now"' if band.now else ""


def _in(link: Link, move: Link | None, today: date) -> str:
    if move is None:
        return f'<span class="in">{cells.RECORD.html(link, today)}</span>'
    says = escape(f"{link.title}: {move.title}")
    told = f'href="{escape(move.url)}" title="{says}" aria-label="{says}"'
    return f'<span class="in" draggable="true">{cells.RECORD.html(link, today)}<a class="carry" {told}>⇄</a></span>'


def _head(band: Band) -> str:
    label = escape(str(band.label))
    sub = f'<span class="sub">{escape(str(band.sub))}</span>' if band.sub else ""
    return (f'<a href="{escape(band.url)}">{label}</a>' if band.url else label) + sub


MATRICES: dict[str, Matrix[Any]] = {}


def register(matrix: Matrix[V]) -> Matrix[V]:
    """Let tests and bench know of this page."""
    MATRICES[matrix.name] = matrix
    return matrix
