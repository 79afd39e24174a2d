"""Who comes through: every view stands behind `door` or says that it is `open_door`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url
from django.views.decorators.http import require_http_methods

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from lianti.lib.actor import Actor

View = Callable[..., HttpResponseBase]
READ: tuple[str, ...] = ("GET", "HEAD")


class Request(HttpRequest):
    """The request as a view behind a door sees it."""

    actor: Actor
    htmx: HtmxDetails


def door(*, methods: Sequence[str] = READ, keeps: bool = True) -> Callable[[View], View]:
    """Let in whoever is signed in and acts for an institution; send the others to sign in or to choose.

    `keeps`: a form sent after the session has ended is kept until its sender has signed in again.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if getattr(request, "actor", None) is None:
                return turn_away(request)
            return view(request, *args, **kwargs)

        guarded = _marked(inner, "signed-in", methods)
        guarded.keeps = keeps  # type: ignore[attr-defined]
        return guarded

    return guard


def open_door(*, methods: Sequence[str] = READ, nobodys: bool = False) -> Callable[[View], View]:
    """Let in everybody: sign-in, one-time links, health. `nobodys`: it acts for nobody, whoever is signed in."""

    def guard(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(request, *args, **kwargs)

        guarded = _marked(inner, "open", methods)
        guarded.nobodys = nobodys  # type: ignore[attr-defined]
        return guarded

    return guard


def _marked(view: View, kind: str, methods: Sequence[str]) -> View:
    allowed = list(methods) + (["HEAD"] if "GET" in methods and "HEAD" not in methods else [])
    guarded: View = require_http_methods(allowed)(view)
    guarded.door = kind  # type: ignore[attr-defined]
    guarded.methods = tuple(allowed)  # type: ignore[attr-defined]
    return guarded


def turn_away(request: HttpRequest, kept: str = "") -> HttpResponse:
    """Send somebody to sign in, or to choose for whom to act, and from there to the form that was kept for them."""
    signed_in = bool(getattr(getattr(request, "user", None), "is_authenticated", False))
    target = getattr(settings, "ACTING_URL", "accounts:acting") if signed_in else settings.LOGIN_URL
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    after = request.get_full_path() if request.method in READ else "/"
    if htmx:  # a part was asked for: come back to the page around it
        after = htmx.current_url_abs_path or "/"
    after = kept or after
    address = f"{resolve_url(target)}?{urlencode({'next': after})}"
    if htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponse(status=302, headers={"Location": address})
