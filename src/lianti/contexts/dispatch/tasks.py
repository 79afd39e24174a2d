"""What the worker does for dispatch by itself: sheets begun, figures kept, the list of whom a house can send."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lianti.contexts.dispatch import services
from lianti.contexts.dispatch.services import figures
from lianti.kernel import outbox, scope
from lianti.kernel.models import Principal
from lianti.lib.actor import Actor
from lianti.lib.roles import Role

BEGIN = "dispatch.begin_months"
NIGHT, EVERY = "dispatch.count_all", 900  # a quarter of an hour: a rule that changes is followed soon
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


@outbox.job(figures.COUNT)
def count(payload: dict[str, Any], *, at: datetime, task_id: int) -> None:
    """Count the people of one move anew."""
    del task_id
    with scope.system():
        figures.recount(at=at, people=payload["people"])


@outbox.job(NIGHT, lane=outbox.SLOW)
def count_all(payload: dict[str, Any], *, at: datetime, task_id: int) -> None:
    """Count whoever was last counted on an earlier day, or by other rules; a few people a transaction."""
    del payload, task_id
    with scope.system():
        figures.follow_directory(at=at)
        people, rules = figures.stale(at=at)
    for begin in range(0, len(people), figures.AT_ONCE):
        with scope.system():
            figures.recount(at=at, people=people[begin : begin + figures.AT_ONCE])
    with scope.system():
        figures.followed(rules)
        figures.warn_of_licences(at=at)


outbox.every(NIGHT, EVERY)
