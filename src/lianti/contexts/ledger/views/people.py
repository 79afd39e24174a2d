"""What one person did: own shares by month and kind, and their month sheets."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger import queries, words
from lianti.contexts.ledger.domain.levels import DEFAULT, ZERO
from lianti.contexts.ledger.queries import EntriesAsked, sheet_list
from lianti.contexts.ledger.queries.accounts import decimal
from lianti.contexts.ledger.queries.lists import Opened
from lianti.contexts.ledger.views import entries, sheets
from lianti.contexts.ledger.views.moving import today
from lianti.contexts.network import queries as network
from lianti.lib.actor import Actor
from lianti.lib.dates import add_months, month_of
from lianti.lib.web.doors import Request, door
from lianti.lib.web.parts import Page
from lianti.records import listing
from lianti.records.asking import Month, Named, NotUnderstood

MONTHS = 12


@door()
def person(request: Request, public_id: str) -> HttpResponse:
    """Show a person's workload of the last twelve months and their sheets."""
    found = network.person(public_id)
    whose = Named.of(found)
    context = {
        "page": Page(str(found.name), text=_("Workload: the sum of own shares, never of whole entries.")),
        "person": found,
        "rows": load_rows(request.actor, found, MONTHS),
        "shares": _shares(request, found),
        "sheets": listing.part(
            request, sheets.LIST, sheet_list.SheetsAsked(show=sheet_list.EVERY, person=whose), even_empty=True
        ),
        "entries_url": entries.KIND.listed(EntriesAsked(person=whose)),
    }
    return render(request, "ledger/person.html", context)


def _of(month: date, kind: str, name: str) -> str:
    return urlencode({"month": f"{month:%Y-%m}", "kind": kind, "of": name})


def _shares(request: Request, person: Any) -> dict[str, Any] | None:
    """Give the own shares behind one figure of the table: of a month, a kind, declared only or counted."""
    asked = request.GET
    if "month" not in asked:
        return None
    month = Month(_("Month")).read(asked["month"], request.actor)
    kind, of = asked.get("kind", ""), asked.get("of", "")
    if month is None or kind not in words.kind_names() or of not in {"declared", "counted"}:
        raise NotUnderstood({"month": asked["month"]})
    rows = [
        one
        for one in queries.shares(request.actor, person.id, month)
        if one.kind == kind and (one.level >= DEFAULT) == (of == "counted")
    ]
    return {
        "title": f"{month:%Y-%m} · {words.kind_name(kind)}",
        "rows": [(one, decimal(one.share), words.LEVELS[one.level], entries.KIND.url(one.entry)) for one in rows],
        "sum": decimal(sum((one.share for one in rows), Fraction(0))),
        "unit": words.unit_name(rows[0].unit) if rows else "",
    }


def load_rows(actor: Actor, person: Any, months: int) -> list[dict[str, Any]]:
    """Give a person's shares of the last months by month and kind, latest first, declared beside what counts."""
    until = month_of(today())
    load = queries.workload(actor, person.id, add_months(until, 1 - months), until=until)
    here = reverse("ledger:person", args=[person.public_id])
    return [
        {
            "kind": words.kind_name(kind),
            "unit": words.unit_name(unit),
            "month": month,
            **{
                name: Opened("", decimal(number) or ZERO, f"{here}?{_of(month, kind, name)}#shares" if number else "")
                for name, number in (("declared", shares[0]), ("counted", sum(shares[DEFAULT:], start=0 * shares[0])))
            },
        }
        for (month, kind, unit), shares in sorted(
            load.rows.items(), key=lambda item: (item[0][0], item[0][1]), reverse=True
        )
    ]
