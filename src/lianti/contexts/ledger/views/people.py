"""What one person did: own shares by month and kind, and their month sheets."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger import queries, words
from lianti.contexts.ledger.domain.levels import DEFAULT
from lianti.contexts.ledger.queries import EntriesAsked, sheet_list
from lianti.contexts.ledger.queries.accounts import decimal
from lianti.contexts.ledger.views import entries, sheets
from lianti.contexts.ledger.views.moving import today
from lianti.contexts.network import queries as network
from lianti.lib.actor import Actor
from lianti.lib.dates import add_months, month_of
from lianti.lib.web.doors import Request, door
from lianti.lib.web.parts import Page
from lianti.records import listing
from lianti.records.asking import Named

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
        "sheets": listing.part(
            request, sheets.LIST, sheet_list.SheetsAsked(show=sheet_list.EVERY, person=whose), even_empty=True
        ),
        "entries_url": entries.LIST.url(EntriesAsked(person=whose)),
    }
    return render(request, "ledger/person.html", context)


def load_rows(actor: Actor, person: Any, months: int) -> list[dict[str, Any]]:
    """Give a person's shares of the last months by month and kind, latest first, declared beside what counts."""
    until = month_of(today())
    load = queries.workload(actor, person.id, add_months(until, 1 - months), until=until)
    here = EntriesAsked(person=Named.of(person), state="standing")
    return [
        {
            "month": month,
            "url": entries.LIST.url(replace(here, kind=kind, month=month)),
            "kind": words.kind_name(kind),
            "unit": words.unit_name(unit),
            "declared": decimal(shares[0]),
            "counted": decimal(sum(shares[DEFAULT:], start=0 * shares[0])),
        }
        for (month, kind, unit), shares in sorted(
            load.rows.items(), key=lambda item: (item[0][0], item[0][1]), reverse=True
        )
    ]
