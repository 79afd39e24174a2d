"""Pages of attendance: the list of months, the grid of one, one person's month, the paper and the file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from lianti.contexts.dispatch import services, words
from lianti.contexts.dispatch.domain import grid
from lianti.contexts.dispatch.forms import attendance as forms
from lianti.contexts.dispatch.forms import imported, said
from lianti.contexts.dispatch.queries import attendance as queries
from lianti.contexts.dispatch.queries import months
from lianti.contexts.dispatch.queries.attendance import KIND, AttendancePage
from lianti.contexts.dispatch.states import RUNNING, STANDS
from lianti.contexts.dispatch.views import workbook
from lianti.contexts.dispatch.words import iso
from lianti.contexts.evidence import services as evidence
from lianti.kernel.workflow import engine
from lianti.lib.dates import month_of, shanghai_day
from lianti.lib.errors import Conflict, Invalid, NotAllowed, Sentence
from lianti.lib.web.doors import Request, door
from lianti.lib.web.moving import see_other, taken
from lianti.lib.web.parts import Fact, Page
from lianti.records import cells, lists, taking_in
from lianti.records.entering import Entry
from lianti.records.lists import Column, Order, RecordList, Start
from lianti.records.pages import Act, RecordPage, seen_version, typed
from lianti.records.reading import ByAudience

ENTRY = Entry(KIND, "begin", _("Begin a month's sheet"), _("Begin the sheet"))
MANY = 12  # people on one page of paper

LIST = lists.register(
    RecordList(
        KIND,
        columns=(
            Column("month", pgettext_lazy("attendance", "Month"), cells.RECORD, order="latest"),
            Column("sides", _("From and to"), cells.PAIR),
            Column("people", _("People"), cells.QUANTITY, labelled=True),
            Column("state", _("State"), cells.STATE),
        ),
        asked=queries.AttendanceAsks,
        orders={
            "latest": Order(lists.LATEST_FIRST, ("-month", "-id")),
            "oldest": Order(lists.OLDEST_FIRST, ("month", "id")),
        },
        source=ByAudience("month"),
        rows=queries.rows,
        empty=(_("No months here"), _("Each month of those who are posted, who was there on which day, stands here.")),
        starts=(Start(ENTRY.title, f"{KIND.base}new/", queries.may_begin),),
    )
)


def _today() -> date:
    return shanghai_day(timezone.now())


def _supplement(row: Any) -> Fact:
    state = words.ATTENDANCE.state(row.state).word
    return Fact(_("Supplement to the sheet"), f"{row.number} {state}", url=KIND.url(row.public_id))


def _facts(page: AttendancePage) -> list[Fact]:
    row, first = page.attendance, page.first
    return [
        Fact(pgettext_lazy("attendance", "Month"), f"{row.month:%Y-%m}" if first else ""),
        Fact(_("Handed in on"), iso(row.submitted)),
        *_received(page),
        Fact(_("Sealed by the sending side"), " ".join(filter(None, (iso(row.sealed), page.sealed_by)))),
        Fact(_("Supplements"), first.number if first else "", url=KIND.url(first.public_id) if first else ""),
        *(_supplement(one) for one in page.supplements),
    ]


def _received(page: AttendancePage) -> list[Fact]:
    """Return the receiving side's seal: who gave it, or who signed on paper and by whom it was booked."""
    row, label = page.attendance, _("Sealed by the receiving side")
    on_paper = pgettext("certificate", "on paper")
    if page.signatory is None:
        return [Fact(label, " ".join(filter(None, (iso(row.confirmed), page.confirmed_by))))]
    return [
        Fact(label, f"{iso(row.confirmed)} {page.signatory.name} · {on_paper}"),
        Fact(_("Stamped sheet"), _("Scan"), url=reverse("dispatch:month_scan", args=[row.public_id])),
        Fact(_("Booked by"), page.confirmed_by),
    ]


def _over(page: AttendancePage) -> bool:
    return bool(page.end <= _today())


def _no_supplement_runs(page: AttendancePage) -> bool:
    runs = any(one.state in RUNNING for one in page.supplements)
    return page.attendance.state in STANDS and page.first is None and not runs


def _nobody_or_supplement(page: AttendancePage) -> bool:
    return page.attendance.corrects_id is not None or not page.people


def _of_the_month(request: Request, page: AttendancePage) -> dict[str, Any]:
    found = queries.month_grid(request.actor, page, _today())
    return {
        "grid": found,
        "keeps": _keeps(request, page),
        "on_paper": queries.by_paper(request.actor, page),
        "keys": [(letter, words.SIGNS[letter], words.letter_word(letter)) for letter in grid.LETTERS],
        "today": _today(),
    }


def _keeps(request: Request, page: AttendancePage) -> bool:
    """Say whether the reader may mark this month now, as the tables say."""
    return any(move.name == "mark" for move in engine.available(KIND.flow, page.attendance, request.actor))


PAGE: RecordPage[AttendancePage] = RecordPage(
    KIND,
    template="dispatch/attendance.html",
    ident="month_id",
    read=queries.attendance_page,
    facts=_facts,
    acts={
        "submit": Act(services.attendance.submit, typed(said.Note), offered=_over),
        "confirm": Act(services.attendance.confirm, typed(said.Note)),
        "book_seal": Act(services.attendance.book_seal, forms.BookMonth.of, forms.BookMonth.given),
        "seal": Act(services.attendance.seal, forms.SealMonth.of),
        "mark": Act(services.attendance.mark_many, forms.MarkDays.of, forms.MarkDays.given),
        "send_back": Act(services.attendance.send_back, typed(said.Reason)),
        "supplement": Act(services.attendance.supplement, offered=_no_supplement_runs),
        "drop_sheet": Act(services.attendance.drop_sheet, typed(said.Reason), offered=_nobody_or_supplement),
    },
    more=_of_the_month,
)


@door(methods=("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """Begin the sheet of a month."""
    pairs = queries.pairs_to_keep(request.actor, _today())
    form = forms.BeginMonth(request.POST or None, pairs, initial={"month": f"{month_of(_today()):%Y-%m}"})
    note = "" if pairs else _("Nobody is posted to your institution or by it.")
    return ENTRY.show(request, form, lambda told: services.attendance.begin_month(**told, **form.given()), note=note)


@door(methods=("GET", "POST"))
def taken_from(request: Request, public_id: str) -> HttpResponse:
    """Take the month out of the export of another product (DingTalk, WeCom, a table)."""
    page = queries.attendance_page(request.actor, KIND.visible(request.actor).one(public_id))
    if request.method == "POST" and not _keeps(request, page):
        raise NotAllowed

    def take(told: dict[str, Any], lines: list[Any]) -> str:
        marks = [line.marking() for line in lines]
        services.attendance.mark_many(**told, month_id=public_id, marks=marks, source=grid.Origin.IMPORTED)
        messages.success(
            request, _("Days taken in: %(days)s. What differs from typed marks is shown.") % {"days": len(marks)}
        )
        return KIND.url(public_id)

    return taking_in.show(
        request,
        imported.table(page, _today()),
        take,
        title=_("Take a month in: %(month)s") % {"month": queries.title(page.attendance)},
        back=KIND.url(public_id),
        seen=page.attendance.version,
        note=_("The month's export of DingTalk or WeCom, or a table with a line a day. What was typed stays."),
    )


@door(methods=("GET", "POST"))
def person(request: Request, public_id: str, posting_id: str) -> HttpResponse:
    """Show one person's month as weeks; its keeper marks days there."""
    page = queries.attendance_page(request.actor, KIND.visible(request.actor).one(public_id))
    row = queries.row_of(request.actor, page, posting_id, _today())
    keeps, status, conflict = _keeps(request, page), 200, ""
    form = None
    if keeps or request.method == "POST":
        form = forms.PersonMonth(request.POST or None, row, queries.typed_marks(page, row.posting), _today())
    if form is not None and request.method == "POST":
        status, conflict = _marked(request, public_id, form)
        if status == 303:
            return see_other(request.path)
    context = {
        "page": Page(f"{row.person.name} · {page.attendance.month:%Y-%m}"),
        "row": row,
        "month": page,
        "weeks": _weeks(row, form),
        "form": form,
        "conflict": conflict,
        "back": KIND.url(public_id),
        "posting_url": reverse("dispatch:posting", args=[posting_id]),
    }
    return render(request, "dispatch/person_month.html", context, status=status)


def _marked(request: Request, public_id: str, form: forms.PersonMonth) -> tuple[int, Any]:
    """Mark what was chosen; return the status and what to say of a conflict."""
    if not form.is_valid():
        return 422, ""
    marks = form.markings()
    if not marks:
        return 303, ""
    try:
        services.attendance.mark_many(**taken(request), month_id=public_id, marks=marks, version=seen_version(request))
    except Invalid as refusal:
        form.refused(refusal.fields)
        return 422, ""
    except Conflict as refusal:
        return 409, refusal.message
    messages.success(request, str(words.ATTENDANCE.moves["mark"].done))
    return 303, ""


def _weeks(row: queries.GridRow, form: forms.PersonMonth | None) -> list[list[dict[str, Any] | None]]:
    """Return the days in weeks from Monday to Sunday, each with its cell and its field."""
    first = next((cell.day for cell in row.cells if cell is not None), None)
    if first is None:
        return []
    days = grid.days_of(month_of(first))
    shown: list[dict[str, Any] | None] = [None] * days[0].weekday()
    for day, cell in zip(days, row.cells, strict=True):
        shown.append({"day": day, "cell": cell, "field": form.of_day(day) if form and cell else None})
    shown += [None] * (-len(shown) % 7)
    return [shown[at : at + 7] for at in range(0, len(shown), 7)]


@door()
def printed(request: Request, public_id: str) -> HttpResponse:
    """Show a month as it goes on paper, with the places of the four who sign."""
    page = queries.attendance_page(request.actor, KIND.visible(request.actor).one(public_id))
    found = queries.month_grid(request.actor, page, _today())
    context = {
        "title": _("Attendance sheet"),
        "subtitle": f"{page.sender.name} → {page.recipient.name} · {page.attendance.month:%Y-%m}",
        "number": page.attendance.number,
        "back": KIND.url(public_id),
        "sheets": [found.rows[at : at + MANY] for at in range(0, len(found.rows), MANY)] or [[]],
        "grid": found,
        "month": page,
        "code": months.code_of(page.attendance, _today()),
        "keys": [(words.SIGNS[letter], words.letter_word(letter)) for letter in grid.LETTERS],
    }
    return render(request, "dispatch/attendance_print.html", context)


@door()
def scan(request: Request, public_id: str) -> HttpResponse:
    """Hand out the scan of the sheet that the receiving side stamped."""
    file = queries.month_scan(request.actor, public_id)
    held = evidence.fetch(
        actor=request.actor,
        at=timezone.now(),
        file_id=file.public_id,
        grant=evidence.Grant(KIND.code, public_id),
        why="stamped attendance sheet",
    )
    return evidence.response(held)


SUMS: tuple[tuple[Sentence, Callable[[queries.GridRow], int]], ...] = (
    (pgettext_lazy("attendance sum", "Due"), lambda row: row.sums.due),
    (pgettext_lazy("attendance sum", "Present"), lambda row: row.sums.present),
    (pgettext_lazy("attendance sum", "Nights"), lambda row: row.nights),
    (pgettext_lazy("attendance sum", "Rest"), lambda row: row.rest),
    (pgettext_lazy("attendance sum", "Days of leave"), lambda row: row.leave),
    (pgettext_lazy("attendance sum", "Otherwise away"), lambda row: row.away),
    (pgettext_lazy("attendance sum", "Overtime"), lambda row: row.sums.overtime),
    (pgettext_lazy("attendance sum", "Late or early"), lambda row: row.tardy),
    (pgettext_lazy("attendance sum", "Counted"), lambda row: row.sums.counted),
)


@door()
def file(request: Request, public_id: str) -> HttpResponse:
    """Give a month as a workbook: a line a person, a column a day, and the sums."""
    page = queries.attendance_page(request.actor, KIND.visible(request.actor).one(public_id))
    found = queries.month_grid(request.actor, page, _today())
    heads = [
        str(pgettext_lazy("dispatch", "Person")), str(_("Department there")), *(str(one.number) for one in found.days),
        *(str(label) for label, _of in SUMS),
    ]  # fmt: skip
    lines = [
        [
            str(row.person.name),
            row.posting.department,
            *(str(cell.sign) if cell else "" for cell in row.cells),
            *(of(row) for _label, of in SUMS),
        ]
        for row in found.rows
    ]
    return workbook.answer(f"attendance-{page.attendance.number}", str(words.ATTENDANCE.one), heads, lines)
