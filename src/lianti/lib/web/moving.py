"""What every posted move does alike: take the form, call the service, say what happened or ask again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone

from lianti.lib.errors import Conflict, Invalid
from lianti.lib.web.doors import Request
from lianti.lib.web.forms import Base


@dataclass(frozen=True)
class Step:
    """One move as a page offers it: its form over what was given (None: fresh), and what it does with the form."""

    form: Callable[[Any], Base | None]
    do: Callable[[dict[str, Any], Any], Any]
    primary: bool = False
    danger: bool = False


def taken(request: Request) -> dict[str, Any]:
    """Return what every service is told: who, when, and the key of the form."""
    return {"actor": request.actor, "at": timezone.now(), "key": request.POST.get("key") or None}


def post(
    request: Request,
    name: str,
    *,
    steps: Mapping[str, Step],
    said: Mapping[str, Any],
    given: Any,
    done: str,
    again: Callable[[dict[str, Base]], HttpResponse],
) -> HttpResponse:
    """Do the move `name` and go to `done`; when its form over `given` is wrong, show the page `again` with it.

    `said` are the words for what was done. Raises Conflict for a move that there is not.
    """
    step = steps.get(name)
    if step is None:
        raise Conflict
    form = step.form(given)
    if form is not None and not form.is_valid():
        return again({name: form})
    try:
        step.do(taken(request), form)
    except Invalid as refusal:
        if form is None:
            raise
        form.refused(refusal.fields)
        return again({name: form})
    messages.success(request, str(said[name]))
    return see_other(done)


def see_other(url: str) -> HttpResponseRedirect:
    """Send the browser on to a page after a change."""
    answer = HttpResponseRedirect(url)
    answer.status_code = 303
    return answer
