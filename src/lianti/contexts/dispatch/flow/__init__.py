"""What dispatch keeps, bound to its tables: of sending, and of what proves it."""

from lianti.contexts.dispatch.flow.care import (
    ALLOWANCES,
    CHECKS,
    CLINICS,
    HANDOVERS,
    HOUSE_LISTS,
    RATES,
    STATIONS,
    VISITS,
    handover_audience,
)
from lianti.contexts.dispatch.flow.feeds import FEEDS
from lianti.contexts.dispatch.flow.leave import SLIPS
from lianti.contexts.dispatch.flow.presence import PRESENCES
from lianti.contexts.dispatch.flow.proving import APPRAISALS, CERTIFICATES, certificate_audience
from lianti.contexts.dispatch.flow.sending import (
    ATTENDANCE,
    BATCHES,
    CANDIDATES,
    PASTS,
    POSTINGS,
    attendance_waits,
    batch_waits,
    past_audience,
    posting_audience,
    posting_waits,
    recipients,
)

__all__ = [
    "ALLOWANCES",
    "APPRAISALS",
    "ATTENDANCE",
    "BATCHES",
    "CANDIDATES",
    "CERTIFICATES",
    "CHECKS",
    "CLINICS",
    "FEEDS",
    "HANDOVERS",
    "HOUSE_LISTS",
    "PASTS",
    "POSTINGS",
    "PRESENCES",
    "RATES",
    "SLIPS",
    "STATIONS",
    "VISITS",
    "attendance_waits",
    "batch_waits",
    "certificate_audience",
    "handover_audience",
    "past_audience",
    "posting_audience",
    "posting_waits",
    "recipients",
]
