"""What can be done with documents. Call these through the module: `intake.take_in(…)`."""

from lianti.contexts.evidence.services import Upload
from lianti.contexts.intake.services.apart import Unreadable, read_and_clean, read_and_clean_here
from lianti.contexts.intake.services.closing import close, drop, reopen, retry, say_ourselves
from lianti.contexts.intake.services.deciding import (
    Accepted,
    accept,
    accept_all,
    correct,
    merge,
    reject,
    take_back,
    undo,
)
from lianti.contexts.intake.services.drafting import Draft, drafts
from lianti.contexts.intake.services.flow import DOCUMENTS, PROPOSALS
from lianti.contexts.intake.services.reading import Work, begin_reading, give_up, keep_reading, tell_cleaned
from lianti.contexts.intake.services.taking import READ_JOB, TakenIn, fetch_original, take_in

__all__ = [
    "DOCUMENTS",
    "PROPOSALS",
    "READ_JOB",
    "Accepted",
    "Draft",
    "TakenIn",
    "Unreadable",
    "Upload",
    "Work",
    "accept",
    "accept_all",
    "begin_reading",
    "close",
    "correct",
    "drafts",
    "drop",
    "fetch_original",
    "give_up",
    "keep_reading",
    "merge",
    "read_and_clean",
    "read_and_clean_here",
    "reject",
    "reopen",
    "retry",
    "say_ourselves",
    "take_back",
    "take_in",
    "tell_cleaned",
    "undo",
]
