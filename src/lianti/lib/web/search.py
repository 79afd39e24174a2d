"""What the one search field finds; each context registers what it can look up in `apps.py`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from lianti.lib.actor import Actor

LONGEST, MOST_WORDS = 60, 5
FEW, MANY = 8, 200  # of a group among the others, and by itself
_PHONE = re.compile(r"[+(]?[0-9][0-9 ()\-]{2,}[0-9]")
T = TypeVar("T")


@dataclass(frozen=True)
class Typed:
    """What somebody typed: one text, and the words in it, each of which has to be found."""

    text: str
    _known: dict[tuple[Any, str], Any] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, typed: str) -> Typed:
        """Take typed text: one width, one blank between words, no more than is read."""
        return cls(" ".join(unicodedata.normalize("NFKC", typed).split())[:LONGEST])

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The words; what may be one telephone number is one word."""
        return (self.text,) if self.phone else tuple(self.text.split()[:MOST_WORDS])

    @cached_property
    def phone(self) -> bool:
        """Whether the whole may be somebody's telephone number."""
        return _PHONE.fullmatch(self.text) is not None

    def once(self, find: Callable[[str], T], part: str) -> T:
        """Return what `find` says of a word; it is asked once, however many groups want to know."""
        key = (find, part)
        if key not in self._known:
            self._known[key] = find(part)
        found: T = self._known[key]
        return found


@dataclass(frozen=True)
class Hit:
    title: Any
    url: str
    detail: Any = ""
    number: str = ""


Finder = Callable[[Actor, Typed, int], Iterable[Hit]]


@dataclass(frozen=True)
class Found:
    """One group of hits: `more` are not shown here."""

    key: str
    label: Any
    hits: list[Hit]
    more: bool


@dataclass(frozen=True)
class _Provider:
    label: Any
    find: Finder
    order: int


_providers: dict[str, _Provider] = {}


def register(key: str, label: Any, find: Finder, order: int = 50) -> None:
    """Let `find(actor, words, limit)` answer the search field under this label, what fits best first."""
    _providers[key] = _Provider(label, find, order)


def find(actor: Actor, words: Typed, *, limit: int = FEW, only: str = "", groups: int = 99) -> list[Found]:
    """Return what each provider finds for the words, empty ones left out. `only`: one group by its key."""
    found: list[Found] = []
    for key, provider in sorted(_providers.items(), key=lambda one: one[1].order):
        if not words.text or only not in ("", key) or len(found) == groups:
            continue
        hits = list(provider.find(actor, words, limit + 1))
        if hits:
            found.append(Found(key, provider.label, hits[:limit], len(hits) > limit))
    return found
