"""Deliver notices and run jobs, until told to stop: what is quick here, what takes its time beside it."""

import argparse
import logging
import signal
import threading
import time
from collections.abc import Callable
from datetime import datetime
from types import FrameType

from lianti.cli import start

BATCH = 50
IDLE_SECONDS, TROUBLE_SECONDS, TICK_SECONDS = 1.0, 5.0, 10.0
PATIENCE_SECONDS = 15.0  # until what is under way has been put back
log = logging.getLogger("lianti.worker")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Offer --once."""
    parser.add_argument("--once", action="store_true", help="do what is due now and end")


def run(options: argparse.Namespace) -> int:
    """Work off the outbox in a loop; return 1 when the database is not up to date."""
    try:
        start.django(serving=True, role="lianti_jobs")
        start.refuse_unmigrated()
    except start.Unready as problem:
        return start.complain(problem)
    start.follow()
    stop = threading.Event()
    if options.once:
        tick()
        while turn() > 0:
            pass
        return 0

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    from lianti.kernel import outbox

    slow = threading.Thread(target=keep_on, args=(outbox.SLOW, stop), name=outbox.SLOW, daemon=True)
    slow.start()
    keep_on(outbox.QUICK, stop, tick)
    slow.join(PATIENCE_SECONDS)
    return 0


def keep_on(lane: str, stop: threading.Event, now_and_then: Callable[[], None] = lambda: None) -> None:
    """Work one lane until told to stop; what is under way then is put back."""
    ticked = 0.0
    while not stop.is_set():
        if time.monotonic() - ticked > TICK_SECONDS:
            ticked = time.monotonic()
            now_and_then()
        done = turn(lane, stop)
        if done <= 0:
            stop.wait(IDLE_SECONDS if done >= 0 else TROUBLE_SECONDS)


def tick() -> None:
    """Ask for the scheduled jobs whose time has come."""
    from lianti.kernel import outbox

    _safely(outbox.tick)


def turn(lane: str = "", stop: threading.Event | None = None) -> int:
    """Run one batch of due tasks; return how many, or -1 when the database was in trouble."""
    from lianti.kernel import outbox

    return _safely(lambda at: outbox.work(BATCH, at, lane=lane, halt=stop))


def _safely(work: Callable[[datetime], int | None]) -> int:
    from django.db import DatabaseError, close_old_connections
    from django.utils import timezone

    try:
        return work(timezone.now()) or 0
    except DatabaseError:
        log.exception("The database is in trouble; trying again in %d seconds.", TROUBLE_SECONDS)
        return -1
    finally:
        close_old_connections()
