"""A clean text cut into paragraphs, sentences and clauses, with places."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from lianti.contexts.intake.domain.cleaned import Cleaned

SENTENCE_END = re.compile(r"[。！？!?；;]+[”’」』）)]*|\n+")
CLAUSE_END = re.compile(r"[，,：:]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text, [start, end); `text` is what stands there."""

    start: int
    end: int
    text: str


class Page:
    """A cleaned text with its pieces, each found once."""

    def __init__(self, cleaned: Cleaned) -> None:
        self.cleaned = cleaned
        self.text = cleaned.text
        self.title = cleaned.title

    @cached_property
    def paragraphs(self) -> tuple[Piece, ...]:
        """Lines with something on them; the title is the first when there is one."""
        return tuple(Piece(m.start(), m.end(), m.group()) for m in re.finditer(r"[^\n]+", self.text))

    @cached_property
    def sentences(self) -> tuple[Piece, ...]:
        """Cut at 。！？； and line ends; the mark stays with its sentence."""
        out, at = [], 0
        for mark in SENTENCE_END.finditer(self.text):
            if self.text[at : mark.end()].strip():
                out.append(Piece(at, mark.end(), self.text[at : mark.end()]))
            at = mark.end()
        if self.text[at:].strip():
            out.append(Piece(at, len(self.text), self.text[at:]))
        return tuple(out)

    @cached_property
    def _starts(self) -> list[int]:
        return [one.start for one in self.sentences]

    def sentence_at(self, place: int) -> Piece:
        """The sentence that holds a place of the text."""
        return self.sentences[max(0, bisect_right(self._starts, place) - 1)]

    @staticmethod
    def clauses(sentence: Piece) -> tuple[Piece, ...]:
        """A sentence cut at commas and colons, without them."""
        out, at = [], 0
        for mark in [*CLAUSE_END.finditer(sentence.text), None]:
            end = mark.start() if mark else len(sentence.text)
            if sentence.text[at:end].strip():
                out.append(Piece(sentence.start + at, sentence.start + end, sentence.text[at:end]))
            at = mark.end() if mark else end
        return tuple(out)
