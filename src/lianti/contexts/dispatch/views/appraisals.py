"""Pages of appraisals: their list, one of each, its print and document."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch import queries, services, words
from lianti.contexts.dispatch.forms import proving as forms
from lianti.contexts.dispatch.forms import said
from lianti.contexts.dispatch.queries import APPRAISAL, KIND, AppraisalPage
from lianti.contexts.dispatch.words.proving import APPRAISAL_PAPER
from lianti.contexts.evidence import services as evidence
from lianti.contexts.papers import queries as papers
from lianti.contexts.papers import services as drawing
from lianti.lib.dates import shanghai_day
from lianti.lib.web.doors import Request, door
from lianti.lib.web.moving import see_other, taken
from lianti.lib.web.parts import Fact
from lianti.records import cells, lists
from lianti.records.lists import Column, Order, RecordList, Start
from lianti.records.pages import Act, RecordPage, typed
from lianti.records.reading import ByAudience

LIST = lists.register(
    RecordList(
        APPRAISAL,
        columns=(
            Column("who", pgettext_lazy("dispatch", "Person"), cells.RECORD),
            Column("sides", _("From and to"), cells.PAIR),
            Column("grade", pgettext_lazy("appraisal", "Grade"), cells.TEXT, labelled=True),
            Column("begun", _("Begun on"), cells.DAY, order="latest"),
            Column("state", _("State"), cells.STATE),
        ),
        asked=queries.AppraisalAsks,
        orders={"latest": Order(lists.LATEST_FIRST, ("-begun", "-id"))},
        source=ByAudience("begun"),
        rows=queries.appraisal_rows,
        empty=(_("No appraisals here"), _("An appraisal is begun on the page of a posting.")),
        starts=(Start(KIND.words.many, KIND.base, beside=True),),
    )
)


def _facts(page: AppraisalPage) -> list[Fact]:
    row, posting = page.appraisal, page.posting
    marks = " · ".join(f"{word} {getattr(row, code)}" for code, word in words.ITEMS.items() if getattr(row, code))
    return [
        Fact(KIND.words.one, f"{page.person.name} {posting.number}", url=KIND.url(posting.public_id)),
        Fact(_("Receiving institution"), page.recipient.name),
        Fact(_("Time"), f"{words.iso(posting.arrived)} – {words.iso(posting.left)}"),
        Fact(_("Days that the recipient confirms"), "" if row.days is None else str(row.days)),
        Fact(_("Department's marks"), marks, wide=True),
        Fact(_("Signed for the department"), page.reviewer.name if page.reviewer else ""),
        Fact(_("Grade of the recipient"), words.GRADES.get(row.recipient_grade, "")),
        Fact(_("Grade of the own hospital"), words.GRADES.get(row.supporter_grade, "")),
        Fact(_("Filed where"), row.filed_with),
    ]


PAGE: RecordPage[AppraisalPage] = RecordPage(
    APPRAISAL,
    template="dispatch/appraisal.html",
    ident="appraisal_id",
    read=queries.appraisal_page,
    facts=_facts,
    acts={
        "write_self": Act(services.write_self, forms.WriteSelf.of),
        "review": Act(services.review, forms.ReviewAppraisal.of, forms.ReviewAppraisal.given),
        "grade": Act(services.grade, forms.GradeAppraisal.of),
        "book_grade": Act(services.book_grade, forms.BookGrade.of, forms.BookGrade.given),
        "conclude": Act(services.conclude, forms.ConcludeAppraisal.of),
        "file": Act(services.file_appraisal, typed(forms.FileAppraisal)),
        "withdraw": Act(services.withdraw_appraisal, typed(said.Reason)),
    },
)


@door(methods=("POST",))
def begin(request: Request, public_id: str) -> HttpResponse:
    """Begin the appraisal of a posting."""
    made = services.begin_appraisal(**taken(request), posting_id=public_id)
    messages.success(request, str(APPRAISAL.words.moves["begin"].done))
    return see_other(APPRAISAL.url(made.public_id))


@door()
def printed(request: Request, public_id: str) -> HttpResponse:
    """Show an appraisal as it goes on paper."""
    row, content = queries.appraisal_content(request.actor, public_id)
    with translation.override("zh-hans"):
        kind = papers.kind(APPRAISAL_PAPER)
        blocks = papers.laid(kind, {"title": str(kind.title), **content})
        title = str(kind.title)
    context = {
        "title": title,
        "subtitle": content["unit"],
        "number": row.number,
        "back": APPRAISAL.url(public_id),
        "sheets": [blocks],
        "valid": True,
    }
    return render(request, "papers/print.html", context)


@door()
def document(request: Request, public_id: str) -> HttpResponse:
    """Hand out an appraisal as a document, by the sender's own form where it has one."""
    row, content = queries.appraisal_content(request.actor, public_id)
    now = timezone.now()
    told = {"paper": APPRAISAL_PAPER, "issuer_id": row.sender_id, "day": shanghai_day(now), "content": content}
    return evidence.response(drawing.draw(actor=request.actor, at=now, **told))


@door()
def scan(request: Request, public_id: str) -> HttpResponse:
    """Hand out the scan of the recipient's stamped form."""
    file = queries.appraisal_scan(request.actor, public_id)
    held = evidence.fetch(
        actor=request.actor,
        at=timezone.now(),
        file_id=file.public_id,
        grant=evidence.Grant(APPRAISAL.code, public_id),
        why="scan of an appraisal",
    )
    return evidence.response(held)


def posting_panel(request: HttpRequest, subject: object) -> str:
    """Draw where the appraisal of a posting stands, or how to begin it."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return ""
    posting_id, public_id, arrived = (getattr(subject, name) for name in ("pk", "public_id", "arrived"))
    found = queries.appraisals_of(actor, [posting_id]).get(posting_id)
    if found is None and (arrived is None or not queries.may_appraise(actor)):
        return ""
    context = {"found": found, "begin": reverse("dispatch:begin_appraisal", args=[public_id])}
    return render_to_string("dispatch/appraised.html", context, request)
