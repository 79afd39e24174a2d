"""Cookies go over plain HTTP only where the site allows it, and a form that is refused for it says so."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from lianti.config import env
from lianti.lib.web import plainly


def answered(request: HttpRequest) -> bool:
    """Tell whether a cookie of the answer is Secure."""

    def view(_request: HttpRequest) -> HttpResponse:
        answer = HttpResponse()
        answer.set_cookie("csrftoken", "x", secure=True)
        return answer

    return bool(plainly.PlainCookies(view)(request).cookies["csrftoken"]["secure"])


@pytest.mark.parametrize(
    ("https", "secure", "kept", "warned"),
    [
        (None, False, False, True),
        (None, True, True, False),
        (True, False, True, False),
        (True, True, True, False),
        (False, False, True, True),  # there the cookies were never made Secure
    ],
)
def test_cookies_and_warning_follow_the_way_people_come(
    settings: Any, https: bool | None, secure: bool, kept: bool, warned: bool
) -> None:
    settings.HTTPS, settings.ALLOWED_HOSTS = https, ["192.0.2.7"]
    request = RequestFactory().get("/sign-in/", secure=secure, headers={"host": "192.0.2.7:8000"})
    assert (answered(request), plainly.can_be_read(request)) == (kept, warned)


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "127.0.0.1"])
def test_nobody_reads_along_between_a_machine_and_itself(settings: Any, host: str) -> None:
    settings.HTTPS, settings.ALLOWED_HOSTS = None, ["localhost", "127.0.0.1"]
    assert not plainly.can_be_read(RequestFactory().get("/", headers={"host": host}))


@pytest.mark.parametrize(
    ("https", "origin", "out"),
    [
        (True, "http://192.0.2.7:8000", True),
        (True, "https://help.example.org", False),
        (True, "", False),
        (None, "http://192.0.2.7:8000", False),
    ],
)
def test_only_plain_http_to_a_strict_site_is_shut_out(
    settings: Any, https: bool | None, origin: str, out: bool
) -> None:
    settings.HTTPS = https
    assert plainly.shut_out(RequestFactory().post("/sign-in/", headers={"origin": origin} if origin else {})) is out


def test_a_site_with_an_https_address_is_strict_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LIANTI_HTTPS", raising=False)
    monkeypatch.setenv("LIANTI_ORIGINS", "https://help.example.org")
    assert env.HTTPS.value() is True
    monkeypatch.setenv("LIANTI_ORIGINS", "http://192.0.2.7:8000")
    assert env.HTTPS.value() is None
