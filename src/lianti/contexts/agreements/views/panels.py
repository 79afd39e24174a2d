"""What the pages of a relation and of an institution show of papers and promises."""

from collections import defaultdict
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from lianti.contexts.agreements import queries
from lianti.lib.dates import shanghai_day


def promises_panel(request: HttpRequest, subject: Any) -> str:
    """Draw what is promised in a relation, by what it rests on, with goals and road map.

    What was done beside it stands on the ledger's board of the same page.
    """
    actor = getattr(request, "actor", None)
    if actor is None:
        return ""
    groups: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for row in queries.commitments_of_relation(actor, subject.id):
        same = (row.kind_label, row.text, row.giver.id, row.amount, row.unit_label, row.period_label, row.state)
        groups[same].append(row)
    context = {
        "groups": [
            (rows[0], [row.receiver for row in rows], len({row.paper for row in rows}) - 1) for rows in groups.values()
        ],
        "goals": queries.goals(actor, subject.id),
        "road_map": queries.road_map(actor, subject.id),
        "goal_url": _goal_url(actor, subject),
        "party": actor.tenant_id in subject.party_ids,
    }
    return render_to_string("agreements/promises.html", context, request)


def _goal_url(actor: Any, subject: Any) -> str:
    may = queries.may_draft(actor) and actor.tenant_id in subject.party_ids
    return reverse("agreements:set_goal", args=[subject.public_id]) if may else ""


def papers_panel(request: HttpRequest, subject: Any) -> str:
    """Draw the agreements of a relation."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return ""
    rows = queries.of_relation(actor, subject.id)
    party = actor.tenant_id in subject.party_ids
    if not party and not rows:
        return ""
    context = {
        "rows": [(row, False, False) for row in rows],
        "new_url": _address("agreements:new", subject) if party and queries.may_draft(actor) else "",
        "signed_url": _address("agreements:new_signed", subject) if party and queries.may_enter_signed(actor) else "",
    }
    return render_to_string("agreements/papers.html", context, request)


def institution_panel(request: HttpRequest, subject: Any) -> str:
    """Draw the goals set for an institution and the promises between it and the reader's institution."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return ""
    rows = queries.commitments_of_institution(actor, subject.id)
    progress = queries.progress(actor, [row.id for row in rows], today=shanghai_day(timezone.now()))
    goals = queries.goals_of_institution(actor, subject.id)
    if not rows and not goals:
        return ""
    context = {"board": [(row, progress.get(row.id)) for row in rows], "goals": goals}
    return render_to_string("agreements/institution.html", context, request)


def _address(name: str, subject: Any) -> str:
    return f"{reverse(name)}?relation={subject.public_id}"
