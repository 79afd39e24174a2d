"""What a list is asked: one frozen object that reads and writes the address and narrows the rows.

The same object stands behind a list, a figure, a panel, an export, a job and a saved view. What an address asks and
the list does not understand is refused with a sentence; it is never dropped, since dropping it would show more rows.
"""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Literal, Self
from urllib.parse import urlencode

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.dates import add_months
from lianti.lib.errors import NotFound, Refused, Sentence
from lianti.records import directory, seeking
from lianti.records.directory import Place
from lianti.records.reading import Visible

Near = Callable[[], Sequence[Place]]
Control = Literal["choice", "text", "date", "month", "hidden"]
ANYTHING = pgettext_lazy("filter", "All")
COUNTY, PLACE, PERSON = _("County"), pgettext_lazy("filter", "Institution"), pgettext_lazy("filter", "Person")
SINCE, UNTIL = pgettext_lazy("filter", "From"), pgettext_lazy("filter", "To")
CHOSEN = 300  # places that a filter offers; where there are more, it takes a name
RESERVED = frozenset({"after", "order", "asking"})  # where in the list one stands, not what it is asked
Words = Mapping[str, Sentence]


class NotUnderstood(Refused):
    """The address asks for something that the list does not know, or that is not the reader's. No rows are shown."""

    status = 422
    default = _("The address asks for something that this list does not know.")

    def __init__(self, asked: Mapping[str, str], labels: Mapping[str, Sentence] | None = None) -> None:
        self.asked = dict(asked)
        words = labels or {}
        said = "，".join(f"{words.get(name, name)}={value}" for name, value in asked.items())[:200]
        super().__init__(_("This list does not know what was asked: %(asked)s. Nothing is shown.") % {"asked": said})


@dataclass(frozen=True)
class Named:
    """A record, place or person that a list is narrowed to: its key, its public id, its name."""

    id: int
    public_id: str
    name: str

    @classmethod
    def of(cls, found: Any) -> Named:
        """Take over whatever has a key, a public id and a name."""
        name = getattr(found, "short_name", None) or getattr(found, "name", None) or getattr(found, "label", "")
        return cls(found.id, found.public_id, str(name))


@dataclass(frozen=True)
class Through:
    """A column that stands in a table of children; `record` is the children's way to the record."""

    table: type[Model]
    column: str
    record: str

    def holds(self, value: Any, lookup: str = "") -> Q:
        """Return the records with a child that holds the value."""
        found = self.table._default_manager.filter(**{f"{self.column}{lookup}": value})
        return Q(pk__in=found.values(self.record))


def _holds(column: str | Through, value: Any, lookup: str = "") -> Q:
    return Q(**{f"{column}{lookup}": value}) if isinstance(column, str) else column.holds(value, lookup)


@dataclass(frozen=True)
class Filter(ABC):
    """One thing that a list can be asked. `folded`: it stands behind 'Filter and sort', however few its words are."""

    label: Sentence
    columns: tuple[str | Through, ...] = ()
    anything: Sentence = ANYTHING
    folded: bool = dataclasses.field(default=False, kw_only=True)
    control: ClassVar[Control] = "text"

    def options(self, near: Near) -> Sequence[tuple[str, Sentence]]:
        """Return what there is to choose from, as (text in the address, words); `near` gives the partners."""
        return ()

    @abstractmethod
    def read(self, text: str, actor: Actor) -> Any:
        """Return the value that the text means to this reader, or None."""

    def write(self, value: Any) -> str:
        """Return the text that stands in the address for the value."""
        return str(value)

    def says(self, value: Any) -> Sentence:
        """Return the value as the filter bar names it."""
        return str(value)

    def narrow(self, value: Any) -> Q:
        """Return which rows fit; by default those with the value in one of the columns."""
        return self.any_of((value,))

    def any_of(self, keys: Sequence[Any]) -> Q:
        """Return the rows with one of these, keys of places and people or words, in one of the columns."""
        which = Q()
        for column in self.columns:
            which |= _holds(column, keys[0]) if len(keys) == 1 else _holds(column, keys, "__in")
        return which


@dataclass(frozen=True)
class Choice(Filter):
    """One of a few words. `fits` names rows where no column holds a word; `counted`: each says how many it shows."""

    control: ClassVar[Control] = "choice"
    words: Words | Callable[[], Words] = dataclasses.field(default_factory=dict)
    fits: Mapping[str, Q] = dataclasses.field(default_factory=dict)
    counted: bool = False

    def choices(self) -> Words:
        """Return the words by value."""
        return self.words() if callable(self.words) else self.words

    def options(self, near: Near) -> Sequence[tuple[str, Sentence]]:
        return list(self.choices().items())

    def read(self, text: str, actor: Actor) -> str | None:
        return text if text in self.choices() else None

    def says(self, value: str) -> Sentence:
        return self.choices()[value]

    def narrow(self, value: str) -> Q:
        if value in self.fits:
            return self.fits[value]
        return super().narrow(value)


@dataclass(frozen=True)
class Day(Filter):
    """The first or the last day of a stretch; `lookup` is gte or lte."""

    control: ClassVar[Control] = "date"
    lookup: str = "gte"

    def read(self, text: str, actor: Actor) -> date | None:
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None

    def narrow(self, value: date) -> Q:
        return Q(**{f"{self.columns[0]}__{self.lookup}": value})


@dataclass(frozen=True)
class Month(Filter):
    """A calendar month, written 2026-11."""

    control: ClassVar[Control] = "month"

    def latest(self, today: date) -> list[tuple[str, Sentence]]:
        """Return the months that lie open to be chosen, this one first."""
        return [(text, text) for text in (self.write(add_months(today.replace(day=1), -back)) for back in range(4))]

    def read(self, text: str, actor: Actor) -> date | None:
        try:
            return date.fromisoformat(f"{text}-01")
        except ValueError:
            return None

    def write(self, value: date) -> str:
        return f"{value:%Y-%m}"

    def says(self, value: date) -> str:
        return self.write(value)

    def narrow(self, value: date) -> Q:
        return Q(**{f"{self.columns[0]}__gte": value, f"{self.columns[0]}__lt": add_months(value, 1)})


class CountyPath(str):
    """A region by its path of names, which knows the keys of the institutions in it: they are asked for once."""

    inside: tuple[int, ...] = ()

    @classmethod
    def of(cls, path: str) -> CountyPath | None:
        """Return the region of this path, or None."""
        found = directory.current().places_in(path)
        if found is None:
            return None
        region = cls(path)
        region.inside = tuple(found)
        return region


@dataclass(frozen=True)
class County(Filter):
    """A region of the directory: the rows in whose columns an institution of it stands."""

    control: ClassVar[Control] = "choice"

    def options(self, near: Near) -> Sequence[tuple[str, Sentence]]:
        return [(region, self.says(region)) for region in sorted({place.region for place in near()} - {""})]

    def read(self, text: str, actor: Actor) -> CountyPath | None:
        return CountyPath.of(text)

    def says(self, value: str) -> str:
        return value.replace("/", " ")

    def narrow(self, value: str) -> Q:
        region = value if isinstance(value, CountyPath) else CountyPath.of(value)
        inside, which = region.inside if region is not None else (), Q()
        for column in self.columns:
            which |= _holds(column, inside, "__in")
        return which


@dataclass(frozen=True)
class Lookup(Filter):
    """A place, person or record, by its public id in the address."""

    @abstractmethod
    def find(self, text: str, actor: Actor) -> Any:
        """Return what the text means to this reader, or None."""

    def read(self, text: str, actor: Actor) -> Named | None:
        found = self.find(text, actor)
        return None if found is None else Named.of(found)

    def write(self, value: Named) -> str:
        return value.public_id

    def says(self, value: Named) -> str:
        return value.name

    def narrow(self, value: Named) -> Q:
        return super().narrow(value.id)


@dataclass(frozen=True)
class PlaceIs(Lookup):
    """An institution on one of the sides."""

    control: ClassVar[Control] = "choice"

    def options(self, near: Near) -> Sequence[tuple[str, Sentence]]:
        places = near()
        return [(place.public_id, place.short_name) for place in places] if len(places) <= CHOSEN else ()

    def find(self, text: str, actor: Actor) -> Any:
        return directory.current().place(text)


@dataclass(frozen=True)
class PersonIs(Lookup):
    """Somebody of the directory, by public id or by full name where only one bears it."""

    def find(self, text: str, actor: Actor) -> Any:
        found = directory.current().people(text)
        return found[0] if len(found) == 1 else None


@dataclass(frozen=True)
class RecordIs(Lookup):
    """A record of another kind that the reader may know of; `by` finds it or raises NotFound."""

    control: ClassVar[Control] = "hidden"
    by: Callable[[Actor, str], Any] = lambda _actor, _public_id: None

    def find(self, text: str, actor: Actor) -> Any:
        try:
            return self.by(actor, text) if ids.is_id(text) else None
        except NotFound:
            return None


@dataclass(frozen=True)
class Holding(Filter):
    """Words to be found in the records; which those are knows the list (records.finding)."""

    control: ClassVar[Control] = "hidden"

    def read(self, text: str, actor: Actor) -> seeking.Kept | None:
        return seeking.kept(actor, text)

    def write(self, value: seeking.Kept) -> str:
        return value.public_id

    def says(self, value: seeking.Kept) -> str:
        return value.typed.text


def asks(filter: Filter, *, default: Any = None, name: str = "") -> Any:
    """Declare one field of an `Asked` by its filter; a `default` that is not None stands in no address.

    `name`: what it is called in the address, where a field cannot bear that name.
    """
    return dataclasses.field(default=default, metadata={"filter": filter, "name": name})


def _name(field: dataclasses.Field[Any]) -> str:
    return field.metadata["name"] or field.name


@dataclass(frozen=True)
class Asked:
    """What a list is asked. A subclass declares its fields by `asks(…)`; None: not narrowed by it."""

    words: seeking.Kept | None = asks(Holding(pgettext_lazy("filter", "Words")))

    @classmethod
    def filters(cls) -> dict[str, Filter]:
        """Return the filters by name, in the order of the bar."""
        return {_name(one): one.metadata["filter"] for one in dataclasses.fields(cls)}

    @classmethod
    def defaults(cls) -> dict[str, Any]:
        """Return what is asked where the address says nothing."""
        return {_name(one): one.default for one in dataclasses.fields(cls)}

    @classmethod
    def read(cls, given: Mapping[str, Any], actor: Actor) -> Self:
        """Return what an address asks. Raises NotUnderstood, naming each part that is not known or not the reader's."""
        filters, known, strange = cls.filters(), {}, {}
        for name in given:
            text = str(given[name]).strip()
            if name in RESERVED or (not text and name in filters):
                continue
            value = filters[name].read(text, actor) if name in filters else None
            if value is None:
                strange[name[:40]] = text[:60]
            else:
                known[name] = value
        if strange:
            raise NotUnderstood(strange, {name: one.label for name, one in filters.items()})
        return cls._of(known)

    @classmethod
    def _of(cls, held: Mapping[str, Any]) -> Self:
        return cls(**{one.name: held[_name(one)] for one in dataclasses.fields(cls) if _name(one) in held})

    def held(self) -> dict[str, Any]:
        """Return what is asked by the names of the address, None among it."""
        return {_name(one): getattr(self, one.name) for one in dataclasses.fields(self)}

    def given(self) -> Iterator[tuple[str, Filter, Any]]:
        """Yield the filters in play with their values, defaults among them."""
        filters = self.filters()
        yield from ((name, filters[name], value) for name, value in self.held().items() if value is not None)

    def address(self, **changes: Any) -> str:
        """Return the query of the address that asks this, with `changes` put in place (None: the default)."""
        standard = self.defaults()
        held = self.held() | {name: standard[name] if value is None else value for name, value in changes.items()}
        return urlencode(self._of(held).texts())

    def texts(self) -> dict[str, str]:
        """Return what stands in the address, by name; `read` makes the same of it again."""
        standard = self.defaults()
        return {name: one.write(value) for name, one, value in self.given() if value != standard[name]}

    def order(self) -> str:
        """Return the name of the order that goes with what is asked; '' is the list's first."""
        return ""

    def narrow(self, rows: Visible[Any], actor: Actor, today: date) -> Visible[Any]:
        """Return the rows that are asked for. A subclass adds what depends on who asks, and on which day."""
        which = Q()
        for _name, one, value in self.given():
            which &= one.narrow(value)
        return rows.narrowed(which) if which else rows
