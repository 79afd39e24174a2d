"""Who asks, what they may see, and what a refusal looks like: around every view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from lianti.contexts.accounts import queries as accounts
from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Refused
from lianti.portal import changed, errors
from lianti.portal.queries import OPENED
from lianti.records import held, kept

READS = frozenset({"GET", "HEAD", "OPTIONS"})
MEMBERSHIP = "membership"  # session key: the membership that is acted for

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)


class ActorMiddleware:
    """Gives the request its actor, runs its view in that actor's scope and turns refusals into pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = _actor(request)  # type: ignore[attr-defined]
        if OPENED in request.GET and request.method == "GET":
            request.session[OPENED] = [request.path, request.GET[OPENED][:400]]
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        if request.actor is not None:  # type: ignore[attr-defined]
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase:
        """Run the view: a page in a read-only transaction, a form in one that writes (on PostgreSQL)."""
        actor: Actor | None = request.actor  # type: ignore[attr-defined]
        if any("\0" in text for sent in (request.GET, request.POST) for _name, texts in sent.lists() for text in texts):
            return errors.page(request, 400)  # no keyboard types it, and PostgreSQL keeps no text that holds it
        try:
            if actor is None or getattr(view, "nobodys", False):
                away = kept.turned_away(request, view, timezone.now()) if request.method == "POST" else None
                return away or view(request, *args, **kwargs)
            return changed.elsewhere(request, view, timezone.now()) or _answer(request, actor, view, args, kwargs)
        except Refused as refused:
            return errors.page(request, refused.status, refused)


def _answer(
    request: HttpRequest, actor: Actor, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
) -> HttpResponseBase:
    """Run the view in the actor's scope: the files of a refused form are held, a kept form is shown as typed."""
    reads, now = request.method in READS, timezone.now()
    again = reads and kept.ASKED in request.GET
    with scope.acting(actor, read_only=reads and not again):
        if again and (shown := kept.shown(request, view, args, kwargs, actor, now)) is not None:
            return shown
        if reads:
            return view(request, *args, **kwargs)
        held.take_up(request, actor, now)
        response = view(request, *args, **kwargs)
        held.settle(request, response, actor, now)
        return response


def _actor(request: HttpRequest) -> Actor | None:
    """Return whom the session acts as today; None for nobody and for members of nothing."""
    user: Any = request.user
    if not user.is_authenticated:
        return None
    membership = request.session.get(MEMBERSHIP)
    if membership is None:
        return accounts.acting(user.pk, None, shanghai_day(timezone.now()))
    # A membership that has ended gives nobody: the reader chooses anew, and no form goes out in another's name.
    return next((seat.actor(user.pk) for seat in user.seats if seat.id == membership), None)
