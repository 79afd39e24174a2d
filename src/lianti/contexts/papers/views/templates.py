"""Pages of templates: which papers there are, what a template may name, ours to start from, one's own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from lianti.contexts.evidence import queries as files
from lianti.contexts.evidence import services as evidence
from lianti.contexts.papers import forms, queries, services, words
from lianti.contexts.papers.queries import TEMPLATE
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Invalid
from lianti.lib.web.doors import Request, door
from lianti.lib.web.moving import see_other, taken
from lianti.lib.web.parts import Fact, Page
from lianti.records import cells, lists
from lianti.records.lists import Column, Order, RecordList, Start
from lianti.records.pages import Act, RecordPage, typed
from lianti.records.reading import ByAudience

KINDS = Start(_("Papers and placeholders"), "/papers/kinds/", beside=True)

LIST = lists.register(
    RecordList(
        TEMPLATE,
        columns=(
            Column("template", TEMPLATE.words.one, cells.RECORD),
            Column("paper", _("Kind of paper"), cells.TEXT),
            Column("since", _("In force from"), cells.DAY, order="latest"),
            Column("state", _("State"), cells.STATE),
        ),
        asked=queries.TemplateAsks,
        orders={"latest": Order(lists.LATEST_FIRST, ("-from_date", "-id"))},
        source=ByAudience("from_date"),
        rows=queries.template_rows,
        empty=(_("No templates of your own"), _("Papers are drawn by ours until your institution brings its own.")),
        starts=(KINDS,),
    )
)


def _facts(page: Any) -> list[Fact]:
    return [
        Fact(_("Kind of paper"), queries.title_of(page.paper)),
        Fact(_("Name of the paper"), page.title),
        Fact(_("In force from"), page.from_date.isoformat()),
        Fact(_("Last day in force"), page.until.isoformat() if page.until else ""),
    ]


PAGE: RecordPage[Any] = RecordPage(
    TEMPLATE,
    template="papers/template.html",
    ident="template_id",
    read=lambda _actor, row: row,
    facts=_facts,
    acts={"end": Act(services.end, typed(forms.EndTemplate))},
)


@door()
def kinds(request: Request) -> HttpResponse:
    """List the kinds of paper: which are drawn by ours, which by one's own template."""
    today, actor = shanghai_day(timezone.now()), request.actor
    lines = [(kind, queries.in_force(actor.tenant_id, kind.code, today)) for kind in queries.kinds()]
    page = Page(_("Papers and placeholders"), text=_("A promotion board takes its province's own form: bring it here."))
    context = {"page": page, "lines": lines, "pdf": services.can_make_pdf(), "no_pdf": words.NO_PDF}
    return render(request, "papers/kinds.html", context)


@door(methods=("GET", "POST"))
def kind(request: Request, paper: str) -> HttpResponse:
    """Show what a template of a kind of paper may name, and take one."""
    found, today = queries.kind(paper), shanghai_day(timezone.now())
    posted = request.method == "POST"
    form = forms.BringTemplate.of(found, today, request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        given = form.cleaned_data
        upload = evidence.Upload(given["file"].name, given["file"].read())
        try:
            made = services.bring(
                **taken(request), paper=paper, upload=upload, from_date=given["from_date"], title=given["title"]
            )
        except Invalid as refusal:
            form.refused(refusal.fields)
        else:
            messages.success(request, str(words.TEMPLATE.moves["bring"].done))
            return see_other(TEMPLATE.url(made.public_id))
    context = {
        "page": Page(found.title, text=_("What a template of this paper may name")),
        "kind": found,
        "held": queries.in_force(request.actor.tenant_id, paper, today),
        "form": form,
        "may": queries.may_bring(request.actor),
    }
    return render(request, "papers/kind.html", context, status=422 if form.errors else 200)


@door()
def ours(_request: Request, paper: str) -> HttpResponse:
    """Hand out our document of a kind of paper, as a start for one's own."""
    with translation.override("zh-hans"):
        name = f"{queries.kind(paper).title}.docx"
    return evidence.response(evidence.Held(name, services.DOCX, services.ours(paper)))


@door()
def file(request: Request, public_id: str) -> HttpResponse:
    """Hand out one's own template."""
    row = TEMPLATE.visible(request.actor).one(public_id)
    held = evidence.fetch(
        actor=request.actor,
        at=timezone.now(),
        file_id=files.files([row.file_id])[row.file_id].public_id,
        grant=evidence.Grant(TEMPLATE.code, public_id),
        why="a template",
    )
    return evidence.response(held)
