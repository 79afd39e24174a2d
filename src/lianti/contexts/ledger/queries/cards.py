"""Cards of the to-do list: sheets to verify, entries to complete or settle, spot checks to judge."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lianti.contexts.ledger import labels, rules
from lianti.contexts.ledger.models import Entry, SpotCheck
from lianti.contexts.ledger.queries.sheets import sheets_by_id
from lianti.contexts.network import queries as network
from lianti.kernel.worklist import Card
from lianti.lib.actor import Actor


def sheet_cards(_actor: Actor, pks: list[int]) -> dict[int, Card]:
    """Return a card for each sheet: whose, which month, how many entries wait."""
    return {
        pk: Card(
            title=f"{row.person or _('Nobody named')} · {row.month:%Y-%m}",
            url=reverse("ledger:sheet", args=[row.public_id]),
            counterpart=row.giver.short_name,
            detail=_("%(n)s to verify") % {"n": row.waiting},
        )
        for pk, row in sheets_by_id(pks).items()
    }


def entry_cards(actor: Actor, pks: list[int]) -> dict[int, Card]:
    """Return a card for each entry that was returned or objected to."""
    return _cards(actor, Entry.objects.filter(rules.visible_to(actor), pk__in=pks))


def check_cards(actor: Actor, pks: list[int]) -> dict[int, Card]:
    """Return a card for each spot check that waits to be judged."""
    checks = dict(SpotCheck.objects.filter(rules.CHECKS.visible_to(actor), pk__in=pks).values_list("id", "entry_id"))
    cards = _cards(actor, Entry.objects.filter(rules.visible_to(actor), pk__in=list(checks.values())))
    return {pk: cards[entry_id] for pk, entry_id in checks.items() if entry_id in cards}


def _cards(actor: Actor, rows: Any) -> dict[int, Card]:
    found = list(rows)
    houses = network.institutions_by_id({row.giver_id for row in found} | {row.receiver_id for row in found})
    return {
        row.pk: Card(
            title=f"{labels.kind_name(row.kind)} · {row.day}",
            url=reverse("ledger:entry", args=[row.public_id]),
            counterpart=houses[row.receiver_id if actor.tenant_id == row.giver_id else row.giver_id].short_name,
            detail=f"{row.quantity.normalize():f} {labels.unit_name(row.unit)}",
        )
        for row in found
    }
