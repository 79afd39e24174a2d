"""What a kind of paper is: its placeholders, and how ours is laid out. One declaration for document, page and print.

A room registers its kinds; the same blocks make the document to start from, the page to print, and the PDF. What
stands on a paper is Chinese whatever language its reader's pages are in: a paper goes to an office.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.lib.errors import Sentence

Content = Mapping[str, Any]  # a text for each placeholder, a list of texts by column for each table


@dataclass(frozen=True)
class Placeholder:
    """A word that a template may hold: what stands in its place, and an example of it."""

    code: str
    means: Sentence
    example: str = ""


@dataclass(frozen=True)
class PaperRows:
    """A table that a template may go through, line by line, as `for row in code`; `columns` are what a line has."""

    code: str
    means: Sentence
    columns: tuple[Placeholder, ...]


@dataclass(frozen=True)
class PaperText:
    """A paragraph; `%(code)s` stands for a placeholder."""

    said: Sentence


@dataclass(frozen=True)
class PaperFacts:
    """Labels and values, one below the other."""

    codes: tuple[str, ...]


@dataclass(frozen=True)
class PaperTable:
    """The rows of one code; `columns`: those that ours shows, where there are more than a page is wide.

    `if_any`: our page and PDF leave the table out where it has no line.
    """

    code: str
    columns: tuple[str, ...] = ()
    if_any: bool = False

    def shown(self, rows: PaperRows) -> list[Placeholder]:
        """Return the columns that ours shows."""
        return [one for one in rows.columns if not self.columns or one.code in self.columns]


@dataclass(frozen=True)
class SealPlaces:
    """Places for seals, each with the word of its placeholder and what stands in it."""

    codes: tuple[str, ...]


# Every paper has its name; a numbered one what makes it known by number and code.
_NAMED = (Placeholder("title", pgettext_lazy("papers", "Name of the paper"), "基层服务证明"),)
_NUMBERED = (
    Placeholder("number", pgettext_lazy("papers", "Number of the paper"), "FZ-2026-0012"),
    Placeholder("code", pgettext_lazy("papers", "Verification code"), "7K4M-Q2XT-9B0D"),
    Placeholder("address", _("Address at which the code is checked"), "https://lianti.example/papers/check/"),
    Placeholder("issuer", _("Issuing institution"), "云岭省人民医院"),
    Placeholder("issued_on", _("Day of issue"), "2026-11-30"),
)
PaperBlock = PaperText | PaperFacts | PaperTable | SealPlaces


@dataclass(frozen=True)
class PaperKind:
    """One kind of paper. `series`: before the number of a paper that is issued with number and code; '' for others.

    `titles`: what institutions call it, the first is ours. `phone`: the name of the address to which its picture leads
    a phone, by its number; '': to the public check. `page_lines`: how many lines a sheet of its page to print holds
    (a heading of a table takes two, places for seals eight); 0: the printer breaks it.
    """

    code: str
    titles: tuple[Sentence, ...]
    placeholders: tuple[Placeholder, ...]
    blocks: tuple[PaperBlock, ...]
    rows: tuple[PaperRows, ...] = ()
    series: str = ""
    phone: str = ""
    page_lines: int = 0

    def __post_init__(self) -> None:
        more = (*_NAMED, *(_NUMBERED if self.series else ()))
        object.__setattr__(self, "placeholders", (*more, *self.placeholders))

    @property
    def title(self) -> Sentence:
        """What it is called where nobody says otherwise."""
        return self.titles[0]

    def of(self, code: str) -> Placeholder:
        """Return the placeholder of this code. Raises KeyError."""
        return {one.code: one for one in self.placeholders}[code]

    def table(self, code: str) -> PaperRows:
        """Return the table of this code. Raises KeyError."""
        return {one.code: one for one in self.rows}[code]

    def example(self) -> dict[str, Any]:
        """Return an invented paper: what each placeholder gives as its example, two lines of each table."""
        plain: dict[str, Any] = {one.code: one.example for one in self.placeholders}
        return plain | {one.code: [{column.code: column.example for column in one.columns}] * 2 for one in self.rows}

    def problems(self) -> Iterator[str]:
        """Yield what is wrong with the declaration."""
        plain, tables = {one.code for one in self.placeholders}, {one.code for one in self.rows}
        if len(plain) != len(self.placeholders) or plain & tables:
            yield "a placeholder is named twice"
        for block in self.blocks:
            if isinstance(block, PaperFacts | SealPlaces):
                yield from (f"no placeholder {code}" for code in block.codes if code not in plain)
            elif isinstance(block, PaperTable) and block.code not in tables:
                yield f"no table {block.code}"
            elif isinstance(block, PaperTable):
                there = {one.code for one in self.table(block.code).columns}
                yield from (f"no column {code}" for code in block.columns if code not in there)


def filled(content: Content, codes: Sequence[str]) -> list[str]:
    """Return those of the codes that say something on this paper."""
    return [code for code in codes if content.get(code)]
