"""Jobs written in the transaction that asks for them; a worker leases, runs and retries them.

Delivered at least once: every handler must be idempotent. A crashed worker's lease runs out and the job is
taken again.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from lianti.kernel import scope
from lianti.kernel.models import OutboxTask

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
ATTEMPTS = 8

Handler = Callable[..., None]
_jobs: dict[str, Handler] = {}
_apart: set[str] = set()
_schedules: dict[str, int] = {}


def job(name: str, *, apart: bool = False) -> Callable[[Handler], Handler]:
    """Register the decorated `fn(payload, *, at, task_id)` as the handler of tasks called `name`.

    A handler runs in one transaction with what says that it is done. One that takes its time runs `apart`, in
    transactions of its own, so that nobody waits for its locks.
    """

    def register(fn: Handler) -> Handler:
        _jobs[name] = fn
        if apart:
            _apart.add(name)
        return fn

    return register


def every(name: str, seconds: int) -> None:
    """Let the worker enqueue the job `name` once in every `seconds`."""
    _schedules[name] = seconds


def enqueue(
    name: str, payload: dict[str, Any], *, at: datetime, run_after: datetime | None = None, unique: str | None = None
) -> None:
    """Write a job into the current transaction. A second one with the same `unique` is left out."""
    task = OutboxTask(name=name, payload=payload, run_after=run_after or at, unique=unique, created_at=at)
    OutboxTask.objects.bulk_create([task], ignore_conflicts=unique is not None)


def tick(at: datetime) -> None:
    """Enqueue the scheduled jobs whose time has come."""
    for name, seconds in _schedules.items():
        slot = int(at.timestamp()) // seconds
        enqueue(name, {}, at=at, unique=f"{name}@{slot}")


def _claim(limit: int, at: datetime) -> list[OutboxTask]:
    with transaction.atomic():
        ready = OutboxTask.objects.filter(
            Q(lease_until__isnull=True) | Q(lease_until__lt=at), state=OutboxTask.State.READY, run_after__lte=at
        ).order_by("-priority", "run_after", "id")
        if connection.vendor == "postgresql":
            ready = ready.select_for_update(skip_locked=True)
        # What is quick goes first; of what takes its time, one at a time, so that news never waits long.
        tasks = list(ready.exclude(name__in=_apart)[:limit]) or list(ready.filter(name__in=_apart)[:1])
        OutboxTask.objects.filter(pk__in=[t.pk for t in tasks]).update(lease_until=at + LEASE)
    return tasks


def _run(task: OutboxTask, at: datetime) -> None:
    handler = _jobs.get(task.name)
    try:
        if handler is None:
            raise LookupError(f"no job is called {task.name}")
        if task.name in _apart:
            handler(task.payload, at=at, task_id=task.pk)
        with transaction.atomic(), scope.system():
            if task.name not in _apart:
                handler(task.payload, at=at, task_id=task.pk)
            OutboxTask.objects.filter(pk=task.pk).update(state=OutboxTask.State.DONE, done_at=at, lease_until=None)
    except Exception as error:  # whatever a handler does must not stop the worker
        logger.exception("job %s %s failed", task.name, task.pk)
        _failed(task, at, error)


def _failed(task: OutboxTask, at: datetime, error: Exception) -> None:
    attempts = task.attempts + 1
    state = OutboxTask.State.FAILED if attempts >= ATTEMPTS else OutboxTask.State.READY
    OutboxTask.objects.filter(pk=task.pk).update(
        state=state,
        attempts=attempts,
        lease_until=None,
        run_after=at + timedelta(seconds=2**attempts),
        error=f"{type(error).__name__}: {error}"[:2000],
    )


def work(limit: int, at: datetime) -> int:
    """Run up to `limit` jobs that are due at `at`; return how many were taken."""
    with scope.system():
        tasks = _claim(limit, at)
    for task in tasks:
        _run(task, at)
    return len(tasks)


def pending() -> int:
    """Return how many jobs wait."""
    return OutboxTask.objects.filter(state=OutboxTask.State.READY).count()
