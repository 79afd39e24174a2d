"""What the reader, the cleaning and the grammar say by key, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lianti.contexts.intake import labels


def said(pair: Sequence[Any]) -> str:
    """Return a note or problem, kept as its key and values, in words; the key itself when nobody worded it."""
    key, values = pair[0], (pair[1] if len(pair) > 1 else {})
    words = labels.BROKEN.get(key) or labels.NOTES.get(key)
    return str(words).format(**values) if words is not None else str(key)


def reasons(keys: Sequence[str]) -> list[str]:
    """Return the rules of the grammar by which something was found, in words; rules without words are left out."""
    found = (labels.WHY.get(key) or labels.WHY.get(key.partition(".")[0]) for key in keys)
    return list(dict.fromkeys(str(words) for words in found if words is not None))
