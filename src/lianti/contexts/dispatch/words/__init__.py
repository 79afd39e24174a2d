"""How people speak of what the room knows."""

from lianti.contexts.dispatch.words.attendance import (
    ATTENDANCE,
    ATTENDANCE_SHOWN,
    LEAVE_SIGN,
    MARKS,
    ORIGINS,
    SIGNS,
    letter_word,
)
from lianti.contexts.dispatch.words.care import CHECK, CHECKS_SHOWN, OUTCOMES, OWNERS, VISIT, VISITS_SHOWN, WHICH_LIST
from lianti.contexts.dispatch.words.clinics import CLINIC, CLINICS_SHOWN, HALVES, HELD
from lianti.contexts.dispatch.words.past import CERTIFIED, MARK, PAST, PAST_SHOWN
from lianti.contexts.dispatch.words.rota import ROTA_ROWS, ROTA_VIEWS
from lianti.contexts.dispatch.words.sending import (
    BATCH,
    BATCHES_SHOWN,
    BOTH_SIDES,
    DEMANDS,
    DUTIES,
    KINDS,
    LEAVES,
    POSTING,
    SHOWN,
    SIDES,
    WHY,
    iso,
)

__all__ = [
    "ATTENDANCE",
    "ATTENDANCE_SHOWN",
    "BATCH",
    "BATCHES_SHOWN",
    "BOTH_SIDES",
    "CERTIFIED",
    "CHECK",
    "CHECKS_SHOWN",
    "CLINIC",
    "CLINICS_SHOWN",
    "DEMANDS",
    "DUTIES",
    "HALVES",
    "HELD",
    "KINDS",
    "LEAVES",
    "LEAVE_SIGN",
    "MARK",
    "MARKS",
    "ORIGINS",
    "OUTCOMES",
    "OWNERS",
    "PAST",
    "PAST_SHOWN",
    "POSTING",
    "ROTA_ROWS",
    "ROTA_VIEWS",
    "SHOWN",
    "SIDES",
    "SIGNS",
    "VISIT",
    "VISITS_SHOWN",
    "WHICH_LIST",
    "WHY",
    "iso",
    "letter_word",
]
