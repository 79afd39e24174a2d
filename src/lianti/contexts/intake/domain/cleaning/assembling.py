"""The clean text put together from the kept parts, and the repairs moved to their places in it."""

from bisect import bisect_left

from lianti.contexts.intake.domain.cleaned import Line, Repair
from lianti.contexts.intake.domain.cleaning.cutting import Part


def assemble(text: str, parts: list[Part]) -> tuple[str, list[tuple[int, int, int]], dict[int, tuple[int, int]]]:
    """The clean text; each kept span with its place there (start, end, place); each kept part's [start, end) there"
    ", by the part's number."""
    out: list[str] = []
    moved: list[tuple[int, int, int]] = []
    places: dict[int, tuple[int, int]] = {}
    at = 0
    for number, part in enumerate(parts):
        if part.why or not part.text:
            continue
        if out:
            out.append("\n")
            at += 1
        first = at
        for start, end in part.spans:
            out.append(text[start:end])
            moved.append((start, end, at))
            at += end - start
        places[number] = (first, at)
    return "".join(out), moved, places


def carry(repairs: tuple[Repair, ...], moved: list[tuple[int, int, int]]) -> tuple[Repair, ...]:
    """The repairs that touch kept text, at their new places."""
    starts = [start for start, _, _ in moved]
    ordered = sorted(moved)
    starts = [start for start, _, _ in ordered]
    out = []
    for one in repairs:
        near = max(0, bisect_left(starts, one.start + 1) - 1)
        for start, end, place in ordered[near : near + 2]:
            first, last = max(one.start, start), min(one.end, end)
            if first < last or (one.start == one.end and start <= one.start < end):
                out.append(
                    Repair(
                        place + first - start,
                        place + max(last, first) - start,
                        one.raw,
                        one.kind,
                        one.status,
                        one.sensitive,
                        one.others,
                    )
                )
                break
    return tuple(sorted(out, key=lambda one: (one.start, one.end)))


def trace(source: str, parts: list[Part], places: dict[int, tuple[int, int]]) -> tuple[Line, ...]:
    """Every part in the order of the source and what became of it; whole lines as the source showed them."""
    raws = source.split("\n")
    alone: dict[int, int] = {}
    for part in parts:
        alone[part.line] = alone.get(part.line, 0) + 1
    out = []
    for number, part in enumerate(parts):
        raw = raws[part.line] if alone[part.line] == 1 and len(part.spans) == 1 and part.line < len(raws) else part.text
        start, end = places.get(number, (0, 0))
        out.append(Line(raw, part.why if part.why else ("" if number in places else "blank"), start, end))
    return tuple(out)
