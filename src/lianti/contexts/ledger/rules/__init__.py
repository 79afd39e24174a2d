"""Who may do what in the ledger: tables that a lawyer could read."""

from lianti.contexts.ledger.rules.tables import (
    ACCOUNTS,
    CHECKS,
    CLOSINGS,
    ENTRIES,
    LINKS,
    PRINTS,
    PUBLICATIONS,
    SHEETS,
    TABLES,
    visible_to,
)
from lianti.contexts.ledger.rules.verifying import Who, declared_it, refusals, who_is
from lianti.contexts.ledger.rules.walls import FUNCTIONS, PERSONAL, WALLS

__all__ = [
    "ACCOUNTS",
    "CHECKS",
    "CLOSINGS",
    "ENTRIES",
    "FUNCTIONS",
    "LINKS",
    "PERSONAL",
    "PRINTS",
    "PUBLICATIONS",
    "SHEETS",
    "TABLES",
    "WALLS",
    "Who",
    "declared_it",
    "refusals",
    "visible_to",
    "who_is",
]
