"""Forms that are not finished, in a browser: a photo from a telephone, a session that is gone, the button Back."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from lianti.contexts.activities.models import Activity
from lianti.contexts.evidence.tests.samples import png
from lianti.kernel import scope
from tests.cast import PASSWORD, Cast, phone_of
from tests.e2e.people import Reader, opener
from tests.e2e.test_short import EXPERT, TODAY, an_expert

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow
PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
TOPIC = "卒中救治"
SEND = ".submit button.primary[type=submit]"


def filled(reader: Reader, cast: Cast) -> Reader:
    """Fill the form of a lecture, all but its proof."""
    reader.go("/activities/new/?kind=lecture")
    reader.fill(day=TODAY.isoformat(), quantity="1", giver=cast.supporting.institution.public_id)
    return reader.fill(receivers=cast.county.institution.public_id, person_0=EXPERT, extra_topic=TOPIC)


def activities() -> int:
    with scope.system():
        return Activity.objects.count()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_photo_of_a_telephone_comes_into_the_open_form(
    live_server: object, cast: Cast, new_page: "Callable[..., Page]", scripts: bool
) -> None:
    address = live_server.url  # type: ignore[attr-defined]
    expert = filled(opener(new_page, address, java_script_enabled=scripts)(an_expert(cast)), cast)
    page = expert.page
    expert.send("button[name=code][value^='new uploads']").sees("扫码")
    assert page.locator("[name=extra_topic]").input_value() == TOPIC

    phone = opener(new_page, address, **PHONE, java_script_enabled=scripts)()
    phone.go(str(page.locator("a.qr").get_attribute("href")))
    phone.page.locator("[name=photos]").set_input_files({"name": "签到.png", "mimeType": "image/png", "buffer": png()})
    phone.send("main button.primary").sees("1")
    if not scripts:
        expert.send("button[name=code][value^='look']")
    page.locator("main :text('签到.png')").first.wait_for()
    expert.send(SEND).sees(TOPIC, "签到.png")
    phone.go_closed(phone.page.url)


def test_a_form_sent_after_the_session_ended_stands_as_it_was_typed(
    live_server: object, cast: Cast, new_page: "Callable[..., Page]"
) -> None:
    actor = an_expert(cast)
    # With scripts the form goes through the queue of the browser: test_offline.py.
    window = {"java_script_enabled": False}
    expert = filled(opener(new_page, live_server.url, **window)(actor), cast)  # type: ignore[attr-defined]
    expert.attach("uploads", "记录.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    page = expert.page
    page.context.clear_cookies(name="sessionid")
    expert.send(SEND)
    assert "/sign-in/" in page.url
    assert activities() == 0
    page.locator("[name=name]").fill(phone_of(actor))
    page.locator("[name=password]").fill(PASSWORD)
    expert.send("main button.primary[type=submit]").sees("记录.pdf")
    assert page.locator("[name=extra_topic]").input_value() == TOPIC
    expert.send(SEND).sees(TOPIC, "记录.pdf")
    assert activities() == 1


def test_back_and_send_again_asks_before_it_books_a_second(
    live_server: object, cast: Cast, new_page: "Callable[..., Page]"
) -> None:
    expert = filled(opener(new_page, live_server.url)(an_expert(cast)), cast)  # type: ignore[attr-defined]
    page = expert.page
    expert.send(SEND).sees(TOPIC)
    page.go_back()
    page.locator("[name=quantity]").fill("3")
    expert.send(SEND)
    assert activities() == 1
    assert page.locator("[name=quantity]").count() == 0 or page.locator("[name=quantity]").input_value() == "3"
