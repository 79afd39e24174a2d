"""A month closed after its end: leave that is covered, a call home, two nights by the keyboard, both seals.

The last whole month, since a browser has today's date; that nothing is late before a month's end is held by
contexts/dispatch/tests/test_attendance.py with dates of its own.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from lianti.contexts.dispatch import services
from lianti.contexts.dispatch.models import Posting
from lianti.contexts.ledger.models import Entry
from lianti.kernel import scope
from lianti.lib.dates import add_months, month_of, next_month, shanghai_day
from tests.cast import Cast, a_person
from tests.e2e.people import Reader, opener

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow
TODAY = shanghai_day(datetime.now(UTC))
MONTH = add_months(month_of(TODAY), -1)
LAST = next_month(MONTH) - timedelta(days=1)


def on(number: int) -> date:
    return MONTH + timedelta(days=number - 1)


def two_posted(cast: Cast) -> list[Posting]:
    """Let two people of the supporting hospital be on duty at the county's since before the month."""
    first, last = MONTH - timedelta(days=20), TODAY + timedelta(days=90)
    office, host = cast.supporting.office, cast.county.coordinator
    with scope.system():
        people = [a_person(name, employer=cast.supporting.institution) for name in ("顾长风", "秦晚照")]
    told = {"at": datetime.now(UTC), "key": None}
    with scope.acting(office):
        batch = services.BatchFacts("第九批", cast.relation.pk, "long", first, last)
        made = services.plan(actor=office, batch=batch, **told)
        going = [services.Nominee(person.pk, cast.county.id, department="内科") for person in people]
        services.name_people(actor=office, batch_id=made.public_id, people=going, **told)
        letter = services.LetterFacts("派〔2026〕9号", first)
        services.order(actor=office, batch_id=made.public_id, letter=letter, **told)
    with scope.acting(host):
        services.receive(actor=host, batch_id=made.public_id, arrived=first, **told)
        return list(Posting.objects.filter(batch=made.pk).order_by("pk"))


def away(reader: Reader, row: Posting, kind: str, first: int, until: int, cover: str = "") -> None:
    """Note days away, and the day of coming back."""
    reader.go(f"/dispatch/{row.public_id}/")
    days = {"first": on(first).isoformat(), "until": on(until).isoformat()}
    reader.move("take_leave", kind=kind, **days, **({"cover": cover} if cover else {}))
    reader.move("return_from_leave", back=on(until + 1).isoformat())


def test_a_month_with_leave_a_call_home_and_two_nights_is_sealed_by_both(
    live_server: object, cast: Cast, new_page: "Callable[..., Page]"
) -> None:
    opens = opener(new_page, live_server.url)  # type: ignore[attr-defined]
    row, colleague = two_posted(cast)
    with scope.system():
        cover = colleague.person.public_id
    office, county = opens(cast.supporting.office), opens(cast.county.coordinator)
    county.go("/dispatch/clinics/new/").fill(posting=row.public_id, weekday=str(on(12).isoweekday()))
    county.fill(half="morning", name="心内科专家门诊", from_date=MONTH.isoformat()).send()
    away(office, row, "personal", 12, 14, cover)
    away(office, row, "called_home", 20, 20)

    year, number, _day = on(12).isocalendar()
    week = county.go(f"/dispatch/week/?week={year}-W{number:02}").page.locator("main").inner_text()
    assert "替诊" in week or "停诊" in week

    county.go("/dispatch/attendance/new/")
    pair = county.page.locator("[name=pair] option").last.get_attribute("value")
    county.fill(pair=str(pair), month=f"{MONTH:%Y-%m}").send()
    sheet = county.here
    cells = county.page.locator("form[data-grid] tr", has_text="顾长风").locator("td.d")
    cells.nth(5).click()
    county.page.keyboard.press("n")
    county.page.keyboard.press("n")
    county.page.locator(".grid-save button").click()
    county.looked().sees("顾长风")
    county.move("submit").move("confirm")
    office.go(sheet).move("seal").sees("顾长风")

    held = LAST.day - 4
    shown = office.page.locator("form[data-grid] tr, .month-grid tr", has_text="顾长风").first
    assert shown.locator("td.number").last.inner_text().strip() == str(held)
    with scope.system():
        entries = {entry.quantity for entry in Entry.objects.filter(kind="dispatch")}
        assert entries == {Decimal(held), Decimal(LAST.day)}
