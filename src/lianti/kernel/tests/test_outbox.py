"""Jobs: written with the transaction, leased, retried, scheduled."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from lianti.kernel import outbox, scope
from lianti.kernel.models import OutboxTask
from tests.cast import AT

pytestmark = pytest.mark.django_db
ran: list[dict] = []


@outbox.job("test.note")
def note(payload, *, at, task_id):
    ran.append(payload)
    if payload.get("fail"):
        raise ValueError("no")


@pytest.fixture(autouse=True)
def _clean():
    ran.clear()


def the_task() -> OutboxTask:
    with scope.system():
        return OutboxTask.objects.get()


def test_a_job_runs_once():
    outbox.enqueue("test.note", {"n": 1}, at=AT)
    assert outbox.work(10, AT) == 1
    assert outbox.work(10, AT) == 0
    assert ran == [{"n": 1}]


def test_a_job_goes_with_its_transaction():
    with transaction.atomic():
        outbox.enqueue("test.note", {}, at=AT)
        transaction.set_rollback(True)
    assert outbox.pending() == 0


def test_a_job_waits_for_its_time():
    outbox.enqueue("test.note", {}, at=AT, run_after=AT + timedelta(hours=1))
    assert outbox.work(10, AT) == 0
    assert outbox.work(10, AT + timedelta(hours=2)) == 1


def test_a_failed_job_is_tried_again_later_and_given_up_at_last():
    outbox.enqueue("test.note", {"fail": True}, at=AT)
    outbox.work(10, AT)
    assert the_task().attempts == 1
    assert "ValueError" in the_task().error
    assert outbox.work(10, AT) == 0
    for day in range(1, outbox.ATTEMPTS + 3):
        outbox.work(10, AT + timedelta(days=day))
    assert the_task().state == "failed"
    assert len(ran) == outbox.ATTEMPTS


def test_a_crashed_workers_job_is_taken_again_when_its_lease_ends():
    outbox.enqueue("test.note", {}, at=AT)
    with scope.system():
        OutboxTask.objects.update(lease_until=AT + outbox.LEASE)
    assert outbox.work(10, AT) == 0
    assert outbox.work(10, AT + outbox.LEASE * 2) == 1


def test_a_unique_job_is_queued_once():
    for _ in range(3):
        outbox.enqueue("test.note", {}, at=AT, unique="only")
    assert outbox.pending() == 1


def test_a_schedule_fires_once_a_slot(monkeypatch):
    monkeypatch.setattr(outbox, "_schedules", {"test.note": 60})
    outbox.tick(AT)
    outbox.tick(AT + timedelta(seconds=1))
    assert outbox.pending() == 1
    outbox.tick(AT + timedelta(seconds=61))
    assert outbox.pending() == 2


def test_a_job_nobody_knows_fails_without_stopping_the_worker():
    outbox.enqueue("test.unknown", {}, at=AT)
    outbox.enqueue("test.note", {}, at=AT)
    assert outbox.work(10, AT) == 2
    assert ran == [{}]


@outbox.job("test.long", apart=True)
def long(payload, *, at, task_id):
    assert not connection.in_atomic_block or payload["depth"] == len(connection.savepoint_ids)
    ran.append(payload)


def test_a_long_job_runs_apart_and_alone_after_what_is_quick():
    depth = len(connection.savepoint_ids)
    for n in (1, 2):
        outbox.enqueue("test.long", {"long": n, "depth": depth}, at=AT)
    outbox.enqueue("test.note", {"n": 1}, at=AT)
    assert [outbox.work(10, AT) for _ in range(4)] == [1, 1, 1, 0]
    assert [("n" in payload, payload.get("long")) for payload in ran] == [(True, None), (False, 1), (False, 2)]
