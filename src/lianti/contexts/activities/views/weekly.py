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
from lianti.contexts.activities.queries import KIND, Pattern
from lianti.kernel import answers
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Invalid
from lianti.lib.web.doors import Request, door
from lianti.lib.web.moving import see_other, taken
from lianti.lib.web.parts import Page

ROW = "row"  # the field that names the lines of a form, so that it means the same whenever it is sent


@door(methods=("GET", "POST"))
def week(request: Request) -> HttpResponse:
    """Record last week's activities again, each on its day of this week."""
    today = shanghai_day(timezone.now())
    rows, failed, refused = week_rows(request, today), request.method == "POST", ""
    chosen = [row for row in rows if failed and row.data.get(row.add_prefix("take"))]
    wrong = [row for row in chosen if not row.is_valid()]  # each is looked at, so that all is told at once
    if failed and not wrong and not _asks(request, chosen):
        try:
            services.record_week(**taken(request), activities=tuple(_facts(row) for row in chosen))
        except Invalid as refusal:
            refused = _refuse(chosen, refusal)
        else:
            messages.success(request, str(words.WEEK_DONE))
            return see_other(KIND.base)
    context = {
        "page": Page(_("As last week"), "{:%Y-%m-%d} – {:%m-%d}".format(*domain.week_of(today))),
        "rows": rows,
        "refused": refused,
        "failed": failed,
        "cancel": KIND.base,
    }
    return render(request, "activities/week.html", context, status=422 if failed else 200)


def week_rows(request: Request, today: date) -> list[forms.WeekRow]:
    """Return last week's lines, or those that a form that was sent names."""
    if request.method != "POST":
        return [_fresh(pattern, today) for pattern in queries.patterns_of_last_week(request.actor, today)]
    found = queries.patterns(request.actor, request.POST.getlist(ROW), today)
    return [forms.WeekRow(request.POST, pattern=pattern) for pattern in found]


def _fresh(pattern: Pattern, today: date) -> forms.WeekRow:
    facts = pattern.facts
    day = min(facts.day + domain.WEEK, today)
    initial = {"day": day, "quantity": plain(facts.quantity), "title": facts.title, "take": not pattern.doubt}
    return forms.WeekRow(initial=initial, pattern=pattern)


def _asks(request: Request, chosen: list[forms.WeekRow]) -> bool:
    """Say whether a line repeats what stands already and its writer has not said yes to that; it asks then."""
    if answers.knows(request.actor, f"{request.POST.get('key', '')}-0"):
        return False  # this very form was sent before
    open_ones = [row for row in chosen if not row.cleaned_data["another"]]
    for row, there in zip(open_ones, queries.repeats(request.actor, [_facts(row) for row in open_ones]), strict=True):
        row.asks = there
        if there:
            row.add_error(None, str(words.ALIKE))
    return any(row.asks for row in open_ones)


def _facts(row: forms.WeekRow) -> domain.ActivityFacts:
    given, facts = row.cleaned_data, row.pattern.facts
    same = given["quantity"] == facts.quantity
    people = facts.people if same else tuple(replace(taking, share=None) for taking in facts.people)
    return replace(
        facts, day=given["day"], day_to=None, quantity=given["quantity"], title=given["title"], people=people
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
