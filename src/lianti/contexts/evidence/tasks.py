"""What the worker does for files."""

from datetime import datetime
from typing import Any

from lianti.contexts.evidence import services
from lianti.kernel import outbox, scope


@outbox.job(services.PART, lane=outbox.SLOW)
def part(payload: dict[str, Any], *, at: datetime, task_id: int) -> None:
    """Give each institution its own of bytes that several shared, and take the shared ones away."""
    with scope.system():
        services.part(payload["sha256"])
