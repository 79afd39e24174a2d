"""What comes after a move on a record that was opened from to do: the next of the same kind of work."""

from __future__ import annotations

import re
from html import unescape

from django.test import Client
from django.urls import reverse

from lianti.contexts.needs.models import Need
from lianti.contexts.needs.tests.builders import a_need
from lianti.portal import queries
from tests.cast import Cast, signed_in_client


def opened(client: Client) -> list[str]:
    """Give the addresses of what waits, as the list has them."""
    html = client.get("/").content.decode().partition("<main")[2]
    return [unescape(url) for url in re.findall(r'<a class="main" href="([^"]+)"', html)]


def returned(client: Client, need: Need) -> str:
    """Return a need on its page; give the page that follows."""
    data = {"seen": str(need.version), "note": "请补充"}
    answer = client.post(f"/needs/{need.public_id}/moves/return/", data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def next_of(html: str) -> str:
    found = re.search(r'<a data-next href="([^"]+)"', html)
    return unescape(found[1]).partition("?")[0] if found else ""


def test_after_a_move_the_next_of_its_kind_is_offered(cast: Cast) -> None:
    first, second, third = (a_need(cast, text=text) for text in ("超声带教", "麻醉指导", "检验互认"))
    client = signed_in_client(cast.supporting.office)
    urls = {url.partition("?")[0]: url for url in opened(client)}
    here = {need.public_id: f"/needs/{need.public_id}/" for need in (first, second, third)}
    client.get(urls[here[second.public_id]])
    assert next_of(returned(client, second)) == here[third.public_id]
    client.get(urls[here[third.public_id]])
    assert next_of(returned(client, third)) == here[first.public_id]
    client.get(urls[here[first.public_id]])
    assert next_of(returned(client, first)) == ""


def test_who_came_another_way_is_offered_nothing(cast: Cast) -> None:
    first, _second = a_need(cast), a_need(cast)
    client = signed_in_client(cast.supporting.office)
    client.get(f"/needs/{first.public_id}/")
    assert next_of(returned(client, first)) == ""


def test_what_an_address_says_of_an_item_may_be_anything(cast: Cast) -> None:
    need, _other = a_need(cast), a_need(cast)
    client = signed_in_client(cast.supporting.office)
    for text in ("x", "needs.answer~x", "~", "needs.answer~" + "W" * 600):
        assert client.get(f"/needs/{need.public_id}/", {queries.OPENED: text}).status_code == 200
    assert next_of(returned(client, need)) == ""
    assert client.get(reverse("portal:home")).status_code == 200
