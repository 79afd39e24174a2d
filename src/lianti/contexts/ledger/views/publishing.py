"""Publishing a month of a relation to its authority, and reading what was published."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger import forms, labels, queries, services
from lianti.contexts.ledger.domain.levels import Level, Sums
from lianti.contexts.ledger.views.moving import done, taken, today, tried
from lianti.contexts.network import queries as network
from lianti.lib.dates import add_months, month_of
from lianti.lib.web.doors import Request, door
from lianti.lib.web.parts import Fact, Head, Page


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


@door()
def publication(request: Request, public_id: str) -> HttpResponse:
    """Show what was published."""
    found = queries.publication(request.actor, public_id)
    relation = network.relation_by_id(found.relation_id)
    sides = {row[side] for part in found.figures.values() for row in part for side in ("giver", "receiver")}
    houses = network.institutions_by_id(sides)
    context = {
        "head": Head(
            title=f"{relation.name} · {found.month:%Y-%m}",
            kind=_("Published sums"),
            state="published",
            label=labels.PUBLICATION_STATES["published"],
            tone="done",
            giver=found.institution,
            receiver=found.authority,
            back=reverse("network:relation", args=[relation.public_id]),
            back_label=_("Relation"),
        ),
        "facts": [
            Fact(_("Published by"), found.institution.name),
            Fact(_("Published on"), f"{found.at:%Y-%m-%d}"),
            Fact(_("Explanation"), found.note, wide=True),
        ],
        "kinds": [_kind(row, houses) for row in found.figures["kinds"]],
        "accounts": [_account(row, houses) for row in found.figures["accounts"]],
    }
    return render(request, "ledger/publication.html", context)


def _sums(row: dict[str, Any]) -> dict[str, Any]:
    sums = Sums(*(Decimal(row[level.code]) for level in Level))
    return {"sums": sums, "counted": sums.counted()}


def _kind(row: dict[str, Any], houses: dict[int, network.InstitutionFacts]) -> dict[str, Any]:
    unit = queries.kinds.unit_of(row["kind"]).code
    return {
        "kind": labels.kind_name(row["kind"]),
        "unit": labels.unit_name(unit),
        "giver": houses.get(row["giver"]),
        "receiver": houses.get(row["receiver"]),
        **_sums(row),
    }


def _account(row: dict[str, Any], houses: dict[int, network.InstitutionFacts]) -> dict[str, Any]:
    return {
        "label": row["label"],
        "unit": labels.unit_name(row["unit"]),
        "amount": row["amount"],
        "per": labels.PERIODS[row["per"]],
        "giver": houses.get(row["giver"]),
        "receiver": houses.get(row["receiver"]),
        **_sums(row),
    }
