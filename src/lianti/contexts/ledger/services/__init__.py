"""What can be done to the ledger. Called through the module: `ledger.services.declare(...)`."""

from lianti.contexts.ledger.services.accounts import close_account, open_account, redate_account
from lianti.contexts.ledger.services.declaring import adopt_entry, declare, name_account, redeclare, withdraw
from lianti.contexts.ledger.services.facts import AccountFacts, EntryFacts, Exceptions
from lianti.contexts.ledger.services.verifying import lower, return_, verify

__all__ = [
    "AccountFacts",
    "EntryFacts",
    "Exceptions",
    "adopt_entry",
    "close_account",
    "declare",
    "lower",
    "name_account",
    "open_account",
    "redate_account",
    "redeclare",
    "return_",
    "verify",
    "withdraw",
]
