"""Several month sheets verified with one button: what is unticked is left, what changed is told, the rest goes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lianti.contexts.ledger import queries, services, words
from lianti.contexts.ledger.queries import sheet_list
from lianti.contexts.ledger.views import sheets
from lianti.contexts.ledger.views.moving import today
from lianti.kernel import scope
from lianti.lib import ids
from lianti.lib.errors import Invalid, Refused, Sentence
from lianti.lib.web.doors import Request, door
from lianti.lib.web.moving import see_other, taken
from lianti.lib.web.parts import Empty, Page


@door(methods=("GET", "HEAD", "POST"))
def together(request: Request) -> HttpResponse:
    """Show the sheets that wait, those named or all; verify those that are ticked."""
    if request.method == "POST":
        return _verified(request)
    named = [ident for ident in request.GET.getlist("sheet") if ids.is_id(ident)]
    waiting = queries.together(request.actor, today(), named)
    open_ones = [one for one in waiting if one.open]
    context = {
        "page": Page(words.TOGETHER, count=len(open_ones)),
        "sheets": [_shown(one) for one in open_ones],
        "others": [one.brief for one in waiting if not one.open],
        "empty": Empty(_("No sheet waits for you"), _("A sheet stands here while you can verify an entry of it.")),
    }
    return render(request, "ledger/together.html", context)


def _shown(one: queries.WaitingSheet) -> dict[str, Any]:
    return {
        "sheet": one,
        "url": sheet_list.KIND.url(one.brief.public_id),
        "lines": [sheets.line_of(line) for line in one.lines],
        "sums": sheets.sums_of(one.sums),
    }


def _verified(request: Request) -> HttpResponse:
    """Verify the ticked sheets, each by itself: one that changed is told and does not hold up the others."""
    chosen = list(dict.fromkeys(ident for ident in request.POST.getlist("sheet") if ids.is_id(ident)))
    if not chosen:
        raise Invalid({"sheet": _("Nothing is ticked.")}, _("Tick the sheets first."))
    if len(chosen) > queries.AT_ONCE:
        raise Invalid({"sheet": _("Too many at once.")}, _("At most 40 sheets at once."))
    left, told = frozenset(request.POST.getlist("leave")), taken(request)
    failed: list[tuple[str, Sentence]] = []
    entries = 0
    for ident in sorted(chosen):
        key = f"{told['key']}:{ident}" if told["key"] else None
        try:
            outcome = services.verify_sheet(
                **{**told, "key": key},
                sheet_id=ident,
                seen=_seen(request, ident),
                exceptions=services.Exceptions(left=left),
            )
        except Refused as refused:
            failed.append((ident, str(refused)))
        else:
            entries += outcome.done
        scope.settle()
    said = ngettext("%(n)s entry verified.", "%(n)s entries verified.", entries) % {"n": entries}
    if not failed:
        messages.success(request, said)
        return see_other(reverse("portal:home"))
    return _outcome(request, len(chosen) - len(failed), failed)


def _seen(request: Request, ident: str) -> dict[str, int]:
    """Return the versions in which the page showed the entries of a sheet."""
    found = {}
    for text in request.POST.getlist(f"seen-{ident}"):
        entry, _dot, version = text.partition(".")
        if version.isdecimal() and len(version) < 9:
            found[entry] = int(version)
    return found


def _outcome(request: Request, done: int, failed: list[tuple[str, Sentence]]) -> HttpResponse:
    rows = sheet_list.KIND.visible(request.actor).narrowed(Q(public_id__in=[ident for ident, _why in failed]))
    known = {brief.public_id: brief.short for brief in sheet_list.KIND.briefs(rows.all(most=queries.AT_ONCE))}
    context = {
        "page": Page(words.TOGETHER),
        "done": done,
        "failed": [
            (known.get(ident, ident), sheet_list.KIND.url(ident) if ident in known else "", why)
            for ident, why in failed
        ],
        "back": reverse("ledger:together"),
    }
    return render(request, "records/outcome.html", context, status=200 if done else 409)
