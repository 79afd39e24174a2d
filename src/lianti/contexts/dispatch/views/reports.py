"""The reports that go out each month: a page, a paper and a file of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch.queries import reports as queries
from lianti.contexts.dispatch.queries.postings import KIND
from lianti.contexts.dispatch.queries.reports import MonthReport
from lianti.contexts.dispatch.views import workbook
from lianti.contexts.dispatch.words.reports import REPORTS
from lianti.lib.dates import add_months, month_of, shanghai_day
from lianti.lib.web.doors import Request, door
from lianti.lib.web.parts import Page
from lianti.records.asking import NotUnderstood

TITLE = _("Reports that go out")
MANY = 20  # lines on a page of paper


def _asked(request: Request) -> MonthReport:
    """Read which month and county are asked for: last month, where none is named. Raises NotUnderstood."""
    today = shanghai_day(timezone.now())
    text = request.GET.get("month", "")
    try:
        month = date.fromisoformat(f"{text}-01") if text else add_months(month_of(today), -1)
    except ValueError:
        raise NotUnderstood({"month": text[:40]}) from None
    if month > today:
        raise NotUnderstood({"month": text[:40]})
    return queries.month_report(request.actor, month, request.GET.get("county", ""), today)


@door()
def reports(request: Request) -> HttpResponse:
    """Show attendance and work of everybody posted to a county in a month."""
    found = _asked(request)
    context = {
        "page": Page(TITLE),
        "report": found,
        "roster": KIND.words.many,
        "titles": REPORTS,
        "address": f"month={found.month:%Y-%m}&county={found.region}",
    }
    return render(request, "dispatch/reports.html", context)


@door()
def printed(request: Request, paper: str) -> HttpResponse:
    """Show one of the reports as it goes on paper."""
    if paper not in REPORTS:
        raise NotUnderstood({"paper": paper[:40]})
    found = _asked(request)
    lines: Sequence[Any] = found.lines if paper == "attendance" else found.work
    context = {
        "title": REPORTS[paper],
        "subtitle": f"{found.region.replace('/', ' ')} · {found.month:%Y-%m}",
        "number": "",
        "back": f"/dispatch/reports/?month={found.month:%Y-%m}&county={found.region}",
        "sheets": [lines[at : at + MANY] for at in range(0, len(lines), MANY)] or [[]],
        "paper": paper,
        "report": found,
    }
    return render(request, "dispatch/report_print.html", context)


@door()
def file(request: Request, paper: str) -> HttpResponse:
    """Give one of the reports as a workbook."""
    if paper not in REPORTS:
        raise NotUnderstood({"paper": paper[:40]})
    found = _asked(request)
    heads, lines = _attendance(found) if paper == "attendance" else _workload(found)
    return workbook.answer(f"{paper}-{found.month:%Y-%m}", f"{found.month:%Y-%m}", heads, lines)


_WHO = (pgettext_lazy("dispatch", "Person"), _("Sender"), _("Receiving institution"), _("Department there"))


def _who(line: queries.AttendanceLineShown) -> list[str]:
    return [str(line.person.name), line.sender.name, line.recipient.name, line.posting.department]


def _attendance(found: MonthReport) -> tuple[list[str], list[list[Any]]]:
    sums = ("Due", "Present", "Nights", "Days of leave", "Absent", "Overtime", "Counted")
    heads = [*map(str, _WHO), *(str(SUM_WORDS[one]) for one in sums), str(_("State"))]
    lines = [
        [*_who(one), one.sums.due, one.sums.present, one.nights, one.leave, one.absent, one.sums.overtime,
         one.sums.counted, str(one.state)]
        for one in found.lines
    ]  # fmt: skip
    return heads, lines


SUM_WORDS = {
    "Due": pgettext_lazy("attendance sum", "Due"),
    "Present": pgettext_lazy("attendance sum", "Present"),
    "Nights": pgettext_lazy("attendance sum", "Nights"),
    "Days of leave": pgettext_lazy("attendance sum", "Days of leave"),
    "Absent": pgettext_lazy("attendance", "Absent without leave"),
    "Overtime": pgettext_lazy("attendance sum", "Overtime"),
    "Counted": pgettext_lazy("attendance sum", "Counted"),
}


def _workload(found: MonthReport) -> tuple[list[str], list[list[Any]]]:
    heads = list(map(str, _WHO))
    for name, unit in found.kinds:
        heads += [f"{name} ({unit})", str(_("%(kind)s, not confirmed yet") % {"kind": name})]
    lines = []
    for one in found.work:
        line: list[Any] = _who(one.line)
        for _name, done in one.done:
            line += [round(float(done.total), 2) or None, round(float(done.open), 2) or None]
        lines.append(line)
    return heads, lines
