"""What the worker does for the ledger."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lianti.contexts.ledger import services
from lianti.kernel import outbox, scope

FOLLOW = "ledger.follow_calendar"


@outbox.job(FOLLOW, lane=outbox.SLOW)
def follow_the_calendar(payload: dict[str, Any], *, at: datetime, task_id: int) -> None:
    """Move the days to verify by when the working days of a year have been published."""
    del payload, task_id
    with scope.system():
        services.follow_the_calendar(at)
