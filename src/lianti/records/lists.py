"""The list of one kind of record, said once: its columns, what it can be asked, its orders, whence its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any, Generic, Protocol, TypeVar

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.web.paging import Page
from lianti.records import finding
from lianti.records.asking import Asked, Choice, NotUnderstood
from lianti.records.cells import Cell
from lianti.records.kinds import Kind
from lianti.records.reading import COUNTED, Source, Visible, counted_each

PAGE, PART, FIRST = 50, 50, 8  # rows of a page, of a part of another page, and of those that stand open
AT_ONCE = 200  # rows that one bulk move takes
ORDERS_AT_MOST = 3
LATEST_FIRST = _("Latest first")
OLDEST_FIRST = _("Oldest first")


class Row(Protocol):
    """What a list draws: a key, a public id, a version, and one attribute for each column."""

    @property
    def id(self) -> int: ...
    @property
    def public_id(self) -> str: ...
    @property
    def version(self) -> int: ...


R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Column:
    """One column: the attribute of the row that holds its value, its head, the kind of the value.

    `wide` is left out on a phone; `labelled`: there the head stands before the value. `order`: the order that a click
    on the head asks for.
    """

    name: str
    label: Sentence
    cell: Cell[Any]
    wide: bool = False
    order: str = ""
    labelled: bool = False


@dataclass(frozen=True)
class Order:
    """One way to sort. All columns run one way, none can be null, the last is the key; an index gives it."""

    label: Sentence
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Sum:
    """What is added up above a list: a column, apart by the values of another, with the word of each.

    Values with one word are one sum. `of`: the rows that count at all; one that was withdrawn adds nothing.
    """

    number: str
    by: str
    word: Callable[[str], str]
    of: Q = field(default_factory=Q)


@dataclass(frozen=True)
class Start:
    """How something begins: the words of the button, its address, and who may.

    `beside`: nothing begins; another list stands there that people look for here.
    """

    word: Sentence
    url: str
    may: Callable[[Actor], bool] = lambda _actor: True
    beside: bool = False


@dataclass(frozen=True)
class Bulk:
    """A move that is done to many rows at once. `ident`: what the service calls the record. `note` asks why, once."""

    move: str
    service: Callable[..., Any]
    ident: str
    note: bool = False

    def do(self, told: Mapping[str, Any], public_id: str, version: int, note: str) -> Any:
        """Do the move to one record in the version that was shown."""
        more = {"note": note} if note or self.note else {}
        return self.service(**told, **{self.ident: public_id}, version=version, **more)


@dataclass(frozen=True)
class RecordList(Generic[R]):
    """The list of a kind of record: page, part of other pages, bulk moves, export.

    `rows(records, actor, today)` makes of records what the columns draw, in a constant number of queries. `orders`
    by name, the first is the standard one. `empty`: what an empty list says, in one line and in a sentence.
    `starts`: what can be begun from here, the first before all. `text`: what its page says below its name.
    """

    kind: Kind
    columns: tuple[Column, ...]
    asked: type[Asked]
    orders: Mapping[str, Order]
    source: Source
    rows: Callable[[Sequence[Any], Actor, date], Sequence[R]]
    empty: tuple[Sentence, Sentence]
    starts: tuple[Start, ...] = ()
    sums: Sum | None = None
    bulk: tuple[Bulk, ...] = ()
    text: Sentence = ""

    @property
    def name(self) -> str:
        """The name of the list: that of the workflow."""
        return self.kind.code

    def order_name(self, name: str, asked: Asked) -> str:
        """Return the name of the order asked for, or of the one that goes with what is asked. Raises NotUnderstood."""
        wanted = name or asked.order() or next(iter(self.orders))
        if wanted not in self.orders:
            raise NotUnderstood({"order": wanted[:40]})
        return wanted

    def order(self, name: str, asked: Asked) -> Order:
        """Return that order. Raises NotUnderstood."""
        return self.orders[self.order_name(name, asked)]

    def visible(self, actor: Actor, asked: Asked, today: date) -> Visible[Any]:
        """Return the records that the actor may know of and that are asked for."""
        rows = asked.narrow(self.source.rows(self.kind.flow, actor), actor, today)
        return rows if asked.words is None else rows.narrowed(finding.narrowed_to(self, asked.words.typed))

    def page(
        self, actor: Actor, asked: Asked, today: date, *, order: str = "", after: str | None = None, limit: int = PAGE
    ) -> Page[R]:
        """Return the rows after the token, and the token of the next ones."""
        rows = self.visible(actor, asked, today)
        found = rows.page(order=self.order(order, asked).columns, after=after, limit=limit)
        return Page(list(self.rows(found.items, actor, today)), found.more)

    def chunks(self, actor: Actor, asked: Asked, today: date, *, order: str = "") -> Iterator[Sequence[R]]:
        """Yield all rows, a bounded number at a time."""
        for records in self.visible(actor, asked, today).chunks(order=self.order(order, asked).columns):
            yield self.rows(records, actor, today)

    def open_starts(self, actor: Actor) -> list[Start]:
        """Return what the actor may begin from here."""
        return [start for start in self.starts if start.may(actor) and not start.beside]

    def values(self) -> Callable[[R], tuple[Any, ...]]:
        """Return what takes the columns' values out of a row."""
        names = [column.name for column in self.columns]
        return attrgetter(*names) if len(names) > 1 else lambda row: (getattr(row, names[0]),)

    def moves(self, actor: Actor) -> list[Bulk]:
        """Return the bulk moves that the actor's role may do to anything at all."""
        table, spec = self.kind.flow.table, self.kind.flow.spec
        allowed = []
        for bulk in self.bulk:
            transition = spec.named(bulk.move)
            if transition is not None and actor.role in table.rules[transition.action].roles:
                allowed.append(bulk)
        return allowed

    def problems(self) -> Iterator[str]:
        """Yield what is wrong with the declaration; a test asks for every list."""
        orders = self.orders.values()
        if len(self.orders) > ORDERS_AT_MOST:
            yield f"{len(self.orders)} orders are more than {ORDERS_AT_MOST}"
        no_key = [one.columns for one in orders if one.columns[-1].strip("-") != "id"]
        yield from (f"the order {columns} does not end in the key" for columns in no_key)
        strange = [one for one in self.columns if one.order not in {"", *self.orders}]
        yield from (f"{one.name} asks for no order {one.order}" for one in strange)
        spec, table = self.kind.flow.spec, self.kind.flow.table
        for bulk in self.bulk:
            transition = spec.named(bulk.move)
            if transition is None or transition.action not in table.rules:
                yield f"no move {bulk.move}"
            elif bool({"note"} & set(transition.required)) != bulk.note:
                yield f"{bulk.move}: a note is asked, or not needed"


@dataclass(frozen=True)
class Tally:
    """How many rows there are and what they add up to; `exact` False: more than were counted, no sums."""

    count: int
    exact: bool
    sums: tuple[tuple[Decimal, str], ...] = ()


Counts = dict[tuple[str, str], int]


def tally(
    lst: RecordList[Any], actor: Actor, asked: Asked, today: date, most: int = COUNTED, counted: Counts | None = None
) -> Tally:
    """Count what is asked for, up to `most`, and add it up where the list says of what, in one query.

    `counted`: what the words of choices were found to show (`counts`); the word that is asked is one of them.
    """
    rows = lst.visible(actor, asked, today)
    if lst.sums is None:
        known = next((n for (name, word), n in (counted or {}).items() if getattr(asked, name) == word), most)
        count, exact = (known, True) if known < most else rows.counted(most)
        return Tally(count, exact)
    count, exact, sums = rows.summed(lst.sums.number, lst.sums.by, lst.sums.of, most)
    words: dict[str, Decimal] = {}
    for by, total in sorted(sums.items()):
        word = str(lst.sums.word(by))
        words[word] = words.get(word, Decimal(0)) + total
    return Tally(count, exact, tuple((total, word) for word, total in words.items() if total))


def counts(lst: RecordList[Any], actor: Actor, asked: Asked, today: date) -> Counts:
    """Return how many rows each word of a counted choice would show, in one query for all."""
    chosen: dict[str, Any] = {}
    counted = {
        (name, word): lst.visible(actor, replace(asked, **chosen | {name: word}), today)
        for name, one in lst.asked.filters().items()
        if isinstance(one, Choice) and one.counted
        for word in one.choices()
    }
    return dict(zip(counted, counted_each(list(counted.values())), strict=True)) if counted else {}


LISTS: dict[str, RecordList[Any]] = {}


def register(lst: RecordList[Any]) -> RecordList[Any]:
    """Let bench, tests and jobs know of this list. Raises ValueError for a declaration that cannot work."""
    if wrong := list(lst.problems()):
        raise ValueError(f"the list of {lst.name}: {'; '.join(wrong)}")
    LISTS[lst.name] = lst
    return lst
