"""A batch of twelve to three counties: from the quota letter to the receipts, one of which names one fewer."""

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from lianti.contexts.dispatch.models import Posting
from lianti.contexts.ledger.models import Entry
from lianti.kernel import scope
from lianti.lib.dates import shanghai_day
from lianti.lib.roles import Role
from tests.cast import Cast, a_hospital, a_member, a_person, a_relation
from tests.e2e.people import Reader, opener

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow
TODAY = shanghai_day(datetime.now(UTC))
MOST_CLICKS = 25
# What people do with the mouse: a press, or a choice from a list.
COUNTS = """for (const kind of ['click', 'change']) document.addEventListener(kind, (event) => {
    const list = event.target.tagName === 'SELECT'
    if (event.isTrusted && list === (kind === 'change'))
        localStorage.setItem('clicks', String(Number(localStorage.getItem('clicks') || 0) + 1))
}, true)"""


def names_of(cast: Cast, counties: list[str]) -> bytes:
    """Return the list of names as an office keeps it: a title, its own words, a line a person."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.merge_range(0, 0, 0, 4, "第九批派驻人员花名册")
    sheet.write_row(1, 0, ["序号", "姓名", "职称", "受援医院", "派驻科室"])
    with scope.system():
        people = [a_person(employer=cast.supporting.institution) for _ in range(12)]
    for at, person in enumerate(people):
        sheet.write_row(2 + at, 0, [at + 1, person.name, "副主任医师", counties[at % 3], "内科"])
    book.close()
    return made.getvalue()


def counted(reader: Reader) -> Reader:
    """Let a reader's presses be counted from here on."""
    reader.page.add_init_script(COUNTS)
    return reader


def clicks(reader: Reader) -> int:
    return int(reader.page.evaluate("Number(localStorage.getItem('clicks') || 0)"))


def test_a_batch_goes_from_the_quota_letter_to_its_receipts(
    live_server: object, cast: Cast, new_page: "Callable[..., Page]"
) -> None:
    opens = opener(new_page, live_server.url)  # type: ignore[attr-defined]
    counties = [cast.county.institution, a_hospital("石门县人民医院"), a_hospital("柳河县人民医院")]
    relation = a_relation(cast.supporting.institution, counties, name="三县对口支援")
    hosts = [cast.county.coordinator, *(a_member(Role.OFFICE, place) for place in counties[1:])]
    office = counted(opens(cast.supporting.office)).go(f"/dispatch/batches/new/?relation={relation.public_id}")

    days = {"from_date": TODAY.isoformat(), "to_date": (TODAY + timedelta(days=200)).isoformat()}
    due = TODAY.isoformat()
    office.fill(name="第九批", quota_number="院办发〔2026〕3号", quota_due=due, **days).send()
    batch = office.here
    office.follow("main a[href$='/people/']")
    book = names_of(cast, [place.name for place in counties])
    office.page.locator("[name=file]").set_input_files(
        {"name": "花名册.xlsx", "mimeType": "application/octet-stream", "buffer": book}
    )
    office.send("button[name=look]").sees("各行均可导入").send("button[name=take]").sees("石门县人民医院")
    office.move("check").move("decide", minutes_number="党委会纪要〔2026〕7号")
    office.move("publicise", public_from=TODAY.isoformat(), public_to=TODAY.isoformat())
    office.move("order", letter_number="青附派〔2026〕9号", letter_date=TODAY.isoformat())
    office.sees("青附派〔2026〕9号")

    presses = clicks(office)
    for number, host in enumerate(hosts):
        reader = counted(opens(host)).go("/").sees("第九批").go(batch)
        if number == 2:
            reader.page.locator("#move-receive summary").click()
            reader.page.locator("#move-receive [name=absent]").first.check(force=True)
            reader.fill(note="因病暂缓").page.locator("#move-receive button[type=submit]").click()
            reader.looked()
        else:
            reader.move("receive", receipt_number=f"接〔2026〕{number}号")
        reader.sees("在岗")
        presses += clicks(reader)

    assert presses < MOST_CLICKS
    with scope.system():
        assert Posting.objects.filter(state="on_duty").count() == 11
        assert Posting.objects.filter(state="ordered").count() == 1
        assert Entry.objects.filter(kind="posting").count() == 11
    office.go(batch).sees("第九批")
