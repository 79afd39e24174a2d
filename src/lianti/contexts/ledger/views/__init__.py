"""Pages of the ledger."""

from lianti.contexts.ledger.views.account import account
from lianti.contexts.ledger.views.entry import entry, move
from lianti.contexts.ledger.views.links import link
from lianti.contexts.ledger.views.listing import entries
from lianti.contexts.ledger.views.panels import board
from lianti.contexts.ledger.views.panels import person as person_panel
from lianti.contexts.ledger.views.paper import by_number, printed, scan, scan_file
from lianti.contexts.ledger.views.people import person
from lianti.contexts.ledger.views.publishing import publication, publish
from lianti.contexts.ledger.views.sheet import make_link, print_sheet, sheet, sheets, verify, withdraw_link

__all__ = [
    "account",
    "board",
    "by_number",
    "entries",
    "entry",
    "link",
    "make_link",
    "move",
    "person",
    "person_panel",
    "print_sheet",
    "printed",
    "publication",
    "publish",
    "scan",
    "scan_file",
    "sheet",
    "sheets",
    "verify",
    "withdraw_link",
]
