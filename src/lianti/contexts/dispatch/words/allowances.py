"""How people speak of allowances."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch.states import AllowanceState, RateState
from lianti.lib.errors import Sentence
from lianti.records.words import Say, Words

RATES_SHOWN: dict[str, Sentence] = {
    "kept": pgettext_lazy("rates shown", "In force"),
    "all": pgettext_lazy("rates shown", "All"),
}
RATE = Words(
    one=pgettext_lazy("dispatch", "Allowance for a day"),
    many=pgettext_lazy("dispatch", "Allowances for a day"),
    states={
        RateState.KEPT: (pgettext_lazy("rate state", "In force"), "moving"),
        RateState.ENDED: (pgettext_lazy("rate state", "No longer in force"), "done"),
    },
    moves={
        "set_rate": Say(_("Allowance set"), _("The allowance holds for the days from then on.")),
        "end_rate": Say(_("Allowance ended"), _("It ends on that day."), _("End this allowance")),
    },
    facts={"until": pgettext_lazy("dispatch", "Until")},
)
ALLOWANCE = Words(
    one=pgettext_lazy("dispatch", "Allowance sheet"),
    many=pgettext_lazy("dispatch", "Allowance sheets"),
    states={
        AllowanceState.DRAFTED: (pgettext_lazy("allowance state", "Counted, not issued"), "waiting"),
        AllowanceState.ISSUED: (pgettext_lazy("allowance state", "Issued to finance"), "done"),
        AllowanceState.DROPPED: (pgettext_lazy("allowance state", "Dropped, not issued"), "stopped"),
    },
    moves={
        "draft_sheet": Say(_("Sheet counted"), _("The month is counted. Look at it, then issue it.")),
        "recount_sheet": Say(_("Counted anew"), _("Counted anew."), _("Count anew")),
        "deduct": Say(_("Amount kept back"), _("Noted."), _("Keep back an amount")),
        "issue_sheet": Say(
            _("Sheet issued"),
            _("Issued. What turns out otherwise stands as a difference on the next sheet."),
            _("Issue to finance"),
            ask=_("After this nothing on it changes any more."),
        ),
        "drop_sheet": Say(_("Sheet dropped"), _("The sheet is dropped."), _("Drop the sheet")),
    },
    turns={"dispatch.issue_sheet": _("Look at the allowance sheet and issue it")},
    facts={"who": pgettext_lazy("dispatch", "Person"), "yuan": _("Yuan")},
)
