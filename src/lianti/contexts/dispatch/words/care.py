"""How people speak of arrival, leaving and visits."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch.states import CheckListState, ItemOutcome, Side, VisitState
from lianti.lib.errors import Sentence
from lianti.records.words import Say, Words

OWNERS: dict[str, Sentence] = {
    Side.SENDER: pgettext_lazy("side of a posting", "Sending hospital"),
    Side.RECIPIENT: pgettext_lazy("side of a posting", "Receiving hospital"),
}
WHICH_LIST: dict[bool, Sentence] = {
    False: pgettext_lazy("check list", "Arrival"),
    True: pgettext_lazy("check list", "Leaving"),
}
OUTCOMES: dict[str, Sentence] = {
    ItemOutcome.DONE: pgettext_lazy("item of a check list", "Done"),
    ItemOutcome.NOT_NEEDED: pgettext_lazy("item of a check list", "Not needed"),
}
CHECKS_SHOWN: dict[str, Sentence] = {
    "open": pgettext_lazy("check lists shown", "Still to do"),
    "over": pgettext_lazy("check lists shown", "Nothing to do"),
    "all": pgettext_lazy("check lists shown", "All"),
}
VISITS_SHOWN: dict[str, Sentence] = {
    "all": pgettext_lazy("visits shown", "All"),
    "open": pgettext_lazy("visits shown", "To be seen to"),
}
CHECK = Words(
    one=pgettext_lazy("dispatch", "Check list"),
    many=pgettext_lazy("dispatch", "Arrival and leaving"),
    states={
        CheckListState.OPEN: (pgettext_lazy("check list state", "Still to do"), "waiting"),
        CheckListState.DONE: (pgettext_lazy("check list state", "All done"), "done"),
        CheckListState.LAPSED: (pgettext_lazy("check list state", "No longer needed"), "stopped"),
    },
    moves={
        "begin_list": Say(_("Check list begun"), _("The list is begun; both sides have it on their to-do lists.")),
        "tick": Say(pgettext_lazy("move of a check list", "Items done"), _("Ticked off."), _("Tick off what is done")),
        "add_item": Say(_("Item added"), _("Added."), _("Add an item")),
        "complete": Say(_("All items done"), button=_("All items are done")),
        "lapse": Say(_("No longer needed"), button=_("No longer needed")),
    },
    turns={"dispatch.check": _("See to what is open on the list")},
    facts={"items": _("Items"), "day": pgettext_lazy("dispatch", "Day")},
)
VISIT = Words(
    one=pgettext_lazy("dispatch", "Visit to posted staff"),
    many=pgettext_lazy("dispatch", "Visits to posted staff"),
    states={
        VisitState.OPEN: (pgettext_lazy("visit state", "To be seen to"), "waiting"),
        VisitState.SETTLED: (pgettext_lazy("visit state", "Noted"), "done"),
    },
    moves={
        "note_visit": Say(_("Visit noted"), _("The visit is noted.")),
        "open_visit": Say(
            _("Visit noted, with something to see to"),
            _("The visit is noted; who sees to it has it on the to-do list."),
            notice=_("%(who)s visited its staff and asks: %(title)s"),
        ),
        "settle": Say(
            _("Seen to"), _("Noted."), _("Say what came of it"), notice=_("%(who)s has seen to it: %(title)s")
        ),
    },
    turns={"dispatch.settle": _("See to what was asked at a visit")},
)
