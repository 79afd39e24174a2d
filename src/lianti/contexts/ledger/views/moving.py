"""What the ledger's pages share: today, where a record comes from, what a posted form does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone

from lianti.kernel import notices
from lianti.kernel.models import Notice
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Invalid
from lianti.lib.web.doors import Request
from lianti.lib.web.forms import Base
from lianti.lib.web.moving import see_other


def today() -> date:
    """Give the day in Shanghai."""
    return shanghai_day(timezone.now())


def source_url(kind: str, public_id: str) -> str:
    """Give the address of what an entry or an account came from, as its room registered it."""
    return notices.link(Notice(kind=kind, record=public_id))


def tried(form: Base, act: Callable[[dict[str, Any]], Any]) -> bool:
    """Do a move with what was typed; say whether it was done. What is refused stands at its field."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except Invalid as refusal:
        form.refused(refusal.fields)
        return False
    return True


def done(request: Request, sentence: Any, url: str) -> HttpResponse:
    """Say what happened and send the browser on."""
    messages.success(request, sentence)
    return see_other(url)
