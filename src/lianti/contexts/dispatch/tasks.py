"""What the worker does for dispatch by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lianti.contexts.dispatch import services
from lianti.kernel import outbox, scope
from lianti.kernel.models import Principal
from lianti.lib.actor import Actor
from lianti.lib.roles import Role

BEGIN = "dispatch.begin_months"
NAME = "dispatch"


def system() -> Actor:
    """Return the actor of the room's jobs; it has no institution. Called in the system's scope."""
    principal, _made = Principal.objects.get_or_create(kind=Principal.Kind.JOB, name=NAME)
    return Actor(principal.pk, 0, Role.SYSTEM)


@outbox.job(BEGIN, lane=outbox.SLOW)
def begin_months(payload: dict[str, Any], *, at: datetime, task_id: int) -> None:
    """Begin the sheet of each month in which somebody is on duty, where it is not begun yet."""
    del payload, task_id
    with scope.system():
        services.attendance.begin_due(actor=system(), at=at)
