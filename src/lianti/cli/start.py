"""What commands share: check settings, start Django, and tell whether the database is up to date."""

import os
import signal
import sys
import threading
import time
from pathlib import Path

from lianti.cli import folder
from lianti.config import env

SECONDS_TO_CONNECT = 5


class Unready(Exception):
    """Why a server cannot start on this database, with the mend."""


def django(*, serving: bool = False, role: str = "") -> None:
    """Refuse wrong settings, then start Django; `role` is taken on when the database is PostgreSQL."""
    if role or serving:
        folder.private()
    if role:
        os.environ.setdefault(env.DATABASE_ROLE.name, role)
    env.refuse_bad(serving=serving)
    import django

    django.setup()


def reach(*, new: bool = False) -> None:
    """Let a database pass that is there and lets us in, or, on SQLite, can be made. Raises Unready."""
    from django.db import connection

    if connection.vendor == "postgresql":
        _sign_in()
        return
    path = Path(connection.settings_dict["NAME"])
    if connection.is_in_memory_db() or path.exists():  # type: ignore[attr-defined]
        return
    if not new:
        raise Unready(
            f"There is no database at {path}.\nRun: ./lianti init (or say where it is by LIANTI_DATABASE_URL)"
        )
    if path.parent == env.DATA.value() and not path.parent.exists():
        folder.make(path.parent)
    if not path.parent.is_dir():
        raise Unready(f"There is no folder {path.parent}. Make it, or name another by LIANTI_DATABASE_URL.")


def _sign_in() -> None:
    """Try to connect once: the pool would try for long and not say why it failed."""
    import psycopg
    from django.db import connection

    given = {**connection.get_connection_params(), "connect_timeout": SECONDS_TO_CONNECT}
    try:
        psycopg.connect(**given).close()
    except psycopg.Error as problem:
        where = f"{given.get('user', '')}@{given.get('host', '')}:{given.get('port', '')}/{given.get('dbname', '')}"
        raise Unready(
            f"The database {where} cannot be reached: {str(problem).strip()}\n"
            "Mend LIANTI_DATABASE_URL, or start the server. When a role is missing, run ./lianti migrate as the owner."
        ) from None


def pending(*, new: bool = False) -> list[str]:
    """Return the migrations that the database still lacks; raise Unready when it cannot be reached.

    `new`: an embedded database may still have to be made.
    """
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    reach(new=new)
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


def sentence(problem: Exception) -> str | None:
    """Return what to tell a person about something that a command cannot mend; None for what is our own mistake."""
    from django.db import DatabaseError

    if isinstance(problem, Unready | folder.Unusable):
        return str(problem)
    if isinstance(problem, DatabaseError):
        return f"The database refused: {str(problem).strip()}"
    if isinstance(problem, OSError) and problem.filename:
        return f"{problem.filename} cannot be used: {problem.strerror}."
    return None


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
