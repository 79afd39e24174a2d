"""A part of a form with many lines: typed, or pasted from a spreadsheet, one row a line with a tab between cells.

Each column is a plain form field; what its field refuses is said by row and cell, and the text stays as it came.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianti.lib.errors import Sentence

MOST = 200
LONGEST = 100_000  # characters
_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_DAY = re.compile(
    r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*[日号]?|([0-9]{4})([0-9]{2})([0-9]{2})"
)


@dataclass(frozen=True)
class Column:
    """One column: under which name its value is taken, how it is headed, and the field that looks at a cell."""

    name: str
    label: Sentence
    field: forms.Field


class Lines(forms.CharField):
    """Rows of these columns; `cleaned_data` holds one mapping a row."""

    wide = True

    def __init__(self, columns: Sequence[Column], *, most: int = MOST, **options: Any) -> None:
        self.columns, self.most = tuple(columns), most
        options.setdefault("widget", forms.Textarea({"rows": 6, "spellcheck": "false", "wrap": "off"}))
        options.setdefault("help_text", _Help(self))
        super().__init__(max_length=LONGEST, strip=False, **options)

    def clean(self, value: Any) -> Any:
        """Return the rows. Raises ValidationError with a sentence for each cell that cannot be taken."""
        rows = [(number, cells) for number, cells in _read(super().clean(value)) if not self._heads(cells)]
        if self.required and not rows:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(rows) > self.most:
            raise forms.ValidationError(_("At most %(most)s lines at once.") % {"most": self.most}, code="most")
        wrong: list[forms.ValidationError] = []
        found = [self._row(number, cells, wrong) for number, cells in rows]
        if wrong:
            raise forms.ValidationError(wrong)
        return found

    def _row(self, number: int, cells: list[str], wrong: list[forms.ValidationError]) -> dict[str, Any]:
        if len(cells) > len(self.columns):
            said = _("Line %(number)s: %(cells)s cells instead of %(columns)s.")
            numbers = {"number": number, "cells": len(cells), "columns": len(self.columns)}
            wrong.append(forms.ValidationError(said % numbers, code="cells"))
        found: dict[str, Any] = {}
        for column, cell in zip(self.columns, [*cells, *[""] * len(self.columns)], strict=False):
            try:
                found[column.name] = column.field.clean(plain(column.field, cell))
            except forms.ValidationError as refused:
                place = _("Line %(number)s, %(column)s: %(why)s")
                why = {"number": number, "column": column.label, "why": " ".join(refused.messages)}
                wrong.append(forms.ValidationError(place % why, code="cell"))
        return found

    def _heads(self, cells: list[str]) -> bool:
        """Say whether a row is the heading that came with the paste."""
        return [cell.strip() for cell in cells] == [str(column.label) for column in self.columns]


class _Help:
    """What stands below the field, in the reader's language."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    def __str__(self) -> str:
        names = " · ".join(str(column.label) for column in self._lines.columns)
        said = _("One line each, or paste rows from a spreadsheet: %(columns)s. At most %(most)s lines.")
        return str(said % {"columns": names, "most": self._lines.most})


def plain(field: forms.Field, cell: str) -> str:
    """Return a cell as its field reads it: full-width signs, Chinese numerals, days as people write them."""
    text = unicodedata.normalize("NFKC", cell).strip()
    if isinstance(field, forms.DateField):
        day = _DAY.fullmatch(text)
        return "-".join(part.zfill(2) for part in day.groups() if part) if day else text
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        number = numeral(text)
        return re.sub(r"(?<=[0-9]),(?=[0-9]{3}\b)", "", text) if number is None else str(number)
    return text


def numeral(text: str) -> int | None:
    """Return a whole number below ten thousand that is written in Chinese; None when it is none."""
    total, digit, unit = 0, None, 10_000
    for sign in text:
        if sign in _DIGITS and (digit is None or not digit):
            digit = _DIGITS[sign]
        elif sign in _TENS and _TENS[sign] < unit:
            unit = _TENS[sign]
            total, digit = total + (1 if digit is None else digit) * unit, None
        else:
            return None
    return total + (digit or 0) if text else None


def _read(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold something, with their numbers; a quoted cell may hold tabs and line ends."""
    sheet = csv.reader(io.StringIO(text, newline=""), delimiter="\t")
    for number, cells in enumerate(sheet, start=1):
        if any(cell.strip() for cell in cells):
            while not cells[-1].strip():
                cells.pop()
            yield number, cells
