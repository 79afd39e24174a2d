"""Pages of who can be sent, who owes and who is next: the list, one of each, the quotas of a year."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch import queries, services, words
from lianti.contexts.dispatch.forms import candidates as forms
from lianti.contexts.dispatch.forms import said
from lianti.contexts.dispatch.queries import CANDIDATE, CandidatePage
from lianti.contexts.dispatch.views.postings import PLAN
from lianti.contexts.dispatch.words import iso
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.web.doors import Request, door
from lianti.lib.web.parts import Action, Fact, Page
from lianti.records import cells, lists
from lianti.records.lists import Column, Order, RecordList, Start
from lianti.records.pages import Act, RecordPage, typed
from lianti.records.reading import Plain

LIST = lists.register(
    RecordList(
        CANDIDATE,
        columns=(
            Column("who", pgettext_lazy("dispatch", "Person"), cells.RECORD),
            Column("title", _("Professional title"), cells.TEXT, wide=True),
            Column("why", _("Why here in the order"), cells.TEXT),
            Column("months", _("Months served"), cells.QUANTITY, labelled=True),
            Column("lacking", _("Days lacking"), cells.QUANTITY, order="lacking", labelled=True),
            Column("days", words.COUNTED, cells.QUANTITY, labelled=True),
            Column("applying", _("Applies in"), cells.TEXT, labelled=True),
            Column("state", _("State"), cells.STATE),
        ),
        asked=queries.CandidateAsks,
        orders={
            "next": Order(_("Who is next: volunteers, most lacking, longest since"), ("turn", "last_left", "id")),
            "lacking": Order(_("Most days lacking first"), ("-lacking", "-id")),
        },
        source=Plain(),
        rows=queries.candidate_rows,
        empty=(
            _("Nobody stands here"),
            _("Everybody whom your institution employs is listed from the first batch on, in a quarter of an hour."),
        ),
        starts=(
            PLAN,
            Start(_("Quotas of departments"), "/dispatch/people/quotas/", queries.reads_people, beside=True),
            Start(_("Applicants of the year"), "/dispatch/applicants/", queries.may_plan, beside=True),
            Start(queries.KIND.words.many, queries.KIND.base, beside=True),
        ),
        text=words.CLINICAL_FIRST,
    )
)


def _facts(page: CandidatePage) -> list[Fact]:
    row, person = page.candidate, page.person
    reason = words.EXEMPTIONS.get(row.exempt_reason, "")
    licence = " ".join(filter(None, (row.licence_number, row.licence_scope, iso(row.licence_until))))
    return [
        Fact(pgettext_lazy("dispatch", "Person"), person.name, url=reverse("network:person", args=[person.public_id])),
        Fact(_("Title and department"), " ".join(map(str, filter(None, (person.title_label, person.department))))),
        Fact(pgettext_lazy("dispatch", "Phone"), page.phone),
        Fact(_("Why here in the order"), page.why),
        Fact(_("Applies in"), str(row.applying or "")),
        Fact(_("Volunteered on"), iso(row.volunteered)),
        Fact(_("Exempt because of"), reason),
        Fact(_("Basis of the exemption"), row.exempt_basis),
        Fact(_("Exempt until"), iso(row.exempt_until)),
        Fact(_("Licence"), licence),
        Fact(_("Filing for practice elsewhere"), row.licence_filing),
    ]


def _read(actor: Actor, row: Any) -> CandidatePage:
    return queries.candidate_page(actor, row, shanghai_day(timezone.now()))


PAGE: RecordPage[CandidatePage] = RecordPage(
    CANDIDATE,
    template="dispatch/candidate.html",
    ident="candidate_id",
    read=_read,
    facts=_facts,
    acts={
        "volunteer": Act(
            services.volunteer, typed(forms.Volunteer), offered=lambda page: page.candidate.volunteered is None
        ),
        "stand_back": Act(
            services.stand_back, typed(said.Note), offered=lambda page: page.candidate.volunteered is not None
        ),
        "note": Act(services.note_candidate, forms.NoteCandidate.of, forms.NoteCandidate.given),
        "exempt": Act(services.exempt, typed(forms.Exempt)),
        "lift": Act(services.lift_exemption, typed(said.Note)),
    },
)


@door()
def quotas(request: Request) -> HttpResponse:
    """Show the quotas of the batches of a year, beside who was named."""
    today = shanghai_day(timezone.now())
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else today.year
    found = queries.quotas_of_year(request.actor, year) if queries.reads_people(request.actor) else []
    context = {
        "page": Page(_("Quotas of departments"), actions=[Action(CANDIDATE.words.many, CANDIDATE.base)]),
        "year": year,
        "batches": queries.BATCH.words.many,
        "years": range(today.year - 2, today.year + 2),
        "quotas": found,
    }
    return render(request, "dispatch/quotas.html", context)


def person_panel(request: HttpRequest, subject: Any) -> str:
    """Draw the way to what one's own house notes of somebody."""
    actor: Actor | None = getattr(request, "actor", None)
    row = queries.candidate_of(actor, subject.id) if actor is not None else None
    if row is None:
        return ""
    from django.template.loader import render_to_string

    today = shanghai_day(timezone.now())
    context = {"url": CANDIDATE.url(row.public_id), "why": queries.why(row, today), "title": CANDIDATE.words.many}
    return render_to_string("dispatch/candidate_panel.html", context, request)
