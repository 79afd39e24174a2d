"""A job under way: a second thread keeps its lease, tells how far it is, and breaks it off when it must end."""

import ctypes
import logging
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from lianti.kernel import scope
from lianti.kernel.models import OutboxTask
from lianti.lib import ids

logger = logging.getLogger(__name__)

BEAT = 2.0  # seconds between two looks
LEASE = timedelta(minutes=2)

_NAME = re.compile(r"[\w][\w.-]{0,99}")


class BrokenOff(BaseException):
    """Why a job is not brought to its end. No `except Exception` of a handler takes it for its own."""


class Stopped(BrokenOff):
    """Its person asked it to stop."""


class TooLong(BrokenOff):
    """It took longer than a job of its kind may."""


class PutBack(BrokenOff):
    """The worker ends, or another one has it: it is run again."""


class Watch:
    """What a job tells of itself while it runs."""

    def __init__(self, task: OutboxTask, at: datetime, limit: timedelta, halt: threading.Event | None) -> None:
        self.task, self.at, self.limit, self.halt = task, at, limit, halt
        self.done, self.total = 0, 0
        self._began, self._over = time.monotonic(), False
        self._sent, self.arrived = False, False
        self._ended, self._lock = threading.Event(), threading.Lock()
        self._thread_id = threading.get_ident()

    def tell(self, done: int, total: int | None = None) -> None:
        """Say how much is done, of how much if that is known. Costs nothing; it is shown within seconds."""
        self.done, self.total = done, self.total if total is None else total

    def file(self, name: str) -> tuple[Path, str]:
        """Return where to write a file for the job's person, and what to return as the job's result."""
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name for a file")
        result = f"{ids.new()}/{name}"
        path = settings.EXPORTS / result
        path.parent.mkdir(parents=True, mode=0o700)
        return path, result

    def moment(self) -> datetime:
        """Return the moment that has come since the job was begun."""
        return self.at + timedelta(seconds=time.monotonic() - self._began)

    def look(self) -> type[BrokenOff] | None:
        """Keep the lease, show how far the job is, and return why it must end, if it must."""
        if self.halt is not None and self.halt.is_set():
            return PutBack
        if self.moment() > self.at + self.limit:
            return TooLong
        row = OutboxTask.objects.filter(pk=self.task.pk)
        try:
            with scope.system():
                mine = row.filter(attempts=self.task.attempts, state=OutboxTask.State.READY)
                mine.update(lease_until=self.moment() + LEASE, done=self.done, total=self.total)
                taken, asked = row.values_list("attempts", "stop_asked_at").get()
        except (DatabaseError, OutboxTask.DoesNotExist):
            logger.exception("job %s: its lease could not be renewed", self.task.pk)
            return None
        return PutBack if taken != self.task.attempts else Stopped if asked else None

    def keep_looking(self) -> None:
        """Look until the job has ended, or break it off."""
        try:
            while not self._ended.wait(BEAT):
                if (why := self.look()) is not None:
                    self._break_off(why)
                    return
        finally:
            connection.close()

    def _break_off(self, why: type[BrokenOff]) -> None:
        with self._lock:
            if not self._over:
                self._sent = True
                # The job's thread raises it at its next step of Python.
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._thread_id), ctypes.py_object(why))

    def end(self) -> None:
        """Let nothing break the job off any more; what is on its way arrives here."""
        with self._lock:
            self._over = True
        self._ended.set()
        # It cannot be called back: taking it back would leave the interpreter looking for it at every step.
        patience = time.monotonic() + 1
        while self._sent and not self.arrived and time.monotonic() < patience:
            time.sleep(0.001)


@contextmanager
def watched(task: OutboxTask, at: datetime, limit: timedelta, halt: threading.Event | None) -> Iterator[Watch]:
    """Do what is inside while somebody looks after it. Raises Stopped, TooLong, PutBack."""
    watch = Watch(task, at, limit, halt)
    looking = threading.Thread(target=watch.keep_looking, name=f"watch {task.pk}", daemon=True)
    looking.start()
    try:
        yield watch
    except BrokenOff:
        watch.arrived = True
        raise
    finally:
        watch.end()
        looking.join()
