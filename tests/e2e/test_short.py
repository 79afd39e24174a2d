"""Shorter ways through the product: on a telephone, with scripts switched off, and by keyboard alone."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.roles import Role
from tests.cast import PASSWORD, Cast, a_member, a_principal, phone_of
from tests.e2e.people import Reader, opener

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.slow
NOW = datetime.now(UTC)
TODAY = shanghai_day(NOW)
EXPERT = "苏远行"


def an_expert(cast: Cast) -> Actor:
    return a_member(Role.EXPERT, cast.supporting.institution, name=EXPERT)


def when_it_is_recorded(expert: Reader, cast: Cast, topic: str) -> None:
    expert.go("/activities/new/?kind=lecture")
    expert.fill(day=TODAY.isoformat(), quantity="1", giver=cast.supporting.institution.public_id)
    expert.fill(receivers=cast.county.institution.public_id, person_0=EXPERT, extra_topic=topic)
    expert.send().sees(topic, EXPERT)


def when_the_sheet_is_verified(coordinator: Reader) -> str:
    coordinator.go("/").follow(f"main a:has-text('{EXPERT}')")
    sheet = coordinator.here
    coordinator.send("form#verify button.primary[type=submit]").sees("已核实")
    return sheet


def test_on_a_telephone(live_server: object, cast: Cast, new_page: "Callable[..., Page]") -> None:
    window = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
    opens = opener(new_page, live_server.url, **window)  # type: ignore[attr-defined]
    expert, coordinator = opens(an_expert(cast)), opens(cast.county.coordinator)
    when_it_is_recorded(expert, cast, "胸痛救治")
    when_the_sheet_is_verified(coordinator)
    for path in (
        "/ledger/entries/",
        "/inbox/",
        "/agreements/",
        "/needs/",
        "/needs/new/",
        "/activities/",
        "/activities/week/",
        "/network/",
        "/network/institutions/",
        f"/network/relations/{cast.relation.public_id}/",
        "/ledger/sheets/?show=all",
        "/people/",
    ):
        coordinator.go(path)


def test_with_scripts_switched_off(live_server: object, cast: Cast, new_page: "Callable[..., Page]") -> None:
    opens = opener(new_page, live_server.url, java_script_enabled=False)  # type: ignore[attr-defined]
    both = a_principal("往返的人")
    a_member(Role.OFFICE, cast.supporting.institution, principal=both)
    seat = a_member(Role.COORDINATOR, cast.county.institution, principal=both)
    reader = opens(seat)

    def acts_for(name: str) -> None:
        reader.go("/")
        reader.page.locator("details.acting summary").click()
        reader.page.locator(f"details.acting button:has-text('{name}')").click()
        assert name in reader.page.locator("details.acting summary").inner_text()

    acts_for(cast.county.institution.short_name)
    reader.go("/needs/new/").fill(category="training", text="请讲卒中救治的规范流程").send()
    need = reader.here
    acts_for(cast.supporting.institution.short_name)
    reader.go(need).move("accept")
    reader.move("answer", plan_text="派专家每季度来院讲座一次").sees("派专家每季度来院讲座一次")

    expert = opens(an_expert(cast))
    when_it_is_recorded(expert, cast, "胸痛救治")
    acts_for(cast.county.institution.short_name)
    sheet = when_the_sheet_is_verified(opens(cast.county.coordinator))
    when_it_is_recorded(expert, cast, "心衰管理")
    reader.go(sheet).send("form[action$='/print/'] button").sees(EXPERT, "讲座")


class Keys:
    """Hands that touch nothing but the keyboard."""

    def __init__(self, page: "Page") -> None:
        self.page = page

    def to(self, selector: str, most: int = 90) -> "Keys":
        """Press Tab until the wanted part has the focus, which must show."""
        wanted: Locator = self.page.locator(selector).first
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if wanted.evaluate("e => e === document.activeElement"):
                seen = wanted.evaluate(
                    "e => { const f = getComputedStyle(e), l = e.id && document.querySelector(`label[for='${e.id}']`);"
                    " return [f.outlineStyle, f.boxShadow, l ? getComputedStyle(l).outlineStyle : 'none',"
                    " l ? getComputedStyle(l).boxShadow : 'none']; }"
                )
                assert seen != ["none"] * 4, f"the focus does not show on {selector}"
                return self
        raise AssertionError(f"{selector} cannot be reached by Tab on {self.page.url}")

    def type(self, text: str) -> "Keys":
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        return self

    def press(self, key: str) -> "Keys":
        self.page.keyboard.press(key)
        return self


def test_by_keyboard_alone(live_server: object, cast: Cast, new_page: "Callable[..., Page]") -> None:
    address = live_server.url  # type: ignore[attr-defined]
    expert, coordinator = an_expert(cast), cast.county.coordinator
    page = new_page()
    page.set_default_timeout(8000)

    def signs_in(actor: Actor) -> Keys:
        page.goto(f"{address}/sign-in/")
        keys = Keys(page).to("[name=name]").type(phone_of(actor)).to("[name=password]").type(PASSWORD)
        keys.press("Enter")
        page.wait_for_url(f"{address}/")
        return keys

    keys = signs_in(expert)
    page.goto(f"{address}/activities/new/?kind=lecture")
    keys.to("[name=quantity]").type("1")
    box = f"[name=receivers][value='{cast.county.institution.public_id}']"
    keys.to(box)
    if not page.locator(box).is_checked():
        keys.press("Space")
    keys.to("[name=person_0]").type(EXPERT)
    keys.to("main form.form button.primary[type=submit]").press("Enter")
    page.wait_for_url("**/activities/0*/")
    keys.to("details.acting summary").press("Enter").to("form[action*='sign-out'] button").press("Enter")
    page.wait_for_url("**/sign-in/")

    keys = signs_in(coordinator)
    keys.to(f"main a:has-text('{EXPERT}')").press("Enter")
    page.wait_for_url("**/ledger/sheets/*/?todo=*")
    keys.to("form#verify button.primary[type=submit]").press("Enter")
    page.wait_for_load_state("load")
    assert "已核实" in page.locator("main").inner_text()
