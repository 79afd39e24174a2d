"""INSERT … SELECT into the tables of models, on both databases: how a measurement fills one in seconds."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import NOT_PROVIDED, Model

NOW = datetime.now(UTC)
ON_POSTGRESQL = connection.vendor == "postgresql"


def run(sql: str) -> None:
    """Execute one statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql)


def insert(model: type[Model], source: str, columns: Mapping[str, str]) -> None:
    """INSERT … SELECT into a model's table; columns that are not named get their field's default."""
    wanted = dict(columns)
    for field in model._meta.concrete_fields:
        if field.column in wanted or field.primary_key:
            continue
        if field.default is not NOT_PROVIDED:
            wanted[field.column] = _literal(field.get_default())
        else:
            wanted[field.column] = "NULL" if field.null else "''"
    names = ", ".join(connection.ops.quote_name(name) for name in wanted)
    run(f"INSERT INTO {model._meta.db_table} ({names}) SELECT {', '.join(wanted.values())} FROM {source}")


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    if value in ({}, []):
        return f"'{value}'"
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, int) else f"'{value}'"


def ulid(mark: str, number: str) -> str:
    """Return the SQL of a public id: the mark, then the number."""
    width = 26 - len(mark)
    padded = f"lpad(({number})::text, {width}, '0')" if ON_POSTGRESQL else f"printf('%0{width}d', {number})"
    return f"'{mark}' || {padded}"


def one_of(values: list[str], number: str) -> str:
    """Return the SQL that takes turns among texts."""
    turns = " ".join(f"WHEN {n} THEN '{value}'" for n, value in enumerate(values))
    return f"CASE ({number}) % {len(values)} {turns} END"
