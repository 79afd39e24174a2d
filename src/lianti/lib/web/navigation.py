"""What stands in the navigation, and what can be started; each room registers its own in `apps.py`.

A heading is a page, or a group that opens to its pages. There are at most eight; nothing is ever left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse
from django.utils.translation import gettext_lazy as _

from lianti.lib.roles import Role

MOST = 8  # headings; what is beyond them stands together under the last one
FITS = 14  # lines that a low screen shows at once: so many stand open
# The first three of these that a role sees stand in the bottom bar; its fourth place opens the rest.
ON_PHONE = ("todo", "month", "needs", "ledger", "network")


def fixed(name: str) -> str:
    """Return the address of a page that takes no arguments; worked out once, since each page draws many."""
    return _reversed(get_resolver(), name)


@lru_cache(maxsize=256)
def _reversed(_all: URLResolver, name: str) -> str:
    return reverse(name)


@dataclass(frozen=True)
class Entry:
    """A page that the navigation leads to; `letter` goes there when pressed after `g`."""

    key: str
    label: Any
    url_name: str
    roles: frozenset[Role] | None
    order: int
    icon: str
    letter: str = ""
    under: str = ""

    @property
    def url(self) -> str:
        """Return its address."""
        return fixed(self.url_name)


@dataclass(frozen=True)
class Group:
    """A heading that is no page; entries name it by `under`."""

    key: str
    label: Any
    order: int
    icon: str


@dataclass(frozen=True)
class Heading:
    """One line of the navigation as a role sees it: a single page, or the name of a group with its pages."""

    of: Entry | Group
    entries: tuple[Entry, ...]

    @property
    def page(self) -> Entry | None:
        """Return the page that stands here by itself; None for a group of several."""
        return self.entries[0] if self.of is self.entries[0] else None

    @property
    def keys(self) -> frozenset[str]:
        """Return the keys of its pages, to tell whether the reader is on one of them."""
        return frozenset(entry.key for entry in self.entries)


_entries: dict[str, Entry] = {}
_groups: dict[str, Group] = {}
_REST = Group("more", _("More"), 1000, "more")


def group(key: str, label: Any, order: int, *, icon: str = "") -> None:
    """Let entries stand together under this heading; it is drawn for whoever sees two of them or more."""
    _groups[key] = Group(key, label, order, icon or key)


def register(
    key: str,
    label: Any,
    url_name: str,
    roles: Iterable[Role] | None = None,
    order: int = 50,
    *,
    icon: str = "",
    letter: str = "",
    under: str = "",
) -> None:
    """Add an entry to the navigation of these roles (None: of everybody), `under` a group or by itself.

    Raises ValueError when another entry has its letter: one of the two could never be reached by it.
    """
    taken = next((one.key for one in _entries.values() if letter and one.letter == letter and one.key != key), None)
    if taken:
        raise ValueError(f"The navigation's letter “{letter}” of “{key}” already leads to “{taken}”.")
    held = None if roles is None else frozenset(roles)
    _entries[key] = Entry(key, label, url_name, held, order, icon or key, letter, under)


def entries(role: Role | str | None) -> list[Entry]:
    """Return every entry that this role sees, in order."""
    seen = [entry for entry in _entries.values() if entry.roles is None or role in entry.roles]
    return [entry for entry in sorted(seen, key=lambda entry: (entry.order, entry.key)) if _leads(entry)]


def headings(seen: Iterable[Entry]) -> list[Heading]:
    """Return entries under at most eight headings; a group of one is that page, an unknown group is none."""
    grouped: dict[str, list[Entry]] = {}
    for entry in seen:
        grouped.setdefault(entry.under if entry.under in _groups else f"page:{entry.key}", []).append(entry)
    found = []
    for key, pages in grouped.items():
        of = _groups[key] if len(pages) > 1 else pages[0]
        order = _groups[key].order if key in _groups else pages[0].order
        found.append((order, of.key, Heading(of, tuple(pages))))
    ordered = [heading for _order, _key, heading in sorted(found, key=lambda one: one[:2])]
    if len(ordered) <= MOST:
        return ordered
    rest = tuple(entry for heading in ordered[MOST - 1 :] for entry in heading.entries)
    return [*ordered[: MOST - 1], Heading(_REST, rest)]


def fits(listed: Iterable[Heading]) -> bool:
    """Tell whether all groups may stand open because a screen shows that many lines."""
    return sum(1 if heading.page else 1 + len(heading.entries) for heading in listed) <= FITS


def on_phone(seen: list[Entry]) -> tuple[list[Entry], list[Heading]]:
    """Return the three entries of the bottom bar, and the headings of the rest that its fourth place opens."""
    wanted = sorted(seen, key=lambda entry: ON_PHONE.index(entry.key) if entry.key in ON_PHONE else len(ON_PHONE))
    first = [entry for entry in seen if entry in wanted[:3]]
    return first, headings(entry for entry in seen if entry not in first)


def _leads(entry: Entry | Start) -> bool:
    try:
        return bool(entry.url)
    except NoReverseMatch:
        return False


@dataclass(frozen=True)
class Start:
    """Something that can be begun, offered at the head of to do."""

    key: str
    label: Any
    url_name: str
    roles: frozenset[Role] | None
    order: int

    @property
    def url(self) -> str:
        """Return the address of its form."""
        return fixed(self.url_name)


_starts: dict[str, Start] = {}


def register_start(key: str, label: Any, url_name: str, roles: Iterable[Role] | None = None, order: int = 50) -> None:
    """Offer something that these roles can start (state a need, record an activity) at the head of to do."""
    _starts[key] = Start(key, label, url_name, None if roles is None else frozenset(roles), order)


def starts(role: Role | str | None) -> list[Start]:
    """Return what this role can start, in order."""
    seen = [start for start in _starts.values() if start.roles is None or role in start.roles]
    return [start for start in sorted(seen, key=lambda start: (start.order, start.key)) if _leads(start)]
