"""Months, earlier service and certificates of a file: as reported, no entry, the same at a second load."""

from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import translation

from lianti.contexts.dispatch import queries
from lianti.contexts.dispatch.models import Attendance, Certificate, PastService, Posting
from lianti.contexts.ledger.models import Entry
from lianti.contexts.network.models import Person
from lianti.journeys import loader
from lianti.kernel import journal, scope
from lianti.kernel.workflow import engine
from tests.cast import the_system
from tests.loader.test_sent import AT, load

pytestmark = [pytest.mark.django_db, pytest.mark.turns]
TODAY = date(2026, 3, 2)
ON = {"promotion": (TODAY, TODAY), "statistics": (TODAY, date(2024, 8, 31))}
# July and August of 2024 by letters: who came on 3 July, was ill for two days, and stayed absent for one in August.
JULY = "--vvvoovvvvvoovvssvoovvvvnoovvv"
AUGUST = "vvoovvvvvoovvvxvoovvvvvoovvvvvo"
TEXT = f"""format: lianti-network/1
id: bai-2025
source: {{published: 2025-01-01, medium: news, title: 第三批医疗队出征}}
institutions:
  - {{code: A, name: 甲医院, kind: hospital, level: 3a}}
  - {{code: B, name: 乙县医院, kind: hospital, level: 2a}}
relations:
  - {{code: R, kind: paired_assistance, name: 对口支援, lead: A, members: [B], status: in_force, from: 2023-01-01}}
batches:
  - {{code: R-2, relation: R, sender: A, kind: long, name: 第二批, from: 2024-07-01, to: 2024-12-31, letter: 甲函7号}}
postings:
  - {{batch: R-2, person: 甲一, recipient: B, department: 急诊科, arrived: 2024-07-03, left: 2024-08-31, status: finished}}
  - {{batch: R-2, person: 甲二, recipient: B, arrived: 2024-08-01, status: on_duty}}
attendance:
  - {{batch: R-2, person: 甲一, recipient: B, month: 2024-07-01, days: {JULY}}}
  - {{batch: R-2, person: 甲一, recipient: B, month: 2024-08-01, days: {AUGUST}}}
  - {{batch: R-2, person: 甲二, recipient: B, month: 2024-08-01, days: {"v" * 31}}}
services:
  - {{sender: A, person: 甲二, place: 丙县医院, kind: long, from: 2022-01-01, to: 2022-06-30, letter: 甲函3号, certified: 150}}
  - {{sender: A, person: 甲三, place: 乙县医院, recipient: B, kind: short, from: 2023-03-01, to: 2023-03-31, letter: 甲函5号}}
certificates:
  - {{sender: A, person: 甲二, number: 服务证〔2022〕8号, issued: 2022-09-01, until: 2022-06-30, days: 150, months: "6"}}
titles:
  - {{employer: A, person: 甲二, title: intermediate, since: 2024-08-11}}
  - {{employer: A, person: 甲二, title: junior, since: 2015-07-01}}
"""  # noqa: E501 - a row is a line


def counted(purpose: str = "promotion") -> dict[str, tuple[int, str]]:
    """Return the days and months of everybody that count for a purpose."""
    with scope.system():
        people = list(Person.objects.order_by("name"))
        found = queries.counted_of_people(the_system(), [one.pk for one in people], purpose, *ON[purpose])
    return {one.name: (found[one.pk].days, found[one.pk].months_text) for one in people}


def test_a_file_tells_days_service_and_certificates_and_declares_nothing(tmp_path: Path) -> None:
    report = load(tmp_path, TEXT)
    assert report.ok, list(report.lines(dry_run=False))
    with scope.system():
        rows = Attendance.objects.order_by("month").values_list("month", "state", "confirmed", "sealed_by")
        assert list(rows) == [(date(2024, 7, 1), "reported", None, None), (date(2024, 8, 1), "reported", None, None)]
        assert {row.tenant_id == row.recipient_id for row in Attendance.objects.all()} == {True}
        services = PastService.objects.order_by("pk").values_list("person__name", "state", "certified", "sender__code")
        assert list(services) == [("甲二", "noted", 150, "A"), ("甲三", "noted", None, "A")]
        (paper,) = Certificate.objects.values_list("state", "told_number", "told_on", "days", "paper")
        assert paper == ("reported", "服务证〔2022〕8号", date(2022, 9, 1), 150, None)
        assert not Entry.objects.exists(), "a report verifies nothing"
        assert journal.verify(engine.records()).faults == []
    assert counted()["甲一"][0] == 29 + 31 - 3, "there from 3 July to 31 August but for two days ill and one absent"
    assert counted("statistics")["甲二"][0] == 21, "of August the days with a title that counts, from the 11th"


def test_a_second_load_changes_nothing_and_what_differs_is_refused(tmp_path: Path) -> None:
    first, second = load(tmp_path, TEXT), load(tmp_path, TEXT)
    assert second.ok, list(second.lines(dry_run=False))
    assert (second.count("created"), second.count("updated")) == (0, 0)
    assert second.count("unchanged") == first.count("created")
    for old, new in ((JULY, JULY.replace("ss", "vv")), ("certified: 150", "certified: 151"), ("days: 150", "days: 9")):
        changed = load(tmp_path, TEXT.replace(old, new))
        assert "moves on by its own moves" in changed.conflicts[0].text
    with scope.system():
        assert (Attendance.objects.count(), PastService.objects.count(), Certificate.objects.count()) == (2, 2, 1)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (JULY, "v" * 31, "do not go with the days"),
        (JULY, JULY[:30], "do not go with the days"),
        (JULY, JULY.replace("n", "z"), "do not go with the days"),
        ("month: 2024-07-01", "month: 2024-07-02", "first day of the month"),
        ("recipient: B, month: 2024-07-01", "recipient: A, month: 2024-07-01", "No posting"),
        ("month: 2024-07-01", "month: 2024-08-01", "said already"),
        ("kind: short", "kind: shirt", "Did you mean “short”"),
        ("place: 乙县医院, recipient: B", "place: 甲医院, recipient: A", "another place"),
        ("from: 2023-03-01, to: 2023-03-31", "from: 2023-03-01, to: 2023-02-01", "before the beginning"),
        ("title: junior", "title: jumior", "Did you mean “junior”"),
        ("employer: A, person: 甲二, title: junior", "employer: X, person: 甲二, title: junior", "no institution with"),
        ("issued: 2022-09-01", "issued: 2022-05-01", "issued before this day"),
        ("from: 2022-01-01, to: 2022-06-30", "from: 2024-03-01, to: 2024-08-20", "already"),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert TEXT.count(old) == 1
    report = load(tmp_path, TEXT.replace(old, new))
    assert said in "\n".join(report.lines(dry_run=False))
    with scope.system():
        assert not Posting.objects.exists()


def test_what_is_told_of_a_sender_counts_the_same_where_it_is_taken_in(tmp_path: Path) -> None:
    """Load, tell, take everything back, load what was told on the empty site: the same days, and told the same."""
    try:
        with transaction.atomic():
            load(tmp_path, TEXT)
            before, text = (counted(), counted("statistics")), loader.tell("A", today=TODAY)
            raise InterruptedError
    except InterruptedError:
        pass
    with scope.system():
        assert not Person.objects.exists()
    report = load(tmp_path, text)
    assert report.ok, list(report.lines(dry_run=False))
    assert before == (counted(), counted("statistics"))
    assert before[0]["甲二"][0] > 150 + 31
    with translation.override("en"):
        again = loader.load([tmp_path / "network.yaml"], at=AT).files[0]
    assert (again.count("created"), again.count("updated")) == (0, 0)
    assert loader.tell("A", today=TODAY).count("days:") == text.count("days:")
