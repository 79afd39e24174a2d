"""Publishing a month of a relation to its authority, which sees nothing of it before."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger import flow
from lianti.contexts.ledger.domain.levels import Level, Sums
from lianti.contexts.ledger.models import Account, AccountSum, Publication, RelationSum
from lianti.contexts.ledger.rules.tables import between
from lianti.contexts.network import queries as network
from lianti.kernel import scope
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.dates import month_of, shanghai_day
from lianti.lib.errors import Conflict, NotAllowed


def publish_month(
    *, actor: Actor, at: datetime, key: str | None, relation_id: int, month: date, note: str = ""
) -> Publication:
    """Publish the sums of one month of a relation, as they stand now, to the authority it names.

    Each party publishes what it gives and receives; a later publication takes the earlier one's place.
    Raises NotAllowed, Conflict.
    """
    month = month_of(month)
    if month > shanghai_day(at):
        raise Conflict(_("This month has not come yet."))
    if actor.tenant_id not in network.parties(relation_id):
        raise NotAllowed(_("Only a party of the relation publishes its sums."))
    authority = network.watcher_of(relation_id)
    if authority is None:
        raise Conflict(_("This relation names no health authority to publish to."))
    with scope.acting(actor):
        row = Publication(
            relation_id=relation_id,
            authority_id=authority,
            tenant_id=actor.tenant_id,
            month=month,
            figures=figures(actor, relation_id, month),
            note=note.strip()[:500],
        )
        return engine.create(
            flow.PUBLICATIONS,
            row,
            name="publish_month",
            actor=actor,
            at=at,
            key=key,
            note=note.strip(),
            facts={"month": f"{month:%Y-%m}"},
            body=[relation_id, str(month), note],
        )


def figures(actor: Actor, relation_id: int, month: date) -> dict[str, Any]:
    """Give the sums to publish: by pair and kind with each entry once, and by account."""
    kinds: dict[tuple[int, int, str], Sums] = defaultdict(Sums)
    rows = RelationSum.objects.filter(between(actor), relation_id=relation_id, month=month)
    for row in rows:
        key = (row.giver_id, row.receiver_id, row.kind)
        kinds[key] = kinds[key].plus(Level(row.level), row.quantity)
    return {
        "kinds": [
            {"giver": giver, "receiver": receiver, "kind": kind, **_told(sums)}
            for (giver, receiver, kind), sums in sorted(kinds.items())
        ],
        "accounts": _accounts(actor, relation_id, month),
    }


def _accounts(actor: Actor, relation_id: int, month: date) -> list[dict[str, Any]]:
    accounts = {row.pk: row for row in Account.objects.filter(between(actor), relation_id=relation_id)}
    sums: dict[tuple[int, str], Sums] = defaultdict(Sums)
    for row in AccountSum.objects.filter(account__in=list(accounts), month=month):
        sums[(row.account_id, row.unit)] = sums[(row.account_id, row.unit)].plus(Level(row.level), row.quantity)
    return [
        {
            "account": accounts[pk].public_id,
            "label": accounts[pk].label,
            "giver": accounts[pk].giver_id,
            "receiver": accounts[pk].receiver_id,
            "amount": None if accounts[pk].amount is None else str(accounts[pk].amount),
            "per": accounts[pk].per,
            "unit": unit,
            **_told(found),
        }
        for (pk, unit), found in sorted(sums.items())
    ]


def _told(sums: Sums) -> dict[str, str]:
    return {level.code: str(sums.at(level)) for level in Level}
