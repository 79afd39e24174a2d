"""The one way to rows: `Visible` holds what an actor may know of, and every door of a list takes nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Generic, Protocol, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Case, F, Func, Model, Q, QuerySet, Value, When

from lianti.kernel.flows import Flow
from lianti.lib.actor import Actor
from lianti.lib.errors import NotFound
from lianti.lib.web.paging import Page, pack, unpack

R = TypeVar("R", bound=Model)
LATEST = ("-id",)
COUNTED = 10_000  # counts and sums on a page are exact up to here

_key = object()


@dataclass(frozen=True)
class Visible(Generic[R]):
    """Rows that an actor may know of: one query, or several whose rows are disjoint and are merged.

    Made by `visible` and by the sources below, and by nothing else. `columns` says under which path an order's
    column stands where an index holds a copy of it.
    """

    branches: tuple[QuerySet[R], ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    made_by: object = None

    def __post_init__(self) -> None:
        if self.made_by is not _key:
            raise TypeError("rows come from visible(), or from a source of a list")

    def narrowed(self, which: Q) -> Visible[R]:
        """Return those of the rows that fit."""
        return replace(self, branches=tuple(rows.filter(which) for rows in self.branches))

    def apart(self, *which: Q | None) -> Visible[R]:
        """Return the rows of each branch that fit its own condition; None leaves the branch out."""
        pairs = zip(self.branches, which, strict=True)
        return replace(self, branches=tuple(rows.filter(fits) for rows, fits in pairs if fits is not None))

    def one(self, public_id: str) -> R:
        """Return one row. Raises NotFound, whether it is not there or not to be known of."""
        found = next((row for rows in self.branches for row in rows.filter(public_id=public_id)[:1]), None)
        if found is None:
            raise NotFound
        return found

    def all(self, *, order: Sequence[str] = LATEST, most: int) -> list[R]:
        """Return at most `most` rows in this order."""
        return self.page(order=order, after=None, limit=most).items if most else []

    def page(self, *, order: Sequence[str], after: str | None, limit: int) -> Page[R]:
        """Return the rows after the token. `order` goes one way, ends in the key, and names no column that can be null.

        A token that is malformed, or made for another order, gives the first page.
        """
        found = self._after(order, unpack(after, order), limit + 1)
        more = pack(_place(found[limit - 1], order), order) if len(found) > limit else None
        return Page(found[:limit], more)

    def chunks(self, *, order: Sequence[str], size: int = 1000) -> Iterator[list[R]]:
        """Yield all rows in this order, a bounded number at a time."""
        place: list[Any] | None = None
        while found := self._after(order, place, size):
            yield found
            if len(found) < size:
                return
            place = _place(found[-1], order)

    def count(self) -> int:
        """Return how many rows there are, however many."""
        return sum(rows.order_by().count() for rows in self.branches)

    def counted(self, most: int = COUNTED) -> tuple[int, bool]:
        """Count no further than `most`, and say whether those are all; in one query."""
        parts = [rows.order_by().values_list("pk")[: most + 1] for rows in self.branches]
        ((found,),) = _fetched("SELECT count(*) FROM ({}) few", parts) or [(0,)]
        return min(most, found), found <= most

    def summed(self, number: str, by: str, of: Q, most: int = COUNTED) -> tuple[int, bool, dict[str, Decimal]]:
        """Count as `counted` does; where those are all, add a column of those `of` up, apart by another column.

        A column that keeps its numbers in a way of its own reads the sum as it reads each of them.
        """
        column: Any = self.branches[0].model._meta.get_field(number)
        own = getattr(column, "from_db_value", None)
        added = Case(When(of, then=F(number))) if of else F(number)
        parts = [rows.order_by().values_list(by, added)[: most + 1] for rows in self.branches]
        count, found = 0, dict[str, Decimal]()
        grouped = "WITH few (k, n) AS ({}) SELECT k, count(*), coalesce(sum(n), 0) FROM few GROUP BY k"
        for key, lines, total in _fetched(grouped, parts):
            count += lines
            found[key] = own(total, None, connection) if own else round(Decimal(str(total)), column.decimal_places)
        return (count, True, found) if count <= most else (most, False, {})

    def _after(self, order: Sequence[str], place: Sequence[Any] | None, limit: int) -> list[R]:
        names, back = [name.lstrip("-") for name in order], order[0].startswith("-")
        if any(name.startswith("-") != back for name in order):
            raise ValueError(f"an order goes one way: {', '.join(order)}")
        paths = [self.columns.get(name, name) for name in names]
        ordered, parts = [f"-{path}" if back else path for path in paths], []
        for rows in self.branches:
            further = rows if place is None else rows.filter(_Beyond(paths, place, back=back))
            parts.append(further.order_by(*ordered)[:limit])
        if len(parts) == 1:
            return list(parts[0])
        first = self.branches[0].model._default_manager.filter(_First([part.values_list("pk") for part in parts]))
        return list(first.order_by(*order)[:limit])


class _First(Func):
    """The key is among the first of several queries, each of which an index answers in its own order."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, parts: Sequence[QuerySet[Any, Any]]) -> None:
        super().__init__(F("pk"))
        self.parts = parts

    def as_sql(self, compiler: Any, connection: Any, **_more: Any) -> Any:  # type: ignore[override]
        key, given = compiler.compile(self.source_expressions[0])
        sql, values = _union(self.parts)
        return f"{key} IN ({sql})", (*given, *values)


def _union(parts: Sequence[QuerySet[Any, Any]]) -> tuple[str, list[Any]]:
    """Return one statement with the rows of several, each of which keeps an order and a limit of its own.

    Raises EmptyResultSet where it is known beforehand that none has rows.
    """
    made = []
    for part in parts:
        with suppress(EmptyResultSet):
            made.append(part.query.sql_with_params())
    if not made:
        raise EmptyResultSet
    named = " UNION ALL ".join(f"SELECT * FROM ({sql}) p{n}" for n, (sql, _values) in enumerate(made))
    return named, [value for _sql, values in made for value in values]


def _fetched(sql: str, parts: Sequence[QuerySet[Any, Any]]) -> list[tuple[Any, ...]]:
    """Return the rows of a statement over the rows of several; none where none of them has any."""
    try:
        rows, values = _union(parts)
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql.format(rows), values)
        return list(cursor.fetchall())


def _place(row: Any, order: Sequence[str]) -> list[Any]:
    return [getattr(row, name.lstrip("-")) for name in order]


class _Beyond(Func):
    """(a, b, key) > (…) as one comparison of rows, which an index on the three answers at once on both databases."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, paths: Sequence[str], place: Sequence[Any], *, back: bool) -> None:
        super().__init__(*map(F, paths), *map(Value, place))
        self.sign = "<" if back else ">"

    def as_sql(self, compiler: Any, connection: Any, **_more: Any) -> Any:  # type: ignore[override]
        pieces = [compiler.compile(one) for one in self.source_expressions]
        half = len(pieces) // 2
        left, right = (", ".join(sql for sql, _ in part) for part in (pieces[:half], pieces[half:]))
        return f"({left}) {self.sign} ({right})", tuple(value for _, values in pieces for value in values)


def visible(flow: Flow, actor: Actor) -> Visible[Any]:
    """Return the records of a flow that the actor may know of."""
    return Visible((flow.record._default_manager.filter(flow.table.visible_to(actor)),), made_by=_key)


def counted_each(many: Sequence[Visible[Any]], most: int = COUNTED) -> list[int]:
    """Count each of several, none further than `most`, in one query."""
    parts = [
        rows.order_by().values_list(Value(number))[: most + 1]
        for number, one in enumerate(many)
        for rows in one.branches
    ]
    found = dict(_fetched("WITH few (n) AS ({}) SELECT n, count(*) FROM few GROUP BY n", parts))
    return [min(most, found.get(number, 0)) for number in range(len(many))]


class Source(Protocol):
    """Where a list's rows come from, so that an index gives them in the list's order."""

    def rows(self, flow: Flow, actor: Actor) -> Visible[Any]:
        """Return the rows that the actor may know of."""


@dataclass(frozen=True)
class Plain:
    """Rows as the permission table gives them: for kinds of which there are never many."""

    def rows(self, flow: Flow, actor: Actor) -> Visible[Any]:
        """Return the rows that the actor may know of."""
        return visible(flow, actor)


@dataclass(frozen=True)
class ByAudience:
    """Rows of a kind with an audience, read off the audience's own index, which carries day, rank and key.

    `day` and `rank`: the columns that hold the same; without them the list goes by the key.
    """

    day: str = ""
    rank: str = ""

    def rows(self, flow: Flow, actor: Actor) -> Visible[Any]:
        """Return the rows whose audience holds the actor's institution."""
        found = flow.record._default_manager.filter(Q(("seen__tenant_id", actor.tenant_id), ("seen__kind", flow.kind)))
        named = {self.day: "seen__day", self.rank: "seen__rank", "id": "seen__record_pk"}
        columns = {column: path for column, path in named.items() if column}
        return Visible((found,), columns, made_by=_key)


@dataclass(frozen=True)
class BySides:
    """Rows whose sides are columns: each side by its own index, merged, since an OR of columns would use none."""

    columns: tuple[str, ...]

    def rows(self, flow: Flow, actor: Actor) -> Visible[Any]:
        """Return the rows on one of whose sides the actor's institution stands; a row on two of them once."""
        branches = []
        for position, column in enumerate(self.columns):
            rows = flow.record._default_manager.filter(**{column: actor.tenant_id})
            for earlier in self.columns[:position]:
                rows = rows.exclude(**{earlier: actor.tenant_id})
            branches.append(rows)
        return Visible(tuple(branches), made_by=_key)
