"""The month sheet: verified in one move with exceptions marked, printed, its scan booked, its link made."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from lianti.contexts.ledger import forms, labels, queries, services
from lianti.contexts.ledger.views.listing import entry_line
from lianti.contexts.ledger.views.moving import done, taken, today, tried
from lianti.contexts.network import queries as network
from lianti.lib.errors import Invalid
from lianti.lib.web.doors import Request, door
from lianti.lib.web.parts import Chip, Chips, Column, Empty, Head, Move, Page, Turn
from lianti.lib.web.templatetags.web import query_with

SHOWN = {
    "": _("All that wait"),
    "received": _("For us to verify"),
    "given": _("For the other side"),
    "all": pgettext_lazy("sheets", "All"),
}


def _chip(request: Request, code: str, word: Any, show: str) -> Chip:
    return Chip(word, query_with(request, show=code), active=code == show)


@door()
def sheets(request: Request) -> HttpResponse:
    """List the month sheets of the reader's institution, those that wait first."""
    show = request.GET.get("show", "")
    show = show if show in SHOWN else ""
    rows = queries.sheets(request.actor, waiting=show != "all", side=show if show != "all" else "")
    context = {
        "chips": [Chips(_("Which"), [_chip(request, code, word, show) for code, word in SHOWN.items()])],
        "page": Page(
            _("Month sheets"), text=_("What one person gave to one institution in one month, verified at once.")
        ),
        "columns": (
            Column(_("Month")),
            Column(_("Who")),
            Column(_("From and to")),
            Column(_("To verify"), kind="number"),
        ),
        "rows": rows,
        "more": None,
        "empty": Empty(_("No sheet waits"), _("A sheet stands here while it holds an entry that nobody has verified.")),
    }
    return render(request, "ledger/sheets.html", context)


@door()
def sheet(request: Request, public_id: str) -> HttpResponse:
    """Show a month sheet."""
    return page(request, queries.sheet(request.actor, public_id, today=today()))


@door(methods=("POST",))
def verify(request: Request, public_id: str) -> HttpResponse:
    """Verify a sheet in one move."""
    found = queries.sheet(request.actor, public_id, today=today())
    marks = forms.Marks(request.POST, [line.row.public_id for line in found.lines if line.open])
    if marks.is_valid():
        try:
            outcome = services.verify_sheet(
                **taken(request), sheet_id=public_id, seen=marks.seen, exceptions=exceptions(marks)
            )
        except Invalid as refusal:
            marks.refused(refusal.fields)
        else:
            return done(request, told(outcome), reverse("ledger:sheet", args=[public_id]))
    return page(request, found, marks=marks)


def exceptions(marks: forms.Marks) -> services.Exceptions:
    """Give the marks of a page as the service takes them."""
    return services.Exceptions(lowered=marks.lowered, returned=marks.returned, left=marks.left)


def told(outcome: services.Outcome) -> str:
    """Say what became of a sheet."""
    count = len(outcome.verified) + len(outcome.lowered)
    parts = [ngettext("%(n)s entry verified.", "%(n)s entries verified.", count) % {"n": count}]
    if outcome.returned:
        parts.append(_("Returned: %(n)s.") % {"n": len(outcome.returned)})
    if outcome.left or outcome.refused:
        parts.append(_("Left open: %(n)s.") % {"n": len(outcome.left) + len(outcome.refused)})
    return " ".join(str(part) for part in parts)


@door(methods=("POST",))
def print_sheet(request: Request, public_id: str) -> HttpResponse:
    """Make a numbered print and go to it."""
    made = services.print_sheet(**taken(request), sheet_id=public_id)
    return done(
        request,
        _("Printed as number %(number)s. Its scan confirms exactly these lines.") % {"number": made.number},
        reverse("ledger:print", args=[made.public_id]),
    )


@door(methods=("POST",))
def make_link(request: Request, public_id: str) -> HttpResponse:
    """Make a one-time link and show it and its code, this once."""
    found = queries.sheet(request.actor, public_id, today=today())
    form = forms.MakeLink(request.POST, people=hosts(found))
    made: list[services.Made] = []

    def act(given: dict[str, Any]) -> None:
        made.append(services.make_link(**taken(request), sheet_id=public_id, person_id=given["person"]))

    if not tried(form, act):
        return page(request, found, failed={"make_link": form})
    link = made[0]
    context = {
        "page": Page(_("One-time link")),
        "sheet": found,
        "url": request.build_absolute_uri(reverse("ledger:link", args=[link.token])),
        "code": link.code,
        "person": network.person_by_id(link.link.person_id),
        "phone": network.phone_for(request.actor, link.link.person_id),
        "expires_at": link.link.expires_at,
        "back": reverse("ledger:sheet", args=[public_id]),
    }
    answer = render(request, "ledger/link_made.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@door(methods=("POST",))
def withdraw_link(request: Request, public_id: str, link_id: str) -> HttpResponse:
    """Withdraw a link that nobody has used."""
    services.withdraw_link(**taken(request), link_id=link_id)
    return done(request, _("The link no longer opens anything."), reverse("ledger:sheet", args=[public_id]))


def hosts(found: queries.SheetPage) -> list[tuple[int, str]]:
    """Give the people of the receiving institution, for a choice."""
    return [
        (person.id, " ".join(part for part in (str(person.name), person.department, person.duty) if part))
        for person in network.people_of(found.receiver.id)
    ]


def page(
    request: Request,
    found: queries.SheetPage,
    *,
    marks: forms.Marks | None = None,
    failed: dict[str, Any] | None = None,
) -> HttpResponse:
    """Draw a sheet; what was typed stays when something is wrong."""
    open_lines = [line.row.public_id for line in found.lines if line.open and found.may_verify]
    kept = marks or forms.Marks(None, open_lines)
    context = {
        "head": _head(request, found),
        "moves": _moves(found, failed or {}),
        "sheet": found,
        "lines": lines_of(found, kept),
        "marks": forms.MARKS,
        "marking": bool(kept.lines),
        "error": kept.error,
        "sums": sums_of(found),
        "prints": [{"print": p, "state": labels.PRINT_STATES[p.state]} for p in found.prints],
        "links": [{"link": link, "state": labels.LINK_STATES[link.state]} for link in found.links],
    }
    wrong = (marks is not None and marks.wrong) or bool(failed)
    return render(request, "ledger/sheet.html", context, status=422 if wrong else 200)


def lines_of(found: queries.SheetPage, marks: forms.Marks) -> list[dict[str, Any]]:
    """Give the lines of a sheet with their words and what was marked."""
    return [{"line": line, **entry_line(line.row), "mark": marks.lines.get(line.row.public_id)} for line in found.lines]


def sums_of(found: queries.SheetPage) -> list[dict[str, Any]]:
    """Give what a sheet adds up to, with words."""
    return [{"kind": labels.kind_name(s.kind), "unit": labels.unit_name(s.unit), "sum": s} for s in found.sums]


def who(found: queries.SheetPage) -> str:
    """Name whose sheet it is."""
    return str(found.person) if found.person else str(_("Nobody named"))


def _head(request: Request, found: queries.SheetPage) -> Head:
    turn = None
    if found.waiting:
        due = found.overdue
        turn = Turn(
            found.receiver.short_name,
            labels.MOVES["verify"],
            due,
            due is not None and due < today(),
            request.actor.tenant_id == found.receiver.id,
        )
    return Head(
        title=f"{who(found)} · {found.month:%Y-%m}",
        kind=_("Month sheet"),
        state="declared" if found.waiting else "counted",
        label=labels.STATES["declared"] if found.waiting else _("Nothing waits"),
        tone="waiting" if found.waiting else "done",
        turn=turn,
        giver=found.giver,
        receiver=found.receiver,
        back=reverse("ledger:sheets"),
        back_label=_("Month sheets"),
    )


def _moves(found: queries.SheetPage, failed: dict[str, Any]) -> list[Move]:
    if not found.may_keep:
        return []
    moves = []
    if found.waiting:
        moves.append(
            Move("print_sheet", labels.MOVES["print_sheet"], reverse("ledger:print_sheet", args=[found.public_id]))
        )
        form = failed.get("make_link") or forms.MakeLink(None, people=hosts(found))
        moves.append(
            Move("make_link", labels.MOVES["make_link"], reverse("ledger:make_link", args=[found.public_id]), form)
        )
    return moves
