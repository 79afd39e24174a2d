"""Pages of arrival, leaving and visits."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch import services, words
from lianti.contexts.dispatch.forms import care as forms
from lianti.contexts.dispatch.forms import said
from lianti.contexts.dispatch.queries import KIND
from lianti.contexts.dispatch.queries import care as reading
from lianti.contexts.dispatch.queries.care import CHECK, VISIT, CheckAsks, CheckPage, VisitAsks, VisitPage
from lianti.contexts.dispatch.words import iso
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Invalid
from lianti.lib.web.doors import Request, door
from lianti.lib.web.moving import see_other, taken
from lianti.lib.web.parts import Fact, Page
from lianti.records import cells, listing, lists
from lianti.records.asking import Named
from lianti.records.entering import Entry
from lianti.records.lists import Column, Order, RecordList, Start
from lianti.records.pages import Act, RecordPage, typed
from lianti.records.reading import ByAudience

BEGIN = Entry(CHECK, "begin_list", _("Begin a check list"), _("Begin the list"))
ENTER = Entry(VISIT, "note_visit", _("Note a visit"), _("Note the visit"))
HOUSE = "/dispatch/house-list/"

CHECKS = lists.register(
    RecordList(
        CHECK,
        columns=(
            Column("who", pgettext_lazy("dispatch", "Person"), cells.RECORD),
            Column("sides", _("From and to"), cells.PAIR),
            Column("left", _("Open items"), cells.QUANTITY, labelled=True),
            Column("next", _("Next by"), cells.DEADLINE),
            Column("state", _("State"), cells.STATE),
        ),
        asked=CheckAsks,
        orders={"latest": Order(lists.LATEST_FIRST, ("-day", "-id"))},
        source=ByAudience("day"),
        rows=reading.check_rows,
        empty=(_("Nothing to do here"), _("What is to be done for who comes and who leaves stands here.")),
        starts=(
            Start(_("Begin a check list"), "/dispatch/checks/new/", reading.may_visit),
            Start(_("What our institution does"), HOUSE, reading.may_keep_house, beside=True),
            Start(VISIT.words.many, VISIT.base, beside=True),
        ),
    )
)


def _check_facts(page: CheckPage) -> list[Fact]:
    row = page.check
    return [
        Fact(pgettext_lazy("dispatch", "Person"), page.person.name, url=KIND.url(page.posting.public_id)),
        Fact(CHECK.words.one, words.WHICH_LIST[row.leaving]),
        Fact(_("First day or last day"), iso(row.day)),
    ]


def _has_own(page: CheckPage) -> bool:
    return bool(page.own)


CHECK_PAGE: RecordPage[CheckPage] = RecordPage(
    CHECK,
    template="dispatch/check.html",
    ident="check_id",
    read=reading.check_page,
    facts=_check_facts,
    acts={
        "tick": Act(services.tick, forms.Tick.of, forms.Tick.given, offered=_has_own),
        "add_item": Act(services.add_item, typed(forms.AddItem)),
    },
    more=lambda _request, _page: {"today": shanghai_day(timezone.now())},
)

VISITS = lists.register(
    RecordList(
        VISIT,
        columns=(
            Column("who", _("People visited"), cells.RECORD),
            Column("sides", _("From and to"), cells.PAIR),
            Column("day", pgettext_lazy("dispatch", "Day"), cells.DAY, order="latest"),
            Column("follow_up", _("What follows"), cells.TEXT),
            Column("due", _("Until when"), cells.DEADLINE),
            Column("state", _("State"), cells.STATE),
        ),
        asked=VisitAsks,
        orders={"latest": Order(lists.LATEST_FIRST, ("-day", "-id"))},
        source=ByAudience("day"),
        rows=reading.visit_rows,
        empty=(_("No visits here"), _("Who visited the posted, what was heard and what follows stands here.")),
        starts=(Start(_("Note a visit"), "/dispatch/visits/new/", reading.may_visit),),
    )
)


def _visit_facts(page: VisitPage) -> list[Fact]:
    row = page.visit
    return [
        Fact(_("People visited"), [person.name for _public_id, person in page.people]),
        Fact(pgettext_lazy("dispatch", "Day"), iso(row.day)),
        Fact(_("Who visited"), row.visitors),
        Fact(_("What was heard"), page.heard, wide=True),
        Fact(_("What follows"), row.follow_up, wide=True),
        Fact(_("Who sees to it"), page.owner.short_name if page.owner else ""),
        Fact(_("Until when"), iso(row.due)),
    ]


VISIT_PAGE: RecordPage[VisitPage] = RecordPage(
    VISIT,
    template="records/record.html",
    ident="visit_id",
    read=reading.visit_page,
    facts=_visit_facts,
    acts={"settle": Act(services.settle_visit, typed(said.Reason))},
)


@door(methods=("GET", "POST"))
def new_check(request: Request) -> HttpResponse:
    """Begin a list that did not begin by itself."""
    initial = {"posting": request.GET.get("posting", ""), "list": request.GET.get("list", "leaving")}
    form = forms.BeginList(request.POST or None, reading.to_visit(request.actor), initial=initial)

    def make(told: dict[str, Any]) -> Any:
        leaving = form.cleaned_data["list"] == "leaving"
        return services.begin_list(**told, posting_id=form.cleaned_data["posting"], leaving=leaving)

    return BEGIN.show(request, form, make)


@door(methods=("GET", "POST"))
def new_visit(request: Request) -> HttpResponse:
    """Note a visit."""
    known = reading.to_visit(request.actor)
    wanted = [one.public_id for one in known if one.public_id == request.GET.get("posting")]
    form = forms.NoteVisit(request.POST or None, known, initial={"people": wanted, "day": shanghai_day(timezone.now())})
    note = "" if known else _("Nobody whom your institution sent or received can be visited.")

    def make(told: dict[str, Any]) -> Any:
        return services.note_visit(**told, posting_ids=form.cleaned_data["people"], visit=form.facts())

    return ENTER.show(request, form, make, note=note)


@door(methods=("GET", "POST"))
def house_list(request: Request) -> HttpResponse:
    """Say what one's institution does for who comes and who leaves."""
    form = forms.KeepHouse.of(reading.house_items(request.actor), request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            services.set_house_list(**taken(request), items=form.typed())
        except Invalid as refusal:
            form.refused(refusal.fields)
        else:
            messages.success(request, str(_("Kept. Lists begun from now on are made of it.")))
            return see_other(HOUSE)
    context = {
        "page": Page(
            _("What our institution does"),
            _("One line each: as which side, for the arrival or the leaving, what, how many days after."),
        ),
        "form": form,
        "submit": _("Keep"),
        "cancel": CHECK.base,
        "note": "" if reading.may_keep_house(request.actor) else _("Office and coordinator keep this list."),
    }
    return render(request, "records/enter.html", context, status=422 if form.errors else 200)


def checks_panel(request: HttpRequest, subject: Any) -> str:
    """Draw the check lists of a posting."""
    asked = CheckAsks(show="all", posting=Named(subject.pk, subject.public_id, ""))
    return listing.part(request, CHECKS, asked, begin=f"posting={subject.public_id}")


def visits_panel(request: HttpRequest, subject: Any) -> str:
    """Draw the visits to somebody who is posted."""
    asked = VisitAsks(posting=Named(subject.pk, subject.public_id, ""))
    return listing.part(request, VISITS, asked, begin=f"posting={subject.public_id}")
