"""Our own document of a kind of paper, made of its blocks: used as it is, or taken as a start for one's own."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from lianti.contexts.papers.domain.kinds import (
    PaperBlock,
    PaperFacts,
    PaperKind,
    PaperRows,
    PaperTable,
    PaperText,
    SealPlaces,
)

FONT, BOLD = "SimSun", "SimHei"


def document(kind: PaperKind) -> bytes:
    """Return the document with a placeholder wherever something is to be filled in. Call it in Chinese."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    made = Document()
    _fonts(made)
    heading = made.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run("{{ title }}")
    run.bold, run.font.size = True, Pt(18)
    if kind.series:
        made.add_paragraph("编号：{{ number }}").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for block in kind.blocks:
        _WAYS[type(block)](made, kind, block)
    if kind.series:
        made.add_paragraph("验证码：{{ code }}    核验网址：{{ address }}")
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _fonts(made: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    style = made.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(11)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)


def _text(made: Any, kind: PaperKind, block: PaperText) -> None:
    said = str(block.said) % {one.code: f"{{{{ {one.code} }}}}" for one in kind.placeholders}
    made.add_paragraph(said)


def _facts(made: Any, kind: PaperKind, block: PaperFacts) -> None:
    table = made.add_table(rows=0, cols=2, style="Table Grid")
    for code in block.codes:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = str(kind.of(code).means), f"{{{{ {code} }}}}"


def _table(made: Any, kind: PaperKind, block: PaperTable) -> None:
    rows: PaperRows = kind.table(block.code)
    made.add_paragraph(str(rows.means))
    columns = block.shown(rows)
    table = made.add_table(rows=4, cols=len(columns), style="Table Grid")
    for place, column in enumerate(columns):
        table.cell(0, place).text = str(column.means)
        table.cell(2, place).text = f"{{{{ row.{column.code} }}}}"
    table.cell(1, 0).text = f"{{%tr for row in {rows.code} %}}"
    table.cell(3, 0).text = "{%tr endfor %}"


def _seals(made: Any, kind: PaperKind, block: SealPlaces) -> None:
    table = made.add_table(rows=1, cols=len(block.codes), style="Table Grid")
    for cell, code in zip(table.rows[0].cells, block.codes, strict=True):
        cell.text = f"{kind.of(code).means}\n{{{{ {code} }}}}\n\n（盖章）"


_WAYS: dict[type[PaperBlock], Callable[[Any, PaperKind, Any], None]] = {
    PaperText: _text,
    PaperFacts: _facts,
    PaperTable: _table,
    SealPlaces: _seals,
}
