"""Rows as a file: comma-separated or a workbook, in the answer or, where they are many, by a job.

A file holds at most what the reader may see, read in the reader's own scope while it is open. A job carries what was
asked, never keys of rows. What a spreadsheet would take for a formula is written as the text it is.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from io import BytesIO, TextIOWrapper
from typing import IO, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from lianti.kernel import outbox
from lianti.lib.actor import Actor
from lianti.records.asking import Asked
from lianti.records.lists import RecordList

EXPORT, COUNT = "records.export", "records.count"  # the names of the jobs
IN_THE_ANSWER = 5_000  # rows; more are a job
FORMS = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that a spreadsheet computes; OWASP, CSV injection
_CONTROL = {code: None for code in range(32) if chr(code) not in "\t\n"}
MOST_ROWS = 1_048_575  # of one sheet, below its head
Chunks = Iterator[Sequence[Any]]


def answer(actor: Actor, lst: RecordList[Any], asked: Asked, *, form: str, order: str, today: date) -> HttpResponse:
    """Return the file, read here and now: a streamed answer would be read after the reader's scope has ended."""
    file = BytesIO()
    write(file, lst, lst.chunks(actor, asked, today, order=order), form=form)
    return handed(file, file_name(lst, today, form).rpartition(".")[0], form)


def handed(file: BytesIO, name: str, form: str) -> HttpResponse:
    """Return the answer that carries a file."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"', "Cache-Control": "private, no-store"}
    return HttpResponse(file.getvalue(), content_type=FORMS[form], headers=headers)


def file_name(lst: RecordList[Any], today: date, form: str) -> str:
    """Return the name of an exported file: the list, the day, its form."""
    return f"{lst.name.replace('.', '-')}-{today.isoformat()}.{form}"


def enqueue(actor: Actor, lst: RecordList[Any], asked: Asked, *, form: str, order: str, at: datetime) -> None:
    """Let a job of the reader's own write the file, or count (`form` COUNT); its page shows how far it is."""
    payload = {"list": lst.name, "asked": asked.texts(), "form": form, "order": order}
    many = str(lst.kind.words.many)
    title = _("Count: %(list)s") if form == COUNT else _("Export: %(list)s")
    outbox.enqueue_for(actor, COUNT if form == COUNT else EXPORT, payload, at=at, title=title % {"list": many})


def write(
    file: IO[bytes], lst: RecordList[Any], chunks: Chunks, *, form: str, tell: Callable[[int], None] | None = None
) -> int:
    """Write all rows and return how many; `tell` is told the number from time to time. Memory stays flat."""
    writer = _csv if form == "csv" else _xlsx
    return writer(file, lst, chunks, tell or (lambda _done: None))


def _csv(file: IO[bytes], lst: RecordList[Any], chunks: Chunks, tell: Callable[[int], None]) -> int:
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer, values, done = csv.writer(text), lst.values(), 0
    writer.writerow([str(column.label) for column in lst.columns])
    cells = [(column.cell.text, not column.cell.number_format) for column in lst.columns]
    for rows in chunks:
        for row in rows:
            pairs = zip(cells, values(row), strict=True)
            writer.writerow([safe(said(value)) if is_text else said(value) for (said, is_text), value in pairs])
        done += len(rows)
        tell(done)
    text.detach()
    return done


def _xlsx(file: IO[bytes], lst: RecordList[Any], chunks: Chunks, tell: Callable[[int], None]) -> int:
    with _workbook(file) as book:
        sheet = book.add_worksheet(_sheet_name(str(lst.kind.words.many)))
        bold, done, values = book.add_format({"bold": True}), 0, lst.values()
        formats = [
            book.add_format({"num_format": c.cell.number_format}) if c.cell.number_format else None for c in lst.columns
        ]
        for place, column in enumerate(lst.columns):
            sheet.set_column(place, place, 14 if column.cell.number_format else 28)
            sheet.write_string(0, place, str(column.label), bold)
        sheet.freeze_panes(1, 0)
        for rows in chunks:
            for row in rows:
                done += 1
                if done > MOST_ROWS:
                    raise ValueError(_("A sheet of a workbook holds 1,048,575 rows; take the csv file."))
                for place, (column, value) in enumerate(zip(lst.columns, values(row), strict=True)):
                    _write(sheet, done, place, column.cell.typed(value), formats[place])
            tell(done)
    return done


def plainly(file: IO[bytes], title: str, lines: Iterable[Sequence[Any]], form: str) -> None:
    """Write lines of values, the first of them the head; a workbook keeps figures and days as such."""
    if form == "csv":
        text = TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
        said = [[safe("" if one is None else str(one)) for one in line] for line in lines]
        csv.writer(text).writerows(said)
        text.detach()
        return
    with _workbook(file) as book:
        sheet, bold = book.add_worksheet(_sheet_name(title)), book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, line in enumerate(lines):
            for place, value in enumerate(line):
                shape = bold if number == 0 else day if isinstance(value, date) else None
                _write(sheet, number, place, value, shape)
        sheet.set_column(0, 0, 28)
        sheet.freeze_panes(1, 1)


def _workbook(file: IO[bytes]) -> Any:
    import xlsxwriter  # only an export needs it

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    return xlsxwriter.Workbook(file, options)  # closes what it has opened when a row is refused, too


def _sheet_name(title: str) -> str:
    return title[:31].translate({ord(c): " " for c in "[]:*?/\\"})


def _write(sheet: Any, line: int, place: int, value: Any, shape: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime | date):
        sheet.write_datetime(line, place, value, shape)
    elif isinstance(value, str) or not hasattr(value, "__float__"):
        sheet.write_string(line, place, str(value).translate(_CONTROL)[:32_767], shape)
    else:
        sheet.write_number(line, place, float(value), shape)


def safe(text: str) -> str:
    """Return a text that no spreadsheet computes: one that begins like a formula gets an apostrophe before it."""
    text = text.translate(_CONTROL)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
