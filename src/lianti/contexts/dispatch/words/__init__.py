"""How people speak of what the room knows."""

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
    "BATCH",
    "BATCHES_SHOWN",
    "BOTH_SIDES",
    "CERTIFIED",
    "CLINIC",
    "CLINICS_SHOWN",
    "DEMANDS",
    "DUTIES",
    "HALVES",
    "HELD",
    "KINDS",
    "LEAVES",
    "MARK",
    "PAST",
    "PAST_SHOWN",
    "POSTING",
    "ROTA_ROWS",
    "ROTA_VIEWS",
    "SHOWN",
    "SIDES",
    "WHY",
    "iso",
]
