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
from lianti.contexts.ledger.rules.verifying import Who, refusals, who_is

__all__ = [
    "ACCOUNTS",
    "CHECKS",
    "CLOSINGS",
    "ENTRIES",
    "LINKS",
    "PRINTS",
    "PUBLICATIONS",
    "SHEETS",
    "TABLES",
    "Who",
    "refusals",
    "visible_to",
    "who_is",
]
