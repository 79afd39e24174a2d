"""How a list is drawn: the table with its rows, and the bar of what it can be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from typing import Any, Protocol
from urllib.parse import urlencode

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.web.parts import Chip, Chips
from lianti.records import directory
from lianti.records.asking import Asked, Choice, Filter, Month
from lianti.records.lists import Column, Counts, Order, RecordList


class Asking(Protocol):
    """What has a filter bar: a list, a page of rows and columns."""

    @property
    def asked(self) -> type[Asked]: ...
    @property
    def orders(self) -> Mapping[str, Order]: ...


FEW = 5  # a choice of so few words lies open as chips
Options = Sequence[tuple[str, Sentence]]


def table(
    lst: RecordList[Any],
    rows: Sequence[Any],
    today: date,
    *,
    order: str = "",
    query: str = "",
    ticks: bool = False,
    ident: str = "",
) -> SafeString:
    """Draw rows under their heads. `query`: the address that asks for them, to which a head adds its order.

    `ident`: the id under which the page takes further rows in; a part of another page has none.
    """
    choose = _("Choose")
    tick = f'<th class="pick"><span class="out">{escape(choose)}</span></th>' if ticks else ""
    heads = "".join(_head(lst, column, order, query) for column in lst.columns)
    lines = "".join(_lines(lst, rows, today, ticks=ticks))
    named = f' id="{ident}"' if ident else ""
    return mark_safe(
        f'<div class="table-box"><table class="table stack"><thead><tr>{tick}{heads}</tr></thead>'
        f"<tbody{named}>{lines}</tbody></table></div>"
    )


def _head(lst: RecordList[Any], column: Column, order: str, query: str) -> str:
    css = f"c-{column.cell.css or 'text'}{' wide' if column.wide else ''}"
    label = escape(str(column.label))
    if not column.order:
        return f'<th scope="col" class="{css}">{label}</th>'
    down = lst.orders[column.order].columns[0].startswith("-")
    here = f' aria-sort="{"descending" if down else "ascending"}"' if column.order == order else ""
    url = escape(f"?{query}{'&' if query else ''}order={column.order}")
    return f'<th scope="col" class="{css}"{here}><a href="{url}">{label}</a></th>'


def _lines(lst: RecordList[Any], rows: Sequence[Any], today: date, *, ticks: bool) -> list[str]:
    values, cells = lst.values(), [(_open(column), column.cell.html) for column in lst.columns]
    lines, choose = [], escape(_("Choose this one"))
    for row in rows:
        tick = _tick(row, choose) if ticks else ""
        drawn = "".join(
            [f"{start}{html(value, today)}</td>" for (start, html), value in zip(cells, values(row), strict=True)]
        )
        lines.append(f"<tr>{tick}{drawn}</tr>")
    return lines


def _tick(row: Any, choose: str) -> str:
    return (
        f'<td class="pick"><input type="checkbox" form="bulk" name="row" value="{row.public_id}.{row.version}"'
        f' aria-label="{choose}"></td>'
    )


def _open(column: Column) -> str:
    css = " ".join(part for part in (column.cell.css, "wide" if column.wide else "") if part)
    label = f' data-label="{escape(str(column.label))}"' if column.cell.labelled or column.labelled else ""
    return f'<td class="{css}"{label}>' if css or label else "<td>"


@dataclass(frozen=True)
class Control:
    """One field of the bar, holding what the address asks."""

    name: str
    label: Sentence
    kind: str
    value: str
    anything: Sentence
    options: Options = ()
    wrong: bool = False


@dataclass(frozen=True)
class Bar:
    """What a list can be asked: chips that lie open, fields behind one word, and what is in play now."""

    chips: Sequence[Chips]
    controls: Sequence[Control]
    orders: Options
    order: str
    hidden: Sequence[tuple[str, str]]
    active: Sequence[Chip]
    is_open: bool = False
    url: str = ""  # opens the fields, or shuts them


def bar(
    lst: Asking,
    given: Mapping[str, str],
    actor: Actor,
    today: date,
    *,
    understood: Asked | None = None,
    wrong: Mapping[str, str] | None = None,
    counts: Counts | None = None,
) -> Bar:
    """Return the bar over what the address says, as it stands there: what is wrong is kept to be mended.

    `understood`: what was read from the address, so that names are not looked up again.

    The fields are made when they are opened: they list counties and institutions, which most readings do not need.
    """
    filters, wrong, is_open = lst.asked.filters(), wrong or {}, "asking" in given
    near = cache(lambda: directory.current().partners(actor))
    asked = {name: text for name, text in given.items() if name in filters and text}
    chips, controls, hidden, active = [], [], [], []
    for name, one in filters.items():
        now = asked.get(name, "")
        few = _few(one, today)
        if few:
            chips.append(_chips(lst, name, one, few, asked, counts or {}))
        if one.control == "hidden" or (few and isinstance(one, Choice)):
            hidden += [(name, now)] if now else []
        elif is_open:
            options = one.options(near)
            kind = "text" if one.control == "choice" and not options else one.control
            controls.append(Control(name, one.label, kind, now, one.anything, options, name in wrong))
        if now and now not in dict(few):
            value = one.read(now, actor) if understood is None else understood.held()[name]
            active.append(Chip(f"{one.label}: {now if value is None else one.says(value)}", _without(asked, name)))
    orders = [(name, order.label) for name, order in lst.orders.items()] if is_open and len(lst.orders) > 1 else []
    url = "?" + urlencode(asked | ({} if is_open else {"asking": "1"}))
    return Bar(chips, controls, orders, given.get("order", ""), hidden, active, is_open, url)


def _few(one: Filter, today: date) -> Options:
    """Return what lies open as chips: the words where they are few, the latest months."""
    if isinstance(one, Month):
        return () if one.folded else one.latest(today)
    words = list(one.choices().items()) if isinstance(one, Choice) and not one.folded else []
    return words if len(words) <= FEW else ()


def _chips(lst: Asking, name: str, one: Filter, options: Options, asked: Mapping[str, str], counts: Counts) -> Chips:
    standard = lst.asked.defaults()[name]
    now = asked.get(name, standard or "")
    every = [] if standard else [("", one.anything)]
    rest = {key: text for key, text in asked.items() if key != name}
    return Chips(
        one.label,
        [
            Chip(word, "?" + urlencode(rest | _given(name, code, standard)), code == now, counts.get((name, code)))
            for code, word in (*every, *options)
        ],
    )


def _given(name: str, code: str, standard: str | None) -> dict[str, str]:
    return {} if code in ("", standard) else {name: code}


def _without(asked: Mapping[str, str], name: str) -> str:
    return "?" + urlencode({key: text for key, text in asked.items() if key != name})
