"""The reports that go out: everybody of a county in a month, as sealed or as it stands, and what they did."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest

from lianti.contexts.activities.domain import Taking
from lianti.contexts.activities.tests.builders import an_activity
from lianti.contexts.dispatch.queries import reports
from lianti.contexts.dispatch.tests.builders import a_posting
from lianti.contexts.dispatch.tests.test_attendance import APRIL, MARCH, begun, march, marked, sealed
from lianti.contexts.ledger.models import Entry
from lianti.contexts.network.models import Institution
from lianti.kernel import scope
from tests.cast import Cast, signed_in_client

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 2)


def in_a_county(cast: Cast) -> str:
    with scope.system():
        Institution.objects.filter(pk=cast.county.id).update(region="青山省/云溪县")
    return "青山省/云溪县"


def report(cast: Cast, actor: Any, region: str) -> reports.MonthReport:
    with scope.acting(actor):
        return reports.month_report(actor, MARCH, region, TODAY)


def test_each_is_told_as_it_was_sealed_and_as_it_stands_before(cast: Cast) -> None:
    region, row = in_a_county(cast), a_posting(cast)
    month = begun(cast)
    marked(cast, month, (row.public_id, march(3), "leave", "sick"), (row.public_id, march(4), "night"))
    (line,) = report(cast, cast.county.office, region).lines
    assert (line.sums.counted, line.nights, sum(line.sums.leave.values())) == (30, 1, 1)
    sealed(cast, month, APRIL)
    for actor, told in ((cast.supporting.office, ("病假 1", "Sick leave 1")), (cast.county.clinician, ("1",))):
        (line,) = report(cast, actor, region).lines
        assert line.sums.counted == 30
        assert line.leave in told
    assert report(cast, cast.stranger.office, region).lines == []


def test_work_is_everybodys_own_share_by_kind_and_its_days_are_not_among_it(cast: Cast) -> None:
    region, row = in_a_county(cast), a_posting(cast)
    with scope.system():
        person = row.person_id
    an_activity(cast, by=cast.supporting.office, people=(Taking(person_id=person),))
    found = report(cast, cast.supporting.office, region)
    (line,) = found.work
    assert len(found.kinds) == 1
    assert line.done[0][1].total == 1
    assert line.done[0][1].open == 1


def test_work_done_elsewhere_is_not_told_of_in_a_county(cast: Cast) -> None:
    region, row = in_a_county(cast), a_posting(cast)
    with scope.system():
        person = row.person_id
    activity = an_activity(cast, by=cast.supporting.office, people=(Taking(person_id=person),))
    with scope.system():
        Institution.objects.filter(pk=cast.stranger.id).update(region="青山省/白水县")
        Entry.objects.filter(source_id=activity.pk).update(receiver=cast.stranger.id)
    found = report(cast, cast.supporting.office, region)
    assert found.kinds == []
    assert [line.done for line in found.work] == [[]]


def test_page_paper_and_file_say_the_same(cast: Cast) -> None:
    import openpyxl

    region, row = in_a_county(cast), a_posting(cast)
    with scope.system():
        name = row.person.name
    client = signed_in_client(cast.county.coordinator)
    asked = f"?month=2026-03&county={region}"
    for path in ("", "attendance/print/", "workload/print/"):
        page = client.get(f"/dispatch/reports/{path}{asked}")
        assert page.status_code == 200
        assert name in page.content.decode(), path
    for paper in ("attendance", "workload"):
        answer = client.get(f"/dispatch/reports/{paper}/file/{asked}")
        book = openpyxl.load_workbook(BytesIO(answer.content))
        assert name in {cell.value for line in book.active.iter_rows() for cell in line}
    assert client.get("/dispatch/reports/?month=never").status_code == 422
    assert client.get("/dispatch/reports/salaries/print/").status_code == 422
