"""Which text columns are about people: how sensitive, what for, how long kept, how erased.

A room says it beside its walls, as `PERSONAL` in `rules.py`. Every text column is named there: personal, or not.
docs/data-protection.md is made of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import models

from lianti.kernel.models import Record, TransitionRecord

TEXT = (models.CharField, models.TextField, models.JSONField, models.GenericIPAddressField, models.BinaryField)


class Level(IntEnum):
    """How much harm is done when a column gets out."""

    PUBLIC = 1  # stands in public anyway: whom a report names on duty
    WORK = 2  # known at work: names, duties, who did what
    WORDS = 3  # reaches a person, or free words that may name one, a patient even
    SECRET = 4  # opens a door: passwords, sessions
    HEALTH = 5  # the health of a named person


@dataclass(frozen=True)
class Personal:
    """A column about people: its level, what it serves, how long it is kept, how it is erased."""

    level: Level
    purpose: str
    keep: str
    erase: str


@dataclass(frozen=True)
class Columns:
    """The text columns of one table: those that are `personal`, and the names of those that say nothing of people."""

    table: str
    impersonal: str = ""
    personal: dict[str, Personal] = field(default_factory=dict)

    @property
    def named(self) -> list[str]:
        """Every column that is spoken of."""
        return [*self.impersonal.split(), *self.personal]


Declared = tuple[Columns, ...]

_RECORD = "as long as its record"
_OVERWRITE = "overwritten with nothing on request; the move that did it stays in the journal"
NAME = Personal(Level.WORK, "say who is meant", _RECORD, "withheld when the person is hidden; " + _OVERWRITE)
WORDS = Personal(Level.WORDS, "say in one's own words what the record is about", _RECORD, _OVERWRITE)
PHONE = Personal(Level.WORDS, "reach somebody, sign in", "while they are listed", _OVERWRITE)
READ = Personal(Level.WORDS, "hold what a report says, word for word", _RECORD, _OVERWRITE)
FAILED = Personal(Level.WORDS, "count failed sign-ins", "until the next right one", "removed with its row")

# What every record and every transition record has: keys, states and chains; the note is somebody's words.
OF_RECORDS = frozenset({"public_id", "state", "chain"})
OF_STORIES = {"note": WORDS, "facts": WORDS}
OF_STORIES_IMPERSONAL = frozenset({"name", "source", "target"})


def declared() -> Iterator[Columns]:
    """Yield what every installed room of ours declares as `PERSONAL` in its `rules.py`."""
    for app in apps.get_app_configs():
        if app.name.startswith("lianti.") and find_spec(f"{app.name}.rules") is not None:
            yield from getattr(import_module(f"{app.name}.rules"), "PERSONAL", ())


def text_columns(model: type[models.Model]) -> set[str]:
    """Return the columns of a table that hold text, and are not spoken of for every record or story alike."""
    found = {f.attname for f in model._meta.concrete_fields if isinstance(f, TEXT)}
    if issubclass(model, Record):
        return found - OF_RECORDS
    if issubclass(model, TransitionRecord):
        return found - OF_STORIES_IMPERSONAL - set(OF_STORIES)
    return found
