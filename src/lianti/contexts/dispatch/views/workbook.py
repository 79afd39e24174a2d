"""A table as a workbook that is no list of records: a grid, a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from django.http import HttpResponse

from lianti.records.exporting import FORMS

_CONTROL = {code: None for code in range(32) if chr(code) not in "\t\n"}
_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def answer(name: str, title: str, heads: Sequence[str], lines: Iterable[Sequence[Any]]) -> HttpResponse:
    """Return the table as a file; what a spreadsheet would compute is written as the text it is."""
    import xlsxwriter  # only an export needs it

    file = BytesIO()
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        sheet = book.add_worksheet(title[:31].translate({ord(sign): " " for sign in "[]:*?/\\"}))
        bold = book.add_format({"bold": True})
        for place, head in enumerate(heads):
            sheet.set_column(place, place, 4 if head.isdecimal() else 14)
            sheet.write_string(0, place, head, bold)
        sheet.freeze_panes(1, 1)
        for number, line in enumerate(lines, start=1):
            for place, value in enumerate(line):
                if isinstance(value, str):
                    sheet.write_string(number, place, value.translate(_CONTROL))
                elif value is not None:
                    sheet.write_number(number, place, float(value))
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"', "Cache-Control": "private, no-store"}
    return HttpResponse(file.getvalue(), content_type=FORMS["xlsx"], headers=headers)
