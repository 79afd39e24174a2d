"""The entries of the navigation; each context registers its own in `apps.py`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from lianti.lib.roles import Role

MOST = 8
ON_PHONE = 3  # the fourth place of the bottom bar opens the rest


@dataclass(frozen=True)
class Entry:
    key: str
    label: Any
    url_name: str
    roles: frozenset[Role] | None
    order: int
    icon: str
    letter: str  # pressed after `g`

    @property
    def url(self) -> str:
        return reverse(self.url_name)


_entries: dict[str, Entry] = {}


def register(  # noqa: PLR0913 - one line in an apps.py, all by keyword
    key: str,
    label: Any,
    url_name: str,
    roles: Iterable[Role] | None = None,
    order: int = 50,
    *,
    icon: str = "",
    letter: str = "",
) -> None:
    """Add an entry to the navigation of these roles (None: of everybody)."""
    _entries[key] = Entry(
        key,
        label,
        url_name,
        None if roles is None else frozenset(roles),
        order,
        icon or key,
        letter or key[0],
    )


def entries(role: Role | str | None) -> list[Entry]:
    """Return the entries that this role sees, in order, never more than eight."""
    seen = [
        entry
        for entry in _entries.values()
        if entry.roles is None or role in entry.roles
    ]
    return [
        entry
        for entry in sorted(seen, key=lambda entry: (entry.order, entry.key))
        if _leads(entry)
    ][:MOST]


def _leads(entry: Entry) -> bool:
    try:
        return bool(entry.url)
    except NoReverseMatch:
        return False
