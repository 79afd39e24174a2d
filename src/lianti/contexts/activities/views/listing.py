"""The list of activities: mine, or my institution's."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianti.contexts.activities import labels, queries
from lianti.lib.dates import add_months, month_of, shanghai_day
from lianti.lib.web.doors import Request, door
from lianti.lib.web.parts import Action, Chip, Chips, Column, Empty, Page
from lianti.lib.web.templatetags.web import query_with

COLUMNS = (
    Column(_("Day"), kind="day"),
    Column(_("Activity")),
    Column(_("From and to")),
    Column(_("People"), wide=True),
    Column(_("Quantity"), kind="number"),
    Column(_("State"), kind="mark"),
)
MONTHS = 4


@door()
def activities(request: Request) -> HttpResponse:
    """List what was done: by the reader, or by and for the reader's institution."""
    actor, today = request.actor, shanghai_day(timezone.now())
    whose = request.GET.get("whose", "mine")
    whose = whose if whose in labels.WHOSE else "mine"
    month = _month(request.GET.get("month", ""))
    found = queries.activities(
        actor, mine=whose == "mine", kind=request.GET.get("kind", ""), month=month, after=request.GET.get("after")
    )
    may = queries.may_record(actor)
    context = {
        "page": Page(_("Activities"), actions=_actions() if may else []),
        "chips": [_whose(request, whose), _months(request, month, today)],
        "columns": COLUMNS,
        "rows": found.items,
        "more": found.more,
        "empty": Empty(
            _("Nothing recorded here"),
            _("Whatever is done is recorded once and declared to the side that received it."),
            reverse("activities:new") if may else "",
            _("Record an activity"),
        ),
    }
    return render(request, "activities/activities.html", context)


def _actions() -> list[Action]:
    return [
        Action(_("Record an activity"), reverse("activities:new"), primary=True),
        Action(_("As last week"), reverse("activities:week")),
    ]


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01") if text else None
    except ValueError:
        return None


def _whose(request: Request, whose: str) -> Chips:
    return Chips(
        _("Whose"),
        [
            Chip(word, query_with(request, whose="" if code == "mine" else code), active=code == whose)
            for code, word in labels.WHOSE.items()
        ],
    )


def _months(request: Request, month: date | None, today: date) -> Chips:
    first = month_of(today)
    shown = [add_months(first, -n) for n in range(MONTHS)]
    chips = [Chip(labels.ALL, query_with(request, month=""), active=month is None)]
    chips += [Chip(f"{m:%Y-%m}", query_with(request, month=f"{m:%Y-%m}"), active=m == month) for m in shown]
    return Chips(_("Month"), chips)
