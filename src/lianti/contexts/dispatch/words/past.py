"""How people speak of service before the platform."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch.states import PastState
from lianti.records.words import Say, Words

MARK = pgettext_lazy("dispatch", "Earlier service")  # 历史补录, wherever such service is shown

PAST = Words(
    one=MARK,
    many=pgettext_lazy("dispatch", "Earlier service, entered later"),
    states={
        PastState.NOTED: (MARK, "done"),
        PastState.DISPUTED: (pgettext_lazy("state of earlier service", "Called into question"), "waiting"),
        PastState.WITHDRAWN: (pgettext_lazy("state of earlier service", "Taken back"), "stopped"),
    },
    moves={
        "enter": Say(
            _("Earlier service entered"),
            _("Entered. It counts from now on."),
            notice=_("%(who)s has entered earlier service at your institution: %(title)s"),
        ),
        "correct": Say(
            _("Earlier service corrected"), _("Corrected; it counts as it stands now."), _("Correct or confirm")
        ),
        "attach": Say(_("Scan added"), _("The scan is kept."), _("Add a scan")),
        "dispute": Say(
            _("The place says it was not so"),
            _("Noted. Until the sending institution has looked, it does not count."),
            _("It was not so"),
            notice=_("%(who)s says that earlier service was not so: %(title)s"),
        ),
        "withdraw": Say(_("Earlier service taken back"), _("Taken back; it counts no more."), _("Take back")),
    },
    turns={"dispatch.settle_past": _("Correct earlier service, or confirm it")},
    facts={"time": _("Time"), "letter_number": _("Letter")},
)
PAST_SHOWN = {
    "stands": pgettext_lazy("earlier service shown", "Stands"),
    "disputed": pgettext_lazy("earlier service shown", "Called into question"),
    "all": pgettext_lazy("earlier service shown", "All"),
}
CERTIFIED = _("Days as certified then")
