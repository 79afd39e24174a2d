"""How people speak of the week list and its clinics."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch.states import ClinicHeld, ClinicState, HalfDay
from lianti.lib.errors import Sentence
from lianti.records.words import Say, Words

HALVES: dict[str, Sentence] = {
    HalfDay.MORNING: pgettext_lazy("half-day", "Morning"),
    HalfDay.AFTERNOON: pgettext_lazy("half-day", "Afternoon"),
    HalfDay.EVENING: pgettext_lazy("half-day", "Evening"),
}
HELD: dict[str, Sentence] = {
    ClinicHeld.STOPPED: pgettext_lazy("clinic on a day", "No clinic"),
    ClinicHeld.COVERED: pgettext_lazy("clinic on a day", "Covered by another"),
    ClinicHeld.HELD: pgettext_lazy("clinic on a day", "Held all the same"),
}
CLINICS_SHOWN: dict[str, Sentence] = {
    "running": pgettext_lazy("clinics shown", "Open now"),
    "over": pgettext_lazy("clinics shown", "No longer open"),
    "all": pgettext_lazy("clinics shown", "All"),
}
CLINIC = Words(
    one=pgettext_lazy("dispatch", "Clinic of an expert"),
    many=pgettext_lazy("dispatch", "Clinics of experts"),
    states={
        ClinicState.RUNNING: (pgettext_lazy("clinic state", "Open now"), "moving"),
        ClinicState.ENDED: (pgettext_lazy("clinic state", "No longer open"), "done"),
    },
    moves={
        "open_clinic": Say(_("Clinic opened"), _("The clinic stands in the week list.")),
        "edit_clinic": Say(_("Clinic changed"), _("The clinic is changed."), _("Change name or room")),
        "say_day": Say(_("Said of one day"), _("The week list says so."), _("No clinic on a day, or covered")),
        "end_clinic": Say(_("Clinic ended"), _("The clinic ends on that day."), _("End the clinic")),
    },
    facts={
        "day": pgettext_lazy("dispatch", "Day"),
        "cover": _("Covered by"),
        "until": pgettext_lazy("dispatch", "Until"),
    },
)
