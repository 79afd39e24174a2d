"""A workflow bound to its tables: what the engine needs to move one kind of record, and how it finds one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import QuerySet

from lianti.kernel.models import Record, Seen
from lianti.kernel.notices import Tell
from lianti.kernel.permissions import Table
from lianti.kernel.ready import Ready
from lianti.kernel.worklist import Wait
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import NotFound
from lianti.lib.roles import Role

if TYPE_CHECKING:
    from lianti.kernel.workflow.spec import Workflow

FLOWS: dict[str, Flow] = {}


def _made(record: Any) -> date:
    return shanghai_day(record.created_at)


def _alike(_record: Any) -> int:
    return 0


@dataclass(frozen=True)
class Flow:
    """One workflow with its record, its transition records and its permission table.

    `audience(record)`: institutions that may see it (None: its own columns say). `waits(record)`: what waits
    for whom now. `tells(record, key, actor)`: who gets the notice `key` of a transition.
    `day(record)` and `rank(record)`: what its lists go by, kept in its audience. `sealed`: what is said
    in its notes and facts is for its own parties: no notice and no search tells it.
    """

    spec: Workflow
    record: type[Record]
    transitions: type[Any]  # a TransitionRecord with its foreign key `record`
    table: Table
    audience: Callable[[Any], Iterable[int]] | None = None
    waits: Callable[[Any], Iterable[Wait]] | None = None
    tells: Callable[[Any, str, Actor], Iterable[Tell]] | None = None
    day: Callable[[Any], date] = _made
    rank: Callable[[Any], int] = _alike
    sealed: bool = False
    kind: str = field(default="")
    _locking: dict[Any, Ready[Any]] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", self.spec.name)
        FLOWS[self.kind] = self
        Seen.kinds[self.record] = self.kind

    def is_party(self, record: Any, actor: Actor) -> bool:
        """Say whether the actor's institution stands on any side of a record, or the actor is a job."""
        sides = self.table.sides(record).values()
        return actor.role is Role.SYSTEM or any(actor.tenant_id in side for side in sides)

    def locked(self, ident: int | str, actor: Actor) -> Any:
        """Read and lock a record by pk or public id, if the actor may know of it. Raises NotFound.

        Who may see a record but never write it gets it unlocked, so that the rule can say why not.
        """
        shape = (actor.role, type(ident), actor.person_id is None)
        if (locking := self._locking.get(shape)) is None:
            locking = self._locking[shape] = self._made_ready(actor, type(ident))
        person = () if actor.person_id is None else (actor.person_id,)
        record = locking.first(ident, actor.principal_id, actor.tenant_id, *person)
        if record is None and connection.features.has_select_for_update:
            record = self._seen(actor, ident, type(ident)).first()
        if record is None:
            raise NotFound
        return record

    def _seen(self, actor: Actor, ident: int | str, ident_type: type) -> QuerySet[Any]:
        by = "pk" if ident_type is int else "public_id"
        return self.record._default_manager.filter(self.table.visible_to(actor), **{by: ident})

    def _made_ready(self, actor: Actor, ident_type: type) -> Ready[Any]:
        def build(ident: int | str, principal_id: int, tenant_id: int, person_id: int | None = None) -> QuerySet[Any]:
            rows = self._seen(Actor(principal_id, tenant_id, actor.role, person_id), ident, ident_type)
            return rows.select_for_update(of=("self",)) if connection.features.has_select_for_update else rows

        return Ready(build, ident_type, int, int, *([] if actor.person_id is None else [int]))


def records() -> dict[str, type[Record]]:
    """Return the tables that the engine moves, by kind."""
    return {kind: flow.record for kind, flow in FLOWS.items()}
