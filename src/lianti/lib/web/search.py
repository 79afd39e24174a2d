"""What the one search field finds; each context registers what it can look up in `apps.py`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from lianti.lib.actor import Actor

SHORTEST = 1
LONGEST = 60
_NUMBER = re.compile(r"[+(]?[0-9][0-9 ()\-]{2,}[0-9]")


@dataclass(frozen=True)
class Hit:
    title: Any
    url: str
    detail: Any = ""
    number: str = ""


Finder = Callable[[Actor, str, int], Iterable[Hit]]


@dataclass(frozen=True)
class Found:
    label: Any
    hits: list[Hit]
    more: bool


@dataclass(frozen=True)
class _Provider:
    label: Any
    find: Finder
    order: int
    posted: bool


_providers: dict[str, _Provider] = {}


def register(key: str, label: Any, find: Finder, order: int = 50, *, posted: bool = False) -> None:
    """Let `find(actor, words, limit)` answer the search field under this label.

    `posted`: only for words that come in no address, such as a phone number.
    """
    _providers[key] = _Provider(label, find, order, posted)


def private(words: str) -> bool:
    """Say whether the words may be somebody's phone number: then they come into no address."""
    return _NUMBER.fullmatch(words.strip()) is not None


def find(actor: Actor, words: str, limit: int = 8, *, posted: bool = False) -> list[Found]:
    """Return what each provider finds for the words, empty ones left out. `posted`: they came in no address."""
    words = " ".join(words.split())[:LONGEST]
    if len(words) < SHORTEST:
        return []
    found = []
    for provider in sorted(_providers.values(), key=lambda one: one.order):
        if provider.posted and not posted:
            continue
        hits = list(provider.find(actor, words, limit + 1))
        if hits:
            found.append(Found(provider.label, hits[:limit], len(hits) > limit))
    return found
