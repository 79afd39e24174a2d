"""What the pages of a relation and of an institution show of needs."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from lianti.contexts.needs import queries


def relation_panel(request: HttpRequest, subject: Any) -> str:
    """Draw the needs of a relation."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return ""
    rows = queries.of_relation(actor, subject.id)
    party = actor.tenant_id in subject.party_ids
    if not party and not rows:
        return ""
    may = queries.may_state(actor) and party
    context = {"rows": rows, "new_url": f"{reverse('needs:new')}?relation={subject.public_id}" if may else ""}
    return render_to_string("needs/panel.html", context, request)


def institution_panel(request: HttpRequest, subject: Any) -> str:
    """Draw the needs that an institution stated or was asked to meet."""
    actor = getattr(request, "actor", None)
    rows = queries.of_institution(actor, subject.id) if actor is not None else []
    return render_to_string("needs/panel.html", {"rows": rows, "new_url": ""}, request) if rows else ""
