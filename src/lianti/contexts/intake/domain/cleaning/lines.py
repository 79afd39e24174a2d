"""Which lines are the story, and which are the page around it."""

import re

from lianti.contexts.intake.domain.cleaned import Cleaned
from lianti.contexts.intake.domain.cleaning import marks, titles
from lianti.contexts.intake.domain.cleaning.assembling import assemble, carry, trace
from lianti.contexts.intake.domain.cleaning.characters import Restored
from lianti.contexts.intake.domain.cleaning.cutting import Part, parts_of, without_tail
from lianti.contexts.intake.domain.cleaning.imprint import imprint
from lianti.contexts.intake.domain.cleaning.letters import keep_letter
from lianti.contexts.intake.domain.cleaning.wrapping import unwrapped
from lianti.contexts.intake.domain.source import Source

_STORY_ENOUGH = 60
_CELLS = re.compile(r"\S(?:\t| {2,}|\|)\S")
_KIN = 3  # sequences of four signs that both have: a name in full


def pick(source: Source, restored: Restored) -> Cleaned:
    """Keep the title and the story's paragraphs; say of every other line why it was left out."""
    parts = _tailless(unwrapped(parts_of(restored.text), source.kind))
    for part in parts:
        part.why = part.why or marks.reason(part.text)
    _keep_minutes(parts)
    _after_headlines(parts)
    first, last = _extent(parts)
    title = _title(parts, first, source.title)
    _outside(parts, first, last, title)
    _inside(parts, first, last)
    keep_letter(parts, first, last)
    _once(parts, title)
    text, moved, places = assemble(restored.text, parts)
    told = imprint(source, parts, first, text)
    return Cleaned(
        text,
        title=text.split("\n", 1)[0] if title is not None else "",
        published=told.published,
        medium=told.medium,
        reporters=told.reporters,
        repairs=carry(restored.repairs, moved),
        lines=trace(source.text, parts, places),
        counts=restored.counts,
    )


def _tailless(parts: list[Part]) -> list[Part]:
    out: list[Part] = []
    for part in parts:
        out.extend(without_tail(part) if marks.tells(part.text) and not part.why else [part])
    return out


def _keep_minutes(parts: list[Part]) -> None:
    """Time, place and those present at the head of minutes are the story's own."""
    rows = [part for part in parts if marks.minutes(part.text)]
    if len(rows) >= 2 and any("地" in row.text[:6] or "方" in row.text[:4] for row in rows):
        for row in rows:
            row.why = ""


def _after_headlines(parts: list[Part]) -> None:
    """Behind 'related news' only a paragraph that speaks of the same things is still the story."""
    seen: set[str] = set()
    letters, behind = 0, False
    for part in parts:
        if part.why == "headlines":
            behind = letters >= _STORY_ENOUGH
        elif part.why or not part.text:
            continue
        elif behind and not (marks.tells(part.text) and len(part.text) >= 40 and _kin(part.text, seen)):
            part.why = "headlines"
        else:
            letters += len(part.text) if marks.tells(part.text) else 0
            seen.update(_fours(part.text))


def _fours(text: str) -> set[str]:
    return {text[at : at + 4] for at in range(len(text) - 3)}


def _kin(text: str, seen: set[str]) -> bool:
    return text.rstrip()[-1] in "。!?”)" and len(_fours(text[:600]) & seen) >= _KIN


def _extent(parts: list[Part]) -> tuple[int, int]:
    """Numbers of the first and last story part; the whole page when no part reads as running text."""
    story = [
        n
        for n, part in enumerate(parts)
        if part.text and not part.why and (marks.tells(part.text) or marks.minutes(part.text))
    ]
    return (story[0], story[-1]) if story else (len(parts), len(parts))


def _title(parts: list[Part], first: int, declared: str) -> Part | None:
    counted: dict[str, int] = {}
    for part in parts:
        flat = titles.flat(part.text)
        counted[flat] = counted.get(flat, 0) + 1
    found = titles.choose([part for part in parts[:first] if part.text], declared, counted)
    if found is None:
        return None
    found.why = ""
    original = titles.ORIGINAL.match(found.text)
    start = original.end() if original else 0
    end = titles.bare_length(found.text)
    found.keep_only(
        start, end - 1 if original and found.text[end - 1] in ")]" and "(" not in found.text[start:end] else end
    )
    return found


def _outside(parts: list[Part], first: int, last: int, title: Part | None) -> None:
    """Before the story only the title stays, behind it nothing. Without running text nothing is judged by place."""
    if first >= len(parts):
        return
    for number, part in enumerate(parts):
        if part is title or part.why or not part.text or first <= number <= last:
            continue
        if title is not None and number < first and part.text.startswith("—") and part.line > title.line:
            continue
        part.why = "navigation" if number < first else "footer"


def _inside(parts: list[Part], first: int, last: int) -> None:
    """Between the story's paragraphs: headings, lists and table rows stay, what pictures show goes."""
    listing = pictured = False
    for number in range(first, min(last + 1, len(parts))):
        part = parts[number]
        if part.why == "caption" or "![" in part.text:
            pictured = True
        if part.why or not part.text:
            continue
        if marks.tells(part.text) or marks.minutes(part.text):
            listing, pictured = part.text.endswith(":"), False
        if marks.picture_sentence(part.text):
            part.why = "caption"
        elif not (
            marks.tells(part.text)
            or marks.minutes(part.text)
            or listing
            or marks.heading(part.text)
            or _CELLS.search(part.text)
        ):
            part.why = _short(part.text, pictured)


def _short(text: str, pictured: bool) -> str:
    if marks.scene(text) or marks.office(text) or pictured:
        return "caption"
    return ""


def _once(parts: list[Part], title: Part | None) -> None:
    """A title or paragraph that stands there again is left out."""
    seen = {titles.flat(title.text)} if title is not None else set()
    for part in parts:
        if part.why or not part.text or part is title:
            continue
        flat = titles.flat(part.text)
        if flat in seen:
            part.why = "title_again"
        elif len(flat) >= 12:
            seen.add(flat)
