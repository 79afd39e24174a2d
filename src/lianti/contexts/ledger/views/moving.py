"""What every posted move does alike: take the form, call the service, say what happened or ask again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone

from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Invalid
from lianti.lib.web.doors import Request
from lianti.lib.web.forms import Base
from lianti.lib.web.moving import see_other


def today() -> date:
    """Give the day in Shanghai."""
    return shanghai_day(timezone.now())


def taken(request: Request) -> dict[str, Any]:
    """Return what every service is told: who, when, and the key of the form."""
    return {"actor": request.actor, "at": timezone.now(), "key": (request.POST.get("key") or "")[:64] or None}


def tried(form: Base | None, act: Callable[[dict[str, Any]], Any]) -> bool:
    """Do a move with what was typed; say whether it was done. What is refused stands at its field."""
    if form is not None and not form.is_valid():
        return False
    try:
        act(form.cleaned_data if form is not None else {})
    except Invalid as refusal:
        if form is None:
            raise
        form.refused(refusal.fields)
        return False
    return True


def done(request: Request, sentence: Any, url: str) -> HttpResponse:
    """Say what happened and send the browser on."""
    messages.success(request, sentence)
    return see_other(url)
