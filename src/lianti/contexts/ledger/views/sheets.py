"""The month sheet: verified in one move with exceptions marked, printed, its scan booked, its link made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lianti.contexts.ledger import forms, queries, services, words
from lianti.contexts.ledger.queries import sheet_list as rows
from lianti.contexts.ledger.views.moving import done, today, tried
from lianti.contexts.network import queries as network
from lianti.contexts.papers import queries as papers
from lianti.lib.actor import Actor
from lianti.lib.errors import Invalid
from lianti.lib.web.doors import Request, door
from lianti.lib.web.moving import taken
from lianti.lib.web.parts import Head, Move, Page, Turn
from lianti.records import cells, lists
from lianti.records.lists import Column, Order, RecordList, Start
from lianti.records.pages import seen_version
from lianti.records.words import Words

PRINT = "ledger.print"  # the kind of record of which a paper tells


def _verifies(actor: Actor) -> bool:
    return bool(actor.role in rows.KIND.flow.table.rules["ledger.verify_sheet"].roles)


LIST = lists.register(
    RecordList(
        rows.KIND,
        columns=(
            Column("month", _("Month"), cells.TEXT, order="latest"),
            Column("who", _("Who"), cells.RECORD),
            Column("sides", _("From and to"), cells.PAIR),
            Column("waiting", _("To verify"), cells.QUANTITY),
            Column("due", _("Verify by"), cells.DEADLINE, labelled=True),
        ),
        asked=rows.SheetsAsked,
        orders={
            "latest": Order(lists.LATEST_FIRST, ("-month", "-id")),
            "oldest": Order(lists.OLDEST_FIRST, ("month", "id")),
        },
        source=rows.SOURCE,
        rows=rows.lines,
        starts=(Start(words.TOGETHER, "/ledger/sheets/together/", _verifies, beside=True),),
        empty=(_("No sheet waits"), _("A sheet stands here while it holds an entry that nobody has verified.")),
    )
)


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
    made = services.print_sheet(**taken(request), sheet_id=public_id, version=seen_version(request))
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
        seen = seen_version(request)
        made.append(services.make_link(**taken(request), sheet_id=public_id, person_id=given["person"], version=seen))

    if not tried(form, act):
        return page(request, found, failed={"make_link": form})
    link = made[0]
    context = {
        "page": Page(_("One-time link")),
        "sheet": found,
        "url": request.build_absolute_uri(reverse("ledger:link", args=[link.token])),
        "code": link.code,
        "told_by_giver": link.told_by_giver,
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
        "lines": lines_of(found.lines, kept),
        "marks": forms.MARKS,
        "marking": bool(kept.lines),
        "error": kept.error,
        "sums": sums_of(found.sums),
        "prints": _prints(request, found),
        "links": [_paper(found, one, words.LINK, one.person_id) for one in found.links],
    }
    wrong = (marks is not None and marks.wrong) or bool(failed)
    return render(request, "ledger/sheet.html", context, status=422 if wrong else 200)


def _prints(request: Request, found: queries.SheetPage) -> list[dict[str, Any]]:
    """Give the prints, each with the paper that was handed out; those of old have none."""
    rows = [_paper(found, one, words.PRINT, one.signatory_id) for one in found.prints]
    out = papers.papers_of(request.actor, PRINT, [one.public_id for one in found.prints]) if rows else {}
    return [{**one, "papers": out.get(one["row"].public_id, [])} for one in rows]


def _paper(found: queries.SheetPage, row: Any, said: Words, person_id: int | None) -> dict[str, Any]:
    """Give a print or a link with its state and whoever signed it or holds it."""
    return {"row": row, "state": said.state(row.state), "who": found.named.get(person_id or 0)}


def line_of(line: queries.Line, mark: forms.Mark | None = None) -> dict[str, Any]:
    """Give a line of a sheet with its words and what was marked."""
    row = line.row
    return {
        "line": line,
        "url": reverse("ledger:entry", args=[row.public_id]),
        "kind": words.kind_name(row.kind),
        "unit": words.unit_name(row.unit),
        "state": words.entry_state(row.state, overdue=row.overdue),
        "level": words.LEVELS[row.level] if row.level else "",
        "mark": mark,
    }


def lines_of(lines: Iterable[queries.Line], marks: forms.Marks) -> list[dict[str, Any]]:
    """Give the lines of a sheet with their words and what was marked."""
    return [line_of(line, marks.lines.get(line.row.public_id)) for line in lines]


def sums_of(sums: Iterable[queries.SheetSum]) -> list[dict[str, Any]]:
    """Give what a sheet adds up to, with words."""
    return [{"kind": words.kind_name(s.kind), "unit": words.unit_name(s.unit), "sum": s} for s in sums]


def who(found: queries.SheetPage) -> str:
    """Name whose sheet it is."""
    return str(found.person or words.NOBODY)


def _head(request: Request, found: queries.SheetPage) -> Head:
    turn, due, waits = None, found.due, words.ENTRY.state("declared")
    if found.waiting:
        late, mine = due is not None and due < today(), request.actor.tenant_id == found.receiver.id
        turn = Turn(found.receiver.short_name, words.VERIFY, due, late, mine)
    return Head(
        title=f"{who(found)} · {found.month:%Y-%m}",
        kind=words.SHEET.one,
        state="declared" if found.waiting else "counted",
        label=waits.word if found.waiting else _("Nothing waits"),
        tone="waiting" if found.waiting else "done",
        turn=turn,
        parties=(("", found.giver), ("", found.receiver)),
        back=rows.KIND.base,
        back_label=words.SHEET.many,
    )


def _moves(found: queries.SheetPage, failed: dict[str, Any]) -> list[Move]:
    if not (found.may_keep and found.waiting):
        return []
    form = failed.get("make_link") or forms.MakeLink(None, people=hosts(found))
    printing, linking = words.PRINT.moves["print_sheet"].button, words.LINK.moves["make_link"].button
    return [
        Move("print_sheet", printing, reverse("ledger:print_sheet", args=[found.public_id]), seen=found.version),
        Move("make_link", linking, reverse("ledger:make_link", args=[found.public_id]), form, seen=found.version),
    ]
