"""Where records meet places and people: two protocols, and the one directory that a context registers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence


class Place(Protocol):
    """An institution as a record names it."""

    @property
    def id(self) -> int: ...
    @property
    def public_id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def short_name(self) -> str: ...
    @property
    def region(self) -> str: ...


class Who(Protocol):
    """Somebody as a record names them; the name is withheld already where it may not be shown."""

    @property
    def id(self) -> int: ...
    @property
    def public_id(self) -> str: ...
    @property
    def name(self) -> Sentence: ...


class Directory(Protocol):
    """What this room asks of whoever knows the institutions and people."""

    def places(self, ids: Iterable[int]) -> Mapping[int, Place]:
        """Return institutions by key, in one query."""

    def place(self, said: str) -> Place | None:
        """Return the one institution that a public id or a full or short name means, or None."""

    def partners(self, actor: Actor) -> Sequence[Place]:
        """Return the parties of the relations that the actor may know of, for filters to choose from, in one query."""

    def places_in(self, county: str) -> Collection[int] | None:
        """Return the keys of the institutions in a region; None when there is no such region."""

    def people(self, said: str) -> Sequence[Who]:
        """Return whom a public id or a full name means: nobody, one, or several of one name."""

    def places_like(self, said: str) -> Collection[int]:
        """Return the keys of the institutions whose name, or the first letters of it, holds the word; none is all."""

    def people_like(self, said: str) -> Collection[int]:
        """Return the keys of the people whose name holds the word, or begins with these first letters."""

    def persons(self, ids: Iterable[int]) -> Mapping[int, Sentence]:
        """Return the names of people in the directory by key, as they may be shown."""

    def names(self, principal_ids: Iterable[int]) -> Mapping[int, Sentence]:
        """Return the names of people in the directory by principal, as they may be shown."""


_directory: list[Directory] = []


def register(directory: Directory) -> None:
    """Let this one answer for places and people; called once, from an app's `ready`."""
    _directory[:] = [directory]


def current() -> Directory:
    """Return the registered directory. Raises LookupError where nobody registered one."""
    if not _directory:
        raise LookupError("no context has registered a directory of places and people")
    return _directory[0]
