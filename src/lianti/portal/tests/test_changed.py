"""A form from a tab that was opened before somebody else signed in, or before the institution was changed."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from lianti.contexts.needs.models import Need
from lianti.kernel import scope
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.roles import Role
from lianti.records.models import KeptForm
from tests.cast import PASSWORD, Cast, a_member, phone_of

pytestmark = pytest.mark.django_db
NEW = "/needs/new/"


def _sign_in(client: Client, actor: Actor) -> None:
    if "_auth_user_id" in client.session:
        client.post("/sign-out/", {"csrfmiddlewaretoken": _token(client, "/")})
    sent = {"csrfmiddlewaretoken": _token(client, "/sign-in/"), "name": phone_of(actor), "password": PASSWORD}
    assert client.post("/sign-in/", sent).status_code == 302


def _token(client: Client, path: str) -> str:
    return _hidden(client.get(path).content.decode(), "csrfmiddlewaretoken")


def _hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', html)
    assert found
    return found[1]


def _form(client: Client) -> dict[str, Any]:
    html = client.get(NEW).content.decode()
    hidden = {name: _hidden(html, name) for name in ("csrfmiddlewaretoken", "by")}
    return {**hidden, "key": ids.new(), "text": "希望派驻卒中专家"}


def _kept() -> int:
    with scope.system():
        return KeptForm.objects.count()


def test_a_form_of_who_was_signed_in_before_says_so_and_is_kept_for_them(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    _sign_in(client, cast.county.office)
    form = _form(client)
    _sign_in(client, cast.stranger.leader)
    answer = client.post(NEW, form)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "登录人已变更" in html
    assert "当前机构" not in html.split("<dl")[1].split("</dl>")[0]
    assert (_kept(), Need.objects.count()) == (1, 0)
    shown = re.search(r'href="(/needs/new/\?kept=\w+)"', html)
    assert shown
    assert "希望派驻卒中专家" not in client.get(shown[1]).content.decode()
    _sign_in(client, cast.county.office)
    assert "希望派驻卒中专家" in client.get(shown[1]).content.decode()


def test_sent_again_by_who_typed_it_the_old_tab_stands_filled(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    _sign_in(client, cast.county.office)
    form = _form(client)
    _sign_in(client, cast.county.office)
    again = client.post(NEW, form)
    assert again.status_code == 303
    assert "希望派驻卒中专家" in client.get(again["Location"]).content.decode()
    assert Need.objects.count() == 0


def test_a_form_of_another_institution_is_not_done_in_the_name_of_this_one(cast: Cast) -> None:
    client, desk = Client(enforce_csrf_checks=True), cast.county.office
    with scope.system():
        from lianti.kernel.models import Principal

        principal = Principal.objects.get(pk=desk.principal_id)
    a_member(Role.OFFICE, cast.supporting.institution, principal=principal)
    _sign_in(client, desk)
    form = _form(client)
    html = client.get("/acting/").content.decode()
    other = re.findall(r'name="membership" value="(\w+)"', html)
    seats = {key: html[html.index(f'value="{key}"') :].split("button")[1] for key in other}
    there = next(key for key, words in seats.items() if cast.supporting.institution.name in words)
    client.post("/acting/", {"csrfmiddlewaretoken": _hidden(html, "csrfmiddlewaretoken"), "membership": there})
    answer = client.post(NEW, form)
    assert answer.status_code == 409
    assert "登录人已变更" not in answer.content.decode()
    assert (_kept(), Need.objects.count()) == (1, 0)


def test_a_forged_word_keeps_nothing(cast: Cast, tmp_path: Path) -> None:
    client = Client(enforce_csrf_checks=True)
    _sign_in(client, cast.county.office)
    assert client.post(NEW, {"text": "x", "by": "forged"}).status_code == 403
    assert _kept() == 0


def test_what_is_never_kept_is_not_kept_here_either(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    _sign_in(client, cast.county.office)
    form = _form(client)
    _sign_in(client, cast.county.leader)
    answer = client.post("/password/", {**form, "old": PASSWORD, "new": "tall-bamboo-2027", "again": "x"})
    assert answer.status_code == 409
    assert _kept() == 0
