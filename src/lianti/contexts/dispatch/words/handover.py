"""How people speak of the handover."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch.states import HandoverState, Signed
from lianti.lib.errors import Sentence
from lianti.records.words import Say, Words

SIGNED: dict[str, Sentence] = {
    Signed.ONESELF: pgettext_lazy("how a handover was signed", "signed here in person"),
    Signed.PAPER: pgettext_lazy("how a handover was signed", "signed on paper, with a scan"),
    Signed.HOUSE: pgettext_lazy("how a handover was signed", "taken over by the department"),
}
HANDOVERS_SHOWN: dict[str, Sentence] = {
    "open": pgettext_lazy("handovers shown", "Not yet signed by both"),
    "done": pgettext_lazy("handovers shown", "Signed by both"),
    "all": pgettext_lazy("handovers shown", "All"),
}
HANDOVER_PARTS: dict[str, Sentence] = {
    "tasks": _("Open tasks"),
    "techniques": _("Techniques half taught"),
    "students": _("Students and how far they are"),
    "equipment": _("Equipment and keys"),
    "contacts": _("Contacts there"),
}
HANDOVER = Words(
    one=pgettext_lazy("dispatch", "Handover sheet"),
    many=pgettext_lazy("dispatch", "Handover sheets"),
    states={
        HandoverState.DRAFTED: (pgettext_lazy("handover state", "Being written"), "waiting"),
        HandoverState.SIGNED: (pgettext_lazy("handover state", "Signed by who leaves"), "moving"),
        HandoverState.DONE: (pgettext_lazy("handover state", "Signed by both"), "done"),
    },
    moves={
        "draft_handover": Say(_("Handover begun"), _("The handover is begun. Who leaves signs it first.")),
        "edit_handover": Say(_("Handover changed"), _("The handover is changed."), _("Change the handover")),
        "sign_out": Say(
            _("Signed by who leaves"),
            _("Signed. Who takes over signs next."),
            _("Sign as who leaves"),
            notice=_("%(who)s: the handover of %(title)s is signed by who leaves"),
        ),
        "reopen_handover": Say(_("Opened again"), _("Open again; it is signed anew."), _("Open it again")),
        "sign_in": Say(
            _("Signed by who takes over"),
            _("Signed by both: it is handed over."),
            _("Sign as who takes over"),
            notice=_("%(who)s: the handover of %(title)s is signed by both"),
        ),
    },
    turns={
        "dispatch.sign_out": _("Sign the handover as who leaves"),
        "dispatch.sign_in": _("Sign the handover as who takes over"),
    },
)
