"""A paper as PDF, by typst where a site has added it. The content goes in as data: nothing of it is read as markup."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from typing import Any

from lianti.contexts.papers.domain.kinds import Content, PaperFacts, PaperKind, PaperTable, PaperText

# Families that have Chinese, the better ones for a paper first.
CHINESE = (
    "Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "SimSun", "NSimSun", "FangSong", "STSong", "Songti SC",
    "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei",
    "Microsoft YaHei", "SimHei", "AR PL UMing CN", "Droid Sans Fallback",
)  # fmt: skip
SOURCE = b"""
#let paper = json(bytes(sys.inputs.paper))
#set document(title: paper.title, date: none)
#set text(font: paper.font, size: 10.5pt, lang: "zh")
#set page(paper: "a4", margin: (x: 20mm, y: 20mm), footer: context [
  #set text(size: 8pt)
  #paper.number #h(1fr) #paper.code #h(1fr) #counter(page).display("1 / 1", both: true)])
#set table(stroke: 0.5pt, inset: 5pt)
#align(center, text(size: 18pt, weight: "bold", paper.title))
#if paper.number != "" { align(right, paper.number) }
#for block in paper.blocks {
  if block.is == "text" { par(first-line-indent: 2em, justify: true, block.said) }
  if block.is == "facts" { table(columns: (auto, 1fr), ..block.cells.flatten()) }
  if block.is == "table" {
    strong(block.means)
    table(columns: block.head.len(), table.header(..block.head.map(one => strong(one))), ..block.cells.flatten())
  }
  if block.is == "seals" {
    table(columns: (1fr,) * block.cells.len(), ..block.cells.map(one => box(height: 28mm)[#one.at(0) \\ #one.at(1)]))
  }
}
#for line in paper.foot { par(text(size: 9pt, line)) }
"""


class NoFont(LookupError):
    """No font of this machine has Chinese characters."""


def is_there() -> bool:
    """Tell whether this site can make PDF files."""
    return find_spec("typst") is not None


def pdf(kind: PaperKind, content: Content, foot: Sequence[str], folders: Iterable[str] = ()) -> bytes:
    """Return the paper as PDF, set in the first Chinese font of these folders or this machine. Raises NoFont."""
    import typst  # an extra: 84 MB that most sites do without

    fonts = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=list(folders))
    there = set(fonts.families())
    font = next((name for name in CHINESE if name in there), None)
    if font is None:
        raise NoFont
    data = json.dumps(_data(kind, content, foot) | {"font": font}, ensure_ascii=False)
    made: bytes = typst.Compiler(SOURCE, font_paths=fonts, sys_inputs={"paper": data}).compile(format="pdf")
    return made


def _data(kind: PaperKind, content: Content, foot: Sequence[str]) -> dict[str, Any]:
    plain = {one: str(content.get(one, "")) for one in ("title", "number", "code")}
    return plain | {"blocks": laid(kind, content), "foot": list(foot)}


def laid(kind: PaperKind, content: Content) -> list[dict[str, Any]]:
    """Return the blocks of a paper with what stands in them, for its page and its PDF. Call it in Chinese."""
    found: list[dict[str, Any]] = []
    for block in kind.blocks:
        if isinstance(block, PaperText):
            found.append({"is": "text", "said": str(block.said) % content})
        elif isinstance(block, PaperTable):
            rows = kind.table(block.code)
            if block.if_any and not content.get(rows.code):
                continue
            columns = block.shown(rows)
            lines = [[str(row[column.code]) for column in columns] for row in content[rows.code]]
            head = [str(column.means) for column in columns]
            found.append({"is": "table", "means": str(rows.means), "head": head, "cells": lines})
        else:
            cells = [[str(kind.of(code).means), str(content[code])] for code in block.codes]
            found.append({"is": "facts" if isinstance(block, PaperFacts) else "seals", "cells": cells})
    return found


_TAKES = {"text": 1, "seals": 8}


def paged(blocks: Sequence[dict[str, Any]], lines: int) -> list[list[dict[str, Any]]]:
    """Return the blocks sheet by sheet: a table goes on on the next where one is full. 0 lines: all on one sheet."""
    if not lines:
        return [list(blocks)]
    sheets, room = [list[dict[str, Any]]()], lines
    for block in blocks:
        for part, takes in _parts(block, room, lines):
            if takes > room and sheets[-1]:
                sheets.append([])
                room = lines
            sheets[-1].append(part)
            room -= takes
    return sheets


def _parts(block: dict[str, Any], room: int, lines: int) -> Iterator[tuple[dict[str, Any], int]]:
    """Yield a block with the lines that it takes; a table in as many parts as sheets are begun by it."""
    if block["is"] != "table":
        yield block, _TAKES.get(block["is"], len(block.get("cells", ())))
        return
    cells, first = block["cells"], room - 2 if room > 4 else lines - 2
    starts = [0, *range(first, len(cells), lines - 2)]
    for start, end in zip(starts, [*starts[1:], len(cells)], strict=True):
        yield {**block, "cells": cells[start:end]}, 2 + end - start
