"""What one person did: own shares by month and kind, and their month sheets."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger import labels, queries
from lianti.contexts.ledger.domain.levels import DEFAULT
from lianti.contexts.ledger.views.account import decimal
from lianti.contexts.ledger.views.moving import today
from lianti.contexts.network import queries as network
from lianti.lib.dates import add_months, month_of
from lianti.lib.web.doors import Request, door
from lianti.lib.web.parts import Page

MONTHS = 12


@door()
def person(request: Request, public_id: str) -> HttpResponse:
    """Show a person's workload of the last twelve months and their sheets."""
    found = network.person(public_id)
    until = month_of(today())
    load = queries.workload(request.actor, found.id, add_months(until, 1 - MONTHS), until=until)
    context = {
        "page": Page(str(found.name), text=_("Workload: the sum of own shares, never of whole entries.")),
        "person": found,
        "rows": load_rows(load, found.public_id),
        "sheets": queries.sheets(request.actor, person_id=found.id),
        "entries_url": f"{reverse('ledger:list')}?person={found.public_id}",
    }
    return render(request, "ledger/person.html", context)


def _by_month(item: Any) -> Any:
    return item[0][:2]


def load_rows(load: queries.Load, person_id: str) -> list[dict[str, Any]]:
    """Give a person's shares by month and kind, latest first, what is declared beside what counts."""
    return [
        {
            "month": month,
            "url": f"{reverse('ledger:list')}?person={person_id}&kind={kind}&month={month:%Y-%m}",
            "kind": labels.kind_name(kind),
            "unit": labels.unit_name(unit),
            "declared": decimal(shares[0]),
            "counted": decimal(sum(shares[DEFAULT:], start=0 * shares[0])),
        }
        for (month, kind, unit), shares in sorted(
            load.rows.items(), key=lambda item: (item[0][0], item[0][1]), reverse=True
        )
    ]
