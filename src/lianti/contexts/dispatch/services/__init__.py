"""What can be done with batches and postings. Call these through the module: `dispatch.order(…)`."""

from lianti.contexts.dispatch.domain.care import HouseItem
from lianti.contexts.dispatch.domain.facts import (
    BatchFacts,
    ClinicFacts,
    ClinicWord,
    LeaveFacts,
    LetterFacts,
    Nominee,
    PastFacts,
    Stay,
    Successor,
    VisitFacts,
)
from lianti.contexts.dispatch.domain.grid import Marking
from lianti.contexts.dispatch.services import attendance
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
from lianti.contexts.dispatch.services.checking import add_item, begin_list, set_house_list, tick
from lianti.contexts.dispatch.services.clinics import edit_clinic, end_clinic, open_clinic, say_day
from lianti.contexts.dispatch.services.past import (
    attach_past,
    correct_past,
    dispute_past,
    enter_past,
    enter_past_lines,
    withdraw_past,
)
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
from lianti.contexts.dispatch.services.visits import note_visit, settle_visit
from lianti.contexts.evidence.services import Upload

__all__ = [
    "CODES",
    "BatchFacts",
    "ClinicFacts",
    "ClinicWord",
    "HouseItem",
    "LeaveFacts",
    "LetterFacts",
    "Marking",
    "Nominee",
    "PastFacts",
    "Stay",
    "Successor",
    "Upload",
    "VisitFacts",
    "add_item",
    "adopt_batch",
    "adopt_posting",
    "attach_past",
    "attendance",
    "begin_list",
    "check",
    "close",
    "consent",
    "correct_past",
    "decide",
    "dispute_past",
    "drop",
    "edit",
    "edit_batch",
    "edit_clinic",
    "end_clinic",
    "enter_past",
    "enter_past_lines",
    "extend",
    "finish",
    "hand_over",
    "name_people",
    "note_visit",
    "open_clinic",
    "order",
    "plan",
    "publicise",
    "recall",
    "receive",
    "replace",
    "report_in",
    "return_from_leave",
    "say_day",
    "set_house_list",
    "settle_visit",
    "take_leave",
    "tick",
    "withdraw",
    "withdraw_past",
]
