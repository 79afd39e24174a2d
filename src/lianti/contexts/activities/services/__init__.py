"""What can be done with activities. Call these through the module: `activities.record(…)`."""

from lianti.contexts.activities.domain import ActivityFacts, EventFacts, Taking
from lianti.contexts.activities.flow import FLOW
from lianti.contexts.activities.services.adopting import adopt_event, amend_event, record_event
from lianti.contexts.activities.services.recording import attach, edit, record, record_week, withdraw
from lianti.contexts.evidence.services import Upload

__all__ = [
    "FLOW",
    "ActivityFacts",
    "EventFacts",
    "Taking",
    "Upload",
    "adopt_event",
    "amend_event",
    "attach",
    "edit",
    "record",
    "record_event",
    "record_week",
    "withdraw",
]
