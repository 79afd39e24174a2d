"""What the pages of other records show of documents: the words that a record rests on, and what was dropped on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from lianti.contexts.intake import queries


def quotes_panel(kind: str) -> Callable[[HttpRequest, Any], str]:
    """Return the panel 'From a document' for the pages of one kind of record."""

    def panel(request: HttpRequest, subject: Any) -> str:
        actor = getattr(request, "actor", None)
        found = queries.quotes(actor, kind, [subject.public_id]) if actor is not None else []
        return render_to_string("intake/quotes.html", {"quotes": found}, request) if found else ""

    return panel


def relation_panel(request: HttpRequest, subject: Any) -> str:
    """Draw the documents of a relation: those dropped on it, and the words it rests on."""
    actor = getattr(request, "actor", None)
    if actor is None or not queries.may_read(actor):
        return ""
    context = {
        "quotes": queries.quotes(actor, "relation", [subject.public_id]),
        "documents": queries.of_relation(actor, subject.id),
        "new_url": f"{reverse('intake:new')}?relation={subject.public_id}" if queries.may_take_in(actor) else "",
    }
    if not (context["quotes"] or context["documents"] or context["new_url"]):
        return ""
    return render_to_string("intake/relation.html", context, request)
