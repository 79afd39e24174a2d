"""What takes its time is done beside what is quick, and a worker that ends puts back what it had."""

import threading
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from lianti.cli import worker
from lianti.kernel import notices, outbox, running, scope
from lianti.kernel.models import OutboxTask
from lianti.lib.roles import Role
from tests.cast import standing_cast

BEGUN = threading.Event()


@outbox.job("test.minute", lane=outbox.SLOW, limit=timedelta(minutes=2))
def minute(payload, *, at, task_id):
    BEGUN.set()
    end = time.monotonic() + 60
    while time.monotonic() < end:
        time.sleep(0.01)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_minute_does_not_hold_up_notices_and_is_put_back_when_the_worker_ends(monkeypatch):
    monkeypatch.setattr(running, "BEAT", 0.2)
    cast, at = standing_cast(), timezone.now()
    office, stop = cast.county.office, threading.Event()
    BEGUN.clear()
    outbox.enqueue("test.minute", {}, at=at)
    beside = threading.Thread(target=worker.keep_on, args=(outbox.SLOW, stop))
    beside.start()
    try:
        assert BEGUN.wait(20)
        with scope.acting(office):
            tell = notices.Tell(office.tenant_id, (Role.OFFICE,))
            notices.send(tell, text_key="test.hello", kind="x", record="", at=at)
        asked = time.monotonic()
        while worker.turn(outbox.QUICK) != 0:
            pass
        with scope.acting(office):
            assert notices.unseen(office) == 1
        assert time.monotonic() - asked < 10
    finally:
        stop.set()
        beside.join(20)
    assert not beside.is_alive()
    with scope.system():
        left = OutboxTask.objects.get(name="test.minute")
    assert (left.state, left.attempts, left.lease_until) == ("ready", 0, None)
