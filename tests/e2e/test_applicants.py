"""The office's spring job: fourteen applicants, three lack days, one lacks a seal, a file of the rest."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from lianti.contexts.dispatch.models import Certificate
from lianti.contexts.dispatch.tests.builders import earlier_service
from lianti.contexts.evidence.services import Upload
from lianti.contexts.evidence.tests.samples import PDF
from lianti.contexts.network.models import Person
from lianti.kernel import outbox, scope
from lianti.lib.dates import shanghai_day
from tests.cast import Cast
from tests.e2e.people import Reader, opener

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow
TODAY = shanghai_day(datetime.now(UTC))


def applicant(cast: Cast, certified: int) -> str:
    """Return the name of somebody with so many days certified before the platform."""
    scan = (Upload("证明.pdf", PDF),)
    row = earlier_service(cast, scan, certified=certified, first=date(2024, 1, 1), last=date(2025, 2, 28))
    with scope.system():
        return str(Person.objects.get(pk=row.person_id).name)


def all_but_the_first(office: Reader, move: str) -> None:
    """Do a move to every listed certificate but the first."""
    office.go("/dispatch/certificates/")
    boxes = office.page.locator("main [name=row]")
    for at in range(1, boxes.count()):
        boxes.nth(at).check(force=True)
    office.page.locator(f"main button[name=move][value={move}]").click()
    office.looked()


def test_who_lacks_days_or_a_seal_is_said_and_the_rest_come_as_one_file(
    live_server: object, cast: Cast, new_page: "Callable[..., Page]", settings: Any, tmp_path: Path
) -> None:
    settings.EXPORTS = tmp_path
    names = [applicant(cast, 365) for _n in range(11)] + [applicant(cast, days) for days in (300, 345, 359)]
    office = opener(new_page, live_server.url)(cast.supporting.office)  # type: ignore[attr-defined]
    office.go("/dispatch/applicants/").fill(names="\n".join(names), until=TODAY.isoformat())
    office.send().sees("14", names[0]).send("button[value=certify]")

    all_but_the_first(office, "approve")
    office.go("/dispatch/certificates/notice/")
    days = {"public_from": TODAY - timedelta(days=9), "public_to": TODAY - timedelta(days=2)}
    office.fill(**{name: day.isoformat() for name, day in days.items()}).send()
    all_but_the_first(office, "issue")
    with scope.system():
        assert Certificate.objects.filter(state="issued").count() == 10

    office.go("/dispatch/applicants/").fill(names="\n".join(names), until=TODAY.isoformat()).send()
    shown = office.page.locator("main tbody tr")
    assert shown.count() == 14
    assert [shown.nth(at).locator("td").nth(3).inner_text() for at in (11, 12, 13)] == ["60", "15", "1"]

    office.go("/dispatch/certificates/zip/").send()
    outbox.work(1, datetime.now(UTC), lane=outbox.SLOW)
    (path,) = tmp_path.glob("*/*.zip")
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        made = archive.namelist()
        listed = archive.read(made[-1]).decode("utf-8-sig").splitlines()
    assert len([name for name in made if name.endswith(".docx")]) == 10
    assert len(listed) == 12
    office.go("/jobs/")
    with office.page.expect_download() as fetched:
        office.page.locator("main td.end a.button").first.click()
    assert fetched.value.suggested_filename.endswith(".zip")
