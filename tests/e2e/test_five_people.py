"""From agreement to fulfilment: five people, once verified online by a link, once on paper.

The network office of the supporting hospital, the county hospital's coordinator, an expert, the head of a county
department who has no account, and the health authority, each before a screen of their own.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from lianti.contexts.evidence.tests.samples import PDF
from lianti.contexts.network.models import Person
from lianti.lib.dates import shanghai_day
from lianti.lib.roles import Role
from tests.cast import Cast, a_member, a_person
from tests.e2e.people import Reader, opener

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow
TODAY = shanghai_day(datetime.now(UTC))
EXPERT = "苏远行"
HEAD = "郑守诚"


@dataclass
class Story:
    """The cast and everybody's window; each step says what somebody does and sees."""

    cast: Cast
    opens: Callable[..., Reader]
    office: Reader
    coordinator: Reader
    expert: Reader
    authority: Reader
    head: Person
    agreement: str = ""
    need: str = ""
    sheet: str = ""

    @property
    def relation(self) -> str:
        return f"/network/relations/{self.cast.relation.public_id}/"

    def given_an_agreement_in_force_with_a_promise(self) -> None:
        lead, county = self.cast.supporting.institution, self.cast.county.institution
        office = self.office.go(f"/agreements/new/signed/?relation={self.cast.relation.public_id}")
        office.fill(title="青山云溪对口支援协议", signed_date=f"{TODAY.year}-01-05", from_date=f"{TODAY.year}-01-01")
        office.attach("uploads", "协议.pdf", PDF)
        row = {"kind": "training", "text": "每年讲座四场", "way": f"{lead.public_id}-{county.public_id}", "amount": "4"}
        office.fill(**{f"row0-{name}": value for name, value in {**row, "unit": "session", "period": "year"}.items()})
        office.send()
        self.agreement = office.here
        if office.page.locator("#move-put_in_force, form[action*='put_in_force']").count():
            office.move("put_in_force")
        office.sees("每年讲座四场", "生效")

    def given_a_need_that_is_answered(self) -> None:
        coordinator = self.coordinator.go("/needs/new/")
        coordinator.fill(category="training")
        coordinator.fill(text="请讲卒中救治的规范流程")
        coordinator.send()
        self.need = coordinator.here
        office = self.office.go("/").sees("请讲卒中救治的规范流程")
        office.go(self.need).move("accept")
        office.move("answer", plan_text="派专家每季度来院讲座一次", people=EXPERT)
        self.coordinator.go(self.need).sees("派专家每季度来院讲座一次", EXPERT)

    def when_the_expert_records(self, quantity: str, topic: str) -> None:
        lead, county = self.cast.supporting.institution, self.cast.county.institution
        expert = self.expert.go("/activities/new/?kind=lecture")
        expert.fill(day=TODAY.isoformat(), quantity=quantity, giver=lead.public_id)
        expert.page.locator(f"main [name=receivers][value='{county.public_id}']").check(force=True)
        expert.fill(person_0=EXPERT, extra_topic=topic)
        expert.send().sees(topic, EXPERT)

    def then_the_coordinator_finds_the_sheet_to_do(self) -> None:
        coordinator = self.coordinator.go("/").sees(EXPERT)
        coordinator.follow(f"main a:has-text('{EXPERT}')")
        self.sheet = coordinator.here
        assert self.sheet.startswith("/ledger/sheets/")

    def when_the_head_verifies_by_a_link(self) -> None:
        coordinator = self.coordinator.go(self.sheet)
        coordinator.move("make_link", person=str(self.head.pk))
        code = coordinator.page.locator("#code").inner_text().strip()
        link = coordinator.page.locator("#link-address").input_value()
        head = self.opens(None)
        head.go(link).fill(code=re.sub(r"\s", "", code))
        head.send().sees(EXPERT)
        head.send().sees("核实")
        head.go_closed(link)

    def then_the_board_says(self, done: str, declared_only: str = "") -> None:
        for reader in (self.office, self.coordinator):
            reader.go(self.relation).sees("每年讲座四场", done)
        if declared_only:
            self.coordinator.sees(declared_only)

    def when_the_sheet_goes_on_paper(self) -> None:
        coordinator = self.coordinator.go(self.sheet).send("form[action$='/print/'] button")
        coordinator.sees(EXPERT, "讲座")
        number = re.search(r"[A-Z]{2,}-\d{4}-\d+", coordinator.page.content())
        assert number is not None
        office = self.office.go(f"/ledger/scan/{number[0]}/").sees(number[0])
        office.fill(signatory=str(self.head.pk)).attach("scan", "盖章.pdf", PDF)
        office.send().sees(number[0])

    def then_the_authority_sees_nothing(self) -> None:
        self.authority.go(self.relation).sees_no("每年讲座四场", "讲座培训")
        self.authority.go("/ledger/").sees_no(EXPERT)

    def when_the_office_publishes_the_month(self) -> None:
        office = self.office.go(f"{self.relation}").follow("main a.button[href*='/publish/']")
        office.fill(month=f"{TODAY:%Y-%m}", note="两场讲座")
        office.send()

    def then_the_authority_sees_the_sums(self) -> None:
        authority = self.authority.go(self.relation)
        authority.follow("main a[href*='/ledger/publications/']").sees("讲座培训", "两场讲座")
        authority.sees_no(EXPERT)

    def then_the_need_is_closed(self) -> None:
        self.coordinator.go(self.need).move("close", note="都做到了")
        self.coordinator.sees("都做到了")


@pytest.fixture
def story(live_server: object, cast: Cast, new_page: "Callable[..., Page]") -> Story:
    opens = opener(new_page, live_server.url)  # type: ignore[attr-defined]
    expert = a_member(Role.EXPERT, cast.supporting.institution, name=EXPERT)
    head = a_person(HEAD, employer=cast.county.institution, department="神经内科", duty="主任", phone="13900009999")
    people = (cast.supporting.office, cast.county.coordinator, expert, cast.authority.health_authority)
    return Story(cast, opens, *(opens(actor) for actor in people), head)


def test_from_agreement_to_fulfilment(story: Story) -> None:
    story.given_an_agreement_in_force_with_a_promise()
    story.given_a_need_that_is_answered()
    story.when_the_expert_records("1", "卒中救治")
    story.then_the_coordinator_finds_the_sheet_to_do()
    story.when_the_head_verifies_by_a_link()
    story.then_the_board_says("1 / 4")
    story.when_the_expert_records("1", "胸痛救治")
    story.when_the_sheet_goes_on_paper()
    story.then_the_board_says("2 / 4")
    story.then_the_authority_sees_nothing()
    story.when_the_office_publishes_the_month()
    story.then_the_authority_sees_the_sums()
    story.then_the_need_is_closed()
