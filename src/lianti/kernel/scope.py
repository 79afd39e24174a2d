"""The second wall: on PostgreSQL every transaction carries whom it acts for, and row-level security holds it.

The web process runs as the role `lianti_web`, jobs and the loader as `lianti_jobs`; both own nothing. On
SQLite there is no second wall: the first (`visible_to`) stands alone.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from lianti.kernel import ready
from lianti.lib.actor import Actor
from lianti.lib.roles import Role

# Who looks after the whole platform: administrators, and what a room does in its own name for somebody.
OPERATORS = frozenset({Role.ADMINISTRATOR, Role.SYSTEM})
WEB = "lianti_web"
JOBS = "lianti_jobs"

_read_only: ContextVar[bool] = ContextVar("lianti_read_only", default=False)
_unwritten: ContextVar[bool] = ContextVar("lianti_unwritten", default=False)
_own: ContextVar[bool] = ContextVar("lianti_own", default=False)
_current: ContextVar[Actor | None] = ContextVar("lianti_actor", default=None)


def _set(actor: Actor | None) -> None:
    tenant, principal = (str(actor.tenant_id), str(actor.principal_id)) if actor else ("", "")
    operator = "yes" if actor and actor.role in OPERATORS else ""
    ready.execute(
        "SELECT set_config('lianti.tenant', %s, true), set_config('lianti.principal', %s, true),"
        " set_config('lianti.operator', %s, true)",
        [tenant, principal, operator],
    )


@contextmanager
def acting(actor: Actor, *, read_only: bool = False) -> Iterator[None]:
    """Do what is inside for `actor`: on PostgreSQL in one transaction that carries the scope.

    Nested for the same actor it costs nothing. `read_only` makes the outermost transaction refuse writes.
    """
    before = _current.get()
    if connection.vendor != "postgresql":
        with _as(actor):
            yield
        return
    inside = connection.in_atomic_block
    if inside and before == actor:
        yield
        return
    read_only = read_only and not inside
    token = _read_only.set(read_only or (inside and _read_only.get()))
    unwritten = _unwritten.set(not inside and not read_only)
    own = _own.set(not inside and not read_only)
    try:
        with transaction.atomic(), _as(actor):
            if read_only:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION READ ONLY")
            _set(actor)
            yield
            if inside:
                _set(before)
    finally:
        _own.reset(own)
        _unwritten.reset(unwritten)
        _read_only.reset(token)


@contextmanager
def step(actor: Actor) -> Iterator[None]:
    """Do what is inside for `actor` wholly or not at all, whatever becomes of the transaction around it.

    The first step of a request needs no savepoint: nothing was written before it, so when it fails, the request's
    own transaction is undone and begun anew in the same scope.
    """
    if not _unwritten.get() or _current.get() != actor or connection.savepoint_ids:
        with acting(actor), transaction.atomic():
            yield
        return
    _unwritten.set(False)
    try:
        yield
    except BaseException:
        connection.needs_rollback = True  # if the next lines fail, too
        connection.connection.rollback()
        connection.run_on_commit.clear()
        connection.needs_rollback = False
        _set(actor)
        raise


def settle() -> None:
    """Keep what was done so far, whatever becomes of the rest of the request, and let go of its locks.

    For work on many records, each by itself. Inside somebody else's transaction, and on SQLite, it does nothing.
    """
    actor = _current.get()
    if not _own.get() or actor is None or connection.savepoint_ids or connection.needs_rollback:
        return
    connection.connection.commit()
    _unwritten.set(True)
    _set(actor)


def after_reading(write: Callable[[], object]) -> None:
    """Do a small write that a page owes (an access log line): now, or when its read-only transaction has ended.

    The write comes in the scope of who reads now, which has ended by then as well.
    """
    reader = _current.get()
    if reader is None or not _read_only.get():
        write()
        return

    def later() -> None:
        with acting(reader):
            write()

    transaction.on_commit(later)


@contextmanager
def _as(actor: Actor | None) -> Iterator[None]:
    token = _current.set(actor)
    try:
        yield
    finally:
        _current.reset(token)


def system() -> AbstractContextManager[None]:
    """Do what is inside as the role of jobs, which sees every row. Only for jobs, the loader, demo and the CLI.

    The login that serves pages is not a member of that role in production, so there this fails.
    """
    return _role(JOBS)


@contextmanager
def serving(actor: Actor) -> Iterator[None]:
    """Do what is inside for `actor` as pages are served: as the role that sees what they may see. For jobs."""
    with _role(WEB), acting(actor):
        yield


@contextmanager
def _role(role: str) -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        before = cursor.fetchone()[0]
        if before == role:
            yield
            return
        cursor.execute(f"SET LOCAL ROLE {role}")
        yield
        cursor.execute(f'SET LOCAL ROLE "{before}"')
