"""Pages of the ledger."""

from lianti.contexts.ledger.views import accounts, entries, publishing, sheets
from lianti.contexts.ledger.views.links import link
from lianti.contexts.ledger.views.panels import board
from lianti.contexts.ledger.views.panels import person as person_panel
from lianti.contexts.ledger.views.paper import by_number, printed, scan, scan_file
from lianti.contexts.ledger.views.people import person

__all__ = [
    "accounts",
    "board",
    "by_number",
    "entries",
    "link",
    "person",
    "person_panel",
    "printed",
    "publishing",
    "scan",
    "scan_file",
    "sheets",
]
