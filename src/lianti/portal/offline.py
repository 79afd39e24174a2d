"""What the queue of a phone asks of the site: the worker, who is signed in now, and a short answer to what it sends."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.views.decorators.cache import never_cache

from lianti.lib.web import offline
from lianti.lib.web.doors import open_door
from lianti.portal.context import Shell


@open_door(nobodys=True)
def worker(request: HttpRequest) -> HttpResponse:
    """Hand out the script of the service worker; browsers look for a new one by themselves."""
    headers = {"Service-Worker-Allowed": "/", "Cache-Control": "no-cache"}
    return HttpResponse(offline.worker(), content_type="text/javascript; charset=utf-8", headers=headers)


@open_door()
@never_cache
def seat(request: HttpRequest) -> HttpResponse:
    """Say in which seat the browser is signed in, with a token for its next form; 401 when in none."""
    held = seat_of(request)
    if not held:
        return JsonResponse({}, status=401)
    return JsonResponse({"seat": held, "token": get_token(request)})


def seat_of(request: HttpRequest) -> str:
    """Return the seat that the request acts in; '' for nobody."""
    acting = Shell(request).acting
    return acting.key if acting else ""


class Queued:
    """Answers a form that the queue sends: taken, or 401 when it was typed in a seat that nobody acts in now.

    It comes behind the actor of the request, and before any view has seen the form.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        wanted = request.headers.get(offline.HEADER)
        if wanted is None:
            return self.get_response(request)
        if wanted != seat_of(request):
            return JsonResponse({}, status=401)
        answer = self.get_response(request)
        if answer.status_code not in (301, 302, 303):
            return answer
        onward = urlsplit(answer.headers["Location"])
        if onward.path in (reverse("accounts:sign_in"), reverse("accounts:acting")):
            return JsonResponse({}, status=401)
        if not request.headers.get(offline.WATCHED):
            list(messages.get_messages(request))  # said by the queue itself
        return JsonResponse({"taken": True, "at": onward._replace(scheme="", netloc="").geturl()})
