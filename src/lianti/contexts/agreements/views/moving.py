"""What every posted move does alike: take the form, call the service, say what happened or ask again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from lianti.contexts.agreements import labels, services
from lianti.kernel.errors import Conflict, Invalid
from lianti.lib.web.doors import Request
from lianti.lib.web.forms import Base


@dataclass(frozen=True)
class Step:
    """One move as a page offers it: its form over the posted request (None: fresh), and what it does with the form."""

    form: Callable[[Request | None], Base | None]
    do: Callable[[dict[str, Any], Any], Any]


def taken(request: Request) -> dict[str, Any]:
    """Return what every service is told: who, when, and the key of the form."""
    return {"actor": request.actor, "at": timezone.now(), "key": request.POST.get("key") or None}


def post(
    request: Request,
    steps: Mapping[str, Step],
    name: str,
    *,
    done: str,
    again: Callable[[dict[str, Base]], HttpResponse],
) -> HttpResponse:
    """Do one move and go to `done`; when the form is wrong, show the page `again` with it. Raises Conflict."""
    step = steps.get(name)
    if step is None:
        raise Conflict
    form = step.form(request)
    if form is not None and not form.is_valid():
        return again({name: form})
    try:
        step.do(taken(request), form)
    except Invalid as refusal:
        if form is None:
            raise
        form.refused(refusal.fields)
        return again({name: form})
    messages.success(request, labels.DONE[name])
    return see_other(done)


def see_other(url: str) -> HttpResponse:
    """Send the browser on to a page after a change."""
    answer = redirect(url)
    answer.status_code = 303
    return answer


def uploads_of(form: Any) -> tuple[services.Upload, ...]:
    """Return the files that came with a form as the services take them."""
    return tuple(services.Upload(file.name, file.read()) for file in form.cleaned_data.get("uploads") or ())
