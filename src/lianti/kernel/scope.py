"""The second wall: on PostgreSQL every transaction carries whom it acts for, and row-level security holds it.

The web process runs as the role `lianti_web`, jobs and the loader as `lianti_jobs`; both own nothing. On
SQLite there is no second wall: the first (`visible_to`) stands alone.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, transaction
from django.db.migrations.operations.base import Operation

from lianti.kernel import ready
from lianti.lib.actor import Actor

WEB = "lianti_web"
JOBS = "lianti_jobs"

_read_only: ContextVar[bool] = ContextVar("lianti_read_only", default=False)
_unwritten: ContextVar[bool] = ContextVar("lianti_unwritten", default=False)
_own: ContextVar[bool] = ContextVar("lianti_own", default=False)
_current: ContextVar[Actor | None] = ContextVar("lianti_actor", default=None)


def _set(actor: Actor | None) -> None:
    tenant, principal = (str(actor.tenant_id), str(actor.principal_id)) if actor else ("", "")
    ready.execute(
        "SELECT set_config('lianti.tenant', %s, true), set_config('lianti.principal', %s, true)", [tenant, principal]
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
    """Do a small write that a page owes (an access log line): now, or when its read-only transaction has ended."""
    if _read_only.get():
        transaction.on_commit(write)
    else:
        write()


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


class OnPostgres(Operation):
    """A migration step in SQL that PostgreSQL alone takes.

    It names no models: after a RunPython Django would build all models anew for the next step, which costs seconds.
    """

    reversible = True

    def __init__(self, forward: str, backward: str = "") -> None:
        self.forward, self.backward = forward, backward

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change no model."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Run the SQL."""
        if self.forward and schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(self.forward)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Run the SQL that undoes it."""
        if self.backward and schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(self.backward)

    def describe(self) -> str:
        """Return what `migrate --plan` shows."""
        return "SQL on PostgreSQL alone"


def protect(table: str, using: str, check: str | None = None) -> OnPostgres:
    """Return the migration step that puts `table` under row-level security.

    `using` says in SQL which rows the web role sees (`lianti_tenant()` is the institution acted for),
    `check` which it may write (the same when not given). The role of jobs sees and writes all.
    """
    forward = f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY web ON {table} TO {WEB} USING ({using}) WITH CHECK ({check or using});
        CREATE POLICY jobs ON {table} TO {JOBS} USING (true) WITH CHECK (true);
    """
    backward = f"""
        DROP POLICY web ON {table}; DROP POLICY jobs ON {table};
        ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
    """
    return OnPostgres(forward, backward)


def by_audience(kind: str, table: str) -> str:
    """Return the SQL rule for a record that its audience and its maker's institution see."""
    return (
        f"tenant_id = lianti_tenant() OR EXISTS (SELECT 1 FROM kernel_audience a WHERE a.tenant_id = lianti_tenant()"
        f" AND a.kind = '{kind}' AND a.record_pk = {table}.id)"
    )


def protect_child(table: str, parent: str, column: str = "record_id") -> OnPostgres:
    """Return the migration step for rows that are seen with their parent: the parent's own wall decides."""
    return protect(table, f"EXISTS (SELECT 1 FROM {parent} p WHERE p.id = {table}.{column})")


ROLES_SQL = f"""
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{WEB}') THEN CREATE ROLE {WEB} NOLOGIN; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{JOBS}') THEN CREATE ROLE {JOBS} NOLOGIN; END IF;
END $$;
CREATE OR REPLACE FUNCTION lianti_tenant() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
    AS $f$ SELECT NULLIF(current_setting('lianti.tenant', true), '')::bigint $f$;
CREATE OR REPLACE FUNCTION lianti_principal() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
    AS $f$ SELECT NULLIF(current_setting('lianti.principal', true), '')::bigint $f$;
"""

# What nobody who serves pages may rewrite: the journal, its seals, the access log.
APPEND_ONLY = ("kernel_journalevent", "kernel_seal", "kernel_accessevent")


def roles_step() -> OnPostgres:
    """Return the migration step that makes the two roles and the functions that policies use."""
    return OnPostgres(ROLES_SQL)


def install_roles() -> None:
    """Give the two roles their rights on all tables; run as the owner after every migration. PostgreSQL only."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(ROLES_SQL)
        for role in (WEB, JOBS):
            cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
            cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
            cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
        for table in APPEND_ONLY:
            cursor.execute(f"REVOKE UPDATE, DELETE ON {table} FROM {WEB}, {JOBS}")
        cursor.execute("GRANT SELECT ON django_migrations TO lianti_web, lianti_jobs")
