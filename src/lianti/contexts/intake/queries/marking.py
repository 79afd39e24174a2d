"""The clean text cut into stretches, each with the proposals and the repair that stand on it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lianti.contexts.intake import labels
from lianti.lib.errors import Sentence


@dataclass(frozen=True)
class RepairShown:
    """One place that is not what the source showed; `text` is what stands there now."""

    start: int
    end: int
    text: str
    raw: str
    kind: str
    status: str
    sensitive: bool
    others: tuple[str, ...]

    @property
    def kind_label(self) -> Sentence:
        return labels.REPAIRS.get(self.kind, self.kind)

    @property
    def status_label(self) -> Sentence:
        return labels.STATUS.get(self.status, self.status)


@dataclass(frozen=True)
class Mark:
    """A place of the text that a proposal rests on."""

    start: int
    end: int
    proposal: str
    field: str


@dataclass(frozen=True)
class Stretch:
    """A piece of a paragraph with the same marks all along, the narrowest first."""

    text: str
    marks: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    repair: RepairShown | None = None


@dataclass(frozen=True)
class Paragraph:
    number: int
    stretches: list[Stretch]


def paragraphs(text: str, marks: Iterable[Mark], repairs: Sequence[RepairShown]) -> list[Paragraph]:
    """Return the text by lines, cut wherever a mark or a repair begins or ends. Linear in text and marks."""
    known = sorted((one for one in marks if 0 <= one.start < one.end <= len(text)), key=lambda one: one.start)
    mended = sorted(repairs, key=lambda one: one.start)
    found: list[list[Stretch]] = [[]]
    for start, end, active, repair in _pieces(_cuts(len(text), known, mended), known, mended):
        for number, piece in enumerate(text[start:end].split("\n")):
            if number:
                found.append([])
            if piece:
                found[-1].append(_stretch(piece, active, repair))
    return [Paragraph(number, stretches) for number, stretches in enumerate(found, 1) if stretches]


def _cuts(size: int, marks: Sequence[Mark], repairs: Sequence[RepairShown]) -> list[int]:
    edges = {0, size}
    for start, end in [(one.start, one.end) for one in marks] + [(one.start, one.end) for one in repairs]:
        edges |= {start, min(end, size)}
    return sorted(edge for edge in edges if 0 <= edge <= size)


def _pieces(
    cuts: Sequence[int], marks: Sequence[Mark], repairs: Sequence[RepairShown]
) -> Iterator[tuple[int, int, list[Mark], RepairShown | None]]:
    """Yield each piece between two cuts with the marks on it and the repair on it; all are sorted by place."""
    waiting, mending = deque(marks), deque(repairs)
    active: list[Mark] = []
    for start, end in pairwise(cuts):
        while waiting and waiting[0].start <= start:
            active.append(waiting.popleft())
        active = [one for one in active if one.end > start]
        while mending and mending[0].end <= start:
            mending.popleft()
        yield start, end, active, mending[0] if mending and mending[0].start <= start else None


def _stretch(text: str, active: Sequence[Mark], repair: RepairShown | None) -> Stretch:
    order = sorted(active, key=lambda one: (one.end - one.start, one.start))
    once = {one.proposal: one.field for one in order}
    return Stretch(text, tuple(once), tuple(once.values()), repair)
