"""The week list of a receiving institution as page, poster and text; and the clinics that it is made of."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch import queries, services, words
from lianti.contexts.dispatch.domain import week as weeks
from lianti.contexts.dispatch.forms import clinics as forms
from lianti.contexts.dispatch.queries import KIND
from lianti.contexts.dispatch.queries import clinics as reading
from lianti.contexts.dispatch.queries.clinics import CLINIC, ClinicAsks, ClinicPage
from lianti.contexts.dispatch.queries.week import WeekList, week_list
from lianti.contexts.dispatch.words import iso
from lianti.lib.dates import shanghai_day
from lianti.lib.web.doors import Request, door
from lianti.lib.web.parts import Action, Chip, Chips, Fact, Page
from lianti.records import cells, listing, lists
from lianti.records.asking import Named, NotUnderstood
from lianti.records.entering import Entry
from lianti.records.lists import Column, Order, RecordList, Start
from lianti.records.pages import Act, RecordPage, typed
from lianti.records.reading import ByAudience

ENTRY = Entry(CLINIC, "open_clinic", _("Open a clinic of an expert"), _("Open the clinic"))
WEEK = "/dispatch/week/"

LIST = lists.register(
    RecordList(
        CLINIC,
        columns=(
            Column("who", pgettext_lazy("dispatch", "Expert"), cells.RECORD),
            Column("sides", _("From and to"), cells.PAIR),
            Column("what", _("Clinic and room"), cells.TEXT),
            Column("time", _("Time"), cells.SPAN, order="latest"),
            Column("state", _("State"), cells.STATE),
        ),
        asked=ClinicAsks,
        orders={"latest": Order(lists.LATEST_FIRST, ("-from_date", "-id"))},
        source=ByAudience("from_date"),
        rows=reading.clinic_rows,
        empty=(_("No clinics here"), _("Who sits on which half-day of the week in which clinic stands here.")),
        starts=(
            Start(_("Open a clinic"), "/dispatch/clinics/new/", reading.may_open),
            Start(_("Week list"), WEEK, beside=True),
        ),
    )
)


def _facts(page: ClinicPage) -> list[Fact]:
    row = page.clinic
    return [
        Fact(pgettext_lazy("dispatch", "Expert"), page.person.name, url=KIND.url(page.posting.public_id)),
        Fact(_("Weekday"), page.when),
        Fact(_("Name of the clinic"), row.name),
        Fact(_("Room"), row.room),
        Fact(_("From"), iso(row.from_date)),
        Fact(_("To"), iso(row.to_date)),
        Fact(_("Week list"), _("Show this week"), url=f"{WEEK}?place={page.place}"),
    ]


def _double(request: Request, page: ClinicPage) -> dict[str, Any]:
    row = page.clinic
    about = queries.doubles_around(
        request.actor, [row.person_id], shanghai_day(timezone.now()), row.from_date, row.to_date
    )
    return {"doubles": about}


PAGE: RecordPage[ClinicPage] = RecordPage(
    CLINIC,
    template="dispatch/clinic.html",
    ident="clinic_id",
    read=reading.clinic_page,
    facts=_facts,
    acts={
        "say_day": Act(services.say_day, forms.SayDay.of, forms.SayDay.given),
        "edit_clinic": Act(services.edit_clinic, forms.EditClinic.of),
        "end_clinic": Act(services.end_clinic, typed(forms.EndClinic)),
    },
    more=_double,
)


@door(methods=("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """Open a clinic."""
    known = reading.sitters(request.actor)
    wanted = next((one for one in known if one.public_id == request.GET.get("posting")), None)
    now = shanghai_day(timezone.now())
    initial = {"posting": wanted.public_id, "from_date": max(now, wanted.first)} if wanted else {"from_date": now}
    form = forms.OpenClinic(request.POST or None, known, initial=initial)
    note = "" if known else _("Nobody is posted to your institution, or your seat opens no clinics.")

    def make(told: dict[str, Any]) -> Any:
        return services.open_clinic(**told, posting_id=form.cleaned_data["posting"], clinic=form.facts())

    return ENTRY.show(request, form, make, note=note)


@door()
def week(request: Request) -> HttpResponse:
    """Show one week of an institution."""
    found, first = _week(request)
    context: dict[str, Any] = {"week": found, "page": Page(_("Week list")), "clinics": CLINIC.words.many}
    if found is not None:
        context |= _around(request, found, first)
    elif reading.sitters(request.actor):
        context["page"] = Page(_("Week list"), actions=[Action(_("Open a clinic"), "/dispatch/clinics/new/", True)])
    return render(request, "dispatch/week.html", context)


@door()
def poster(request: Request) -> HttpResponse:
    """Show one week as it hangs on a wall, in large type, A4 or A3."""
    found, first = _week(request)
    wide = request.GET.get("size") == "a3"
    back = _address(found, first) if found else WEEK
    context = {"week": found, "title": _("Week list"), "wide": wide, "back": back, "halves": words.HALVES.items()}
    return render(request, "dispatch/poster.html", context)


def _week(request: Request) -> tuple[WeekList | None, Any]:
    """Read the week that the address asks for. Raises NotFound, NotUnderstood."""
    today, text = shanghai_day(timezone.now()), request.GET.get("week", "")
    first = weeks.read_week(text) if text else weeks.monday(today)
    if first is None:
        raise NotUnderstood({"week": text[:20]})
    return week_list(request.actor, request.GET.get("place", ""), first, today), first


def _address(found: WeekList, first: Any, under: str = WEEK, **more: str) -> str:
    asked = {"place": found.place.public_id, "week": weeks.week_text(first), **more}
    return f"{under}?" + "&".join(f"{name}={value}" for name, value in asked.items())


def _around(request: Request, found: WeekList, first: Any) -> dict[str, Any]:
    """Return the weeks beside this one, the other institutions, and what can be taken along."""
    places = [
        Chip(one.short_name, f"{WEEK}?place={one.public_id}&week={weeks.week_text(first)}", one.id == found.place.id)
        for one in found.places
    ]
    actions = [Action(_("Print as a poster"), _address(found, first, f"{WEEK}poster/"))]
    actions += [Action(CLINIC.words.many, CLINIC.listed(ClinicAsks(place=Named.of(found.place))))]
    if reading.sitters(request.actor) and found.place.id == request.actor.tenant_id:
        actions.insert(0, Action(_("Open a clinic"), "/dispatch/clinics/new/", True))
    lead = f"{found.place.name} · {found.days[0].day} – {found.days[-1].day}"
    step = weeks.ONE_DAY * 7
    return {
        "page": Page(_("Week list"), lead, actions=actions),
        "chips": [Chips(_("Receiving hospital"), places)] if len(places) > 1 else [],
        "before": _address(found, first - step),
        "after": _address(found, first + step),
        "now": f"{WEEK}?place={found.place.public_id}",
        "wide": _address(found, first, f"{WEEK}poster/", size="a3"),
    }


def posting_panel(request: HttpRequest, subject: Any) -> str:
    """Draw the clinics of a posting."""
    begin = f"posting={subject.public_id}"
    return listing.part(
        request, LIST, ClinicAsks(show="all", posting=Named(subject.pk, subject.public_id, "")), begin=begin
    )
