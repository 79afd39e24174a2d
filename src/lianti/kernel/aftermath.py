"""What every move leaves behind: its transition record, what waits for whom now, and news for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from lianti.kernel import notices, worklist
from lianti.kernel.flows import Flow
from lianti.lib.actor import Actor


@dataclass(frozen=True)
class Done:
    """One move that is about to be written."""

    name: str
    source: str
    actor: Actor
    at: datetime
    note: str
    facts: Mapping[str, Any]


def moved(flow: Flow, record: Any, done: Done) -> Any:
    """Return the transition record of a move, not yet written."""
    made = flow.transitions(
        name=done.name,
        source=done.source,
        target=record.state,
        at=done.at,
        principal_id=done.actor.principal_id,
        tenant_id=done.actor.tenant_id,
        note=done.note,
        facts=dict(done.facts),
        version=record.version,
    )
    made.record_id = record.pk
    return made


def follow(flow: Flow, record: Any, told: Iterable[str], done: Done) -> None:
    """Write what waits now, and the notices `told` by the transition."""
    if flow.waits is not None:
        worklist.replace(flow.kind, record.pk, flow.waits(record), done.at)
    if flow.tells is not None:
        for text_key in told:
            for tell in flow.tells(record, text_key, done.actor):
                number = {"number": getattr(record, "number", "")}
                said = replace(tell, params=number) if flow.sealed else tell
                notices.send(said, text_key=text_key, kind=flow.kind, record=record.public_id, at=done.at)
