"""People who come by plain HTTP: what may be done for them, and that they are told."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "[::1]"})


class PlainCookies:
    """Lets the cookies of whoever comes by plain HTTP go that way, unless the site is for HTTPS only.

    A browser keeps no `Secure` cookie from there: every form would be refused for want of its token.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if settings.HTTPS is None and not request.is_secure():
            for cookie in response.cookies.values():
                cookie["secure"] = ""
        return response


def can_be_read(request: HttpRequest) -> bool:
    """Tell whether others in the network can read along: plain HTTP, and not from this machine to itself."""
    if settings.HTTPS or request.is_secure():
        return False
    return request.get_host().rsplit(":", 1)[0] not in THIS_MACHINE


def shut_out(request: HttpRequest) -> bool:
    """Tell whether a form was refused only because it came by plain HTTP to a site that is for HTTPS only."""
    return bool(settings.HTTPS) and request.headers.get("Origin", "").startswith("http://")
