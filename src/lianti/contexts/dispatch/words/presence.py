"""How people speak of presence checks."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch.states.presence import PresenceFound, PresenceState, PresenceWay
from lianti.lib.errors import Sentence
from lianti.lib.web.parts import Tone
from lianti.records.words import Say, Words

PRESENCE = Words(
    one=_("Presence check"),
    many=_("Presence checks"),
    states={
        PresenceState.NOTED: (pgettext_lazy("presence state", "On record"), "done"),
        PresenceState.WITHDRAWN: (pgettext_lazy("presence state", "Taken off"), "stopped"),
    },
    moves={
        "note_presence": Say(
            _("Presence checked"), _("On record."), notice=_("%(who)s checked whether %(title)s was on duty")
        ),
        "withdraw_presence": Say(_("Check taken off the record"), _("Taken off."), _("Take it off the record")),
    },
)
WAYS: dict[str, Sentence] = {
    PresenceWay.PHONE: pgettext_lazy("presence check", "By phone"),
    PresenceWay.SITE: pgettext_lazy("presence check", "On site"),
}
FOUND: dict[str, Sentence] = {
    PresenceFound.PRESENT: pgettext_lazy("presence check", "Was there"),
    PresenceFound.LEAVE: pgettext_lazy("presence check", "Was on leave"),
    PresenceFound.ABSENT: pgettext_lazy("presence check", "Was not there"),
}
FOUND_TONES: dict[str, Tone] = {
    PresenceFound.PRESENT: "done",
    PresenceFound.LEAVE: "waiting",
    PresenceFound.ABSENT: "late",
}
