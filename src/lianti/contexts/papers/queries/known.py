"""The kinds of paper that rooms have made known."""

from __future__ import annotations

from lianti.contexts.papers.domain import PaperKind
from lianti.lib.errors import NotFound

_kinds: dict[str, PaperKind] = {}


def know(kind: PaperKind) -> PaperKind:
    """Let papers know of a kind. A room says it in its `apps.py`. Raises ValueError for what cannot work."""
    if wrong := list(kind.problems()):
        raise ValueError(f"the paper {kind.code}: {'; '.join(wrong)}")
    _kinds[kind.code] = kind
    return kind


def kinds() -> list[PaperKind]:
    """Return the kinds that are known, by code."""
    return [_kinds[code] for code in sorted(_kinds)]


def kind(code: str) -> PaperKind:
    """Find a kind. Raises NotFound."""
    if code not in _kinds:
        raise NotFound
    return _kinds[code]
