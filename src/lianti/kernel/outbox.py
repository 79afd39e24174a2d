"""Jobs written in the transaction that asks for them; a worker leases, runs and retries them.

Delivered at least once: every handler must be idempotent. A crashed worker's lease runs out and the job is
taken again. Each lane is worked by itself, so that what takes its time never holds up what is quick.
"""

import logging
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from lianti.kernel import numbers, ready, scope
from lianti.kernel.models import OutboxTask
from lianti.kernel.running import LEASE, BrokenOff, PutBack, Stopped, Watch, watched
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import NotAllowed, NotFound, Refused
from lianti.lib.roles import Role

logger = logging.getLogger(__name__)

ATTEMPTS = 8
QUICK, SLOW = "quick", "slow"
LANES = (QUICK, SLOW)
LIMITS = {QUICK: timedelta(minutes=1), SLOW: timedelta(minutes=30)}
FAILED = "jobs-failed"  # a figure that is kept
KEPT = timedelta(days=1)  # a file that a job made for somebody

State = OutboxTask.State
Handler = Callable[..., Any]
Seats = Callable[[int, int, Role, date], Actor | None]


@dataclass(frozen=True)
class Job:
    """How tasks of one name are run: where, by what, and how long at most. `personal`: for somebody, as them."""

    handler: Handler
    lane: str
    limit: timedelta
    personal: bool = False


_jobs: dict[str, Job] = {}
_schedules: dict[str, int] = {}
_seats: list[Seats] = []


def job(name: str, *, lane: str = QUICK, limit: timedelta | None = None) -> Callable[[Handler], Handler]:
    """Register the decorated `fn(payload, *, at, task_id)` as the handler of tasks called `name`.

    A quick handler runs in one transaction with what says that it is done; a slow one in transactions of its own,
    so that nobody waits for its locks. What takes longer than `limit` is broken off and has failed.
    """

    def register(fn: Handler) -> Handler:
        _jobs[name] = Job(fn, lane, limit or LIMITS[lane])
        return fn

    return register


def job_for(name: str, *, limit: timedelta = LIMITS[SLOW]) -> Callable[[Handler], Handler]:
    """Register the decorated `fn(payload, *, actor, at, watch)` as what a person can have done by `enqueue_for`.

    It runs as pages are served, in the scope of whoever asked. `watch.tell` says how far it is; what it returns, the
    result of `watch.file`, is for that person to fetch for a day.
    """

    def register(fn: Handler) -> Handler:
        _jobs[name] = Job(fn, SLOW, limit, personal=True)
        return fn

    return register


def seats_by(seats: Seats) -> None:
    """Let `seats(principal_id, tenant_id, role, day)` return the actor who holds that seat on that day, or None."""
    _seats[:] = [seats]


def every(name: str, seconds: int) -> None:
    """Let the worker enqueue the job `name` once in every `seconds`."""
    _schedules[name] = seconds


def enqueue(
    name: str, payload: dict[str, Any], *, at: datetime, run_after: datetime | None = None, unique: str | None = None
) -> None:
    """Write a job into the current transaction. A second one with the same `unique` is left out."""
    lane = _jobs[name].lane if name in _jobs else QUICK
    task = OutboxTask(name=name, payload=payload, lane=lane, run_after=run_after or at, unique=unique, created_at=at)
    if unique is None:
        ready.insert(task)
    else:
        OutboxTask.objects.bulk_create([task], ignore_conflicts=True)


def enqueue_for(
    actor: Actor, name: str, payload: dict[str, Any], *, at: datetime, title: str, lane: str = SLOW
) -> OutboxTask:
    """Write a job that is done for the actor, as the actor, in the language of now; `title` is what they see of it."""
    return OutboxTask.objects.create(
        name=name,
        payload={"given": payload, "language": translation.get_language() or ""},
        lane=lane,
        run_after=at,
        created_at=at,
        principal_id=actor.principal_id,
        tenant_id=actor.tenant_id,
        role=actor.role,
        title=title[:120],
    )


def tick(at: datetime) -> None:
    """Enqueue the scheduled jobs whose time has come, and settle what crashed workers have left."""
    for name, seconds in _schedules.items():
        slot = int(at.timestamp()) // seconds
        enqueue(name, {}, at=at, unique=f"{name}@{slot}")
    with scope.system():
        week = OutboxTask.objects.filter(state=State.FAILED, done_at__gt=at - timedelta(days=7))
        numbers.keep(FAILED, week.count())
        left = OutboxTask.objects.filter(Q(lease_until__isnull=True) | Q(lease_until__lt=at), state=State.READY)
        left.filter(stop_asked_at__isnull=False).update(state=State.STOPPED, done_at=at, lease_until=None)
        left.filter(attempts__gte=ATTEMPTS).update(
            state=State.FAILED, done_at=at, lease_until=None, error="its workers ended before it did"
        )


def _claim(limit: int, at: datetime, lanes: tuple[str, ...]) -> list[OutboxTask]:
    with transaction.atomic():
        ready = OutboxTask.objects.filter(
            Q(lease_until__isnull=True) | Q(lease_until__lt=at),
            state=State.READY,
            run_after__lte=at,
            attempts__lt=ATTEMPTS,
            stop_asked_at__isnull=True,
        ).order_by("-priority", "run_after", "id")
        if connection.vendor == "postgresql":
            ready = ready.select_for_update(skip_locked=True)
        tasks: list[OutboxTask] = []
        for lane in lanes:  # of what takes its time one, and only when nothing quick waits
            tasks = tasks or list(ready.filter(lane=lane)[: limit if lane == QUICK else 1])
        OutboxTask.objects.filter(pk__in=[t.pk for t in tasks]).update(
            lease_until=at + LEASE, started_at=at, attempts=F("attempts") + 1
        )
    for task in tasks:
        task.attempts += 1
    return tasks


def work(limit: int, at: datetime, *, lane: str = "", halt: Event | None = None) -> int:
    """Run up to `limit` jobs of a lane (all lanes when none is named) that are due; return how many were taken.

    When `halt` is set, what has not ended is put back.
    """
    begun = time.monotonic()
    with scope.system():
        tasks = _claim(limit, at, (lane,) if lane else LANES)
    for number, task in enumerate(tasks):
        late = time.monotonic() - begun > LEASE.total_seconds() / 2  # the others' leases were taken when this began
        if late or (halt is not None and halt.is_set()):
            _put_back(tasks[number:])
            return number
        _run(task, at, halt)
    return len(tasks)


def _run(task: OutboxTask, at: datetime, halt: Event | None) -> None:
    known = _jobs.get(task.name)
    try:
        if known is None:
            raise LookupError(f"no job is called {task.name}")
        with watched(task, at, known.limit, halt) as watch:
            _do(known, task, watch)
    except PutBack:
        _put_back([task])
    except BrokenOff as why:
        state = State.STOPPED if isinstance(why, Stopped) else State.FAILED
        _end(task, at, state, error="" if state == State.STOPPED else f"it took longer than {known and known.limit}")
    except Exception as error:  # whatever a handler does must not stop the worker
        logger.exception("job %s %s failed", task.name, task.pk)
        _failed(task, at, error)


def _do(known: Job, task: OutboxTask, watch: Watch) -> None:
    """Run a handler, and say that it is done: in the same transaction when it is quick."""
    result = None
    if known.personal:
        result = _do_for(known, task, watch)
    elif known.lane == SLOW:
        known.handler(task.payload, at=watch.at, task_id=task.pk)
    with transaction.atomic(), scope.system():
        if not known.personal and known.lane == QUICK:
            known.handler(task.payload, at=watch.at, task_id=task.pk)
        at = watch.moment() if known.personal else watch.at
        _end(task, at, State.DONE, done=watch.done, total=watch.total, result=result or "")


def _do_for(known: Job, task: OutboxTask, watch: Watch) -> str | None:
    """Run the handler for its person, if they still hold the seat from which they asked."""
    with scope.system():
        held = (
            seats(task.principal_id or 0, task.tenant_id or 0, Role(task.role), shanghai_day(watch.at))
            for seats in _seats
        )
        actor = next(held, None)
    if actor is None:
        raise NotAllowed(_("The seat from which this was asked for has ended."))
    with scope.serving(actor), translation.override(task.payload["language"]):
        made: str | None = known.handler(task.payload["given"], actor=actor, at=watch.at, watch=watch)
    return made


def _failed(task: OutboxTask, at: datetime, error: Exception) -> None:
    """Try again later, unless it was tried often enough or is refused."""
    said = f"{type(error).__name__}: {error}"[:2000]
    if task.attempts >= ATTEMPTS or (task.principal_id is not None and isinstance(error, Refused)):
        _end(task, at, State.FAILED, error=said)
        return
    with scope.system():
        _still(task).update(lease_until=None, run_after=at + timedelta(seconds=2**task.attempts), error=said)


def _end(task: OutboxTask, at: datetime, state: str, **more: Any) -> None:
    """Write down how a job has ended, and tell its person unless they stopped it."""
    with transaction.atomic(), scope.system():
        ended = _still(task).update(state=state, done_at=at, lease_until=None, **more)
        if ended and task.principal_id is not None and state != State.STOPPED:
            params, text = {"title": task.title}, f"jobs.{state}"
            told: dict[str, Any] = {
                "tenant": task.tenant_id,
                "principal": task.principal_id,
                "roles": [],
                "params": params,
            }
            enqueue("notices.deliver", {**told, "text": text, "kind": "jobs", "record": ""}, at=at)


def _put_back(tasks: list[OutboxTask]) -> None:
    """Let jobs wait as if they had not been taken."""
    with scope.system():
        for task in tasks:
            _still(task).update(lease_until=None, attempts=F("attempts") - 1)


def _still(task: OutboxTask) -> QuerySet[OutboxTask]:
    """Return the row of a task, unless somebody else has taken it since."""
    return OutboxTask.objects.filter(pk=task.pk, attempts=task.attempts, state=State.READY)


def pending() -> int:
    """Return how many jobs wait."""
    return OutboxTask.objects.filter(state=State.READY).count()


def failed() -> int:
    """Return how many jobs have failed for good in seven days, as the worker has last counted."""
    return numbers.kept(FAILED)


def mine(actor: Actor) -> QuerySet[OutboxTask]:
    """Return the jobs that the actor asked for from the seat they sit in, latest first."""
    asked = OutboxTask.objects.filter(principal_id=actor.principal_id, tenant_id=actor.tenant_id, role=actor.role)
    return asked.order_by("-id")


def stop(actor: Actor, pk: int, at: datetime) -> None:
    """Ask a job to stop; one that was not begun stops at once. Raises NotFound unless it is the actor's."""
    asked = mine(actor).filter(pk=pk)
    if not asked.exists():
        raise NotFound
    asked.filter(state=State.READY).update(stop_asked_at=at)
    asked.filter(state=State.READY, lease_until__isnull=True).update(state=State.STOPPED, done_at=at)


def file_of(actor: Actor, pk: int) -> Path:
    """Return the file that a job made for the actor. Raises NotFound: also for others', and when its day is over."""
    result = mine(actor).filter(pk=pk, state=State.DONE).values_list("result", flat=True).first()
    path: Path = settings.EXPORTS / (result or "-")
    if not result or not path.is_file():
        raise NotFound
    return path


@job("outbox.sweep")
def sweep(_payload: dict[str, Any], *, at: datetime, task_id: int) -> None:
    """Take away the files whose day is over."""
    del task_id
    OutboxTask.objects.filter(done_at__lt=at - KEPT).exclude(result="").update(result="")
    for folder in settings.EXPORTS.glob("*"):
        if folder.stat().st_mtime < (at - KEPT).timestamp():
            shutil.rmtree(folder, ignore_errors=True)


every("outbox.sweep", 3600)
