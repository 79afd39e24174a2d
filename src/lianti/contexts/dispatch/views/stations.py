"""Pages of workstations."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.activities import queries as activities
from lianti.contexts.dispatch import services
from lianti.contexts.dispatch.forms import said
from lianti.contexts.dispatch.forms import stations as forms
from lianti.contexts.dispatch.queries import PostingAsks
from lianti.contexts.dispatch.queries import stations as reading
from lianti.contexts.dispatch.queries.stations import STATION, StationAsks, StationPage
from lianti.contexts.dispatch.views import postings
from lianti.contexts.dispatch.words import iso
from lianti.contexts.network import queries as network
from lianti.lib.dates import shanghai_day
from lianti.lib.web.doors import Request, door
from lianti.lib.web.parts import Fact
from lianti.records import cells, listing, lists
from lianti.records.asking import Named
from lianti.records.entering import Entry
from lianti.records.lists import Column, Order, RecordList, Start
from lianti.records.pages import Act, RecordPage, typed
from lianti.records.reading import ByAudience

ENTRY = Entry(STATION, "apply_station", _("Apply for a workstation"), _("Apply"))

LIST = lists.register(
    RecordList(
        STATION,
        columns=(
            Column("station", STATION.words.one, cells.RECORD),
            Column("sides", _("From and to"), cells.PAIR),
            Column("experts", _("Experts"), cells.TEXT),
            Column("until", pgettext_lazy("dispatch", "Until"), cells.DEADLINE),
            Column("state", _("State"), cells.STATE),
        ),
        asked=StationAsks,
        orders={"latest": Order(lists.LATEST_FIRST, ("-applied", "-id"))},
        source=ByAudience("applied"),
        rows=reading.station_rows,
        empty=(_("No workstations here"), _("Workstations applied for, approved and running stand here.")),
        starts=(Start(_("Apply for a workstation"), "/dispatch/workstations/new/", reading.may_apply),),
    )
)


def _facts(page: StationPage) -> list[Fact]:
    row = page.station
    approval = " ".join(filter(None, (iso(row.approved), row.approval_number, row.approved_by)))
    return [
        Fact(_("Specialty"), row.specialty),
        Fact(_("Experts"), [one.name for one in page.experts]),
        network.relation_fact(page.relation),
        Fact(_("Applied for on"), iso(row.applied)),
        Fact(_("Approval"), approval),
        Fact(_("Plaque unveiled on"), iso(row.plaque)),
        Fact(pgettext_lazy("dispatch", "Until"), iso(row.until)),
        Fact(_("Closed on"), iso(row.closed)),
    ]


def _visits(request: Request, page: StationPage) -> dict[str, Any]:
    """Draw the postings that are its visits, and the way to what its experts did there."""
    row = page.station
    asked = PostingAsks(show="all", station=Named(row.pk, row.public_id, row.name))
    place = network.institution_by_id(row.recipient_id)
    deeds = [
        (one.name, activities.KIND.listed(activities.ActivityAsks(person=Named.of(one), place=Named.of(place))))
        for one in page.experts
    ]
    return {"visits": listing.part(request, postings.LIST, asked), "deeds": deeds}


PAGE: RecordPage[StationPage] = RecordPage(
    STATION,
    template="dispatch/station.html",
    ident="station_id",
    read=reading.station_page,
    facts=_facts,
    acts={
        "approve_station": Act(services.approve_station, typed(forms.ApproveStation), forms.ApproveStation.given),
        "unveil_station": Act(services.unveil_station, typed(forms.UnveilStation)),
        "plan_station": Act(services.plan_station, typed(forms.PlanStation)),
        "check_station": Act(services.check_station, typed(forms.CheckStation)),
        "renew_station": Act(services.renew_station, typed(forms.RenewStation)),
        "edit_station": Act(services.edit_station, forms.EditStation.of, forms.EditStation.given),
        "close_station": Act(services.close_station, typed(said.Reason)),
    },
    more=_visits,
)


@door(methods=("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """Apply for a workstation."""
    relations = reading.relations_to_apply(request.actor)
    initial = {"relation": request.GET.get("relation", ""), "applied": shanghai_day(timezone.now())}
    form = forms.ApplyStation(request.POST or None, relations, initial=initial)
    note = "" if relations else _("Your institution has no relation in which it could have a workstation.")

    def make(told: dict[str, Any]) -> Any:
        return services.apply_station(**told, station=form.facts(), applied=form.cleaned_data["applied"])

    return ENTRY.show(request, form, make, note=note, more=None if relations else network.way_to_bind(request.actor))


def relation_panel(request: HttpRequest, subject: Any) -> str:
    """Draw the workstations of a relation; its sides may apply for one here."""
    actor = getattr(request, "actor", None)
    side = actor is not None and actor.tenant_id in subject.side_ids
    asked = StationAsks(show="all", relation=Named.of(subject))
    return listing.part(request, LIST, asked, begin=f"relation={subject.public_id}" if side else "")


def institution_panel(request: HttpRequest, subject: Any) -> str:
    """Draw the workstations at an institution, and of its experts."""
    return listing.part(request, LIST, StationAsks(place=Named.of(subject)))
