"""Words for people: states, moves, notices of a need."""

from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.ledger.queries import kind_name, kinds
from lianti.contexts.needs.states import NeedState, Priority

Words = dict[str, Promise]
Tone = Literal["waiting", "moving", "done", "late", "stopped"]

STATES: Words = {
    NeedState.STATED: pgettext_lazy("need state", "Stated"),
    NeedState.RETURNED: pgettext_lazy("need state", "Returned for completion"),
    NeedState.ACCEPTED: pgettext_lazy("need state", "Accepted"),
    NeedState.ANSWERED: pgettext_lazy("need state", "Answered with a plan"),
    NeedState.CLOSED: pgettext_lazy("need state", "Closed"),
    NeedState.DECLINED: pgettext_lazy("need state", "Not possible now"),
    NeedState.WITHDRAWN: pgettext_lazy("need state", "Withdrawn"),
}

TONES: dict[str, Tone] = {
    NeedState.STATED: "waiting",
    NeedState.RETURNED: "waiting",
    NeedState.ACCEPTED: "moving",
    NeedState.ANSWERED: "moving",
    NeedState.CLOSED: "done",
    NeedState.DECLINED: "stopped",
    NeedState.WITHDRAWN: "stopped",
}

PRIORITIES: dict[int, Promise] = {
    Priority.HIGH: pgettext_lazy("priority of a need", "Urgent"),
    Priority.NORMAL: pgettext_lazy("priority of a need", "Normal"),
    Priority.LOW: pgettext_lazy("priority of a need", "Can wait"),
}

# The move as a button, and as it stands in the story.
MOVES: Words = {
    "accept": _("Accept the need"),
    "return": _("Return for completion"),
    "decline": _("Not possible now"),
    "restate": _("State again"),
    "correct": _("Correct what was written"),
    "answer": _("Answer with a plan"),
    "close": _("Close: the need is met"),
    "withdraw": _("Withdraw the need"),
}

STORY: Words = {
    "state": _("Need stated"),
    "accept": _("Need accepted"),
    "return": _("Returned for completion"),
    "decline": _("Not possible now"),
    "restate": _("Stated again"),
    "correct": _("Corrected"),
    "answer": _("Answered with a plan"),
    "close": _("Closed by who stated it"),
    "withdraw": _("Withdrawn"),
    "adopt": _("Adopted from source"),
}

# What waits, as the to-do list says it.
WAITS: Words = {
    "needs.answer": _("Accept or return the need"),
    "needs.plan": _("Answer the need with a plan"),
    "needs.complete": _("Complete the need and state it again"),
    "needs.close": _("Say whether the need is met"),
}

NOTICES: Words = {
    "needs.stated": _("%(who)s stated a need: %(title)s"),
    "needs.accepted": _("%(who)s accepted the need: %(title)s"),
    "needs.returned": _("%(who)s returned the need for completion: %(title)s"),
    "needs.declined": _("%(who)s cannot meet the need now: %(title)s"),
    "needs.answered": _("%(who)s answered the need with a plan: %(title)s"),
    "needs.closed": _("%(who)s closed the need: %(title)s"),
    "needs.withdrawn": _("%(who)s withdrew the need: %(title)s"),
}


ON_BEHALF = _("On behalf of %(who)s · %(relation)s")

DONE: dict[str, Any] = {
    "state": _("Need stated. The other side has it on its to-do list."),
    "accept": _("Need accepted. What is given for it counts from now on."),
    "return": _("Need returned for completion."),
    "decline": _("Answered: not possible now."),
    "restate": _("Need stated again."),
    "correct": _("Need corrected."),
    "answer": _("Plan sent to the hospital that stated the need."),
    "close": _("Need closed."),
    "withdraw": _("Need withdrawn."),
}

FACTS: Words = {
    "signed_off": _("Signed off by"),
    "plan": _("Plan"),
    "people": _("People"),
    "from": _("From"),
    "to": _("To"),
    "priority": _("Priority"),
}

SHOWN: dict[str, object] = {
    "open": pgettext_lazy("needs", "Open"),
    "closed": pgettext_lazy("needs", "Closed"),
    "all": pgettext_lazy("needs", "All"),
}

SIDES: dict[str, object] = {
    "": pgettext_lazy("needs", "Both sides"),
    "stated": pgettext_lazy("needs", "Stated by us"),
    "asked": pgettext_lazy("needs", "Asked of us"),
}

# The question before a move that cannot be taken back.
ASK: Words = {
    "close": _("The need is met and closed, whatever the sums say. What is given later no longer counts for it."),
    "decline": _("Say why, and what could help instead: another hospital, another time."),
}


def categories() -> dict[str, object]:
    """Return every category by name, with the choice of all first."""
    return {"": pgettext_lazy("needs", "All"), **{row.code: kind_name(row.code) for row in kinds.needs()}}


def move_label(name: str, state: str) -> Promise:
    """Name a move as a button; a second plan takes the place of the first."""
    if name == "answer" and state == NeedState.ANSWERED:
        return _("Change the plan")
    return MOVES[name]


def source_line(source: Any) -> str:
    """Return a loaded file as one line: title and medium of the report, its day, the file's own id."""
    document = source.document
    parts = (document.title, document.publisher, document.medium, document.date, source.code)
    return " · ".join(str(part) for part in parts if part)
