"""Paper: the print with both seals' places, its code, and booking the scan."""

from __future__ import annotations

from typing import Any

import segno
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from lianti.contexts.evidence import queries as files
from lianti.contexts.evidence import services as evidence
from lianti.contexts.ledger import forms, queries, services
from lianti.contexts.ledger.views.moving import done, today
from lianti.contexts.ledger.views.sheets import exceptions, hosts, line_of, lines_of, sums_of, told, who
from lianti.lib.errors import Invalid, NotFound
from lianti.lib.web.doors import Request, door
from lianti.lib.web.moving import taken
from lianti.lib.web.parts import Page

LINES_A_PAGE = 22


@door()
def printed(request: Request, public_id: str) -> HttpResponse:
    """Show a print as it goes on paper."""
    found = queries.printed(request.actor, public_id, today=today())
    lines = [line_of(line) for line in found.lines]
    context = {
        "title": _("Month sheet of help given"),
        "subtitle": f"{found.sheet.giver.name} → {found.sheet.receiver.name} · {_whose(found.sheet)}",
        "number": found.facts.number,
        "code": found.facts.public_id[-8:],
        "code_svg": _code(request.build_absolute_uri(reverse("ledger:by_number", args=[found.facts.number]))),
        "back": reverse("ledger:sheet", args=[found.sheet.public_id]),
        "sheets": [lines[i : i + LINES_A_PAGE] for i in range(0, len(lines), LINES_A_PAGE)] or [[]],
        "sums": sums_of(found.sums),
        "printed": found,
        "who": who(found.sheet),
    }
    return render(request, "ledger/print.html", context)


def _whose(found: queries.SheetPage) -> str:
    return f"{who(found)} · {found.month:%Y-%m}"


def _code(address: str) -> str:
    """Draw the address as a code that a phone's camera reads."""
    drawn = segno.make(address, error="m").svg_inline(scale=2, border=1, svgclass=None, lineclass=None, omitsize=False)
    return mark_safe(drawn)


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
        grant=evidence.Grant("ledger.print", public_id),
        why="scan of a month sheet",
    )
    return evidence.response(held)
