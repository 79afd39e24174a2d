"""The part of dispatch on a person's own month."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from lianti.contexts.activities.queries import Mark
from lianti.contexts.dispatch import queries
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day


def month_panel(request: HttpRequest, month: Any) -> str:
    """Draw where the reader is posted in a month; nothing for who is not."""
    actor = getattr(request, "actor", None)
    postings = queries.own_postings(actor, month.first, month.last) if actor is not None else []
    return render_to_string("dispatch/mine.html", {"postings": postings}, request) if postings else ""


def tell_days(actor: Actor, month: date) -> Mapping[date, Mark]:
    """Tell the month's grid what is known of the actor's own days."""
    return queries.own_days(actor, month, shanghai_day(timezone.now()))
