"""A table of somebody else's taken in: from a file or the clipboard, looked at line by line, then booked as a whole.

What an institution calls a column or a word is asked once and kept. Only what is certain is filled in: a heading or
word that is the product's own, one that a declaration names, or one that was kept. Nothing is booked before somebody
has seen how every line was understood.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lianti.lib import spreadsheets
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, Invalid, Sentence
from lianti.lib.spreadsheets import Rows
from lianti.lib.web.doors import Request
from lianti.lib.web.moving import see_other, taken
from lianti.lib.web.parts import Page
from lianti.records.lines import bare, plain
from lianti.records.models import Meaning
from lianti.records.pages import seen_version

LONGEST = 400_000  # characters
HEADINGS_WITHIN = 20  # rows above the heading: titles, dates, remarks
SHOWN = 3  # values that show what a column holds
COLUMN, WORD = "column", "word"


@dataclass(frozen=True)
class Incoming:
    """What a page takes in. `row(data)` makes the form of one line; `called`: what others call its fields.

    `words`: what others call a field's choices, by field, as far as it is certain. `shape` makes lines of a table that
    is none (a grid of days), the heading first, and says what it leaves out; `most`: lines at once.
    """

    code: str
    row: Callable[[dict[str, str]], forms.BaseForm]
    called: Mapping[str, Sequence[str]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    shape: Callable[[Rows], tuple[Rows, list[Sentence]]] | None = None
    most: int = 200


@dataclass(frozen=True)
class Ask:
    """What a heading or a word means: a choice of the page; `chosen` is empty where nobody has said yet."""

    name: str
    said: str
    about: str  # values of the column, or the column of the word
    choices: Sequence[tuple[str, Sentence]]
    chosen: str
    key: str  # under which it is kept


@dataclass(frozen=True)
class UnderstoodLine:
    """One line as it was understood."""

    number: int
    cells: list[str]
    form: forms.BaseForm
    wrong: list[Sentence]


@dataclass
class Understood:
    """A table as it was understood: what it asks, its lines, and why it cannot be taken as a whole."""

    text: str = ""
    columns: list[Ask] = field(default_factory=list)
    words: list[Ask] = field(default_factory=list)
    heads: list[Sentence] = field(default_factory=list)
    lines: list[UnderstoodLine] = field(default_factory=list)
    wrong: list[Sentence] = field(default_factory=list)
    remarks: list[Sentence] = field(default_factory=list)  # what is left out of it
    left_out: list[int] = field(default_factory=list)  # numbers of lines that hold none of the columns

    @property
    def fits(self) -> bool:
        """Say whether every line can be booked."""
        return bool(self.lines) and not self.wrong and not any(line.wrong for line in self.lines)

    @property
    def refused(self) -> int:
        """How many lines cannot be booked as they are."""
        return sum(bool(line.wrong) for line in self.lines)


def understood(incoming: Incoming, text: str, said: Mapping[str, str], kept: Mapping[str, str]) -> Understood:
    """Look at a table. `said`: what was chosen on the page, by name; `kept`: what was chosen in earlier tables."""
    table, fields = Understood(text), incoming.row({}).fields
    rows = spreadsheets.from_text(text)
    if incoming.shape:
        rows, table.remarks = incoming.shape(rows)
    known = _known(incoming, fields)
    top = _heading(rows, {*known, *(key.removeprefix(f"{COLUMN} ") for key in kept)})
    if top is None:
        table.wrong.append(_("No line of this table names its columns."))
        return table
    table.columns = [_column(at, name, rows[top + 1 :], fields, known, said, kept) for at, name in enumerate(rows[top])]
    where = {ask.chosen: at for at, ask in enumerate(table.columns) if ask.chosen}
    table.wrong += _lacking(table.columns, fields)
    table.heads = [fields[name].label or name for name in where]
    body = [(top + 2 + at, row) for at, row in enumerate(rows[top + 1 :]) if any(row)]
    filled = [(number, {name: _cell(row, at) for name, at in where.items()}) for number, row in body]
    table.left_out = [number for number, cells in filled if not any(cells.values())]
    filled = [(number, cells) for number, cells in filled if any(cells.values())]
    if len(filled) > incoming.most:
        table.wrong.append(_("At most %(most)s lines at once.") % {"most": incoming.most})
        return table
    means = _words(table, incoming.words, filled, fields, said, kept)
    table.lines = [_line(incoming, fields, number, cells, means) for number, cells in filled]
    return table


def show(
    request: Request,
    incoming: Incoming,
    take: Callable[[dict[str, Any], list[forms.BaseForm]], str],
    *,
    title: Sentence,
    back: str,
    seen: int,
    note: Sentence = "",
) -> HttpResponse:
    """Show the page; once every line fits and somebody says so, book them by `take`.

    `take(told, lines)` says what came of it and returns where to go. `seen`: the version of the record into which the
    lines go, as the page shows it now; the version that the sent page showed is told to `take`.
    """
    table, status = Understood(), 200
    if request.method == "POST":
        table = _posted(request, incoming)
        if "take" in request.POST and table.fits:
            told = taken(request) | {"version": seen_version(request)}
            try:
                address = take(told, [line.form for line in table.lines])
            except Invalid as refusal:
                _blame(table, refusal.fields)
            except Conflict as refusal:
                table.wrong.append(refusal.message)
                status = 409
            else:
                keep(incoming, request.actor, [*table.columns, *table.words])
                return see_other(address)
        if "take" in request.POST and status == 200:
            status = 422
    context = {
        "page": Page(title),
        "table": table,
        "back": back,
        "note": note,
        "seen": seen,
        "fields": [one.label for one in incoming.row({}).fields.values()],
    }
    return render(request, "records/taking_in.html", context, status=status)


def keep(incoming: Incoming, actor: Actor, asks: Sequence[Ask]) -> None:
    """Keep what was chosen for the next table of this kind."""
    for ask in asks:
        if ask.chosen:
            defaults = {"means": ask.chosen[:80]}
            Meaning.objects.update_or_create(
                tenant_id=actor.tenant_id, code=incoming.code, said=ask.key[:200], defaults=defaults
            )


def kept_of(incoming: Incoming, actor: Actor) -> dict[str, str]:
    """Return what an institution has chosen in earlier tables of this kind."""
    rows = Meaning.objects.filter(tenant=actor.tenant_id, code=incoming.code)
    return dict(rows.values_list("said", "means"))


def _posted(request: Request, incoming: Incoming) -> Understood:
    """Look at what came: a file takes the place of what was in the field."""
    text = request.POST.get("rows", "")
    if file := request.FILES.get("file"):
        try:
            text = spreadsheets.as_text(spreadsheets.read(file.read()))
        except spreadsheets.Unreadable as refusal:
            return Understood(text, wrong=[refusal.sentence])
    if len(text) > LONGEST:
        return Understood(text, wrong=[_("This is too long.")])
    if not text.strip():
        return Understood(wrong=[_("Choose a file or paste rows.")])
    said = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    return understood(incoming, text, said, kept_of(incoming, request.actor))


def _known(incoming: Incoming, fields: Mapping[str, forms.Field]) -> dict[str, str]:
    """Return the fields by what they are called, here and by others."""
    known = {bare(other): name for name, others in incoming.called.items() for other in others}
    return known | {bare(str(one.label)): name for name, one in fields.items()}


def _heading(rows: Rows, known: set[str]) -> int | None:
    """Return which row names the columns: the one with most known names, else the first with several cells."""
    first = rows[:HEADINGS_WITHIN]
    scores = [len({bare(cell) for cell in row} & known) for row in first]
    if any(scores):
        return scores.index(max(scores))
    return next((at for at, row in enumerate(first) if sum(map(bool, row)) > 1), None)


def _column(
    at: int,
    heading: str,
    below: Rows,
    fields: Mapping[str, forms.Field],
    known: Mapping[str, str],
    said: Mapping[str, str],
    kept: Mapping[str, str],
) -> Ask:
    name, key = f"{COLUMN}-{at}-{bare(heading)}", f"{COLUMN} {bare(heading)}"
    chosen = said.get(name, kept.get(key, known.get(bare(heading), "")) if heading else "")
    values = list(dict.fromkeys(cell for row in below if (cell := _cell(row, at))))
    choices = [("", _("Not taken in")), *((code, one.label or code) for code, one in fields.items())]
    return Ask(name, heading, "、".join(values[:SHOWN]), choices, chosen if chosen in fields else "", key)


def _lacking(columns: Sequence[Ask], fields: Mapping[str, forms.Field]) -> list[Sentence]:
    chosen = [ask.chosen for ask in columns if ask.chosen]
    twice = [fields[name].label for name in dict.fromkeys(chosen) if chosen.count(name) > 1]
    without = [one.label for name, one in fields.items() if one.required and name not in chosen]
    return [
        *(_("Two columns are taken for ‘%(column)s’.") % {"column": label} for label in twice),
        *(_("Choose the column of ‘%(column)s’.") % {"column": label} for label in without),
    ]


def _words(
    table: Understood,
    others: Mapping[str, Mapping[str, str]],
    filled: Sequence[tuple[int, Mapping[str, str]]],
    fields: Mapping[str, forms.Field],
    said: Mapping[str, str],
    kept: Mapping[str, str],
) -> dict[tuple[str, str], str]:
    """Ask what words mean that are none of a column's choices; return the answers by column and word, '' for none."""
    means: dict[tuple[str, str], str] = {}
    for name, one in fields.items():
        if not isinstance(one, forms.ChoiceField):
            continue
        options: Any = one.choices
        own = {bare(str(word)) for code, word in options} | {str(code) for code, _word in options}
        known = {bare(word): code for word, code in others.get(name, {}).items()}
        values = dict.fromkeys(cells[name] for _number, cells in filled if cells.get(name))
        for value in values:
            if bare(value) in own:
                continue
            ask = f"{WORD}-{name}-{bare(value)}"
            key = f"{WORD} {name} {bare(value)}"
            chosen = said.get(ask, kept.get(key, known.get(bare(value), "")))
            choices = [("", "—"), *((str(code), word) for code, word in options if code != "")]
            table.words.append(Ask(ask, value, str(one.label), choices, chosen, key))
            means[name, value] = chosen
    return means


def _line(
    incoming: Incoming,
    fields: Mapping[str, forms.Field],
    number: int,
    cells: Mapping[str, str],
    words: Mapping[tuple[str, str], str],
) -> UnderstoodLine:
    said = {name: (cells.get(name, ""), one) for name, one in fields.items()}
    form = incoming.row({name: words.get((name, cell)) or plain(one, cell) for name, (cell, one) in said.items()})
    wrong: list[Sentence] = []
    for name, why in form.errors.items():
        asked = words.get((name, cells.get(name, ""))) == ""
        sentence = _("choose above what this word means.") if asked else " ".join(map(str, why))
        column = fields[name].label if name in fields else ""
        wrong.append(_("%(column)s: %(why)s") % {"column": column, "why": sentence} if column else sentence)
    return UnderstoodLine(number, list(cells.values()), form, wrong)


def _blame(table: Understood, refused: Mapping[str, Sentence]) -> None:
    """Say at the lines what a service refuses: '<line>-<field>' of one of them, anything else of the whole."""
    for name, sentence in refused.items():
        number, _dash, _field = name.partition("-")
        if number.isdecimal() and int(number) < len(table.lines):
            table.lines[int(number)].wrong.append(sentence)
        else:
            table.wrong.append(sentence)


def _cell(row: Sequence[str], at: int) -> str:
    return row[at] if at < len(row) else ""
