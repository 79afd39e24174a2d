"""Many records at once: rows, transition records and true journal chains as the engine would have written them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model

from lianti.kernel import journal
from lianti.kernel.actor import Actor
from lianti.kernel.models import Audience, JournalEvent, Record, TransitionRecord
from lianti.kernel.workflow.engine import OWN, Flow
from lianti.kernel.workflow.spec import NEW, SAME

M = TypeVar("M", bound=Model)
BATCH = 400


class Ink:
    """Collects the moves of unsaved records; `dry` writes what it has collected once the records are saved."""

    def __init__(self) -> None:
        self.transitions: dict[type[TransitionRecord], list[TransitionRecord]] = {}
        self.events: list[JournalEvent] = []
        self.audience: list[Audience] = []

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
        self, flow: Flow, record: Record, name: str, source: str, actor: Actor, at: datetime,
        values: Mapping[str, Any], note: str, facts: Mapping[str, Any] | None,
    ) -> None:  # fmt: skip
        self.events.append(journal.event(flow.kind, record, verb=name, actor=actor, at=at, fields=values))
        row = flow.transitions(
            record=record, name=name, source=source, target=record.state, at=at, principal_id=actor.principal_id,
            tenant_id=actor.tenant_id, note=note, facts=dict(facts or {}),
        )  # fmt: skip
        self.transitions.setdefault(flow.transitions, []).append(row)

    def show(self, flow: Flow, record: Record, tenants: Iterable[int]) -> None:
        """Let institutions see a saved record."""
        self.audience += [Audience(kind=flow.kind, record_pk=record.pk, tenant_id=t) for t in sorted(set(tenants))]

    def dry(self) -> None:
        """Write transition records, journal events and audiences; the records themselves are saved already."""
        for table, rows in self.transitions.items():
            save(table, rows)
        save(JournalEvent, self.events)
        save(Audience, self.audience)
        self.transitions, self.events, self.audience = {}, [], []


def save(table: type[M], rows: list[M]) -> None:
    """Insert rows, many at once."""
    table._default_manager.bulk_create(rows, batch_size=BATCH)
