"""Publishing a month of a relation to its authority, and reading what was published."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger import forms, queries, services, words
from lianti.contexts.ledger.domain.levels import Level, Sums
from lianti.contexts.ledger.queries import boards as rows
from lianti.contexts.ledger.views.moving import done, today, tried
from lianti.contexts.network import queries as network
from lianti.lib.actor import Actor
from lianti.lib.dates import add_months, month_of, shanghai_day
from lianti.lib.web.doors import Request, door
from lianti.lib.web.moving import taken
from lianti.lib.web.parts import Fact, Head, Page
from lianti.records import cells, lists
from lianti.records.lists import Column, Order, RecordList
from lianti.records.pages import RecordPage
from lianti.records.reading import Plain


@door(methods=("GET", "POST"))
def publish(request: Request, public_id: str) -> HttpResponse:
    """Publish a month's sums of a relation."""
    relation = network.relation_for(request.actor, public_id)
    last = add_months(month_of(today()), -1)
    form = forms.PublishMonth(request.POST or None, initial={"month": f"{last:%Y-%m}"})
    back = reverse("network:relation", args=[public_id])
    if request.method == "POST" and tried(
        form, lambda given: services.publish_month(**taken(request), relation_id=relation.id, **given)
    ):
        return done(request, _("Published to the health authority."), back)
    context = {
        "page": Page(
            _("Publish a month"),
            text=_("The health authority sees the sums of this month as they stand now, and nothing else."),
        ),
        "form": form,
        "submit": _("Publish"),
        "cancel": back,
    }
    return render(request, "web/form_page.html", context, status=422 if form.errors else 200)


LIST = lists.register(
    RecordList(
        rows.KIND,
        columns=(
            Column("what", _("Published sums"), cells.RECORD),
            Column("sides", _("From and to"), cells.PAIR),
            Column("published", _("Published on"), cells.DAY),
        ),
        asked=rows.PublicationsAsked,
        orders={"latest": Order(lists.LATEST_FIRST, ("-month", "-id"))},
        source=Plain(),
        rows=rows.lines,
        empty=(_("Nothing published here"), _("The authority sees no sums before they are published.")),
    )
)


def _facts(row: Any) -> list[Fact]:
    return [
        Fact(_("Published by"), network.institution_by_id(row.tenant_id).name),
        Fact(_("Published on"), shanghai_day(row.created_at).isoformat()),
        Fact(_("Explanation"), row.note, wide=True),
    ]


def _head(_actor: Actor, row: Any, head: Head) -> Head:
    relation = network.relation_by_id(row.relation_id)
    return replace(head, back=reverse("network:relation", args=[relation.public_id]), back_label=_("Relation"))


def _more(_request: Request, row: Any) -> dict[str, Any]:
    sides = {line[side] for part in row.figures.values() for line in part for side in ("giver", "receiver")}
    houses = network.institutions_by_id(sides)
    return {
        "kinds": [_kind(line, houses) for line in row.figures["kinds"]],
        "accounts": [_account(line, houses) for line in row.figures["accounts"]],
    }


PAGE: RecordPage[Any] = RecordPage(
    rows.KIND,
    template="ledger/publication.html",
    ident="publication_id",
    read=lambda _actor, row: row,
    facts=_facts,
    acts={},
    more=_more,
    head=_head,
)


def _sums(row: dict[str, Any]) -> dict[str, Any]:
    sums = Sums(*(Decimal(row[level.code]) for level in Level))
    return {"by_level": queries.by_level(None, sums)}


def _kind(row: dict[str, Any], houses: dict[int, network.InstitutionFacts]) -> dict[str, Any]:
    unit = queries.kinds.unit_of(row["kind"]).code
    return {
        "kind": words.kind_name(row["kind"]),
        "unit": words.unit_name(unit),
        "giver": houses.get(row["giver"]),
        "receiver": houses.get(row["receiver"]),
        **_sums(row),
    }


def _account(row: dict[str, Any], houses: dict[int, network.InstitutionFacts]) -> dict[str, Any]:
    return {
        "label": row["label"],
        "unit": words.unit_name(row["unit"]),
        "amount": row["amount"],
        "per": words.PERIODS[row["per"]],
        "giver": houses.get(row["giver"]),
        "receiver": houses.get(row["receiver"]),
        **_sums(row),
    }
