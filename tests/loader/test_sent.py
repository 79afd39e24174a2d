"""Batches and postings of a file: in the state it says, the same by code and person, no more at a second load."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.utils import translation

from lianti.contexts.dispatch.models import Batch, Posting
from lianti.contexts.ledger.models import Entry
from lianti.contexts.network.models import GroupMember, Person
from lianti.journeys import loader
from lianti.kernel import journal, scope
from lianti.kernel.workflow import engine

pytestmark = [pytest.mark.django_db, pytest.mark.turns]
AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
TEXT = """format: lianti-network/1
id: bai-2025
source: {published: 2025-01-01, medium: news, title: 第三批医疗队出征}
institutions:
  - {code: A, name: 甲医院, kind: hospital}
  - {code: B, name: 乙医院, kind: hospital}
  - {code: C, name: 丙医院, kind: hospital}
relations:
  - {code: R, kind: paired_assistance, name: 对口支援, lead: A, members: [B, C], status: in_force}
batches:
  - {code: R-2, relation: R, sender: A, kind: long, name: 第二批, from: 2024-07-01, to: 2024-12-31, status: closed}
  - {code: R-3, relation: R, sender: A, kind: long, name: 第三批, from: 2025-01-01, to: 2026-06-30, letter: 甲函〔2024〕9号, letter_date: 2024-12-20}
postings:
  - {batch: R-2, person: 甲一, recipient: B, arrived: 2024-07-01, left: 2024-12-31, status: finished}
  - {batch: R-3, person: 甲一, recipient: B, duty: president, arrived: 2025-01-01, status: on_duty}
  - {batch: R-3, person: 甲二, recipient: C, department: 急诊科}
"""  # noqa: E501 - a row is a line


def load(folder: Path, text: str = TEXT) -> loader.FileReport:
    path = folder / "network.yaml"
    path.write_text(text, "utf-8")
    with translation.override("en"):
        return loader.load([path], at=AT).files[0]


def test_a_file_tells_who_was_sent_where_in_which_state(tmp_path: Path) -> None:
    assert load(tmp_path).ok
    with scope.system():
        rows = Posting.objects.order_by("pk").values_list("batch__name", "person__name", "recipient__code", "state")
        assert list(rows) == [
            ("第二批", "甲一", "B", "finished"),
            ("第三批", "甲一", "B", "on_duty"),
            ("第三批", "甲二", "C", "ordered"),
        ]
        assert {b.tenant_id == b.sender_id for b in Batch.objects.all()} == {True}
        assert list(Person.objects.order_by("pk").values_list("name", "employer__code")) == [
            ("甲一", "A"),
            ("甲二", "A"),
        ]
        assert list(GroupMember.objects.order_by("pk").values_list("from_date", "to_date")) == [
            (date(2024, 7, 1), date(2024, 12, 31)), (date(2024, 12, 20), None), (date(2024, 12, 20), None)
        ]  # fmt: skip
        assert not Entry.objects.exists(), "a report verifies nothing"
        assert journal.verify(engine.records()).faults == []


def test_a_second_load_changes_nothing(tmp_path: Path) -> None:
    first, second = load(tmp_path), load(tmp_path)
    assert second.ok, list(second.lines(dry_run=False))
    assert (second.count("created"), second.count("updated")) == (0, 0)
    assert second.count("unchanged") == first.count("created")
    with scope.system():
        assert (Batch.objects.count(), Posting.objects.count(), Person.objects.count()) == (2, 3, 2)


def test_what_was_sent_moves_on_by_its_moves_alone(tmp_path: Path) -> None:
    load(tmp_path)
    changed = load(tmp_path, TEXT.replace("department: 急诊科}", "arrived: 2025-01-03, status: on_duty}"))
    assert not changed.ok
    assert "moves on by its own moves" in changed.conflicts[0].text
    with scope.system():
        assert Posting.objects.get(person__name="甲二").state == "ordered"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("batch: R-3, person: 甲二", "batch: R-9, person: 甲二", "no batch with the code"),
        ("recipient: C", "recipient: X", "no institution with the code"),
        ("kind: long, name: 第三批", "kind: lang, name: 第三批", "Did you mean “long”"),
        ("duty: president", "duty: king", "not known here"),
        ("status: on_duty", "status: replaced", "not known here"),
        ("person: 甲二, recipient: C", "person: 甲一, recipient: B", "said already"),
        ("recipient: C, department", "recipient: A, department", "another party"),
        ("person: 甲二, recipient: C", "person: 甲一, recipient: C", "already"),
        ("from: 2025-01-01, to: 2026-06-30", "from: 2025-01-01, to: 2024-06-30", "before the beginning"),
        (", arrived: 2025-01-01, status: on_duty", ", status: on_duty", "has a day of reporting in"),
        ("left: 2024-12-31, status: finished", "status: on_duty", "batch is closed"),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert TEXT.count(old) == 1
    report = load(tmp_path, TEXT.replace(old, new))
    assert said in "\n".join(report.lines(dry_run=False))
    with scope.system():
        assert not Batch.objects.exists()


def test_of_namesakes_none_is_taken_for_the_other(tmp_path: Path) -> None:
    load(tmp_path)
    with scope.system():
        one = Person.objects.get(name="甲二")
        one.pk, one.public_id = None, "Z" * 26
        one.save(force_insert=True)
    more = TEXT + "  - {batch: R-3, person: 甲二, recipient: B, from: 2026-05-01}\n"
    assert "Several people of the sender bear this name" in "\n".join(load(tmp_path, more).lines(dry_run=False))
