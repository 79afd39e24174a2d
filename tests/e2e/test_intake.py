"""From a noisy page to a confirmed network: the network office of one hospital, on a site that knows nothing else."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from lianti.contexts.activities.models import Activity
from lianti.contexts.agreements.models import Agreement, Commitment
from lianti.contexts.intake import queries
from lianti.contexts.intake.models import Document, Proposal
from lianti.contexts.needs.models import Need
from lianti.contexts.network.models import Institution, Relation
from lianti.kernel import outbox, scope
from lianti.lib.actor import Actor
from lianti.lib.roles import Role
from tests.cast import a_hospital, a_member
from tests.e2e.noisy_page import OFFICE, SUPPORTED, SUPPORTER, TITLE, noisy_page
from tests.e2e.people import Reader, opener

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow
# What a person takes for it: the machine's own time, a look at each proposal, and a moment for each key or click.
SECONDS_IN_ALL, SECONDS_A_LOOK, SECONDS_A_KEY = 120, 3, 2
DROP = """(text) => {
  const held = new DataTransfer();
  held.items.add(new File([text], "转载.txt", { type: "text/plain" }));
  return held;
}"""

TAKE_IN = "form.take-in .submit button[type=submit]"  # the first of a form is another: what Enter presses


def an_office() -> Actor:
    """Return the network office of a hospital beside which the site knows none."""
    return a_member(Role.OFFICE, a_hospital(SUPPORTER, level="3a"))


def the_worker_works() -> None:
    while outbox.work(20, datetime.now(UTC) + timedelta(seconds=5)):
        pass


@dataclass
class Review:
    """The review page under somebody's hands."""

    reader: Reader
    keys: int = 0

    @property
    def page(self) -> "Page":
        return self.reader.page

    def card(self, title: str) -> Any:
        return self.page.locator(".proposal", has=self.page.locator(".title b", has_text=title)).first

    def pressed(self, key: str) -> "Review":
        """Press a key that decides something, and wait until the page has said what it did."""
        self.keys += 1
        self.page.evaluate("document.getElementById('review').dataset.old = '1'")
        self.page.keyboard.press(key)
        return self.answered()

    def clicked(self, title: str, act: str) -> "Review":
        self.keys += 1
        self.page.evaluate("document.getElementById('review').dataset.old = '1'")
        self.card(title).locator(f"[data-act={act}]").click()
        return self.answered()

    def answered(self) -> "Review":
        self.page.wait_for_selector("#review:not([data-old]) > .notes")
        return self

    def current(self) -> str:
        return str(self.page.locator(".proposal.current .title b").inner_text())


@pytest.fixture
def office(live_server: object) -> Actor:
    return an_office()


def test_a_noisy_page_becomes_a_network_in_two_minutes(
    live_server: object, office: Actor, new_page: "Callable[..., Page]"
) -> None:
    reader = opener(new_page, live_server.url)(office)  # type: ignore[attr-defined]
    page = reader.page

    # it is dropped, and the worker reads it
    reader.go("/intake/new/")
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": page.evaluate_handle(DROP, noisy_page())})
    assert "转载.txt" in page.locator("[data-chosen]").inner_text()
    reader.send(TAKE_IN).sees("等待读取")
    the_worker_works()
    page.wait_for_selector(".proposal")
    reader.looked().sees(TITLE, "3月12日上午，" + SUPPORTER).sees_no("&#", "蜘蛛池", "(yī)")

    # it is reviewed, by keyboard and clicks
    began = time.monotonic()
    review = Review(reader)
    page.reload()
    page.keyboard.press("j")
    assert review.current() == SUPPORTER
    assert page.locator("a.m.on").first.inner_text() == SUPPORTER
    spared = page.locator("#g-figure input:checked").last.get_attribute("value")
    page.uncheck(f"input[value='{spared}']")
    page.locator("a.m", has_text=SUPPORTER).first.click()
    assert review.current() == SUPPORTER
    review.pressed("m")  # that is ourselves
    assert not page.is_checked(f"input[value='{spared}']"), "what was unticked is ticked again"
    assert review.current() in (SUPPORTED, OFFICE)
    review.pressed("a").card("义诊").locator(".title").click()
    page.keyboard.press("e")
    page.wait_for_url("**/correct/")
    review.keys += 4  # the card, the form, what is typed, the button
    reader.looked().fill(place="门诊大厅").send().sees("已更正")
    review.pressed("s")  # whatever is ticked
    assert not page.locator(".proposal input:checked").count()
    assert "s-proposed" in str(page.locator(f"#p-{spared}").get_attribute("class"))
    review.clicked("贺望山", "accept")
    looked_at = page.locator(".proposal").count()
    took = time.monotonic() - began + looked_at * SECONDS_A_LOOK + review.keys * SECONDS_A_KEY
    print(f"{looked_at} proposals, {review.keys} keys and clicks: {took:.0f} s with looking")  # noqa: T201 - by pytest -s
    assert took < SECONDS_IN_ALL

    # the network is there, and rests on the document
    reader.looked()
    assert_there_is_a_network(office)

    # what was wrong is taken back
    review.clicked("义诊", "undo")
    assert "采纳" in review.card("义诊").locator(".acts").inner_text()
    assert_gone("free_clinic")
    reader.looked()
    for view in ("original", "story"):
        reader.go(f"{reader.here}?view={view}").sees(TITLE)
    reader.sees("录入", "读取")
    reader.go("/intake/").sees(TITLE)


def assert_there_is_a_network(office: Actor) -> None:
    with scope.system():
        assert set(Institution.objects.values_list("name", flat=True)) >= {SUPPORTER, SUPPORTED, OFFICE}
        relation = Relation.objects.get()
        assert relation.behaviour == "paired_assistance"
        agreement = Agreement.objects.get()
        promises = list(Commitment.objects.values_list("text", flat=True))
        assert any("每季度选派" in text for text in promises)
        assert any("绿色通道" in text for text in promises)
        needs = list(Need.objects.all())
        assert any("人才短缺" in need.text for need in needs)
        signing = Activity.objects.get(kind="signing", day=date(2024, 3, 12))
        assert Activity.objects.filter(kind="free_clinic").exists()
    records = {"relation": relation, "agreement": agreement, "need": needs[0], "activity": signing}
    with scope.acting(office):
        silent = [kind for kind, row in records.items() if not queries.quotes(office, kind, [row.public_id])]
    assert not silent, "these show no document that proves them"


def assert_gone(kind: str) -> None:
    with scope.system():
        assert not Activity.objects.filter(kind=kind, state="done").exists()


def test_without_scripts_a_pasted_page_is_read_and_ticked(
    live_server: object, office: Actor, new_page: "Callable[..., Page]"
) -> None:
    opens = opener(new_page, live_server.url, java_script_enabled=False)  # type: ignore[attr-defined]
    reader = opens(office).go("/intake/new/").fill(text=noisy_page()).send(TAKE_IN)
    the_worker_works()
    reader.go(reader.here).sees(TITLE).send("#ticked button[type=submit]").sees("条记录")
    with scope.system():
        assert Relation.objects.get().behaviour == "paired_assistance"
    reader.follow("[data-act=correct]").sees("更正")


def test_on_a_telephone_the_proposals_come_first(
    live_server: object, office: Actor, new_page: "Callable[..., Page]"
) -> None:
    window = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
    reader = opener(new_page, live_server.url, **window)(office)  # type: ignore[attr-defined]
    reader.go("/intake/new/").fill(text=noisy_page()).send(TAKE_IN)
    the_worker_works()
    reader.page.wait_for_selector(".proposal")
    reader.looked()
    assert not reader.page.locator(".paper-text").is_visible()
    reader.page.locator(".paper-fold > summary").click()
    assert reader.page.locator(".paper-text").is_visible()
    reader.go(f"{reader.here}?view=original")
    with scope.system():
        assert Document.objects.count() == 1
        assert Proposal.objects.exists()
