"""The one-time link: no account, no session; the code comes with every step."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger import forms, queries, services
from lianti.contexts.ledger.views.moving import today
from lianti.contexts.ledger.views.sheets import exceptions, lines_of, told, who
from lianti.kernel import scope
from lianti.lib.errors import Invalid, Refused
from lianti.lib.web.doors import open_door


@open_door(methods=("GET", "POST"))
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the code, show the sheet, verify it: three steps on one address."""
    try:
        found = services.find_link(token=token, at=timezone.now())
        if request.method != "POST":
            return _ask(request, forms.Code())
        code = forms.Code(request.POST)
        if not code.is_valid():
            return _ask(request, code, status=422)
        _link, holder = services.open_link(token=token, code=code.cleaned_data["code"], at=timezone.now())
    except services.WrongCode as wrong:
        code.add_error("code", wrong.message)  # type: ignore[arg-type]  # lazy text
        return _ask(request, code, status=403)
    except Refused as refused:
        return _closed(request, refused)
    with scope.acting(holder):
        sheet = queries.sheet(holder, found.sheet_id, today=today())
    if request.POST.get("step") != "verify":
        return _show(request, sheet, code, forms.Marks(None, _open(sheet)))
    return _verify(request, token, sheet, code)


def _verify(request: HttpRequest, token: str, sheet: queries.SheetPage, code: forms.Code) -> HttpResponse:
    marks = forms.Marks(request.POST, _open(sheet))
    if marks.is_valid():
        try:
            outcome = services.use_link(
                token=token,
                code=code.cleaned_data["code"],
                at=timezone.now(),
                key=(request.POST.get("key") or "")[:64] or None,
                seen=marks.seen,
                exceptions=exceptions(marks),
            )
        except Invalid as refusal:
            marks.refused(refusal.fields)
        except Refused as refused:
            return _closed(request, refused)
        else:
            context = {"title": _("Thank you"), "told": told(outcome), "sheet": sheet, "who": who(sheet)}
            return _kept_private(render(request, "ledger/link_done.html", context))
    return _show(request, sheet, code, marks, status=422)


def _open(sheet: queries.SheetPage) -> list[str]:
    return [line.row.public_id for line in sheet.lines if line.open]


def _ask(request: HttpRequest, form: forms.Code, status: int = 200) -> HttpResponse:
    context = {"title": _("Confirm help received"), "form": form}
    return _kept_private(render(request, "ledger/link.html", context, status=status))


def _show(
    request: HttpRequest, sheet: queries.SheetPage, code: forms.Code, marks: forms.Marks, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "title": f"{who(sheet)} · {sheet.month:%Y-%m}",
        "sheet": sheet,
        "lines": lines_of(sheet.lines, marks),
        "marks": forms.MARKS,
        "marking": True,
        "error": marks.error,
        "code": code.cleaned_data["code"],
    }
    return _kept_private(render(request, "ledger/link_sheet.html", context, status=status))


def _closed(request: HttpRequest, refused: Refused) -> HttpResponse:
    context = {"title": _("Confirm help received"), "why": refused.message}
    return _kept_private(render(request, "ledger/link_closed.html", context, status=refused.status))


def _kept_private(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    # Not "no-referrer": browsers then send the form with `Origin: null`, and it would be refused as forged.
    answer["Referrer-Policy"] = "same-origin"
    answer["X-Robots-Tag"] = "noindex"
    return answer
