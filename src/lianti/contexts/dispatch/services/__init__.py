"""What can be done with batches and postings. Call these through the module: `dispatch.order(…)`."""

from lianti.contexts.dispatch.domain.facts import BatchFacts, LeaveFacts, LetterFacts, Nominee, Stay, Successor
from lianti.contexts.dispatch.services.adopting import CODES, adopt_batch, adopt_posting
from lianti.contexts.dispatch.services.batches import (
    check,
    close,
    decide,
    name_people,
    order,
    plan,
    publicise,
    receive,
    withdraw,
)
from lianti.contexts.dispatch.services.batches import edit as edit_batch
from lianti.contexts.dispatch.services.postings import (
    consent,
    drop,
    edit,
    extend,
    finish,
    hand_over,
    recall,
    replace,
    report_in,
    return_from_leave,
    take_leave,
)

__all__ = [
    "CODES",
    "BatchFacts",
    "LeaveFacts",
    "LetterFacts",
    "Nominee",
    "Stay",
    "Successor",
    "adopt_batch",
    "adopt_posting",
    "check",
    "close",
    "consent",
    "decide",
    "drop",
    "edit",
    "edit_batch",
    "extend",
    "finish",
    "hand_over",
    "name_people",
    "order",
    "plan",
    "publicise",
    "recall",
    "receive",
    "replace",
    "report_in",
    "return_from_leave",
    "take_leave",
    "withdraw",
]
