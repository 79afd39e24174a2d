"""Jobs: written with the transaction, leased, retried, scheduled."""

import os
import time
from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest
from django.db import connection, transaction
from django.utils import translation

from lianti.contexts.network.models import Relation
from lianti.kernel import notices, outbox, running, scope
from lianti.kernel.models import OutboxTask
from lianti.lib.errors import NotFound
from lianti.lib.roles import Role
from tests.cast import AT, Cast, a_relation

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


def pending() -> int:
    with scope.system():
        return outbox.pending()


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
    assert pending() == 0


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
    assert pending() == 1


def test_a_schedule_fires_once_a_slot(monkeypatch):
    monkeypatch.setattr(outbox, "_schedules", {"test.note": 60})
    outbox.tick(AT)
    outbox.tick(AT + timedelta(seconds=1))
    assert pending() == 1
    outbox.tick(AT + timedelta(seconds=61))
    assert pending() == 2


def test_a_job_nobody_knows_fails_without_stopping_the_worker():
    outbox.enqueue("test.unknown", {}, at=AT)
    outbox.enqueue("test.note", {}, at=AT)
    assert outbox.work(10, AT) == 2
    assert ran == [{}]


@outbox.job("test.long", lane=outbox.SLOW)
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


def the_state() -> str:
    return the_task().state


def test_a_try_counts_when_it_is_begun_and_a_worker_that_always_dies_gives_up():
    outbox.enqueue("test.note", {}, at=AT)
    with scope.system():
        for n in range(outbox.ATTEMPTS):
            (task,) = outbox._claim(1, AT + n * 2 * outbox.LEASE, outbox.LANES)
            assert task.attempts == the_task().attempts == n + 1
    late = AT + timedelta(days=1)
    assert outbox.work(10, late) == 0
    outbox.tick(late)
    with scope.system():
        assert OutboxTask.objects.get(name="test.note").state == "failed"
    outbox.tick(late)
    assert outbox.failed() == 1
    outbox.tick(late + timedelta(days=8))
    assert outbox.failed() == 0


def test_a_worker_that_ends_puts_back_what_it_had_taken():
    halt = Event()

    @outbox.job("test.last")
    def last(payload, *, at, task_id):
        halt.set()

    outbox.enqueue("test.last", {}, at=AT)
    outbox.enqueue("test.note", {"n": 2}, at=AT)
    assert outbox.work(10, AT, halt=halt) == 1
    with scope.system():
        left = OutboxTask.objects.get(name="test.note")
    assert (left.state, left.attempts, left.lease_until) == ("ready", 0, None)
    assert outbox.work(10, AT) == 1
    assert ran == [{"n": 2}]


def test_leases_that_have_grown_old_are_given_back(monkeypatch):
    for n in (1, 2):
        outbox.enqueue("test.note", {"n": n}, at=AT)
    hours = iter(range(0, 10**6, 3600))
    monkeypatch.setattr(outbox.time, "monotonic", lambda: next(hours))
    assert outbox.work(10, AT) == 0
    monkeypatch.undo()
    assert outbox.work(10, AT) == 2


def test_lanes_are_worked_apart():
    outbox.enqueue("test.long", {"depth": len(connection.savepoint_ids)}, at=AT)
    outbox.enqueue("test.note", {}, at=AT)
    assert outbox.work(10, AT, lane=outbox.QUICK) == 1
    assert outbox.work(10, AT, lane=outbox.QUICK) == 0
    assert outbox.work(10, AT, lane=outbox.SLOW) == 1


def beaten(monkeypatch, seconds: float = 0.01) -> None:
    """Let a watch look a hundred times a second, by this thread's own connection."""
    monkeypatch.setattr(running, "BEAT", seconds)
    monkeypatch.setattr(running, "connection", type("Kept", (), {"close": staticmethod(lambda: None)}))


def spin(seconds: float = 20) -> None:
    """Work on and on, as a job that never ends."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(0.001)


@pytest.mark.parametrize(
    ("why", "state"), [(running.Stopped, "stopped"), (running.TooLong, "failed"), (running.PutBack, "ready")]
)
def test_a_job_is_broken_off(monkeypatch, why, state):
    beaten(monkeypatch)
    monkeypatch.setattr(running.Watch, "look", lambda self: why)

    @outbox.job("test.endless")
    def endless(payload, *, at, task_id):
        try:
            spin()
        except Exception:
            pytest.fail("swallowed")

    began = time.monotonic()
    outbox.enqueue("test.endless", {}, at=AT)
    assert outbox.work(10, AT) == 1
    assert time.monotonic() - began < 10
    task = the_task()
    assert (task.state, task.lease_until) == (state, None)
    assert task.attempts == (0 if state == "ready" else 1)
    assert ("longer than" in task.error) == (state == "failed")


def test_a_job_goes_on_until_a_look_says_why_it_must_end(monkeypatch):
    beaten(monkeypatch)
    looks = []

    def look(_watch):
        looks.append(1)
        return running.Stopped if len(looks) == 4 else None

    monkeypatch.setattr(running.Watch, "look", look)
    outbox.enqueue("test.note", {}, at=AT)
    with pytest.raises(running.Stopped), running.watched(the_task(), AT, timedelta(minutes=1), None):
        spin()
    assert len(looks) == 4


def test_nothing_breaks_off_what_has_ended(monkeypatch):
    beaten(monkeypatch, 60)
    outbox.enqueue("test.note", {}, at=AT)
    with running.watched(the_task(), AT, timedelta(minutes=1), None) as watch:
        pass
    watch._break_off(running.Stopped)
    spin(0.05)


def test_a_look_keeps_the_lease_and_says_how_far_it_is():
    outbox.enqueue("test.note", {}, at=AT)
    with scope.system():
        (task,) = outbox._claim(1, AT, outbox.LANES)
    halt, minute = Event(), timedelta(minutes=1)
    watch = running.Watch(task, AT, minute, halt)
    watch.tell(3, 10)
    watch.tell(4)
    assert watch.look() is None
    now = the_task()
    assert (now.done, now.total) == (4, 10)
    assert now.lease_until >= AT + outbox.LEASE
    with scope.system():
        OutboxTask.objects.update(stop_asked_at=AT)
    assert watch.look() is running.Stopped
    with scope.system():
        OutboxTask.objects.update(attempts=2)
    assert watch.look() is running.PutBack  # another worker has it
    with scope.system():
        OutboxTask.objects.all().delete()
    assert watch.look() is None  # nobody says that it must end
    assert running.Watch(task, AT, -minute, halt).look() is running.TooLong
    halt.set()
    assert watch.look() is running.PutBack


def test_a_file_has_a_name_and_nothing_else():
    outbox.enqueue("test.note", {}, at=AT)
    watch = running.Watch(the_task(), AT, timedelta(minutes=1), None)
    path, result = watch.file("needs-2026.xlsx")
    assert result.endswith("/needs-2026.xlsx")
    assert path.parent.is_dir()
    for name in ("../x", "", "a/b", ".hidden"):
        with pytest.raises(ValueError, match="no name for a file"):
            watch.file(name)


def test_a_job_for_somebody_is_done_as_them_and_its_file_is_theirs_for_a_day(cast: Cast):
    seen = {}

    @outbox.job_for("test.export")
    def export(payload, *, actor, at, watch):
        seen.update(payload, actor=actor, language=translation.get_language(), kept=Relation.objects.count())
        watch.tell(1, 2)
        path, result = watch.file("list.csv")
        path.write_text("a,b")
        return result

    office, other = cast.county.office, cast.county.coordinator
    with scope.acting(office), translation.override("en"):
        task = outbox.enqueue_for(office, "test.export", {"show": "all"}, at=AT, title="Relations")
    with scope.system():
        assert outbox.work(10, AT, lane=outbox.SLOW) == 1
    assert seen == {"show": "all", "actor": office, "language": "en", "kept": 1}
    with scope.acting(office):
        row = outbox.mine(office).get()
        assert (row.state, row.done, row.total, row.title) == ("done", 1, 2, "Relations")
        assert outbox.file_of(office, task.pk).read_text() == "a,b"
    for somebody in (other, cast.stranger.office, replace(office, role=Role.CLINICIAN)):
        with scope.acting(somebody), pytest.raises(NotFound):
            outbox.file_of(somebody, task.pk)
    outbox.work(10, AT + timedelta(minutes=1))
    with scope.acting(office), translation.override("en"):
        assert [notices.words(n) for n in notices.inbox(office)] == ["Relations is done: fetch it within a day."]
        assert notices.link(notices.inbox(office)[0]) == "/jobs/"
        path = outbox.file_of(office, task.pk)
    day = timedelta(days=1, seconds=1)
    os.utime(path.parent, (AT.timestamp(), AT.timestamp()))
    with scope.system():
        outbox.sweep({}, at=AT + day / 2, task_id=0)
        assert path.exists()
        outbox.sweep({}, at=AT + 2 * day, task_id=0)
    with scope.acting(office), pytest.raises(NotFound):
        outbox.file_of(office, task.pk)
    assert not path.exists()


@pytest.mark.postgresql
def test_a_job_for_somebody_cannot_read_a_foreign_row(cast: Cast):
    foreign = a_relation(cast.supporting.institution, [cast.stranger.institution])
    found = []

    @outbox.job_for("test.peep")
    def peep(payload, *, actor, at, watch):
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            found.extend(cursor.fetchall())
            cursor.execute("SELECT id FROM network_relation ORDER BY id")
            found.extend(cursor.fetchall())

    with scope.acting(cast.county.office):
        outbox.enqueue_for(cast.county.office, "test.peep", {}, at=AT, title="x")
    with scope.system():
        outbox.work(10, AT, lane=outbox.SLOW)
        assert Relation.objects.filter(pk=foreign.pk).exists()
    assert found == [("lianti_web",), (cast.relation.pk,)]


def test_who_has_lost_the_seat_is_refused(cast: Cast):
    @outbox.job_for("test.export")
    def export(payload, *, actor, at, watch):
        ran.append(payload)

    gone = replace(cast.county.office, role=Role.LEADER)
    with scope.acting(gone):
        outbox.enqueue_for(gone, "test.export", {}, at=AT, title="x")
    outbox.work(10, AT, lane=outbox.SLOW)
    assert ran == []
    with scope.system():
        task = OutboxTask.objects.get(name="test.export")
    assert (task.state, task.error.split(":")[0], task.attempts) == ("failed", "NotAllowed", 1)


def test_a_job_that_was_not_begun_stops_at_once_and_nobody_else_can_stop_it(cast: Cast):
    office = cast.county.office
    with scope.acting(office):
        task = outbox.enqueue_for(office, "test.export", {}, at=AT, title="x")
    with scope.acting(cast.stranger.office), pytest.raises(NotFound):
        outbox.stop(cast.stranger.office, task.pk, AT)
    with scope.acting(office):
        outbox.stop(office, task.pk, AT)
    assert the_state() == "stopped"
    assert outbox.work(10, AT) == 0


def test_a_job_that_was_asked_to_stop_while_its_worker_died_is_stopped(cast: Cast):
    office = cast.county.office
    with scope.acting(office):
        task = outbox.enqueue_for(office, "test.export", {}, at=AT, title="x")
    with scope.system():
        OutboxTask.objects.update(lease_until=AT + outbox.LEASE)
    with scope.acting(office):
        outbox.stop(office, task.pk, AT)
    assert the_state() == "ready"
    assert outbox.work(10, AT + 2 * outbox.LEASE) == 0
    outbox.tick(AT + 2 * outbox.LEASE)
    with scope.system():
        assert OutboxTask.objects.get(pk=task.pk).state == "stopped"


def test_what_breaks_off_too_late_arrives_when_the_job_has_ended():
    outbox.enqueue("test.note", {}, at=AT)
    watch = running.Watch(the_task(), AT, timedelta(minutes=1), None)
    watch._sent = True  # and never arrives: some code of C has swallowed it
    began = time.monotonic()
    watch.end()
    assert 1 <= time.monotonic() - began < 20


def test_watching_leaves_the_interpreter_as_quick_as_it_was():
    def measured() -> float:
        began = time.perf_counter()
        for _ in range(300_000):
            pass
        return time.perf_counter() - began

    before = min(measured() for _ in range(5))
    for _ in range(3):
        outbox.enqueue("test.note", {}, at=AT)
    assert outbox.work(10, AT) == 3
    assert min(measured() for _ in range(5)) < 3 * before
