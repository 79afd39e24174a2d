"""Statements made ready once, for the few paths that are walked all day.

To build a statement costs the ORM many times what driver and database take to run it. Here a queryset is compiled
once and then only filled in, rows are written by statements kept by table, and PostgreSQL keeps its plans. What is
read and written is what the ORM would (kernel/tests/test_ready.py holds the two together).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import AutoField, Field, Model, QuerySet
from django.db.models.query import FlatValuesListIterable, ModelIterable

T = TypeVar("T")
Values = Sequence[Any]
Statement = tuple[str, Values]

_FIRST_MARK = 7_100_000_000_000_001
_SHORT = 8


def execute(sql: str, values: Values) -> int:
    """Run a statement and return how many rows it touched."""
    return int(_run(connections[DEFAULT_DB_ALIAS], sql, values).rowcount)


def fetch(sql: str, values: Values) -> list[tuple[Any, ...]]:
    """Run a statement and return its rows as the driver gives them."""
    return list(_run(connections[DEFAULT_DB_ALIAS], sql, values).fetchall())


def together(*statements: Statement) -> list[tuple[Any, ...]]:
    """Run statements that do not touch each other's rows and return the rows of the last, which has RETURNING.

    PostgreSQL gets them as one: first the last, then from the last but one back to the first.
    """
    *others, (last, values) = statements
    if connection.vendor != "postgresql":
        for sql, given in others:
            execute(sql, given)
        return fetch(last, values)
    named = ", ".join(f"s{n} AS ({sql})" for n, (sql, _given) in enumerate(others))
    return fetch(f"WITH {named} {last}" if others else last, [v for _sql, given in others for v in given] + [*values])


def _run(db: Any, sql: str, values: Values) -> Any:
    """Run a statement and return the cursor with its rows; query counts and wrappers see it like any other."""
    if db.vendor != "postgresql":
        cursor = db.cursor()
        cursor.execute(sql, values)
        return cursor
    db.close_if_health_check_failed()
    db.ensure_connection()
    kept = _cursor_of(db.connection)
    if db.queries_logged or db.execute_wrappers:
        wrapped = db.make_debug_cursor(kept) if db.queries_logged else db.make_cursor(kept)
        wrapped.execute(sql, values)
    else:
        db.validate_no_broken_transaction()
        with db.wrap_database_errors:
            kept.execute(sql, values)
    return kept


def _cursor_of(connection: Any) -> Any:
    """Return the one cursor that is kept with a connection: its values go beside the statement, its plans are kept."""
    if (kept := getattr(connection, "lianti_ready", None)) is None:
        from django.db.backends.postgresql.base import ServerBindingCursor

        kept = connection.lianti_ready = ServerBindingCursor(connection)  # type: ignore[call-arg]
    return kept


# Writing ----------------------------------------------------------------------------------------


def insert(row: Model) -> None:
    """Write a new row as `save(force_insert=True)` does, but do not read its key back."""
    execute(*insertion(row))


def insertion(row: Model) -> Statement:
    """Return the statement that writes a new row."""
    db = connections[DEFAULT_DB_ALIAS]
    sql, fields = _insertion(type(row), db.vendor)
    return sql, [field.get_db_prep_save(getattr(row, field.attname), db) for field in fields]


@lru_cache(maxsize=256)
def _insertion(model: type[Model], _vendor: str) -> tuple[str, list["Field[Any, Any]"]]:
    quote: Callable[[str | None], str] = connection.ops.quote_name  # type: ignore[assignment]  # columns have names
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, AutoField)]
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})", fields


def update(model: type[Model], values: Mapping[str, Any], *, where: Mapping[str, Any]) -> int:
    """Change the rows that have all of `where`; return how many there were. Names as in the ORM."""
    return execute(*change(model, values, where=where))


def change(model: type[Model], values: Mapping[str, Any], *, where: Mapping[str, Any]) -> Statement:
    """Return the statement that changes the rows that have all of `where`."""
    db = connections[DEFAULT_DB_ALIAS]
    sql, fields = _change(model, tuple(values), tuple(where), db.vendor)
    given = [value.pk if isinstance(value, Model) else value for value in (*values.values(), *where.values())]
    return sql, [field.get_db_prep_save(value, db) for field, value in zip(fields, given, strict=True)]


@lru_cache(maxsize=512)
def _change(
    model: type[Model], names: tuple[str, ...], where: tuple[str, ...], _vendor: str
) -> tuple[str, list["Field[Any, Any]"]]:
    quote: Callable[[str | None], str] = connection.ops.quote_name  # type: ignore[assignment]  # columns have names
    known = {name: field for field in model._meta.concrete_fields for name in (field.name, field.attname)}
    sets = ", ".join(f"{quote(known[name].column)} = %s" for name in names)
    guards = " AND ".join(f"{quote(known[name].column)} = %s" for name in where)
    sql = f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE {guards}"
    return sql, [known[name] for name in (*names, *where)]


# Reading ----------------------------------------------------------------------------------------


class Ready(Generic[T]):
    """A queryset compiled once: `build` gets a mark for each argument, later calls put values in their place.

    `kinds` are the types of the arguments (int, str or date). Where `build` looks at the database, where a mark
    would be changed on its way, or where nothing can come of it, the queryset is built anew each time instead.
    """

    def __init__(self, build: "Callable[..., QuerySet[Any, T]]", *kinds: type) -> None:
        self.build, self.kinds = build, kinds
        self._compiled: dict[str, _Compiled[T] | None] = {}

    def rows(self, *values: Any) -> list[T]:
        """Return what the queryset gives for these values."""
        db = connections[DEFAULT_DB_ALIAS]
        if db.vendor not in self._compiled:
            self._compiled[db.vendor] = self._compile()
        compiled = self._compiled[db.vendor]
        return list(self.build(*values)) if compiled is None else compiled.rows(db, values)

    def first(self, *values: Any) -> T | None:
        """Return the first row, or None."""
        return next(iter(self.rows(*values)), None)

    def _compile(self) -> "_Compiled[T] | None":
        asked: list[str] = []

        def heard(run: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
            asked.append(sql)
            return run(sql, params, many, context)

        first, second = ([_mark(n + turn, kind) for n, kind in enumerate(self.kinds)] for turn in (0, 100))
        with connection.execute_wrapper(heard):
            try:
                one, other = _Compiled(self.build(*first), first), _Compiled(self.build(*second), second)
            except EmptyResultSet:
                return None
        return one if not asked and one.agrees_with(other) else None


class Listed(Generic[T]):
    """A queryset over a list of keys, compiled once for each short length; `build` gets the list."""

    def __init__(self, build: "Callable[[list[int]], QuerySet[Any, T]]") -> None:
        self.build = build
        self._by_length: dict[int, Ready[T]] = {}

    def rows(self, keys: Collection[int]) -> list[T]:
        """Return what the queryset gives for these keys."""
        if not 0 < len(keys) <= _SHORT:
            return list(self.build(sorted(keys)))
        if (ready := self._by_length.get(len(keys))) is None:
            ready = self._by_length[len(keys)] = Ready(lambda *marks: self.build(list(marks)), *[int] * len(keys))
        return ready.rows(*sorted(keys))


def _mark(n: int, kind: type) -> Any:
    number = _FIRST_MARK + n
    if kind is int:
        return number
    return date.fromordinal(n + 1) if kind is date else f"mark {number}"


class _Compiled(Generic[T]):
    """The statement of a queryset, and how its rows are read."""

    def __init__(self, rows: "QuerySet[Any, T]", marks: list[Any]) -> None:
        compiler = rows.query.get_compiler(connection=connection)
        self.sql, self.params = compiler.as_sql()
        self.marked = [_marked(param, marks) for param in self.params]
        self.compiler = compiler
        self.converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
        self.model: type[Model] | None = None
        if issubclass(rows._iterable_class, ModelIterable):
            self.model = compiler.klass_info["model"]
            self.names = [compiler.select[n][0].target.attname for n in compiler.klass_info["select_fields"]]
        self.flat = issubclass(rows._iterable_class, FlatValuesListIterable)

    def agrees_with(self, other: "_Compiled[T]") -> bool:
        """Say whether the two, made with other marks, differ in their marks and in nothing else."""
        if self.sql != other.sql or self.marked != other.marked:
            return False
        pairs = zip(self.params, other.params, self.marked, strict=True)
        return all(mark is not None or one == two for one, two, mark in pairs)

    def rows(self, db: Any, values: Values) -> list[T]:
        """Return the rows for these values."""
        given = [
            param if mark is None else values[mark] if type(param) is date else type(param)(values[mark])
            for param, mark in zip(self.params, self.marked, strict=True)
        ]
        found: Any = _run(db, self.sql, given).fetchall()
        if self.converters:
            found = [tuple(row) for row in self.compiler.apply_converters(found, self.converters)]
        if self.model is not None:
            return [self.model.from_db(db.alias, self.names, row) for row in found]  # type: ignore[misc]
        return [row[0] for row in found] if self.flat else list(found)


def _marked(param: Any, marks: list[Any]) -> int | None:
    """Return which mark a parameter is, as itself or as text; None when it is a value of its own."""
    return next((n for n, mark in enumerate(marks) if param in (mark, str(mark))), None)
