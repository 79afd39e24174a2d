"""How people speak of who can be sent, who owes, who is next; and of quotas of departments."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch.states import CandidateState, Exemption
from lianti.lib.errors import Sentence
from lianti.records.words import Say, Words

CANDIDATE = Words(
    one=pgettext_lazy("dispatch", "Candidate"),
    many=_("Who is next"),
    states={
        CandidateState.LISTED: (pgettext_lazy("candidate", "Listed"), "moving"),
        CandidateState.EXEMPT: (pgettext_lazy("candidate", "Exempt"), "done"),
        CandidateState.GONE: (_("Works here no more"), "stopped"),
    },
    moves={
        "list": Say(_("Taken into the list")),
        "note": Say(_("Application and licence noted"), _("Noted. The list goes by it."), _("Application and licence")),
        "volunteer": Say(
            _("Volunteered"),
            _("Noted. Volunteers come first."),
            _("Note as volunteer"),
            notice=_("%(who)s: %(title)s volunteers to be sent"),
        ),
        "stand_back": Say(_("No volunteer any more"), _("Taken off the volunteers."), _("No volunteer any more")),
        "exempt": Say(_("Exempt from service"), _("Noted as exempt."), _("Exempt from service")),
        "lift": Say(_("Exemption lifted"), _("The exemption is lifted."), _("Lift the exemption")),
        "leave": Say(_("Has left the institution"), button=_("Has left the institution")),
        "come_back": Say(_("Works here again"), button=_("Works here again")),
    },
    facts={
        "applying": _("Applies in"),
        "volunteered": _("Volunteered on"),
        "until": pgettext_lazy("dispatch", "Until"),
    },
)
CANDIDATES_SHOWN: dict[str, Sentence] = {
    "next": pgettext_lazy("candidates shown", "Can be sent"),
    "owes": pgettext_lazy("candidates shown", "Owe service"),
    "never": pgettext_lazy("candidates shown", "Never sent"),
    "others": pgettext_lazy("candidates shown", "Without a title"),
    "all": pgettext_lazy("candidates shown", "All"),
}
VOLUNTEERED: dict[str, Sentence] = {"yes": pgettext_lazy("candidates shown", "Volunteers")}
AWAY: dict[str, Sentence] = {"away": _("Posted now, or about to be"), "home": _("At home")}
EXEMPTIONS: dict[str, Sentence] = {
    Exemption.COUNTY: _("Works at county level or below"),
    Exemption.SPECIALTY: _("Specialty on the list of exemptions"),
    Exemption.AID: _("Served in aid of Tibet, Xinjiang, Qinghai or abroad"),
    Exemption.HEALTH: _("Health"),
    Exemption.OTHER: pgettext_lazy("exemption", "Other reason"),
}
VOLUNTEERS = _("volunteers")
OWES = _("%(days)s days lacking")
NO_TITLE = _("no title or licence noted")
CLINICAL_FIRST = _(
    "Listed are those with a professional title or a licence, and whoever volunteered, applies for promotion or was"
    " sent before. The others stand under 'Without a title'."
)
OWES_NOTHING = _("owes nothing")
NEVER_SENT = _("never sent")
BACK_SINCE = _("back since %(day)s")
AWAY_NOW = _("away now")
EXEMPT_UNTIL = _("was exempt until %(day)s")
OF_MONTHS = pgettext_lazy("months served", "of %(months)s")
IS_EXEMPT = _("exempt: %(why)s")
APPLIES = _("applies in %(year)s")
