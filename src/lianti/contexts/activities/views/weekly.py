"""'As last week': the activities of the week before as lines, to be recorded again with one click."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianti.contexts.activities import domain, forms, queries, services, words
from lianti.contexts.activities.domain import plain
from lianti.contexts.activities.queries import Pattern
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Invalid
from lianti.lib.web.doors import Request, door
from lianti.lib.web.moving import see_other, taken
from lianti.lib.web.parts import Page


@door(methods=("GET", "POST"))
def week(request: Request) -> HttpResponse:
    """Record last week's activities again, each on its day of this week."""
    today = shanghai_day(timezone.now())
    patterns = queries.patterns_of_last_week(request.actor, today)
    rows = [_row(request, pattern, number, today) for number, pattern in enumerate(patterns)]
    refused = ""
    if request.method == "POST" and all(row.is_valid() for row in rows if _taken(row)):
        chosen = [(row, pattern) for row, pattern in zip(rows, patterns, strict=True) if _taken(row)]
        try:
            services.record_week(**taken(request), activities=tuple(_facts(row, p) for row, p in chosen))
        except Invalid as refusal:
            refused = _refuse([row for row, _p in chosen], refusal)
        else:
            messages.success(request, str(words.WEEK_DONE))
            return see_other(queries.KIND.base)
    failed = request.method == "POST"
    context = {
        "page": Page(_("As last week"), "{:%Y-%m-%d} – {:%m-%d}".format(*domain.week_of(today))),
        "rows": rows,
        "refused": refused,
        "failed": failed,
        "cancel": queries.KIND.base,
    }
    return render(request, "activities/week.html", context, status=422 if failed else 200)


def _row(request: Request, pattern: Pattern, number: int, today: date) -> forms.WeekRow:
    day = min(pattern.facts.day + domain.WEEK, today)
    initial = {"day": day, "quantity": plain(pattern.facts.quantity), "title": pattern.facts.title, "take": True}
    data = request.POST if request.method == "POST" else None
    return forms.WeekRow(data, initial=initial, line=pattern.line, prefix=f"row{number}")


def _taken(row: forms.WeekRow) -> bool:
    return bool(row.data.get(row.add_prefix("take")))


def _facts(row: forms.WeekRow, pattern: Pattern) -> domain.ActivityFacts:
    given = row.cleaned_data
    same = given["quantity"] == pattern.facts.quantity
    people = pattern.facts.people if same else tuple(replace(taking, share=None) for taking in pattern.facts.people)
    return replace(
        pattern.facts, day=given["day"], day_to=None, quantity=given["quantity"], title=given["title"], people=people
    )


def _refuse(rows: list[forms.WeekRow], refusal: Invalid) -> str:
    """Put each sentence at its line; return what belongs to the whole."""
    whole: list[Any] = []
    for name, sentence in refusal.fields.items():
        number, _dash, at = name.partition("-")
        if number.isdigit():
            rows[int(number)].refused({at: sentence})
        else:
            whole.append(sentence)
    return " ".join(str(sentence) for sentence in whole)
