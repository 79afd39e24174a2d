"""The access log: who looked at people's data, evidence and exports, and why."""

from datetime import datetime

from lianti.kernel import ready, scope
from lianti.kernel.models import AccessEvent
from lianti.lib.actor import Actor


def note(actor: Actor, *, kind: str, public_id: str, why: str, at: datetime) -> None:
    """Write down that `actor` looked at a record. What cannot be written down is not shown."""
    event = AccessEvent(
        at=at, principal_id=actor.principal_id, tenant_id=actor.tenant_id, kind=kind, record=public_id, why=why[:80]
    )
    scope.after_reading(lambda: ready.insert(event))
