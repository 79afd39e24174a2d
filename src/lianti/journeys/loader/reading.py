"""From bytes to plain values, with the place of each: a small and strict part of YAML.

Only what a list of facts needs is taken: one document, mappings, lists and scalars. Anchors, aliases
and tags are refused (they are how a few lines become gigabytes, or run code), so are duplicate keys,
deep nesting and big files. A word is a word: `NO` or `on` are never read as a truth value.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _
from yaml import events as ev

from lianti.journeys.loader.problems import Path, Place, Problem, Unreadable

MAX_BYTES = 2_000_000
MAX_DEPTH = 8
MAX_VALUES = 100_000

_INTEGER = re.compile(r"[-+]?[0-9]{1,15}")
_NUMBER = re.compile(r"[-+]?[0-9]{1,15}\.[0-9]{1,6}")
_Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Tree:
    """The values of one file and where each of them stands."""

    value: Any = None
    places: dict[Path, Place] = field(default_factory=dict)

    def place(self, path: Path) -> Place | None:
        """Return the place of a path, or of the nearest one that holds it."""
        while path not in self.places:
            if not path:
                return None
            path = path[:-1]
        return self.places[path]


def read_file(path: FilePath) -> bytes:
    """Return a file's bytes. Raises Unreadable when it is missing, no file, or too big."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        text = _("The file cannot be opened: %(reason)s. Check the name and your right to read it.")
        raise Unreadable(Problem(text % {"reason": error.strerror or str(error)})) from error
    if len(data) > MAX_BYTES:
        text = _("The file is larger than %(limit)s MB. Split it: one file describes one network.")
        raise Unreadable(Problem(text % {"limit": MAX_BYTES // 1_000_000}))
    return data


def read(data: bytes) -> Tree:
    """Read the bytes of one file. Raises Unreadable with the place of what cannot be taken."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        problem = Problem(_("This is not UTF-8 text. Save the file as UTF-8."), Place(line, column))
        raise Unreadable(problem) from error
    builder = _Builder()
    try:
        for event in _events(text):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        raise Unreadable(_syntax(error)) from error
    except yaml.YAMLError as error:  # a character that YAML does not allow
        place = _place_of(text, getattr(error, "position", 0) or 0)
        raise Unreadable(Problem(_("There is a character here that must not stand in a text file."), place)) from error
    if not builder.done:
        raise Unreadable(Problem(_("The file is empty. Begin it with the line format: lianti-network/1")))
    return builder.tree


def _events(text: str) -> Iterator[Any]:
    loader = _Parser(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


def _syntax(error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    place = Place(mark.line + 1, mark.column + 1) if mark else None
    text = _("The file is not well-formed YAML here: %(reason)s. Check brackets, quotes and indents of this line.")
    return Problem(text % {"reason": error.problem or error.context or "?"}, place)


def _place_of(text: str, position: int) -> Place:
    before = text[:position]
    return Place(before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1)


@dataclass
class _Level:
    """A list or mapping that is being filled."""

    value: Any
    path: Path
    key: str | None = None


class _Builder:
    """Puts events together to values, without recursion and within bounds."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.done = False
        self._levels: list[_Level] = []
        self._values = 0

    def take(self, event: Any) -> None:
        """Take one parser event. Raises Unreadable for what this format does not use."""
        if isinstance(event, ev.AliasEvent) or getattr(event, "anchor", None):
            raise _refused(event, _("Anchors and aliases (& and *) are not taken. Write the value out."))
        if isinstance(event, ev.DocumentStartEvent) and self.done:
            raise _refused(event, _("A second document begins here. Put one network in one file."))
        if isinstance(event, ev.NodeEvent):
            self._node(event)
        elif isinstance(event, ev.CollectionEndEvent):
            self._levels.pop()

    def _node(self, event: Any) -> None:
        if _tagged(event):
            raise _refused(event, _("Tags (!) are not taken. Write the plain value."))
        self._values += 1
        if self._values > MAX_VALUES:
            raise _refused(event, _("There are too many values in this file. Split it into several networks."))
        level = self._levels[-1] if self._levels else None
        if level is not None and isinstance(level.value, dict) and level.key is None:
            level.key = self._key(event, level)
            return
        path = self._put(event, level)
        if isinstance(event, ev.ScalarEvent):
            self.tree.places[path] = _place(event)
        else:  # a list or mapping is found by its name
            self.tree.places.setdefault(path, _place(event))
        self.done = True

    def _key(self, event: Any, level: _Level) -> str:
        if not isinstance(event, ev.ScalarEvent):
            raise _refused(event, _("A name must stand before the colon."))
        if event.value in level.value:
            text = _("“%(name)s” stands twice here. Keep one of them.")
            raise _refused(event, text % {"name": event.value[:60]})
        path = (*level.path, event.value)
        self.tree.places[path] = _place(event)
        level.value[event.value] = None
        return str(event.value)

    def _put(self, event: Any, level: _Level | None) -> Path:
        value, path = _value(event), _path(level)
        if level is None:
            self.tree.value = value
        elif isinstance(level.value, list):
            level.value.append(value)
        else:
            level.value[level.key] = value
            level.key = None
        if isinstance(event, ev.CollectionStartEvent):
            if len(self._levels) >= MAX_DEPTH:
                raise _refused(event, _("Lists and mappings are nested too deeply here."))
            self._levels.append(_Level(value, path))
        return path


def _path(level: _Level | None) -> Path:
    if level is None:
        return ()
    if isinstance(level.value, list):
        return (*level.path, len(level.value))
    return (*level.path, level.key or "")


def _value(event: Any) -> Any:
    if isinstance(event, ev.MappingStartEvent):
        return {}
    if isinstance(event, ev.SequenceStartEvent):
        return []
    text: str = event.value
    if not event.implicit[0]:  # quoted: always text
        return text
    if text in {"", "~", "null"}:
        return None
    if text in {"true", "false"}:
        return text == "true"
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else text


def _tagged(event: Any) -> bool:
    return getattr(event, "tag", None) is not None


def _place(event: Any) -> Place:
    mark = event.start_mark
    return Place(mark.line + 1, mark.column + 1)


def _refused(event: Any, text: Any) -> Unreadable:
    return Unreadable(Problem(text, _place(event)))
