"""A proposal's content as a person reads it: one line, a second line, and every fact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lianti.contexts.intake import labels
from lianti.contexts.intake.states import Field
from lianti.lib.errors import Sentence

# The keys that make the first and the second line.
_LINES: dict[Field, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Field.INSTITUTION: (("name",), ("role", "region")),
    Field.RELATION: (("name",), ("behaviour",)),
    Field.SPECIALTY: (("name",), ()),
    Field.AGREEMENT: (("title",), ("signed_date",)),
    Field.COMMITMENT: (("text",), ("kind", "giver", "receiver", "amount", "unit", "period")),
    Field.EVENT: (("kind", "title"), ("date", "place")),
    Field.PERSON: (("name",), ("title", "institution")),
    Field.NEED: (("text",), ("category", "institution")),
    Field.FIGURE: (("label", "value", "unit"), ()),
    Field.PUBLICITY: (("medium", "level"), ("title",)),
}
_HIDDEN_KEYS = frozenset({"reference", "leader", "ourselves"})


def lines_of(field: str, content: Mapping[str, Any]) -> tuple[str, str]:
    """Return the first and the second line of a proposal."""
    first, second = _LINES[Field(field)]
    return _joined(field, content, first, " "), _joined(field, content, second, " · ")


def facts_of(field: str, content: Mapping[str, Any]) -> list[tuple[Sentence, str]]:
    """Return every fact of a content with its label, empty ones left out."""
    return [
        (labels.key_label(field, key), words)
        for key in content
        if key not in _HIDDEN_KEYS
        and not (key == "label" and field != Field.FIGURE)
        and (words := value_of(field, key, content[key]))
    ]


def value_of(field: str, key: str, value: Any) -> str:
    """Return one value in words."""
    if isinstance(value, list | tuple):
        return "、".join(str(one) for one in value)
    text = str(value or "")
    return str(labels.value_label(field, key, text)) if text else ""


def _joined(field: str, content: Mapping[str, Any], keys: tuple[str, ...], between: str) -> str:
    return between.join(filter(None, (value_of(field, key, content.get(key)) for key in keys)))
