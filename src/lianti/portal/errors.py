"""Pages for what went wrong: what happened, what was kept, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianti.lib.web import offline, plainly
from lianti.portal import changed


@dataclass(frozen=True)
class Words:
    title: Any
    happened: Any
    kept: Any
    next: Any


_SAFE = _("Nothing was changed. What others entered is as it was.")
WORDS = {
    400: Words(
        _("This request cannot be read"),
        _("The browser sent something that the site cannot read."),
        _SAFE,
        _("Go back, reload the page and try again."),
    ),
    403: Words(
        _("Not allowed"),
        _("Your role at this institution does not allow this."),
        _SAFE,
        _("Check at the top for which institution you act. If that is right, ask your coordinator."),
    ),
    404: Words(
        _("Nothing here"),
        _("There is no such page, or it is not one that your institution can see."),
        _SAFE,
        _("Check at the top for which institution you act, or search by name or number."),
    ),
    405: Words(
        _("Not this way"),
        _("This address cannot be asked like that."),
        _SAFE,
        _("Go back and use the buttons of the page."),
    ),
    409: Words(
        _("Somebody was faster"),
        _("The record has changed in the meantime."),
        _SAFE,
        _("Go back, reload the record and look at its story before you decide again."),
    ),
    413: Words(
        _("Too large"), _("What was sent is larger than the site takes."), _SAFE, _("Send smaller or fewer files.")
    ),
    422: Words(
        _("This cannot be taken as it is"),
        _("Something in what was sent is missing or wrong."),
        _SAFE,
        _("Go back: what you typed is still there. Mend it and send it again."),
    ),
    500: Words(
        _("The site has made a mistake"),
        _("An error happened on our side; it was written down for the operator."),
        _("What you sent was not saved, what was there before is safe."),
        _("Try again in a minute. If it happens again, tell your administrator the time and the address."),
    ),
    503: Words(_("Not ready"), _("The site is starting or being looked after."), _SAFE, _("Try again in a minute.")),
}


def page(request: HttpRequest, status: int, message: Any = "") -> HttpResponse:
    """Return the page for a status, with the refusal's own sentence as what happened."""
    words = WORDS.get(status, WORDS[400 if status < 500 else 500])
    context = {
        "status": status,
        "title": words.title,
        "happened": message or words.happened,
        "kept": words.kept,
        "next": words.next,
        "back": _back(request),
        "back_label": _("Back") if _back(request) else _("To do"),
    }
    return render(request, "web/error.html", context, status=status)


def _back(request: HttpRequest) -> str:
    """Where the reader came from, when that is a page of this site: never somewhere else."""
    came = request.headers.get("Referer", "")
    try:
        here = request.build_absolute_uri("/")
    except DisallowedHost:
        return ""
    path = "/" + came[len(here) :] if came.startswith(here) else ""
    return "" if path == request.get_full_path() else path


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page for a request that cannot be read, or that names the site as it is not called."""
    if isinstance(exception, DisallowedHost):
        return page(
            request, 400, _("The site does not answer under this name. Whoever runs it adds it to LIANTI_HOSTS.")
        )
    return page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 403)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came without its token: a tab from before a sign-in, another site, or plain HTTP."""
    if offline.HEADER in request.headers:  # its queue takes a new token, or asks to sign in
        return HttpResponse(status=401)
    if plainly.shut_out(request):
        return page(request, 403, _("This site takes forms by HTTPS only. Open it by its address with https."))
    match = request.resolver_match
    if match is not None and (answer := changed.too_old(request, match.func, timezone.now())) is not None:
        return answer
    return page(request, 403, _("This form is too old, or cookies are blocked. Reload the page and send it again."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Return the page for 500, drawn without the request: nothing that may have failed is asked again."""
    words = WORDS[500]
    context = {"status": 500, "title": words.title, "happened": words.happened, "kept": words.kept, "next": words.next}
    return HttpResponse(render_to_string("web/error.html", context), status=500)
