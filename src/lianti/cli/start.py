"""What commands share: check settings, start Django, and tell whether the database is up to date."""

import os
import signal
import sys
import threading
import time

from lianti.config import env


class Unready(Exception):
    """Why a server cannot start on this database, with the mend."""


def django(*, serving: bool = False, role: str = "") -> None:
    """Refuse wrong settings, then start Django; `role` is taken on when the database is PostgreSQL."""
    if role:
        os.environ.setdefault(env.DATABASE_ROLE.name, role)
    env.refuse_bad(serving=serving)
    import django

    django.setup()


def pending() -> list[str]:
    """Return the migrations that the database still lacks; raise Unready when it cannot be reached."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as problem:
        raise Unready(f"The database cannot be reached: {problem}") from None
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def refuse_unmigrated() -> None:
    """Let a database pass that is up to date; raise Unready with the reason otherwise."""
    missing = pending()
    if missing:
        some = ", ".join(missing[:3]) + (" …" if len(missing) > 3 else "")
        raise Unready(
            f"The database is not up to date: {len(missing)} migrations are missing ({some}).\nRun: ./lianti migrate"
        )


def complain(problem: Exception) -> int:
    """Print why a command stops, and return its exit code."""
    print(problem, file=sys.stderr)
    return 1


def follow() -> None:
    """When started by `demo`, end with it, even when it is killed."""
    parent = os.environ.pop("LIANTI_FOLLOW", "")
    if parent.isdigit():
        _Follower(int(parent)).start()


class _Follower(threading.Thread):
    """Looks once a second whether the parent still is the parent."""

    def __init__(self, parent: int) -> None:
        super().__init__(daemon=True)
        self.parent = parent

    def run(self) -> None:
        while os.getppid() == self.parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)
