"""What the worker does for the network by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lianti.contexts.network.models import Relation
from lianti.contexts.network.rules import RELATION_FLOW, relation_waits
from lianti.contexts.network.services import doubt_across
from lianti.contexts.network.states import RelationState
from lianti.kernel import outbox, scope, worklist
from lianti.lib.actor import Actor
from lianti.lib.roles import Role

DOUBT_ALL = "network.doubt_all"  # asked for once, by a migration
RENEW_WAITS = "network.renew_waits"  # asked for once, by a migration


@outbox.job(DOUBT_ALL, lane=outbox.SLOW)
def doubt_all(payload: dict[str, Any], *, at: datetime, task_id: int) -> None:
    """Raise the doubts between the sides of every relation in force: those who were entered before there were any."""
    del payload, task_id
    with scope.system():
        rows = Relation.objects.filter(state=RelationState.IN_FORCE).order_by("pk")
        for pk, principal, tenant in list(rows.values_list("pk", "created_by_id", "tenant_id")):
            doubt_across(actor=Actor(principal, tenant, Role.SYSTEM), at=at, relation_id=pk)


@outbox.job(RENEW_WAITS, lane=outbox.SLOW)
def renew_waits(payload: dict[str, Any], *, at: datetime, task_id: int) -> None:
    """Let every relation in force wait for whom it waits today: an authority that has no powers until it confirms."""
    del payload, task_id
    with scope.system():
        for relation in Relation.objects.filter(state=RelationState.IN_FORCE).order_by("pk"):
            worklist.replace(RELATION_FLOW.kind, relation.pk, relation_waits(relation), at)
