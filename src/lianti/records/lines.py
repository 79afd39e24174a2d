"""A part of a form with many lines: typed, or pasted from a spreadsheet, one row a line with a tab between cells.

A form looks at each row; what it refuses is said by row and column, and the text stays as it came.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from lianti.lib.errors import Sentence

MOST = 200
_SERIAL = re.compile(r"[2-7][0-9]{4}")  # 1954 to 2119
LONGEST = 100_000  # characters
_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_DAY = re.compile(
    r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*[日号]?|([0-9]{4})([0-9]{2})([0-9]{2})"
)


class Lines(forms.CharField):
    """Rows of the fields of a form, in their order or in that of the heading that came with them.

    `row(data)` makes the form of one row; `cleaned_data` holds one of them a row, each valid.
    """

    wide = True

    def __init__(self, row: Callable[[dict[str, str]], forms.BaseForm], *, most: int = MOST, **options: Any) -> None:
        self.row, self.most = row, most
        self.fields = row({}).fields
        options.setdefault("widget", forms.Textarea({"rows": 6, "spellcheck": "false", "wrap": "off"}))
        options.setdefault("help_text", lazy(self._help, str)())
        super().__init__(max_length=LONGEST, strip=False, **options)

    def clean(self, value: Any) -> Any:
        """Return the forms of the rows. Raises ValidationError with a sentence for each cell that cannot be taken."""
        rows, names = list(_read(super().clean(value))), list(self.fields)
        if rows and (heading := self._heading(rows[0][1])):
            names = heading
            del rows[0]
        if self.required and not rows:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(rows) > self.most:
            raise forms.ValidationError(_("At most %(most)s lines at once.") % {"most": self.most}, code="most")
        found: list[forms.BaseForm] = []
        wrong: list[Sentence] = []
        for number, cells in rows:
            if len(cells) > len(names):
                said = _("Line %(number)s: %(cells)s cells instead of %(columns)s.")
                wrong.append(said % {"number": number, "cells": len(cells), "columns": len(names)})
            given = dict(zip(names, cells, strict=False))
            found.append(self.row({name: plain(field, given.get(name, "")) for name, field in self.fields.items()}))
            for name, why in found[-1].errors.items():
                column = self.fields[name].label if name in self.fields else "—"
                said = _("Line %(number)s, %(column)s: %(why)s")
                wrong.append(said % {"number": number, "column": column, "why": " ".join(map(str, why))})
        if wrong:
            raise forms.ValidationError(wrong)
        return found

    def _heading(self, cells: list[str]) -> list[str] | None:
        """Return which columns a row names, when it is the heading that came with the paste."""
        known = {bare(str(field.label)): name for name, field in self.fields.items()}
        names = [known.get(bare(cell), "") for cell in cells]
        return names if all(names) else None

    def _help(self) -> str:
        names = " · ".join(str(field.label) for field in self.fields.values())
        said = _("One line each, or paste rows from a spreadsheet: %(columns)s. At most %(most)s lines.")
        return str(said % {"columns": names, "most": self.most})


def plain(field: forms.Field, cell: str) -> str:
    """Return a cell as its field reads it: full-width signs, Chinese numerals, days and choices as people write them.

    An empty cell takes the choice that the field would stand at.
    """
    text = unicodedata.normalize("NFKC", cell).strip()
    if isinstance(field, forms.ChoiceField):
        words: Any = field.choices
        codes = {bare(str(word)): str(code) for code, word in words}
        return codes.get(bare(text), text) if text else str(field.initial or next(iter(codes.values()), ""))
    if isinstance(field, forms.DateField):
        day = _DAY.fullmatch(text)
        return "-".join(part.zfill(2) for part in day.groups() if part) if day else serial(text)
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        number = numeral(text)
        return re.sub(r"(?<=[0-9]),(?=[0-9]{3}\b)", "", text) if number is None else str(number)
    return text


def bare(text: str) -> str:
    """Return a word without what people write one way or another: width, case, blanks, the shape of an arrow."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split()).replace("->", "→")


def serial(text: str) -> str:
    """Return a day that a spreadsheet has written as a count of days; any other text as it is."""
    if _SERIAL.fullmatch(text):
        return (date(1899, 12, 30) + timedelta(days=int(text))).isoformat()
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
