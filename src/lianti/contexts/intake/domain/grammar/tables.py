"""Tables of people: a heading line with 姓名, then a line for each person."""

import re
from collections.abc import Callable

from lianti.contexts.intake.domain.grammar.personal import HAN

CELL = re.compile(r"[^\t|｜ \u3000]+")
NAME = re.compile(r"姓名|人员|专家姓名")
UNIT = re.compile(r"科室|科别|专业|部门|所在科室")
POST = re.compile(r"职称|职务|岗位|职称/职务|职务/职称")
PLACE = re.compile(r"单位|医院|派出单位|工作单位|所在单位")
Row = Callable[[int, int, str, str], None]


def fill(text: str, row: Row) -> None:
    """Call `row(start, end, title, institution)` for every line under a heading with 姓名."""
    at, heads = 0, None
    for line in text.split("\n"):
        cells = list(CELL.finditer(line))
        words = [one.group() for one in cells]
        if "姓名" in line and len(words) > 1 and all(len(one) < 9 for one in words):
            heads = _heads(words)
        elif heads and len(words) == heads["width"]:
            _line(text, at, cells, heads, row)
        elif len(line) > 60:
            heads = None
        at += len(line) + 1


def _heads(words: list[str]) -> dict[str, int] | None:
    found = {"width": len(words)}
    for key, pattern in (("name", NAME), ("unit", UNIT), ("post", POST), ("place", PLACE)):
        column = next((i for i, one in enumerate(words) if pattern.fullmatch(one)), None)
        if column is not None:
            found[key] = column
    return found if "name" in found else None


def _line(text: str, at: int, cells: list[re.Match[str]], heads: dict[str, int], row: Row) -> None:
    name = cells[heads["name"]]
    if not 2 <= len(name.group()) <= 12 or not HAN.match(name.group()):
        return
    title = "".join(cells[heads[key]].group() for key in ("unit", "post") if key in heads)
    place = cells[heads["place"]].group() if "place" in heads else ""
    row(at + name.start(), at + name.end(), title, place)
