"""Paper: the print with both seals' places, its code, and booking the scan."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianti.contexts.evidence import queries as files
from lianti.contexts.evidence import services as evidence
from lianti.contexts.ledger import forms, queries, services, words
from lianti.contexts.ledger.views.moving import done, today
from lianti.contexts.ledger.views.sheets import PRINT, exceptions, hosts, lines_of, told, who
from lianti.contexts.papers import queries as papers
from lianti.lib.errors import Invalid, NotFound
from lianti.lib.web.doors import Request, door
from lianti.lib.web.moving import taken
from lianti.lib.web.parts import Page
from lianti.records import codes


@door()
def printed(request: Request, public_id: str) -> HttpResponse:
    """Show a print as it goes on paper."""
    found = queries.printed(request.actor, public_id, today=today())
    row, paper = found.facts, papers.issued_of(request.actor, PRINT, public_id)
    content = paper.content if paper else queries.as_it_was(found)
    context = {
        "title": content.get("title") or words.SHEET_PAPER.title,
        "subtitle": f"{found.sheet.giver.name} → {found.sheet.receiver.name} · {_whose(found.sheet)}",
        "number": row.number,
        "code": paper.code if paper else queries.code_of(row),
        "code_svg": codes.drawn(request.build_absolute_uri(reverse(words.CONFIRM_BY, args=[row.number])), scale=2),
        "back": reverse("ledger:sheet", args=[found.sheet.public_id]),
        "sheets": papers.as_printed(words.MONTH_SHEET, content),
    }
    return render(request, "papers/print.html", context)


def _whose(found: queries.SheetPage) -> str:
    return f"{who(found)} · {found.month:%Y-%m}"


@door()
def by_number(request: Request, number: str) -> HttpResponse:
    """Go from the code on the paper to booking its scan."""
    public_id = queries.print_by_number(request.actor, number)
    if public_id is None:
        raise NotFound
    return redirect("ledger:scan", public_id)


@door(methods=("GET", "POST"))
def scan(request: Request, public_id: str) -> HttpResponse:
    """Book the scan of a stamped print: who signed, the file, and what was changed on the paper."""
    found = queries.printed(request.actor, public_id, today=today())
    waiting = found.waiting
    posted = request.method == "POST"
    marks = forms.Marks(request.POST if posted else None, [line.row.public_id for line in waiting])
    form = forms.Scan(request.POST or None, request.FILES or None, people=hosts(found.sheet))
    if posted and form.is_valid() and marks.is_valid():
        given = form.cleaned_data
        try:
            outcome = services.confirm_scan(
                **taken(request),
                print_id=public_id,
                signatory_id=given["signatory"],
                name=given["scan"].name,
                content=given["scan"].read(),
                exceptions=exceptions(marks),
            )
        except Invalid as refusal:
            form.refused({k: v for k, v in refusal.fields.items() if "-" not in k})
            marks.refused({k: v for k, v in refusal.fields.items() if "-" in k})
        else:
            return done(request, told(outcome), reverse("ledger:sheet", args=[found.sheet.public_id]))
    context: dict[str, Any] = {
        "page": Page(_("Book the scan"), text=f"{found.facts.number} · {_whose(found.sheet)}"),
        "printed": found,
        "form": form,
        "lines": lines_of(waiting, marks),
        "marks": forms.MARKS,
        "marking": True,
        "error": marks.error,
        "cancel": reverse("ledger:sheet", args=[found.sheet.public_id]),
    }
    return render(request, "ledger/scan.html", context, status=422 if posted else 200)


@door()
def scan_file(request: Request, public_id: str) -> HttpResponse:
    """Hand out the scan of a confirmed print to either side."""
    found = queries.printed(request.actor, public_id, today=today())
    if found.facts.scan_id is None:
        raise NotFound
    file = files.files([found.facts.scan_id])[found.facts.scan_id]
    held = evidence.fetch(
        actor=request.actor,
        at=timezone.now(),
        file_id=file.public_id,
        grant=evidence.Grant(PRINT, public_id),
        why="scan of a month sheet",
    )
    return evidence.response(held)
