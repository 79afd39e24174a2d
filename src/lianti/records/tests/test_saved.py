"""Words looked for and views kept: whose they are, what stands in an address, what a list shows of them."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from lianti.contexts.needs.tests.builders import a_need
from lianti.kernel import scope
from lianti.records import held
from lianti.records.models import SavedView, Sought
from tests.cast import Cast, signed_in_client

pytestmark = pytest.mark.django_db


def test_words_narrow_a_list_and_stand_in_no_address(cast: Cast) -> None:
    there, other = a_need(cast, text="请派人带教腹腔镜"), a_need(cast, text="请派人带教内镜")
    client = signed_in_client(cast.county.coordinator)
    sent = client.post("/sought/", {"q": " 腹腔镜 ", "address": "/needs/?show=all&after=x&order="})
    address = urlsplit(sent["Location"])
    assert (sent.status_code, address.path, parse_qs(address.query)["show"]) == (303, "/needs/", ["all"])
    assert "after" not in address.query
    page = client.get(sent["Location"]).content.decode()
    assert there.number in page
    assert other.number not in page
    assert 'value="腹腔镜"' in page
    again = client.post("/sought/", {"q": "腹腔镜", "address": "/needs/"})
    assert parse_qs(urlsplit(again["Location"]).query)["words"] == parse_qs(address.query)["words"]
    assert client.post("/sought/", {"q": "  ", "address": sent["Location"]})["Location"] == "/needs/?show=all"
    file = client.post(f"/needs/export/?{address.query}", {"form": "csv"}).content.decode()
    assert there.number in file
    assert other.number not in file


def test_words_are_their_owners_alone_and_run_out(cast: Cast) -> None:
    sent = signed_in_client(cast.county.coordinator).post("/sought/", {"q": "腹腔镜", "address": "/needs/"})
    other = signed_in_client(cast.supporting.office)
    assert other.get(sent["Location"]).status_code == 422
    assert "腹腔镜" not in other.get(sent["Location"].replace("/needs/", "/search/")).content.decode()
    with scope.system():
        held.sweep({}, at=timezone.now() + timedelta(days=91), task_id=0)
        assert not Sought.objects.exists()


@pytest.mark.parametrize("address", ["//evil.example/", "https://evil.example/", "", "/no-such-page/", "/views/"])
def test_only_pages_of_this_site_are_gone_back_to(cast: Cast, address: str) -> None:
    client = signed_in_client(cast.county.coordinator)
    assert client.post("/sought/", {"q": "x", "address": address}).status_code == 404


def test_a_view_keeps_what_a_list_is_asked(cast: Cast) -> None:
    there, other = a_need(cast, text="请派人带教腹腔镜"), a_need(cast, text="请派人带教内镜")
    client = signed_in_client(cast.county.coordinator)
    asked = client.post("/sought/", {"q": "腹腔镜", "address": "/needs/?show=all"})["Location"]
    assert client.post("/views/", {"name": " 我的 腹腔镜 ", "address": asked}).status_code == 303
    with scope.system():
        view = SavedView.objects.get()
    assert (view.name, view.query, view.words) == ("我的 腹腔镜", "show=all", "腹腔镜")
    assert "我的 腹腔镜" in client.get("/needs/").content.decode()
    page = client.get(f"/views/{view.public_id}/", follow=True).content.decode()
    assert there.number in page
    assert other.number not in page
    client.post("/views/", {"name": "我的 腹腔镜", "address": "/needs/"})
    with scope.system():
        assert [(one.query, one.words) for one in SavedView.objects.all()] == [("", "")]
    stranger = signed_in_client(cast.supporting.office)
    assert stranger.get(f"/views/{view.public_id}/").status_code == 404
    assert stranger.post(f"/views/{view.public_id}/forget/").status_code == 404
    assert client.post(f"/views/{view.public_id}/forget/")["Location"] == "/needs/"
    assert "我的 腹腔镜" not in client.get("/needs/").content.decode()


def test_what_cannot_be_kept_is_said(cast: Cast) -> None:
    client = signed_in_client(cast.county.coordinator)
    assert client.post("/views/", {"name": "  ", "address": "/needs/"}).status_code == 422
    assert client.post("/views/", {"name": "x", "address": "/needs/?strange=1"}).status_code == 422
    assert client.post("/views/", {"name": "x", "address": "/inbox/"}).status_code == 404
    for number in range(20):
        assert client.post("/views/", {"name": str(number), "address": "/needs/"}).status_code == 303
    assert client.post("/views/", {"name": "21", "address": "/needs/"}).status_code == 422


def test_a_list_prints_all_that_is_asked_for(cast: Cast) -> None:
    there = a_need(cast, text="请派人带教腹腔镜")
    client = signed_in_client(cast.county.coordinator)
    page = client.post("/needs/export/?show=all", {"form": "print"}).content.decode()
    assert there.number in page
    assert "data-print" in page
