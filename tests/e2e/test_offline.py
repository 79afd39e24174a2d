"""A phone with a bad line: what is typed without a network comes once each, in order, by who typed it."""

import base64
import os
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Error, expect

from conftest import ARGUMENTS
from lianti.contexts.activities import services
from lianti.contexts.activities.domain import Taking
from lianti.contexts.activities.models import Activity, ActivityFile
from lianti.contexts.activities.tests.builders import facts
from lianti.contexts.evidence.tests.samples import SECRET
from lianti.kernel import scope
from lianti.lib.actor import Actor
from tests.cast import PASSWORD, Cast, phone_of, sign_in
from tests.e2e.people import Reader
from tests.e2e.test_short import EXPERT, TODAY, an_expert

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

pytestmark = pytest.mark.slow
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PHONE |= {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
RECORD = "/activities/new/"
SEND = "main form[data-queue] .submit button.primary"
BAR = "#queue"

Opens = Callable[..., Any]


@pytest.fixture
def phones(browser: "Browser", tmp_path: Path) -> Opens:
    """Open a browser of its own folder: closed and opened again it is the same phone."""

    @contextmanager
    def opens(name: str = "phone", **options: Any) -> "Iterator[BrowserContext]":
        context = browser.browser_type.launch_persistent_context(
            tmp_path / name, executable_path=_path(browser), args=ARGUMENTS, **PHONE, **options
        )
        context.set_default_timeout(10_000)
        try:
            yield context
        finally:
            context.close()

    return opens


def _path(_browser: "Browser") -> str:
    return os.environ.get("LIANTI_CHROMIUM", "/usr/bin/chromium")


def booked() -> list[Activity]:
    with scope.system():
        return list(Activity.objects.order_by("id"))


def topics() -> list[str]:
    return [row.title for row in booked()]


def photo(page: "Page") -> bytes:
    """Return a photo of a camera that wrote down what it is, 2,400 pixels wide."""
    drawn = page.evaluate(
        """() => { const c = document.createElement("canvas"); c.width = 2400; c.height = 1800;
        c.getContext("2d").fillRect(9, 9, 900, 900); return c.toDataURL("image/jpeg").split(",")[1]; }"""
    )
    plain, told = base64.b64decode(drawn), b"Exif\0\0" + SECRET
    return plain[:2] + struct.pack(">BBH", 0xFF, 0xE1, len(told) + 2) + told + plain[2:]


def comes(context: "BrowserContext", address: str, actor: Actor) -> "Page":
    page = context.new_page()
    sign_in(page, address, actor)
    page.wait_for_url(f"{address}/")
    page.goto(address + RECORD)
    return page


def types(page: "Page", cast: Cast, title: str, kind: str = "ward_round", **more: str) -> None:
    """Fill the form of one deed and send it."""
    page.locator(f"[data-vary-to={kind}]").first.click()
    expect(page.locator("main form [name=kind]")).to_have_value(kind)
    fold = page.locator("main form details.fold").first
    if fold.get_attribute("open") is None:
        fold.locator("summary").first.click()
    page.locator("[name=giver]").select_option(cast.supporting.institution.public_id)
    page.locator(f"[name=receivers][value='{cast.county.institution.public_id}']").check(force=True)
    for name, value in {"day": TODAY.isoformat(), "quantity": "1", "person_0": EXPERT, "title": title, **more}.items():
        page.locator(f"main form [name={name}]").fill(value)


def test_three_deeds_typed_without_a_network_come_once_each(live_server: Any, cast: Cast, phones: Opens) -> None:
    address, expert = live_server.url, an_expert(cast)
    with phones() as phone:
        page = comes(phone, address, expert)
        expect(page.locator(BAR)).to_contain_text("无网络也能打开", timeout=20_000)
        phone.set_offline(True)
        page.goto(address + RECORD)  # opens all the same
        types(page, cast, "呼吸科查房")
        page.locator(SEND).click()
        expect(page.locator(BAR)).to_contain_text("待发送：1")
        types(page, cast, "心内科查房")
        page.locator(SEND).click()
        expect(page.locator(BAR)).to_contain_text("待发送：2")
        page.goto(f"{address}{RECORD}?kind=lecture")
        types(page, cast, "卒中救治讲座", kind="lecture", extra_topic="卒中")
        page.locator("[name=uploads]").set_input_files(
            {"name": "签到.jpg", "mimeType": "image/jpeg", "buffer": photo(page)}
        )
        page.locator(SEND).click()
        expect(page.locator(BAR)).to_contain_text("待发送：3")
        waits = page.evaluate(
            "async () => (await liantiQueue.mine())[2].files.map(f => [f.name, f.type, [...new Uint8Array(f.bytes)]])"
        )
        name, kind, content = waits[0]
        assert (name, kind) == ("签到.jpg", "image/jpeg")
        assert SECRET not in bytes(content)  # gone before anything was sent
    assert booked() == []
    with phones() as phone:  # the browser was closed, the session has ended
        phone.clear_cookies(name="sessionid")
        page = phone.new_page()
        sign_in(page, address, expert)
        page.wait_for_url(f"{address}/")
        page.goto(address + RECORD)
        expect(page.locator(BAR)).to_contain_text("待发送：0", timeout=20_000)
        assert topics() == ["呼吸科查房", "心内科查房", "卒中救治讲座"]
        page.reload()
        assert len(booked()) == 3
    with scope.system():
        kept = ActivityFile.objects.get().file
    assert (kept.name, kept.media_type, kept.size) == ("签到.jpg", "image/jpeg", len(content))


@pytest.fixture
def plain(live_server: Any, cast: Cast, new_page: "Callable[..., Page]") -> "Page":
    """The form on a phone whose browser has no service worker, as WeChat's."""
    page = new_page(width=390, height=844, has_touch=True, is_mobile=True, service_workers="block")
    sign_in(page, live_server.url, an_expert(cast))
    page.wait_for_url(f"{live_server.url}/")
    page.goto(live_server.url + RECORD)
    return page


def once(page: "Page", what: "Callable[[Route], None]") -> None:
    """Let something befall the next form that is sent."""
    page.route(
        f"**{RECORD}*", lambda route: what(route) if route.request.method == "POST" else route.continue_(), times=1
    )


def test_without_a_service_worker_the_open_page_records(plain: "Page", cast: Cast) -> None:
    expect(plain.locator(BAR)).to_contain_text("请勿关闭本页")
    plain.context.set_offline(True)
    types(plain, cast, "卒中救治讲座", kind="lecture", extra_topic="卒中")
    plain.locator(SEND).click()
    expect(plain.locator(BAR)).to_contain_text("待发送：1")
    types(plain, cast, "呼吸科查房")
    plain.locator(SEND).click()
    expect(plain.locator(BAR)).to_contain_text("待发送：2")
    expect(plain.locator("main form[data-queue] [name=title]")).to_have_value("")  # kept, no longer looked on
    plain.context.set_offline(False)
    expect(plain.locator(BAR)).to_contain_text("待发送：0")
    assert [(row.kind, row.title) for row in booked()] == [("lecture", "卒中救治讲座"), ("ward_round", "呼吸科查房")]


def test_a_server_that_stumbles_gets_it_again_and_takes_it_once(plain: "Page", cast: Cast) -> None:
    types(plain, cast, "第一次查房")
    once(plain, lambda route: route.fulfill(status=500, body="broken"))
    plain.locator(SEND).click()
    expect(plain.locator(BAR)).to_have_attribute("data-state", "later")
    assert booked() == []
    plain.locator(f"{BAR} .queue-head ~ .queue-moves button").first.click()
    expect(plain.locator(BAR)).to_contain_text("待发送：0")
    assert topics() == ["第一次查房"]

    def lost(route: "Route") -> None:
        route.fetch(max_redirects=0)
        route.abort()

    types(plain, cast, "第二次查房", day=(TODAY - timedelta(days=1)).isoformat())
    once(plain, lost)
    plain.locator(SEND).click()
    expect(plain.locator(BAR)).to_have_attribute("data-state", "later")
    assert len(booked()) == 2  # taken, but nobody was told
    plain.reload()
    expect(plain.locator(BAR)).to_contain_text("待发送：0")
    assert topics() == ["第一次查房", "第二次查房"]


def test_a_session_that_ended_meanwhile_asks_to_sign_in_and_sends_then(plain: "Page", cast: Cast) -> None:
    types(plain, cast, "呼吸科查房")
    cookies = {one["name"]: one for one in plain.context.cookies()}
    plain.context.clear_cookies(name="sessionid")
    plain.locator(SEND).click()
    expect(plain.locator(BAR)).to_have_attribute("data-state", "sign-in")
    assert booked() == []
    plain.locator(f"{BAR} a.primary").click()
    plain.wait_for_url("**/sign-in/**")
    plain.context.add_cookies([cookies["sessionid"]])
    plain.goto(plain.url)  # signed in already: on to the page
    expect(plain.locator(BAR)).to_contain_text("待发送：0")
    assert topics() == ["呼吸科查房"]


def test_what_is_refused_stands_beside_what_was_said(plain: "Page", cast: Cast) -> None:
    plain.on("dialog", lambda dialog: dialog.accept())
    plain.context.set_offline(True)
    types(plain, cast, "明天的查房", day=(TODAY + timedelta(days=2)).isoformat())
    plain.locator(SEND).click()
    types(plain, cast, "今天的查房")
    plain.locator(SEND).click()
    expect(plain.locator(BAR)).to_contain_text("待发送：2")
    plain.context.set_offline(False)
    refused = plain.locator(f"{BAR} li")
    expect(refused).to_have_count(1)
    expect(refused).to_contain_text("未受理")
    expect(refused).to_contain_text("明天的查房")
    expect(refused).to_contain_text("这一天还没有到")
    assert topics() == ["今天的查房"]  # what came behind it is not held up
    refused.locator("button").nth(1).click()
    expect(refused).to_contain_text("未受理")
    refused.locator("button").first.click()
    assert plain.locator("main form [name=title]").input_value() == "明天的查房"
    plain.locator("main form [name=day]").fill((TODAY - timedelta(days=1)).isoformat())
    plain.locator(SEND).click()
    plain.wait_for_url("**/activities/0*/")
    assert topics() == ["今天的查房", "明天的查房"]

    plain.go_back()
    plain.context.set_offline(True)
    types(plain, cast, "今天的查房")  # the same once more: asked about, and given up
    plain.locator(SEND).click()
    expect(refused).to_have_count(1)
    plain.context.set_offline(False)
    expect(refused.locator("a")).to_have_count(1)
    refused.locator("button").last.click()
    expect(refused).to_have_count(0)
    assert len(booked()) == 2


def test_a_form_refused_while_one_looks_on_stands_as_ever(plain: "Page", cast: Cast) -> None:
    types(plain, cast, "明天的查房", day=(TODAY + timedelta(days=2)).isoformat())
    plain.locator("[name=uploads]").set_input_files(
        {"name": "签到.jpg", "mimeType": "image/jpeg", "buffer": photo(plain)}
    )
    plain.locator(SEND).click()
    expect(plain.locator("main form .errors")).to_contain_text("这一天还没有到")
    expect(plain.locator("main form .kept-file")).to_contain_text("签到.jpg")
    plain.locator("main form [name=day]").fill(TODAY.isoformat())
    plain.locator(SEND).click()
    plain.wait_for_url("**/activities/0*/")
    expect(plain.locator("main")).to_contain_text("签到.jpg")
    assert topics() == ["明天的查房"]
    with scope.system():
        assert ActivityFile.objects.count() == 1


def test_another_account_on_the_same_phone_neither_sees_nor_sends_it(
    live_server: Any, cast: Cast, phones: Opens
) -> None:
    address, expert = live_server.url, an_expert(cast)
    with phones() as phone:
        page = comes(phone, address, expert)
        expect(page.locator(BAR)).to_contain_text("无网络也能打开", timeout=20_000)
        phone.set_offline(True)
        types(page, cast, "呼吸科查房")
        page.locator(SEND).click()
        expect(page.locator(BAR)).to_contain_text("待发送：1")
        phone.clear_cookies(name="sessionid")  # before the line is back: else the expert's own session sends it
        phone.set_offline(False)
        sign_in(page, address, cast.county.clinician)
        page.wait_for_url(f"{address}/")
        phone.set_offline(True)
        with pytest.raises(Error):  # nothing that was kept for the other is shown
            page.goto(address + RECORD)
        phone.set_offline(False)
        page.goto(address + RECORD)
        expect(page.locator(BAR)).to_contain_text("待发送：0")
        assert EXPERT not in page.locator("body").inner_text()
        assert booked() == []
        page.locator("details.acting summary").click()
        page.locator("form[action*='sign-out'] button").click()
        page.wait_for_url("**/sign-in/")
        page.fill("[name=name]", phone_of(expert))
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(f"{address}/")
        page.goto(address + RECORD)
        expect(page.locator(BAR)).to_contain_text("待发送：0")
        assert topics() == ["呼吸科查房"]


def test_whoever_signs_out_sends_first_or_gives_it_up(live_server: Any, cast: Cast, phones: Opens) -> None:
    with phones() as phone:
        page = comes(phone, live_server.url, an_expert(cast))
        expect(page.locator(BAR)).to_contain_text("无网络也能打开", timeout=20_000)
        phone.set_offline(True)
        types(page, cast, "呼吸科查房")
        page.locator(SEND).click()
        expect(page.locator(BAR)).to_contain_text("待发送：1")
        phone.set_offline(False)
        page.goto(f"{live_server.url}/inbox/")
        page.locator("details.acting summary").click()
        page.locator("form[action*='sign-out'] button").click()
        page.wait_for_url("**/sign-in/")
        assert topics() == ["呼吸科查房"]
        left = """async () => { const store = (await new Promise(yes => { const asked = indexedDB.open("lianti");
        asked.onsuccess = () => yes(asked.result); })).transaction("forms").objectStore("forms");
        const forms = await new Promise(yes => { store.count().onsuccess = event => yes(event.target.result); });
        return [(await caches.keys()).filter(name => /pages/.test(name)), Object.keys(localStorage), forms]; }"""
        assert page.evaluate(left) == [[], [], 0]


def test_a_draft_is_shown_to_nobody_else_in_the_same_tab(plain: "Page", live_server: Any, cast: Cast) -> None:
    title, fold = plain.locator("main form [name=title]"), plain.locator("main form details.fold").first
    if fold.get_attribute("open") is None:
        fold.locator("summary").first.click()
    title.fill("未发送的草稿")
    plain.context.clear_cookies(name="sessionid")
    sign_in(plain, live_server.url, cast.county.clinician)
    plain.wait_for_url(f"{live_server.url}/")
    plain.goto(live_server.url + RECORD)
    assert title.input_value() == ""
    plain.locator("details.acting summary").click()
    plain.locator("form[action*='sign-out'] button").click()
    plain.wait_for_url("**/sign-in/")
    assert not [key for key in plain.evaluate("Object.keys(sessionStorage)") if key.startswith("draft:")]


def test_last_week_is_repeated_from_my_month_without_a_network(live_server: Any, cast: Cast, phones: Opens) -> None:
    address, expert = live_server.url, an_expert(cast)
    day = min(TODAY - timedelta(days=TODAY.weekday() + 7), TODAY - timedelta(days=7))
    with scope.acting(expert):
        for title, kind in (("周一查房", "ward_round"), ("周一讲座", "lecture")):
            given = facts(cast, kind=kind, day=day, title=title, people=(Taking(int(expert.person_id or 0)),), extra={})
            services.record(actor=expert, at=datetime.now(UTC), key=None, activity=given)
    with phones() as phone:
        page = phone.new_page()
        sign_in(page, address, expert)
        page.wait_for_url(f"{address}/")
        page.locator(".bottom a", has_text="我的本月").click()
        expect(page.locator(BAR)).to_contain_text("无网络也能打开", timeout=20_000)
        phone.set_offline(True)
        page.goto(f"{address}/activities/month/")
        rows = page.locator("main form[data-queue] tbody tr")
        expect(rows).to_have_count(2)
        rows.nth(1).locator("[name$=-take]").uncheck()
        rows.nth(0).locator("[name$=-quantity]").fill("2")
        page.locator(SEND).click()
        expect(page.locator(BAR)).to_contain_text("待发送：1")
        expect(rows).to_have_count(1)  # what was taken is not offered twice
        page.locator(f"{BAR} summary").click()
        expect(page.locator(BAR)).not_to_contain_text("周一讲座")
        phone.set_offline(False)
        expect(page.locator(BAR)).to_contain_text("待发送：0")
        page.reload()
        expect(page.locator("main")).to_contain_text("本周已有同类登记")
        Reader(page, address).looked()
    assert [(row.title, int(row.quantity or 0)) for row in booked()[2:]] == [("周一查房", 2)]
