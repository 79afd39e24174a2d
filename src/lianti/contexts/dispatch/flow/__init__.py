"""What dispatch keeps, bound to its tables: of sending, and of what proves it."""

from lianti.contexts.dispatch.flow.proving import APPRAISALS, CERTIFICATES, certificate_audience
from lianti.contexts.dispatch.flow.sending import (
    ATTENDANCE,
    BATCHES,
    CANDIDATES,
    CHECKS,
    CLINICS,
    HANDOVERS,
    HOUSE_LISTS,
    PASTS,
    POSTINGS,
    VISITS,
    batch_waits,
    handover_audience,
    past_audience,
    posting_audience,
    posting_waits,
    recipients,
)

__all__ = [
    "APPRAISALS",
    "ATTENDANCE",
    "BATCHES",
    "CANDIDATES",
    "CERTIFICATES",
    "CHECKS",
    "CLINICS",
    "HANDOVERS",
    "HOUSE_LISTS",
    "PASTS",
    "POSTINGS",
    "VISITS",
    "batch_waits",
    "certificate_audience",
    "handover_audience",
    "past_audience",
    "posting_audience",
    "posting_waits",
    "recipients",
]
