"""What the pages of relations and people show of the ledger."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from lianti.contexts.ledger import queries, words
from lianti.contexts.ledger.domain.levels import DEFAULT, Sums
from lianti.contexts.ledger.queries import Board, Done, EntriesAsked, Level
from lianti.contexts.ledger.queries import accounts as promises
from lianti.contexts.ledger.views import accounts, entries
from lianti.contexts.ledger.views.moving import today
from lianti.contexts.ledger.views.people import load_rows
from lianti.lib.actor import Actor
from lianti.lib.roles import DESK, Role
from lianti.records import tables
from lianti.records.asking import Named
from lianti.records.reading import COUNTED


def board(request: HttpRequest, subject: Any) -> str:
    """Draw the board of a relation: promised and done side by side, what was done in all, what was published.

    A relation with several members shows first how it stands with each of them, then one member's promises.
    """
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return ""
    level = _level(request)
    found = queries.for_relation(actor, subject.id, today=today(), from_level=level)
    members = _members(subject, found)
    chosen = next((m for m in members if m.public_id == request.GET.get("with")), None)
    chosen = members[0] if len(members) == 1 else chosen
    kept = [row for row in found.accounts if chosen is None or chosen.id in (row.giver_id, row.receiver_id)]
    done = [row for row in found.done if chosen is None or chosen.id in (row.giver_id, row.receiver_id)]
    party = actor.tenant_id in subject.party_ids
    publishes = actor.role in DESK | {Role.LEADER} and party and subject.authority
    context = {
        "subject": subject,
        "members": [(m, m == chosen) for m in members] if len(members) > 1 else [],
        "chosen": chosen,
        "standings": [_standing(m, found) for m in members] if chosen is None else [],
        "promises": tables.table(accounts.LIST, promises.lines_of(kept), today()) if chosen and kept else "",
        "done": [_done(actor, row, found, subject, level) for row in done]
        if chosen
        else _totals(actor, done, found, subject, level),
        "publications": found.publications,
        "levels": [(at.code, words.LEVELS[at], at == level) for at in Level if at > 0],
        "entries_url": entries.KIND.listed(EntriesAsked(relation=Named.of(subject))),
        "publish_url": reverse("ledger:publish", args=[subject.public_id]) if publishes else "",
        "party": party,
    }
    return render_to_string("ledger/board.html", context, request)


def _members(subject: Any, found: Board) -> list[Any]:
    """Return those whom the lead is bound to and who stand on the board, in order."""
    rows: list[queries.Fulfilment | Done] = [*found.accounts, *found.done]
    seen = {side for row in rows for side in (row.giver_id, row.receiver_id)}
    return [found.houses[i] for i in sorted(seen - {subject.lead.id})]


def _standing(member: Any, found: Board) -> dict[str, Any]:
    """Return how the promises with one member stand: how many in all, and how many in each standing."""
    rows = [row for row in found.accounts if member.id in (row.giver_id, row.receiver_id)]
    counts = Counter(row.standing for row in rows)
    return {
        "member": member,
        "promises": len(rows),
        "counts": [(n, words.standing(standing)) for standing, n in counts.most_common()],
        "late": bool(counts[queries.Standing.LATE]),
        "entries": sum(row.entries for row in found.done if member.id in (row.giver_id, row.receiver_id)),
    }


def _totals(actor: Actor, done: list[Done], found: Board, subject: Any, level: Level) -> list[dict[str, Any]]:
    """Return the totals over all members, with the number of activities and how many entries count elsewhere too."""
    few = sum(row.entries for row in done) <= COUNTED
    spread = queries.spread(actor, subject.id, subject.lead.id) if few else {}
    return [
        {**_done(actor, row, found, subject, level), "spread": spread.get((row.giver_id != subject.lead.id, row.kind))}
        for row in _added(done, subject)
    ]


def _added(rows: list[Done], subject: Any) -> list[Done]:
    """Add up what was done over all members, by kind and direction; 0 stands for them all.

    An entry has one receiver, so it counts once.
    """
    added: dict[tuple[bool, str], tuple[Sums, int]] = {}
    for row in rows:
        key = (row.giver_id != subject.lead.id, row.kind)
        sums, count = added.get(key, (Sums(), 0))
        added[key] = (sums + row.sums, count + row.entries)
    lead = subject.lead.id
    return [
        Done(0 if to_lead else lead, lead if to_lead else 0, kind, sums, count)
        for (to_lead, kind), (sums, count) in sorted(added.items(), key=lambda item: item[0])
    ]


def _level(request: HttpRequest) -> Level:
    """Read the level from which the reader counts; lateness keeps to the default."""
    told = request.GET.get("level", "").upper()
    return Level[told] if told in Level.__members__ and told != "DECLARED" else DEFAULT


def _done(actor: Actor, row: Done, found: Board, subject: Any, level: Level) -> dict[str, Any]:
    """Return one line of what was done; its number opens exactly the entries that were added up."""
    houses = {**found.houses, subject.lead.id: subject.lead}
    gives = actor.tenant_id == row.giver_id or (row.giver_id == 0 and actor.tenant_id != subject.lead.id)
    other = houses.get(row.receiver_id if gives else row.giver_id)
    asked = EntriesAsked(
        side="given" if gives else "received",
        state="standing",
        kind=row.kind,
        counterpart=Named.of(other) if other else None,
        relation=Named.of(subject),
    )
    return {
        "url": entries.KIND.listed(asked),
        "giver": houses.get(row.giver_id),
        "receiver": houses.get(row.receiver_id),
        "kind": words.kind_name(row.kind),
        "unit": words.unit_name(row.unit),
        "by_level": queries.by_level(asked, row.sums, level),
        "entries": row.entries,
    }


def person(request: HttpRequest, subject: Any) -> str:
    """Draw the workload of a person's last three months, as far as the reader may see it."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return ""
    context = {"rows": load_rows(actor, subject, 3), "url": reverse("ledger:person", args=[subject.public_id])}
    return render_to_string("ledger/person_panel.html", context, request)
