"""What can be done to the ledger. Called through the module: `ledger.services.declare(...)`."""

from lianti.contexts.ledger.services.accounts import close_account, correct_account, open_account, redate_account
from lianti.contexts.ledger.services.checks import spot_draw, spot_draw_entry, spot_judge
from lianti.contexts.ledger.services.closing import close_month, reopen_month
from lianti.contexts.ledger.services.correcting import correct, revise
from lianti.contexts.ledger.services.deadlines import follow_the_calendar, verify_by
from lianti.contexts.ledger.services.declaring import adopt_entry, declare, name_account, redeclare, withdraw
from lianti.contexts.ledger.services.disputing import object_, refer, settle
from lianti.contexts.ledger.services.facts import AccountFacts, EntryFacts, Exceptions, OnPaper
from lianti.contexts.ledger.services.links import (
    Made,
    WrongCode,
    find_link,
    make_link,
    open_link,
    use_link,
    withdraw_link,
)
from lianti.contexts.ledger.services.offers import held_back
from lianti.contexts.ledger.services.publishing import publish_month
from lianti.contexts.ledger.services.sheets import Outcome, confirm_scan, print_sheet, verify_sheet
from lianti.contexts.ledger.services.verifying import lower, return_, verify

__all__ = [
    "AccountFacts",
    "EntryFacts",
    "Exceptions",
    "Made",
    "OnPaper",
    "Outcome",
    "WrongCode",
    "adopt_entry",
    "close_account",
    "close_month",
    "confirm_scan",
    "correct",
    "correct_account",
    "declare",
    "find_link",
    "follow_the_calendar",
    "held_back",
    "lower",
    "make_link",
    "name_account",
    "object_",
    "open_account",
    "open_link",
    "print_sheet",
    "publish_month",
    "redate_account",
    "redeclare",
    "refer",
    "reopen_month",
    "return_",
    "revise",
    "settle",
    "spot_draw",
    "spot_draw_entry",
    "spot_judge",
    "use_link",
    "verify",
    "verify_by",
    "verify_sheet",
    "withdraw",
    "withdraw_link",
]
