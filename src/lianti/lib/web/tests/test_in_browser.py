"""The parts in Chromium: readable by machines, no wider than the screen, clean under the policy, usable by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.urls("lianti.lib.web.tests.stylebook"), pytest.mark.django_db(transaction=True)]

PAGES = ["record/", "list/", "form/", "form/?bad=1", "empty/", "error/", "outside/", "paper/"]
SCREENS = [(1440, 900), (390, 844)]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("screen", SCREENS)
def test_page_has_no_fault_of_access_width_or_policy(
    new_page: Callable[..., Page], live_server: Any, path: str, screen: tuple[int, int]
) -> None:
    page = new_page(width=screen[0], height=screen[1])
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{live_server.url}/{path}")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    assert found.violations_count == 0, found.generate_report()
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= screen[0]


def test_keys_find_go_and_close(page: Page, live_server: Any) -> None:
    page.goto(f"{live_server.url}/record/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.press("Escape")
    page.click("#move-accept > summary")
    expect(page.locator("input[name=by]")).to_be_focused()
    page.click("#move-withdraw > summary")
    expect(page.locator("main details[open]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("main details[open]")).to_have_count(0)
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_moves_and_menus_open_without_a_script(new_page: Callable[..., Page], live_server: Any) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{live_server.url}/record/")
    page.click("#move-accept > summary")
    assert page.locator("#move-accept input[name=by]").is_visible()
    page.click(".acting > summary")
    assert page.locator(".acting .item").first.is_visible()


def test_on_a_phone_the_bottom_bar_has_four_places_and_opens_the_rest(phone: Page, live_server: Any) -> None:
    phone.goto(f"{live_server.url}/list/")
    assert phone.locator(".bottom > *").count() == 4
    phone.click(".up > summary")
    assert phone.locator(".bottom .lines a").first.is_visible()
    for box in [one.bounding_box() for one in phone.locator(".bottom > *").all()]:
        assert box is not None
        assert box["height"] >= 44


def test_a_form_is_sent_once_however_often_it_is_pressed(page: Page, live_server: Any) -> None:
    page.goto(f"{live_server.url}/record/")
    sent = page.evaluate(
        """() => { let sent = 0; const form = document.querySelector('form.move');
        window.addEventListener('submit', event => { sent += event.defaultPrevented ? 0 : 1; event.preventDefault(); });
        form.requestSubmit(); form.requestSubmit(); return sent; }"""
    )
    assert sent == 1


def test_a_draft_is_kept_in_the_tab_until_it_is_sent(page: Page, live_server: Any) -> None:
    page.goto(f"{live_server.url}/form/")
    page.fill("[name=title]", "血滤")
    page.goto(f"{live_server.url}/list/")
    page.goto(f"{live_server.url}/form/")
    assert page.input_value("[name=title]") == "血滤"
    page.evaluate("document.querySelector('form.form').dispatchEvent(new Event('submit', {bubbles: true}))")
    page.goto(f"{live_server.url}/form/")
    assert page.input_value("[name=title]") == ""


def test_every_sheet_is_one_printed_page(page: Page, live_server: Any) -> None:
    page.goto(f"{live_server.url}/paper/")
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 2
    assert re.findall(rb"/MediaBox \[0 0 (\d+)", printed) == [b"594", b"594"]  # A4


def test_more_rows_come_in_place_and_the_filter_keeps_the_address_and_the_focus(page: Page, live_server: Any) -> None:
    page.goto(f"{live_server.url}/list/")
    page.evaluate("window.same = true")
    page.click("#more a")
    expect(page.locator("#rows tr")).to_have_count(80)
    assert page.locator("#more a").count() == 0
    page.focus("#chip-1-2")
    page.keyboard.press("Enter")
    page.wait_for_url("**/list/?state=declared")
    expect(page.locator("#rows tr")).to_have_count(40)
    expect(page.locator("#chip-1-2")).to_be_focused()
    assert page.evaluate("window.same")
    page.go_back()
    page.wait_for_url("**/list/")


def test_a_part_that_cannot_be_fetched_is_opened_as_a_page(page: Page, live_server: Any) -> None:
    page.goto(f"{live_server.url}/list/")
    page.evaluate("const chip = document.querySelector('#chip-1-2'); chip.href = '/nowhere/'; htmx.process(chip)")
    page.click("#chip-1-2")
    page.wait_for_url("**/nowhere/")
