"""Pages of service before the platform: the list, one of each, the forms for one and for many."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from lianti.contexts.dispatch import queries, services, words
from lianti.contexts.dispatch.forms import past as forms
from lianti.contexts.dispatch.forms import said
from lianti.contexts.dispatch.forms.people import Houses
from lianti.contexts.dispatch.queries import PAST, PastPage
from lianti.contexts.evidence import services as evidence
from lianti.contexts.evidence.queries import attachments
from lianti.contexts.network import queries as network
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

ENTRY = Entry(PAST, "enter", _("Enter earlier service"), _("Enter"))
_HINT = _("Service before the platform counts with letter number and scan. It makes no entry in the ledger.")

LIST = lists.register(
    RecordList(
        PAST,
        columns=(
            Column("who", pgettext_lazy("dispatch", "Person"), cells.RECORD),
            Column("sides", _("From and to"), cells.PAIR),
            Column("kind", _("Kind"), cells.TEXT, wide=True),
            Column("time", _("Time"), cells.SPAN, order="latest"),
            Column("certified", words.CERTIFIED, cells.QUANTITY, labelled=True),
            Column("letter", _("Letter"), cells.TEXT, labelled=True),
            Column("state", _("State"), cells.STATE),
        ),
        asked=queries.PastAsks,
        orders={
            "latest": Order(lists.LATEST_FIRST, ("-first", "-id")),
            "oldest": Order(lists.OLDEST_FIRST, ("first", "id")),
        },
        source=ByAudience("first"),
        rows=queries.past_rows,
        empty=(_("No earlier service is entered"), _HINT),
        starts=(
            Start(ENTRY.title, "/dispatch/past/new/", queries.may_enter_past),
            Start(_("Enter many"), "/dispatch/past/lines/", queries.may_enter_past),
            Start(queries.KIND.words.many, queries.KIND.base, beside=True),
        ),
    )
)


def _facts(page: PastPage) -> list[Fact]:
    row, person = page.past, page.person
    certified = "" if row.certified is None else str(row.certified)
    place = reverse("network:institution", args=[page.recipient.public_id]) if page.recipient else ""
    return [
        Fact(pgettext_lazy("dispatch", "Person"), person.name, url=reverse("network:person", args=[person.public_id])),
        Fact(_("Title and department"), " ".join(map(str, filter(None, (person.title_label, person.department))))),
        Fact(pgettext_lazy("dispatch", "Place of service"), row.place, url=place),
        Fact(_("Department there"), row.department),
        Fact(_("Kind"), words.KINDS[row.kind]),
        Fact(_("Time"), f"{row.first} – {row.last}"),
        Fact(words.CERTIFIED, certified),
        Fact(_("Number of the letter"), row.letter_number),
    ]


def _more(_request: Request, page: PastPage) -> dict[str, Any]:
    return {"files": attachments(page.files, "dispatch:past_file", page.past.public_id), "mark": words.MARK}


PAGE: RecordPage[PastPage] = RecordPage(
    PAST,
    template="dispatch/past.html",
    ident="past_id",
    read=queries.past_page,
    facts=_facts,
    acts={
        "dispute": Act(services.dispute_past, typed(said.Reason)),
        "correct": Act(services.correct_past, forms.CorrectPast.of, forms.CorrectPast.given),
        "attach": Act(
            services.attach_past,
            typed(forms.AttachPast),
            lambda _page, form: {"uploads": evidence.uploads(form.cleaned_data["uploads"])},
        ),
        "withdraw": Act(services.withdraw_past, typed(said.Reason)),
    },
    more=_more,
)


@door(methods=("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """Enter earlier service of one person."""
    people, houses = queries.own_people(request.actor), Houses(network.every_name())
    form = forms.EnterPast(request.POST or None, files=request.FILES or None, people=people, houses=houses)
    return ENTRY.show(
        request,
        form,
        lambda told: services.enter_past(
            **told, past=form.facts(), uploads=evidence.uploads(form.cleaned_data["uploads"])
        ),
        note=_HINT,
    )


@door(methods=("GET", "POST"))
def lines(request: Request) -> HttpResponse:
    """Enter earlier service of many, pasted from a spreadsheet, all or nothing."""
    people, houses = queries.own_people(request.actor), Houses(network.every_name())
    form = forms.EnterPastLines(request.POST or None, people=people, houses=houses)
    if form.is_bound and form.is_valid():
        try:
            rows = [row.facts() for row in form.cleaned_data["lines"]]
            made = services.enter_past_lines(**taken(request), lines=rows)
        except Invalid as refusal:
            form.refused(refusal.fields)
        else:
            done = ngettext("%(count)s entered.", "%(count)s entered.", len(made)) % {"count": len(made)}
            messages.success(request, done)
            return see_other(PAST.base)
    context = {
        "page": Page(_("Enter earlier service of many")),
        "form": form,
        "submit": ENTRY.submit,
        "cancel": PAST.base,
        "note": _HINT,
    }
    return render(request, "records/enter.html", context, status=422 if form.errors else 200)


@door()
def download(request: Request, public_id: str, file_id: str) -> HttpResponse:
    """Hand out a scan."""
    files, grant = queries.past_files(request.actor, public_id), evidence.Grant(PAST.code, public_id)
    return evidence.hand_out(actor=request.actor, at=timezone.now(), files=files, file_id=file_id, grant=grant)


def person_panel(request: HttpRequest, subject: Any) -> str:
    """Draw the earlier service of somebody."""
    return listing.part(request, LIST, queries.PastAsks(person=Named.of(subject)))
