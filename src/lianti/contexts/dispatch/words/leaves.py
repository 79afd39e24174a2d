"""How people speak of slips of leave."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch.states import Approval, SlipState
from lianti.lib.errors import Sentence
from lianti.records.words import Say, Words

SLIP = Words(
    one=_("Slip of leave"),
    many=_("Leave of staff"),
    states={
        SlipState.ASKED: (pgettext_lazy("leave state", "Asked for"), "waiting"),
        SlipState.AGREED: (pgettext_lazy("leave state", "The receiving side agreed"), "waiting"),
        SlipState.APPROVED: (pgettext_lazy("leave state", "Approved"), "moving"),
        SlipState.BEGUN: (pgettext_lazy("leave state", "Away"), "moving"),
        SlipState.ENDED: (pgettext_lazy("leave state", "Back from it"), "done"),
        SlipState.REFUSED: (pgettext_lazy("leave state", "Not approved"), "stopped"),
        SlipState.WITHDRAWN: (pgettext_lazy("leave state", "Taken back"), "stopped"),
    },
    moves={
        "ask": Say(
            _("Asked for leave"),
            _("Asked. Whoever approves it has it on the to-do list."),
            notice=_("%(who)s: %(title)s asks for leave"),
        ),
        "note_leave": Say(_("Leave of that day noted"), _("Noted.")),
        "approve": Say(
            _("Leave approved"),
            _("Approved."),
            _("Approve the leave"),
            notice=_("%(who)s approved the leave of %(title)s"),
        ),
        "agree": Say(
            _("The receiving institution agreed to the leave"),
            _("Agreed. The sending institution approves it as well."),
            _("Agree to the leave"),
        ),
        "approve_too": Say(_("The sending institution approved the leave"), _("Approved."), _("Approve the leave")),
        "refuse": Say(
            _("Leave not approved"),
            _("Noted, with the reason."),
            _("Do not approve"),
            notice=_("%(who)s did not approve the leave of %(title)s"),
        ),
        "withdraw_slip": Say(_("Leave taken back"), _("Taken back."), _("Take the leave back")),
        "begin_leave": Say(_("Leave begun"), _("Begun."), _("Begin the leave")),
        "come_back": Say(_("Back on duty"), _("Back on duty."), _("Back from leave")),
    },
    turns={
        "dispatch.approve_leave": _("Approve leave, or not"),
        "dispatch.approve_leave_too": _("Approve leave, or not"),
        "dispatch.note_back": _("Note who is back from leave"),
    },
    facts={"back": _("Back on")},
)
SLIPS_SHOWN: dict[str, Sentence] = {
    "open": pgettext_lazy("leave shown", "Asked for, coming, away"),
    "away": pgettext_lazy("leave shown", "Away now"),
    "waiting": pgettext_lazy("leave shown", "To be approved"),
    "ended": pgettext_lazy("leave shown", "Over"),
    "all": pgettext_lazy("leave shown", "All"),
}
APPROVALS: dict[str, Sentence] = {
    Approval.DEPARTMENT: _("The receiving department approves"),
    Approval.OFFICE: _("The receiving institution's office approves"),
    Approval.BOTH: _("Both institutions approve"),
    Approval.NOTED: _("Noted on the day"),
}
