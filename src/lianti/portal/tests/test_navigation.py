"""The navigation: at most eight headings, every page within reach of a desk, a phone and a keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from lianti.lib.roles import Role
from lianti.lib.web import navigation
from tests.cast import Cast, signed_in_client

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOMS = [f"第{number}室" for number in range(1, 21)]


@pytest.fixture
def twenty_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Register twenty rooms more, half of them in two groups, as they would themselves."""
    monkeypatch.setattr(navigation, "_entries", dict(navigation._entries))
    monkeypatch.setattr(navigation, "_groups", dict(navigation._groups))
    navigation.group("wards", "病区", 15)
    groups = ("work", "wards", "", "")
    for number, label in enumerate(ROOMS):
        navigation.register(f"room{number}", label, "portal:inbox", order=60 + number, under=groups[number % 4])


def test_twenty_more_rooms_stand_under_eight_headings(twenty_rooms: None) -> None:
    seen = navigation.entries(Role.OFFICE)
    listed = navigation.headings(seen)
    assert len(listed) == navigation.MOST
    assert sorted(e.key for h in listed for e in h.entries) == sorted(e.key for e in seen)
    first, rest = navigation.on_phone(seen)
    assert len(first) == 3
    assert len(rest) <= navigation.MOST
    assert sorted([e.key for h in rest for e in h.entries] + [e.key for e in first]) == sorted(e.key for e in seen)


@pytest.mark.parametrize("place", ["side", "bottom"])
def test_each_of_twenty_rooms_is_on_the_page(cast: Cast, twenty_rooms: None, place: str) -> None:
    html = signed_in_client(cast.county.office).get("/").content.decode()
    part = re.search(rf'<nav class="{place}".*?</nav>', html, re.DOTALL)
    assert part is not None
    assert [room for room in ROOMS if f"<span>{room}</span></a>" not in part[0]] == []


def test_a_group_of_one_is_its_page_and_a_group_of_none_is_not_there() -> None:
    office = {h.of.key: h for h in navigation.headings(navigation.entries(Role.OFFICE))}
    assert [entry.key for entry in office["work"].entries] == ["activities", "ledger"]
    authority = {h.of.key: h for h in navigation.headings(navigation.entries(Role.HEALTH_AUTHORITY))}
    assert authority["ledger"].page is not None
    assert [entry.key for entry in authority["administration"].entries] == ["intake", "rule_sets", "papers"]
    expert = {h.of.key: h for h in navigation.headings(navigation.entries(Role.EXPERT))}
    assert "administration" not in expert


@pytest.mark.parametrize("role", [None, *Role])
def test_no_role_needs_the_last_resort_today(role: Role | None) -> None:
    assert len({h.of.key for h in navigation.headings(navigation.entries(role))} - {"more"}) <= navigation.MOST
    assert "more" not in {h.of.key for h in navigation.headings(navigation.entries(role))}


def test_every_group_named_is_there_and_every_address_leads_somewhere() -> None:
    assert [e.key for e in navigation._entries.values() if e.under and e.under not in navigation._groups] == []
    assert all(reverse(one.url_name) for one in [*navigation._entries.values(), *navigation._starts.values()])


def test_a_letter_leads_to_one_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_entries", dict(navigation._entries))
    with pytest.raises(ValueError, match="already leads to “todo”"):
        navigation.register("second", "乙", "portal:home", letter="t")


@pytest.fixture
def open_as(live_server: Any, transactional_db: None, cast: Cast) -> Callable[[Page], None]:
    """Let a browser's page be signed in as the county's office."""
    call_command("collectstatic", interactive=False, verbosity=0)
    client = signed_in_client(cast.county.office)

    def enter(page: Page) -> None:
        cookies = [{"name": n, "value": c.value, "url": live_server.url} for n, c in client.cookies.items()]
        page.context.add_cookies(cookies)  # type: ignore[arg-type]
        page.goto(live_server.url)

    return enter


def test_groups_open_by_keyboard_without_a_script(
    new_page: Callable[..., Page], twenty_rooms: None, open_as: Callable[[Page], None]
) -> None:
    page = new_page(java_script_enabled=False)
    open_as(page)
    room = page.locator(".side a", has_text=re.compile(f"^{ROOMS[1]}$"))
    assert not room.is_visible()
    page.locator(".side summary", has_text="病区").focus()
    page.keyboard.press("Enter")
    assert room.is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/inbox/")


def test_every_room_is_within_reach_of_a_thumb_without_a_script(
    new_page: Callable[..., Page], twenty_rooms: None, open_as: Callable[[Page], None]
) -> None:
    page = new_page(width=390, height=844, java_script_enabled=False, has_touch=True, is_mobile=True)
    open_as(page)
    page.tap(".up > summary")
    for summary in page.locator(".bottom .lines summary").all():
        if summary.locator("xpath=..").get_attribute("open") is None:
            summary.tap()
    for room in ROOMS:
        box = page.locator(".bottom .lines a", has_text=re.compile(f"^{room}$")).bounding_box()
        assert box is not None
        assert box["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
