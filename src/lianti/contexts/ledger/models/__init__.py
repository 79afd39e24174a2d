"""Tables of the ledger."""

from lianti.contexts.ledger.models.books import (
    Account,
    AccountSum,
    AccountTransition,
    Booking,
    Entry,
    EntryPerson,
    EntryTransition,
    RelationSum,
)
from lianti.contexts.ledger.models.fields import Quantity, hundredths
from lianti.contexts.ledger.models.periods import (
    CheckTransition,
    Closing,
    ClosingTransition,
    Publication,
    PublicationTransition,
    SpotCheck,
)
from lianti.contexts.ledger.models.sheets import (
    Link,
    LinkTransition,
    MonthSheet,
    PrintTransition,
    SheetPrint,
    SheetTransition,
)

__all__ = [
    "Account",
    "AccountSum",
    "AccountTransition",
    "Booking",
    "CheckTransition",
    "Closing",
    "ClosingTransition",
    "Entry",
    "EntryPerson",
    "EntryTransition",
    "Link",
    "LinkTransition",
    "MonthSheet",
    "PrintTransition",
    "Publication",
    "PublicationTransition",
    "Quantity",
    "RelationSum",
    "SheetPrint",
    "SheetTransition",
    "SpotCheck",
    "hundredths",
]
