"""What every posted move does alike: take the form, call the service, say what happened or ask again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone

from lianti.contexts.network import labels
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, Invalid
from lianti.lib.web.doors import Request
from lianti.lib.web.forms import Base
from lianti.lib.web.moving import see_other
from lianti.lib.web.parts import Move


@dataclass(frozen=True)
class Step:
    """One move as a page offers it: its form, and the service it calls."""

    form: Callable[[Any], Base]
    do: Callable[..., Any]
    primary: bool = False
    danger: bool = False


Steps = Mapping[str, Step]


@dataclass(frozen=True)
class Given:
    """What came with the request, for the service."""

    actor: Actor
    at: datetime
    key: str | None
    form: Base


def taken(request: Request, form: Base) -> Given:
    """Return what the request brings."""
    return Given(request.actor, timezone.now(), request.POST.get("key") or None, form)


def moves(steps: Steps, available: list[str], url: Callable[[str], str], failed: dict[str, Base]) -> list[Move]:
    """Return the moves open to the reader; one that was refused keeps what was typed."""
    return [
        Move(
            name=name,
            label=labels.MOVES[name],
            url=url(name),
            form=failed.get(name) or step.form(None),
            primary=step.primary,
            danger=step.danger,
        )
        for name, step in steps.items()
        if name in available
    ]


def post(
    request: Request, steps: Steps, name: str, *, done: str, again: Callable[[dict[str, Base]], HttpResponse]
) -> HttpResponse:
    """Do one move and go to `done`; when the form is wrong, show the page `again` with it."""
    step = steps.get(name)
    if step is None:
        raise Conflict
    form = step.form(request.POST)
    if form.is_valid():
        try:
            step.do(taken(request, form))
        except Invalid as refusal:
            form.refused(refusal.fields)
        else:
            messages.success(request, str(labels.DONE[name]))
            return see_other(done)
    return again({name: form})
