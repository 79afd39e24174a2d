"""How people speak of a need: its states, its moves, and the few words beside them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.ledger.queries import kind_name, kinds
from lianti.contexts.needs.states import NeedState, Priority
from lianti.lib.errors import Sentence
from lianti.records.words import Say, Words

WORDS = Words(
    one=pgettext_lazy("needs", "Need"),
    many=_("Needs"),
    states={
        NeedState.STATED: (pgettext_lazy("need state", "Stated"), "waiting"),
        NeedState.RETURNED: (pgettext_lazy("need state", "Returned for completion"), "waiting"),
        NeedState.ACCEPTED: (pgettext_lazy("need state", "Accepted"), "moving"),
        NeedState.ANSWERED: (pgettext_lazy("need state", "Answered with a plan"), "moving"),
        NeedState.CLOSED: (pgettext_lazy("need state", "Closed"), "done"),
        NeedState.DECLINED: (pgettext_lazy("need state", "Not possible now"), "stopped"),
        NeedState.WITHDRAWN: (pgettext_lazy("need state", "Withdrawn"), "stopped"),
    },
    moves={
        "state": Say(
            story=_("Need stated"),
            done=_("Need stated. The other side has it on its to-do list."),
            notice=_("%(who)s stated a need: %(title)s"),
        ),
        "accept": Say(
            button=_("Accept the need"),
            story=_("Need accepted"),
            done=_("Need accepted. What is given for it counts from now on."),
            notice=_("%(who)s accepted the need: %(title)s"),
        ),
        "return": Say(
            button=_("Return for completion"),
            story=_("Returned for completion"),
            done=_("Need returned for completion."),
            notice=_("%(who)s returned the need for completion: %(title)s"),
        ),
        "decline": Say(
            button=_("Not possible now"),
            story=_("Not possible now"),
            done=_("Answered: not possible now."),
            notice=_("%(who)s cannot meet the need now: %(title)s"),
            ask=_("Say why, and what could help instead: another hospital, another time."),
        ),
        "restate": Say(button=_("State again"), story=_("Stated again"), done=_("Need stated again.")),
        "correct": Say(button=_("Correct what was written"), story=_("Corrected"), done=_("Need corrected.")),
        "answer": Say(
            button=_("Answer with a plan"),
            again=_("Change the plan"),
            story=_("Answered with a plan"),
            done=_("Plan sent to the hospital that stated the need."),
            notice=_("%(who)s answered the need with a plan: %(title)s"),
        ),
        "close": Say(
            button=_("Close: the need is met"),
            story=_("Closed by who stated it"),
            done=_("Need closed."),
            notice=_("%(who)s closed the need: %(title)s"),
            ask=_("The need is met and closed, whatever the sums say. What is given later no longer counts for it."),
        ),
        "withdraw": Say(
            button=_("Withdraw the need"),
            story=pgettext_lazy("move", "Withdrawn"),
            done=_("Need withdrawn."),
            notice=_("%(who)s withdrew the need: %(title)s"),
        ),
    },
    turns={
        "needs.answer": _("Accept or return the need"),
        "needs.plan": _("Answer the need with a plan"),
        "needs.complete": _("Complete the need and state it again"),
        "needs.close": _("Say whether the need is met"),
    },
    facts={
        "signed_off": _("Signed off by"),
        "plan": _("Plan"),
        "people": _("People"),
        "from": _("From"),
        "to": _("To"),
        "priority": _("Priority"),
    },
)

PRIORITIES: dict[int, Sentence] = {
    Priority.HIGH: pgettext_lazy("priority of a need", "Urgent"),
    Priority.NORMAL: pgettext_lazy("priority of a need", "Normal"),
    Priority.LOW: pgettext_lazy("priority of a need", "Can wait"),
}
SHOWN: dict[str, Sentence] = {
    "open": pgettext_lazy("needs", "Open"),
    "closed": pgettext_lazy("needs", "Closed"),
    "all": pgettext_lazy("needs", "All"),
}
BOTH_SIDES = pgettext_lazy("needs", "Both sides")
SIDES: dict[str, Sentence] = {
    "stated": pgettext_lazy("needs", "Stated by us"),
    "asked": pgettext_lazy("needs", "Asked of us"),
}
ON_BEHALF = _("On behalf of %(who)s · %(relation)s")


def categories() -> dict[str, Sentence]:
    """Return every category by name."""
    return {row.code: kind_name(row.code) for row in kinds.needs()}
