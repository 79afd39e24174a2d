"""What the page of a relation shows of activities: events and what was done in it."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from lianti.contexts.activities import queries


def relation_panel(request: HttpRequest, subject: Any) -> str:
    """Draw the latest events and activities of a relation."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return ""
    rows = queries.of_relation(actor, subject.id)
    may = queries.may_record(actor) and actor.tenant_id in subject.party_ids
    context = {"rows": rows, "new_url": reverse("activities:new") if may else ""}
    return render_to_string("activities/panel.html", context, request) if rows or may else ""
