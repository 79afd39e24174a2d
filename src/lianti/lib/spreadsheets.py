"""A spreadsheet as rows of text: .xlsx, .xls, .ods, .csv, read in a process of its own, within bounds.

Nothing in a file is carried out: of a formula only its last value is read, of links and macros nothing.
"""

from __future__ import annotations

import csv
import io
import json
import math
import resource
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianti.lib.errors import Sentence

ROWS, COLUMNS, CELL = 3000, 120, 2000  # what is read at most; more is refused, never cut
SECONDS, MEMORY, UNPACKED = 20, 1024**3, 64 * 1024**2
BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how .xlsx and .ods, and .xls begin

Rows = list[list[str]]

_REFUSED: dict[str, Sentence] = {
    "locked": _("This file is locked with a password. Save it without one."),
    "broken": _("This file cannot be read as a spreadsheet. Save it as .xlsx or .csv."),
    "empty": _("There is nothing in this file."),
    "large": _("This file holds more than %(rows)s lines or %(columns)s columns. Split it."),
}


class Unreadable(Exception):
    """A file that is no spreadsheet, or more than is read; `sentence` says which."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    @property
    def sentence(self) -> Sentence:
        """Say why, for people."""
        return _REFUSED[self.why] % {"rows": ROWS, "columns": COLUMNS}


def read(content: bytes) -> Rows:
    """Return the rows of the first sheet that holds something, cells as people would type them. Raises Unreadable.

    A cell that stands for several (merged) is in each of them; empty rows are kept, so that line numbers are those of
    the file; days are 2026-11-29, with the hour where there is one; whole numbers have no point.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            [sys.executable, "-I", "-c", _CHILD.format(path=sys.path)],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            env={"PYTHONUTF8": "1"},
            check=False,
        )
        told: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {"refused": "broken"}
    except (subprocess.TimeoutExpired, ValueError):
        told = {"refused": "broken"}
    if refused := told.get("refused"):
        raise Unreadable(refused)
    rows: Rows = told["rows"]
    return rows


_CHILD = "import sys; sys.path[:] = {path!r}; from lianti.lib.spreadsheets import alone; alone()"


def alone() -> None:
    """Read one file from the standard input and write its rows, or why not, as JSON: what the child process does."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        told: dict[str, Any] = {"rows": rows_of(sys.stdin.buffer.read())}
    except Unreadable as refusal:
        told = {"refused": refusal.why}
    except BaseException:
        told = {"refused": "broken"}
    sys.stdout.write(json.dumps(told))


def rows_of(content: bytes) -> Rows:
    """Return the rows of a file, in this very process. Raises Unreadable."""
    rows = _book(content) if content.startswith(BOOKS) else _plain(content)
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise Unreadable("empty")
    if len(rows) > ROWS or max(map(len, rows)) > COLUMNS or any(len(cell) > CELL for row in rows for cell in row):
        raise Unreadable("large")
    return rows


def _book(content: bytes) -> Rows:
    from python_calamine import CalamineWorkbook, PasswordError

    if content.startswith(b"PK") and _unpacked(content) > UNPACKED:
        raise Unreadable("large")
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError as error:
        raise Unreadable("locked") from error
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        if sheet.total_height and (sheet.total_height > ROWS or sheet.total_width > COLUMNS):
            raise Unreadable("large")
        rows = [[cell_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
        _spread(rows, sheet.merged_cell_ranges or ())
        if any(any(row) for row in rows):
            return rows
    return []


def _unpacked(content: bytes) -> int:
    """Return how many bytes a packed file says that it holds; one that lies meets the bounds of the process."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return sum(one.file_size for one in packed.infolist())


def _spread(rows: Rows, merged: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Put what stands in the first of several merged cells into each of them."""
    for (top, left), (bottom, right) in merged:
        said = rows[top][left] if top < len(rows) and left < len(rows[top]) else ""
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [said] * len(row[left : right + 1])


def _plain(content: bytes) -> Rows:
    """Read values between commas, tabs or semicolons; UTF-8 or, as Excel in China writes it, GB 18030."""
    for charset in ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(charset)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Unreadable("broken")
    if "\x00" in text:
        raise Unreadable("broken")
    head = text[:4000]
    mark = max("\t,;，", key=head.count)
    read_rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        return [[cell.strip() for cell in row] for row in read_rows]
    except csv.Error as error:
        raise Unreadable("broken") from error


def cell_text(value: Any) -> str:
    """Return a cell as somebody would type it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if math.isfinite(value) and value == int(value) else repr(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date | time):
        return value.isoformat()[:10] if isinstance(value, date) else f"{value:%H:%M}"
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02}"
    return " ".join(str(value).split())


def as_text(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as they would be pasted from a spreadsheet: a tab between cells, a line a row."""
    made = io.StringIO()
    csv.writer(made, delimiter="\t", lineterminator="\n").writerows(rows)
    return made.getvalue()


def from_text(text: str) -> Rows:
    """Return pasted text as rows."""
    return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter="\t")]
