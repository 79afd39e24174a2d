"""Where everything stands in the network picture: leads on the left, whom they are bound to on the right.

Pure arithmetic; the template draws it as SVG on the server, so it needs no script and prints well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

HEIGHT = 30
ROW = 42
TOP = 12
MOST = 60
DEEPEST = 3  # four columns; what lies deeper shares the last


@dataclass(frozen=True)
class Paper:
    """How wide the drawing, its boxes and its gaps are, and how many characters a box holds."""

    width: int
    box: int
    margin: int
    longest: int
    gap: int  # least room between columns; more columns than fit make the drawing wider


WIDE = Paper(width=1000, box=196, margin=20, longest=13, gap=40)
PHONE = Paper(width=360, box=140, margin=4, longest=10, gap=68)


@dataclass(frozen=True)
class Place:
    """An institution to be drawn."""

    id: int
    short: str
    full: str
    url: str
    mine: bool = False


@dataclass(frozen=True)
class Bond:
    """A lead's bond with one member."""

    lead: int
    member: int
    title: Any
    url: str
    tone: str
    late: int = 0


@dataclass(frozen=True)
class Box:
    place: Place
    x: int
    y: int
    width: int
    longest: int
    height: int = HEIGHT

    @property
    def label(self) -> str:
        name = self.place.short
        return name if len(name) <= self.longest else name[: self.longest - 1] + "…"

    @property
    def middle(self) -> int:
        return self.y + self.height // 2

    @property
    def text_x(self) -> int:
        return self.x + self.width // 2

    @property
    def text_y(self) -> int:
        return self.middle + 5


@dataclass(frozen=True)
class Tie:
    path: str
    titles: list[Any]
    url: str
    tone: str
    late: int
    label_x: int
    label_y: int


@dataclass(frozen=True)
class Drawing:
    boxes: list[Box]
    ties: list[Tie]
    height: int
    width: int


def draw(places: Sequence[Place], bonds: Sequence[Bond], paper: Paper = WIDE) -> Drawing | None:
    """Return the drawing; of a large network only the reader's own neighbours; None if too much, or nothing."""
    bonds = [bond for bond in bonds if bond.lead != bond.member]
    if len({pk for bond in bonds for pk in (bond.lead, bond.member)}) > MOST:
        mine = {place.id for place in places if place.mine}
        bonds = [bond for bond in bonds if mine & {bond.lead, bond.member}]
    bound = {pk for bond in bonds for pk in (bond.lead, bond.member)}
    shown = {place.id: place for place in places if place.id in bound}
    if not shown or len(shown) > MOST:
        return None
    columns = _columns(shown, bonds)
    most = max(len(column) for column in columns)
    height = most * ROW + 2 * TOP
    width = max(paper.width, len(columns) * (paper.box + paper.gap) - paper.gap + 2 * paper.margin)
    boxes = {
        pk: Box(shown[pk], x, y, paper.box, paper.longest)
        for x, column in zip(_across(len(columns), width, paper), columns, strict=True)
        for pk, y in zip(column, _down(len(column), height), strict=True)
    }
    return Drawing(list(boxes.values()), _ties(boxes, bonds), height, width)


def _columns(shown: dict[int, Place], bonds: Iterable[Bond]) -> list[list[int]]:
    depth = _depths(shown, bonds)
    columns = [[pk for pk in shown if depth[pk] == level] for level in sorted(set(depth.values()))]
    before: dict[int, list[int]] = defaultdict(list)
    for bond in bonds:
        before[bond.member].append(bond.lead)
        before[bond.lead].append(bond.member)
    # Each column stands in the order of what it is bound to in the column before: fewer lines cross.
    for left, right in pairwise(columns):
        position = {pk: at for at, pk in enumerate(left)}
        means = {pk: _mean([position[other] for other in before[pk] if other in position]) for pk in right}
        right.sort(key=means.__getitem__)
    return columns


def _depths(shown: Iterable[int], bonds: Iterable[Bond]) -> dict[int, int]:
    """How many leads stand above each; help that goes both ways does not send us round in circles."""
    leads: dict[int, set[int]] = defaultdict(set)
    for bond in bonds:
        if bond.member not in leads[bond.lead]:
            leads[bond.member].add(bond.lead)
    depth: dict[int, int] = {}

    def depth_of(pk: int, above: frozenset[int]) -> int:
        if pk not in depth:
            heights = [depth_of(lead, above | {pk}) + 1 for lead in leads[pk] - above - {pk}]
            depth[pk] = min(max(heights, default=0), DEEPEST)
        return depth[pk]

    return {pk: depth_of(pk, frozenset()) for pk in shown}


def _mean(numbers: Sequence[int]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0


def _across(columns: int, width: int, paper: Paper) -> list[int]:
    if columns == 1:
        return [(width - paper.box) // 2]
    step = (width - 2 * paper.margin - paper.box) // (columns - 1)
    return [paper.margin + step * column for column in range(columns)]


def _down(rows: int, height: int) -> list[int]:
    step = (height - 2 * TOP) / rows
    return [round(TOP + step * row + (step - HEIGHT) / 2) for row in range(rows)]


def _ties(boxes: dict[int, Box], bonds: Iterable[Bond]) -> list[Tie]:
    pairs: dict[tuple[int, int], list[Bond]] = defaultdict(list)
    for bond in bonds:
        pairs[bond.lead, bond.member].append(bond)
    ties = [_tie(boxes[lead], boxes[member], several) for (lead, member), several in pairs.items()]
    return sorted(ties, key=lambda tie: tie.late)  # red ones last, so above the others


def _tie(start: Box, end: Box, bonds: Sequence[Bond]) -> Tie:
    back = end.x < start.x
    x1, x2 = (start.x, end.x + end.width) if back else (start.x + start.width, end.x)
    if start.x == end.x:  # two of one column: out to the right and back
        x1 = x2 = start.x + start.width
        curve = f"M{x1} {start.middle} C{x1 + 60} {start.middle} {x2 + 60} {end.middle} {x2} {end.middle}"
    else:
        half = (x1 + x2) // 2
        curve = f"M{x1} {start.middle} C{half} {start.middle} {half} {end.middle} {x2} {end.middle}"
    tones = [bond.tone for bond in bonds]
    return Tie(
        curve,
        [bond.title for bond in bonds],
        bonds[0].url if len(bonds) == 1 else end.place.url,
        "done" if "done" in tones else tones[0],
        sum(bond.late for bond in bonds),
        x2 + 8 if back else x2 - 8,
        end.middle - 5,
    )
