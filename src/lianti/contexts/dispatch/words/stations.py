"""How people speak of workstations."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch.states import StationState
from lianti.lib.errors import Sentence
from lianti.records.words import Say, Words

STATIONS_SHOWN: dict[str, Sentence] = {
    "open": pgettext_lazy("workstations shown", "Running or applied for"),
    "closed": pgettext_lazy("workstations shown", "Closed"),
    "all": pgettext_lazy("workstations shown", "All"),
}
STATION = Words(
    one=pgettext_lazy("dispatch", "Workstation of experts"),
    many=pgettext_lazy("dispatch", "Workstations of experts"),
    states={
        StationState.APPLIED: (pgettext_lazy("workstation state", "Applied for"), "waiting"),
        StationState.APPROVED: (pgettext_lazy("workstation state", "Approved"), "moving"),
        StationState.OPEN: (pgettext_lazy("workstation state", "Running"), "moving"),
        StationState.CLOSED: (pgettext_lazy("workstation state", "Closed"), "done"),
    },
    moves={
        "apply_station": Say(_("Workstation applied for"), _("Applied for. Note the approval when it comes.")),
        "edit_station": Say(_("Workstation changed"), _("The workstation is changed."), _("Change the workstation")),
        "approve_station": Say(
            _("Workstation approved"),
            _("The approval is noted."),
            _("Note the approval"),
            notice=_("%(who)s: the workstation %(title)s is approved"),
        ),
        "unveil_station": Say(_("Plaque unveiled"), _("The day is noted."), _("Note the unveiling")),
        "plan_station": Say(_("Year planned"), _("The plan is kept."), _("Plan a year")),
        "check_station": Say(_("Year checked"), _("The check is kept."), _("Check a year")),
        "renew_station": Say(_("Workstation renewed"), _("It runs longer."), _("Renew the workstation")),
        "close_station": Say(_("Workstation closed"), _("The workstation is closed."), _("Close the workstation")),
    },
    turns={
        "dispatch.station_approve": _("Note the approval of the workstation"),
        "dispatch.station_unveil": _("Note the unveiling of the workstation"),
        "dispatch.station_check": _("Check the year of the workstation"),
    },
    facts={
        "day": pgettext_lazy("dispatch", "Day"),
        "letter_number": _("Letter"),
        "until": pgettext_lazy("dispatch", "Until"),
        "year": _("Year"),
        "experts": _("Experts"),
    },
)
