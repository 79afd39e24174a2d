"""A paper as its page to print: the blocks of its kind, sheet by sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import translation

from lianti.contexts.papers.domain.typesetting import laid, paged
from lianti.contexts.papers.queries import known


def as_printed(paper: str, content: Mapping[str, Any]) -> list[list[dict[str, Any]]]:
    """Return what a paper of a kind says, sheet by sheet, in Chinese. Raises NotFound."""
    kind = known.kind(paper)
    with translation.override("zh-hans"):
        return paged(laid(kind, content), kind.page_lines)
