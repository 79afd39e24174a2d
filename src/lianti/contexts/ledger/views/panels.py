"""What the pages of relations and people show of the ledger."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from lianti.contexts.ledger import labels, queries
from lianti.contexts.ledger.domain.levels import DEFAULT
from lianti.contexts.ledger.views.account import figures, promise_words
from lianti.contexts.ledger.views.moving import today
from lianti.contexts.ledger.views.people import load_rows
from lianti.lib.dates import add_months, month_of
from lianti.lib.roles import DESK, Role


def board(request: HttpRequest, subject: Any) -> str:
    """Draw the board of a relation: promised and done side by side, what was done in all, what was published."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return ""
    level = _level(request)
    found = queries.for_relation(actor, subject.id, today=today(), from_level=level)
    publishes = actor.role in DESK | {Role.LEADER} and actor.tenant_id in subject.party_ids and subject.authority
    context = {
        "subject": subject,
        "promises": [_promise(row, found.houses) for row in found.accounts],
        "done": [_done(row, found.houses, level) for row in found.done],
        "publications": found.publications,
        "levels": [(at.code, labels.LEVELS[at], at == level) for at in queries.Level if at > 0],
        "level": labels.LEVELS[level],
        "entries_url": f"{reverse('ledger:list')}?relation={subject.public_id}",
        "publish_url": reverse("ledger:publish", args=[subject.public_id]) if publishes else "",
        "party": actor.tenant_id in subject.party_ids,
    }
    return render_to_string("ledger/board.html", context, request)


def _level(request: HttpRequest) -> queries.Level:
    """Read the level from which the reader counts; lateness keeps to the default."""
    told = request.GET.get("level", "").upper()
    return queries.Level[told] if told in queries.Level.__members__ and told != "DECLARED" else DEFAULT


def _promise(row: queries.Fulfilment, houses: dict[int, Any]) -> dict[str, Any]:
    return {
        "url": reverse("ledger:account", args=[row.public_id]),
        "label": row.label,
        "giver": houses[row.giver_id],
        "receiver": houses[row.receiver_id],
        "words": promise_words(row),
        "figures": figures(row),
        "standing": row.standing,
        "standing_label": labels.STANDINGS[row.standing],
        "tone": labels.STANDING_TONES[row.standing],
        "open": row.open,
        "declared": [
            (sums.declared, labels.unit_name(unit)) for unit, sums in sorted(row.by_unit.items()) if sums.declared
        ],
    }


def _done(row: queries.Done, houses: dict[int, Any], level: queries.Level) -> dict[str, Any]:
    return {
        "giver": houses[row.giver_id],
        "receiver": houses[row.receiver_id],
        "kind": labels.kind_name(row.kind),
        "kind_code": row.kind,
        "unit": labels.unit_name(row.unit),
        "sums": row.sums,
        "counted": row.sums.counted(level),
        "entries": row.entries,
    }


def person(request: HttpRequest, subject: Any) -> str:
    """Draw the workload of a person's last three months, as far as the reader may see it."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return ""
    until = month_of(today())
    load = queries.workload(actor, subject.id, add_months(until, -2), until=until)
    context = {"rows": load_rows(load), "url": reverse("ledger:person", args=[subject.public_id])}
    return render_to_string("ledger/person_panel.html", context, request)
