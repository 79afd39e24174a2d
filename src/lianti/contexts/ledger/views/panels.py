"""What the pages of relations and people show of the ledger."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from lianti.contexts.ledger import labels, queries
from lianti.contexts.ledger.domain.kinds import unit_of
from lianti.contexts.ledger.domain.levels import DEFAULT, Sums
from lianti.contexts.ledger.views.account import figures, promise_words
from lianti.contexts.ledger.views.moving import today
from lianti.contexts.ledger.views.people import load_rows
from lianti.lib.dates import add_months, month_of
from lianti.lib.roles import DESK, Role


def board(request: HttpRequest, subject: Any) -> str:
    """Draw the board of a relation: promised and done side by side, what was done in all, what was published.

    A relation with several members shows first how it stands with each of them, then one member's promises.
    """
    actor = getattr(request, "actor", None)
    if actor is None:
        return ""
    level = _level(request)
    found = queries.for_relation(actor, subject.id, today=today(), from_level=level)
    members = _members(subject, found)
    chosen = next((m for m in members if m.public_id == request.GET.get("with")), None)
    chosen = members[0] if len(members) == 1 else chosen
    accounts = [row for row in found.accounts if chosen is None or chosen.id in (row.giver_id, row.receiver_id)]
    done = [row for row in found.done if chosen is None or chosen.id in (row.giver_id, row.receiver_id)]
    publishes = actor.role in DESK | {Role.LEADER} and actor.tenant_id in subject.party_ids and subject.authority
    context = {
        "subject": subject,
        "members": [(m, m == chosen) for m in members] if len(members) > 1 else [],
        "chosen": chosen,
        "standings": [_standing(m, found) for m in members] if chosen is None else [],
        "promises": [_promise(row, found.houses) for row in accounts] if chosen else [],
        "done": _totals(done, subject, level) if chosen is None else [_done(row, found.houses, level) for row in done],
        "publications": found.publications,
        "levels": [(at.code, labels.LEVELS[at], at == level) for at in queries.Level if at > 0],
        "level": labels.LEVELS[level],
        "entries_url": f"{reverse('ledger:list')}?relation={subject.public_id}",
        "publish_url": reverse("ledger:publish", args=[subject.public_id]) if publishes else "",
        "party": actor.tenant_id in subject.party_ids,
    }
    return render_to_string("ledger/board.html", context, request)


def _members(subject: Any, found: queries.Board) -> list[Any]:
    """Return those whom the lead is bound to and who stand on the board, in order."""
    rows: list[queries.Fulfilment | queries.Done] = [*found.accounts, *found.done]
    seen = {side for row in rows for side in (row.giver_id, row.receiver_id)}
    return [found.houses[i] for i in sorted(seen - {subject.lead.id})]


def _standing(member: Any, found: queries.Board) -> dict[str, Any]:
    """Return how the promises with one member stand: how many in all, and how many in each standing."""
    rows = [row for row in found.accounts if member.id in (row.giver_id, row.receiver_id)]
    counts = Counter(row.standing for row in rows)
    return {
        "member": member,
        "promises": len(rows),
        "counts": [(n, labels.STANDINGS[s], labels.STANDING_TONES[s], s) for s, n in counts.most_common()],
        "late": bool(counts[queries.Standing.LATE]),
        "entries": sum(row.entries for row in found.done if member.id in (row.giver_id, row.receiver_id)),
    }


def _totals(rows: list[queries.Done], subject: Any, level: queries.Level) -> list[dict[str, Any]]:
    """Add up what was done over all members, by kind and direction; an entry has one receiver, so it counts once."""
    added: dict[tuple[str, bool], tuple[Any, int]] = {}
    for row in rows:
        key = (row.kind, row.giver_id == subject.lead.id)
        sums, entries = added.get(key, (Sums(), 0))
        added[key] = (sums + row.sums, entries + row.entries)
    return [
        {
            "kind": labels.kind_name(kind),
            "kind_code": kind,
            "from_lead": from_lead,
            "unit": labels.unit_name(unit_of(kind).code),
            "sums": sums,
            "counted": sums.counted(level),
            "entries": entries,
        }
        for (kind, from_lead), (sums, entries) in sorted(added.items(), key=lambda item: (not item[0][1], item[0][0]))
    ]


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
    context = {"rows": load_rows(load, subject.public_id), "url": reverse("ledger:person", args=[subject.public_id])}
    return render_to_string("ledger/person_panel.html", context, request)
