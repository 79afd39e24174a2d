"""My month: what is known of one's own days, what one did by kind, what of last week to repeat."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _

from lianti.contexts.activities import queries
from lianti.contexts.activities.queries import OwnMonth
from lianti.contexts.activities.views.weekly import week_rows
from lianti.lib.dates import add_months, month_of, shanghai_day
from lianti.lib.errors import NotAllowed
from lianti.lib.web.doors import Request, door
from lianti.lib.web.parts import Action, Chip, Chips, Page

BACK = 2  # months that can be looked at beside the running one


@door()
def month(request: Request) -> HttpResponse:
    """Show the reader's own month; `?month=2026-10` one of the two before."""
    if not queries.may_record(request.actor):
        raise NotAllowed(_("Whoever records help has a month of their own."))
    now = timezone.now()
    today = shanghai_day(now)
    first = _asked(request.GET.get("month", ""), today)
    own = queries.own_month(request.actor, first, today)
    running = first == month_of(today)
    rows = week_rows(request, today) if running else []
    actions = [Action(_("Record an activity"), reverse("activities:new"), primary=True)]
    context: dict[str, Any] = {
        "page": Page(_("My month"), actions=[*actions, *([Action(_("As last week"), "#week")] if rows else [])]),
        "chips": [_months(first, today)],
        "own": own,
        "said": _said(own),
        "at": now,
        "weekdays": list(WEEKDAYS_ABBR.values()),
        "rows": rows,
        "running": running,
    }
    return render(request, "activities/month.html", context)


def _asked(wanted: str, today: date) -> date:
    running = month_of(today)
    known = {f"{one:%Y-%m}": one for one in (add_months(running, -back) for back in range(BACK + 1))}
    return known.get(wanted, running)


def _months(first: date, today: date) -> Chips:
    months = [add_months(month_of(today), -back) for back in range(BACK + 1)]
    chips = [Chip(f"{one:%Y-%m}", f"?month={one:%Y-%m}" if n else "?", one == first) for n, one in enumerate(months)]
    return Chips(_("Month"), chips)


def _said(own: OwnMonth) -> list[tuple[Any, int]]:
    """Return what stands above the lines: how many there are, and how many came late."""
    deeds = sum(len(kind.deeds) for kind in own.kinds)
    return [(_("Recorded in this month"), deeds), (_("of it late entries"), own.late)]
