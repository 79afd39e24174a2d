"""The entries of the navigation; each context registers its own in `apps.py`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from lianti.lib.roles import Role

MOST = 8
ON_PHONE = ("todo", "needs", "ledger", "network")  # the first three that a role sees; the fourth place opens the rest


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


def register(
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
        key, label, url_name, None if roles is None else frozenset(roles), order, icon or key, letter or key[0]
    )


def entries(role: Role | str | None) -> list[Entry]:
    """Return the entries that this role sees, in order, never more than eight."""
    seen = [entry for entry in _entries.values() if entry.roles is None or role in entry.roles]
    return [entry for entry in sorted(seen, key=lambda entry: (entry.order, entry.key)) if _leads(entry)][:MOST]


def on_phone(seen: list[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Return the three entries of the bottom bar, and the rest that its fourth place opens."""
    wanted = sorted(seen, key=lambda entry: ON_PHONE.index(entry.key) if entry.key in ON_PHONE else len(ON_PHONE))
    first = [entry for entry in seen if entry in wanted[:3]]
    return first, [entry for entry in seen if entry not in first]


def _leads(entry: Entry | Start) -> bool:
    try:
        return bool(entry.url)
    except NoReverseMatch:
        return False


@dataclass(frozen=True)
class Start:
    key: str
    label: Any
    url_name: str
    roles: frozenset[Role] | None
    order: int

    @property
    def url(self) -> str:
        return reverse(self.url_name)


_starts: dict[str, Start] = {}


def register_start(key: str, label: Any, url_name: str, roles: Iterable[Role] | None = None, order: int = 50) -> None:
    """Offer something that these roles can start (state a need, record an activity) at the head of to do."""
    _starts[key] = Start(key, label, url_name, None if roles is None else frozenset(roles), order)


def starts(role: Role | str | None) -> list[Start]:
    """Return what this role can start, in order."""
    seen = [start for start in _starts.values() if start.roles is None or role in start.roles]
    return [start for start in sorted(seen, key=lambda start: (start.order, start.key)) if _leads(start)]
