"""Many records at once: rows, transition records and true journal chains as the engine would have written them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection
from django.db.models import BooleanField, DecimalField, JSONField, Model

from lianti.contexts.ledger.models import Quantity
from lianti.kernel import audience, journal
from lianti.kernel.models import Audience, JournalEvent, Record, TransitionRecord
from lianti.kernel.workflow.engine import OWN, Flow
from lianti.kernel.workflow.spec import NEW, SAME
from lianti.lib.actor import Actor

M = TypeVar("M", bound=Model)
PECULIAR = (BooleanField, DecimalField, JSONField, Quantity)  # whose text or number is kept in another form
TRANSITION = ("record_id", "name", "source", "target", "at", "principal_id", "tenant_id", "note", "facts", "version")
AUDIENCE = ("tenant_id", "kind", "record_pk", "day", "open", "rank")


class BulkRows:
    """Collects the moves of unsaved records; `dry` writes what it has collected once the records are saved."""

    def __init__(self) -> None:
        self.transitions: dict[type[TransitionRecord], list[tuple[Any, ...]]] = {}
        self.events: list[JournalEvent] = []
        self.audience: list[tuple[Any, ...]] = []

    def enter(
        self, flow: Flow, record: Record, name: str, actor: Actor, at: datetime, facts: Mapping[str, Any] | None = None
    ) -> None:
        """Let an unsaved record come in by its creating transition."""
        transition = flow.spec.find(name, NEW)
        if transition is None:
            raise LookupError(name)
        record.tenant_id = actor.tenant_id
        record.created_by_id, record.created_at, record.state = actor.principal_id, at, transition.target
        values = {f.attname: getattr(record, f.attname) for f in record._meta.concrete_fields if f.name not in OWN}
        self._write(flow, record, name, NEW, actor, at, values, "", facts)

    def move(
        self,
        flow: Flow,
        record: Record,
        name: str,
        actor: Actor,
        at: datetime,
        *,
        fields: Mapping[str, Any] | None = None,
        note: str = "",
        facts: Mapping[str, Any] | None = None,
    ) -> None:
        """Move an unsaved record along a transition of its table."""
        source = record.state
        transition = flow.spec.find(name, source)
        if transition is None:
            raise LookupError(f"{name} from {source}")
        for field, value in (fields or {}).items():
            setattr(record, field, value)
        record.state = source if transition.target == SAME else transition.target
        self._write(flow, record, name, source, actor, at, {**(fields or {}), "state": record.state}, note, facts)

    def _write(
        self,
        flow: Flow,
        record: Record,
        name: str,
        source: str,
        actor: Actor,
        at: datetime,
        values: Mapping[str, Any],
        note: str,
        facts: Mapping[str, Any] | None,
    ) -> None:
        self.events.append(journal.event(flow.kind, record, verb=name, actor=actor, at=at, fields=values))
        who = (actor.principal_id, actor.tenant_id)
        row = (record, name, source, record.state, at, *who, note, dict(facts or {}), record.version)
        self.transitions.setdefault(flow.transitions, []).append(row)

    def show(self, flow: Flow, record: Record, tenants: Iterable[int]) -> None:
        """Let institutions see a saved record."""
        place = audience.place(flow, record).values()
        self.audience += [(tenant, flow.kind, record.pk, *place) for tenant in sorted({*tenants, record.tenant_id})]

    def save(self) -> None:
        """Write transition records, journal events and audiences; the records themselves are saved already."""
        for table, rows in self.transitions.items():
            insert(table, TRANSITION, ((row[0].pk, *row[1:]) for row in rows))
        save(JournalEvent, self.events)
        insert(Audience, AUDIENCE, self.audience)
        self.transitions, self.events, self.audience = {}, [], []


def save(table: type[M], rows: list[M]) -> None:
    """Insert unsaved rows, many at once, and give them their keys."""
    fields = [field for field in table._meta.concrete_fields if not field.primary_key]
    for row, key in zip(rows, _keys(table, len(rows)), strict=True):
        row.pk = key
    insert(table, ["id", *(field.attname for field in fields)], ([r.pk, *(_value(r, f) for f in fields)] for r in rows))


def insert(table: type[Model], names: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    """Insert values by the names of their attributes, as the fields would have prepared them."""
    by_name = {field.attname: field for field in table._meta.concrete_fields}
    fields = [by_name[name] for name in names]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    sql = f'INSERT INTO "{table._meta.db_table}" ({columns}) VALUES ({marks})'  # noqa: S608 - our own names
    ready = [[_prepared(field, value) for field, value in zip(fields, row, strict=True)] for row in rows]
    if ready:
        with connection.cursor() as cursor:
            cursor.executemany(sql, ready)


def _keys(table: type[Model], count: int) -> Iterable[int]:
    """Return new keys of a table, in order."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sql = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            cursor.execute(sql, [table._meta.db_table, count])
            return sorted(row[0] for row in cursor.fetchall())
        cursor.execute(f'SELECT COALESCE(MAX(id), 0) FROM "{table._meta.db_table}"')  # noqa: S608 - our own names
        first = cursor.fetchone()[0] + 1
    return range(first, first + count)


def _value(row: Model, field: Any) -> Any:
    """Return a field's value; of a foreign key the key, also when the other row was saved later than it was set."""
    value = getattr(row, field.attname)
    if value is None and field.is_relation and field.is_cached(row):
        other = field.get_cached_value(row)
        return None if other is None else other.pk
    return value


def _prepared(field: Any, value: Any) -> Any:
    if value is None or (type(value) in (str, int) and type(field) not in PECULIAR):
        return value
    return field.get_db_prep_save(value, connection)
