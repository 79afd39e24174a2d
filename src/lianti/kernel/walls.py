"""The second wall, declared: which rows the web role reads, adds, changes and removes, table by table.

A room says it once, as `WALLS` in its `rules.py`. After every migration `install` makes policies and grants of it.
What no room declares the web role may not touch at all: a forgotten wall is 'permission denied', never an open door.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

from lianti.kernel.scope import JOBS, WEB

# Conditions are SQL over one row of the table {t}; '' is 'nobody', and then not even the right is granted.
NOBODY = ""
EVERYONE = "true"
OPERATOR = "lianti_operator()"  # looks after the whole platform (scope.OPERATORS)
SIGNING_IN = "lianti_principal() IS NULL"  # whoever signs in acts for no institution yet
IN_PERSON = "{t}.principal_id = lianti_principal()"
SEES_RECORD = "lianti_sees({t}.kind, {t}.record_pk)"
MOVES_RECORD = "lianti_moves({t}.kind, {t}.record_pk)"

VERBS = {"read": "SELECT", "insert": "INSERT", "change": "UPDATE", "delete": "DELETE"}


def sides(*columns: str) -> str:
    """Return the condition that the institution acted for stands in one of these columns."""
    return " OR ".join(f"{{t}}.{column} = lianti_tenant()" for column in columns)


def either(*conditions: str) -> str:
    """Return the condition that one of these holds."""
    return " OR ".join(f"({condition})" for condition in conditions)


def both(*conditions: str) -> str:
    """Return the condition that all of these hold."""
    return " AND ".join(f"({condition})" for condition in conditions)


MAKER = sides("tenant_id")
IN_OWN_NAME = both(MAKER, IN_PERSON)


def shared(kind: str) -> str:
    """Return the condition that the institution acted for made the record of this kind or is an audience of it."""
    return (
        f"{MAKER} OR EXISTS (SELECT 1 FROM kernel_audience a WHERE a.tenant_id = lianti_tenant()"
        f" AND a.kind = '{kind}' AND a.record_pk = {{t}}.id)"
    )


@dataclass(frozen=True)
class Wall:
    """Who reads, inserts, changes and deletes rows of a table; each verb has its own condition, nobody by default.

    `kind`: of a record, the workflow's. `why`: the reason that a table has when everyone reads it.
    """

    model: type[Model]
    read: str
    insert: str = NOBODY
    change: str = NOBODY
    delete: str = NOBODY
    kind: str = ""
    why: str = ""

    @property
    def table(self) -> str:
        """The table's name in the database."""
        return self.model._meta.db_table

    @property
    def key(self) -> str:
        """The column of its key."""
        return str(self.model._meta.pk.column)

    @property
    def conditions(self) -> dict[str, str]:
        """The SQL of each verb that somebody may do."""
        said = {"read": self.read, "insert": self.insert, "change": self.change, "delete": self.delete}
        return {verb: sql.format(t=self.table) for verb, sql in said.items() if sql != NOBODY}

    @property
    def verbs(self) -> frozenset[str]:
        """What the web role may do to some rows."""
        return frozenset(self.conditions)


@dataclass(frozen=True)
class Closed:
    """A table that the web role has nothing to do with, and why."""

    table: str
    reason: str
    verbs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Open:
    """A table without a wall, and why: the web role may do these verbs to every row, but not to `hidden` columns."""

    table: str
    reason: str
    may: str = "read"
    hidden: str = ""

    @property
    def verbs(self) -> frozenset[str]:
        """What the web role may do."""
        return frozenset(self.may.split())


Declared = Wall | Open | Closed
Walls = tuple[Declared, ...]


def record(model: type[Model], kind: str, *, read: str, change: str, insert: str = MAKER, why: str = "") -> Wall:
    """Return the wall of a workflow's record: entered in the name of one's own institution, never removed."""
    return Wall(model, read=read, insert=insert, change=change, kind=kind, why=why)


def story(model: type[Model], of: Wall) -> Wall:
    """Return the wall of transition records: seen with their record, added in one's own name, never rewritten."""
    may = both(IN_OWN_NAME, _parent(of, "record_id", "change"))
    return Wall(model, read=_parent(of, "record_id"), insert=may)


def child(model: type[Model], of: Wall, column: str, may: str = "insert change delete") -> Wall:
    """Return the wall of rows that belong to a record: seen with it, written by who may change it."""
    changed = _parent(of, column, "change")
    return Wall(model, read=_parent(of, column), **dict.fromkeys(may.split(), changed))


def _parent(of: Wall, column: str, verb: str = "read") -> str:
    """Return the condition that the parent row is seen (its own wall decides) and, when asked, may be changed."""
    also = f" AND ({of.conditions[verb]})" if verb != "read" else ""
    return f"EXISTS (SELECT 1 FROM {of.table} WHERE {of.table}.{of.key} = {{t}}.{column}{also})"


def declared(name: str = "WALLS") -> Iterator[Any]:
    """Yield what every installed room of ours declares as `WALLS`, or as `FUNCTIONS` in SQL, in its `rules.py`."""
    for app in apps.get_app_configs():
        if app.name.startswith("lianti.") and find_spec(f"{app.name}.rules") is not None:
            yield from getattr(import_module(f"{app.name}.rules"), name, ())


# Installing -------------------------------------------------------------------------------------

# Two databases of one server may be made in the same instant: whoever comes second finds the role there.
ROLES_SQL = "".join(
    f"DO $$ BEGIN CREATE ROLE {role} NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;\n"
    for role in (WEB, JOBS)
)
FUNCTIONS_SQL = """
CREATE OR REPLACE FUNCTION lianti_tenant() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
    AS $f$ SELECT NULLIF(current_setting('lianti.tenant', true), '')::bigint $f$;
CREATE OR REPLACE FUNCTION lianti_principal() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
    AS $f$ SELECT NULLIF(current_setting('lianti.principal', true), '')::bigint $f$;
CREATE OR REPLACE FUNCTION lianti_operator() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    AS $f$ SELECT COALESCE(current_setting('lianti.operator', true), '') = 'yes' $f$;
"""

# What nobody may rewrite, jobs neither: the journal, its seals, the access log.
APPEND_ONLY = ("kernel_journalevent", "kernel_seal", "kernel_accessevent")


def install() -> None:
    """Make roles, policies and grants as declared, and drop what is left over; run as the owner. PostgreSQL only.

    What is in place already stays as it is: a second run changes nothing and waits for nobody.
    """
    if connection.vendor != "postgresql":
        return
    said = list(declared())
    walls = [wall for wall in said if isinstance(wall, Wall)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ROLES_SQL)
        cursor.execute(FUNCTIONS_SQL)
        for name, verb in (("lianti_sees", "read"), ("lianti_moves", "change")):
            cursor.execute(_by_kind(name, verb, walls))
        for sql in declared("FUNCTIONS"):
            cursor.execute(sql)
        _policies(cursor, walls)
        _grants(cursor, said)


def lift() -> None:
    """Let the owner, whom walls bind too, see every row while it migrates; `install` binds it again."""
    if connection.vendor != "postgresql":
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relforcerowsecurity")
        for (table,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')


def policies(wall: Wall) -> dict[str, str]:
    """Return the policies of a wall by name; the name carries the condition's hash, so that a change is a new name."""
    made = {"jobs": f"CREATE POLICY jobs ON {wall.table} TO {JOBS} USING (true) WITH CHECK (true)"}
    for verb, sql in wall.conditions.items():
        using = "" if verb == "insert" else f" USING ({sql})"
        check = f" WITH CHECK ({sql})" if verb in {"insert", "change"} else ""
        # What is everyone's binds functions of the owner no less than others: they too read it.
        whose, role = ("all", "PUBLIC") if (verb, sql) == ("read", EVERYONE) else ("web", WEB)
        name = f"{whose}_{verb}_{sha256(sql.encode()).hexdigest()[:8]}"
        made[name] = f"CREATE POLICY {name} ON {wall.table} FOR {VERBS[verb]} TO {role}{using}{check}"
    return made


def _by_kind(name: str, verb: str, walls: list[Wall]) -> str:
    """Return the function that asks the wall of whatever record a row names by kind and key."""
    cases = "".join(
        f" WHEN '{wall.kind}' THEN RETURN EXISTS (SELECT 1 FROM {wall.table}"
        f" WHERE {wall.key} = pk AND ({wall.conditions.get(verb, 'false')}));"
        for wall in walls
        if wall.kind
    )
    return (
        f"CREATE OR REPLACE FUNCTION {name}(kind text, pk bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS"
        f" $f$ BEGIN CASE kind{cases} ELSE RETURN false; END CASE; END $f$"
    )


def _policies(cursor: Any, walls: list[Wall]) -> None:
    wanted = {(wall.table, name): sql for wall in walls for name, sql in policies(wall).items()}
    cursor.execute("SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public'")
    there = set(cursor.fetchall())
    for table, name in sorted(there - set(wanted)):
        cursor.execute(f'DROP POLICY "{name}" ON "{table}"')
    for key, sql in wanted.items():
        if key not in there:
            cursor.execute(sql)
    _bind(cursor, {wall.table for wall in walls})


def _bind(cursor: Any, walled: set[str]) -> None:
    """Switch row-level security on, for the owner too, where there is a wall, and off where there is none."""
    cursor.execute(
        "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class"
        " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )
    for table, on, forced in cursor.fetchall():
        if table in walled and not (on and forced):
            cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY')
        elif table not in walled and (on or forced):
            cursor.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY')


def _but(cursor: Any, wall: Declared, verb: str) -> str:
    """Return the columns of a table but for its hidden ones, in brackets; '' for all."""
    if not (hidden := getattr(wall, "hidden", "").split()) or verb not in {"read", "change"}:
        return ""
    columns = connection.introspection.get_table_description(cursor, wall.table)
    return f" ({', '.join(column.name for column in columns if column.name not in hidden)})"


def _grants(cursor: Any, said: list[Declared]) -> None:
    """Grant the web role what is declared, table by table, and jobs every table but the past."""
    cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {WEB}")
    for wall in said:
        if rights := ", ".join(VERBS[verb] + _but(cursor, wall, verb) for verb in sorted(wall.verbs)):
            cursor.execute(f"GRANT {rights} ON {wall.table} TO {WEB}")
    cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {JOBS}")
    for table in APPEND_ONLY:
        cursor.execute(f"REVOKE UPDATE, DELETE ON {table} FROM {JOBS}")
    for role in (WEB, JOBS):
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
        cursor.execute(f"GRANT SELECT ON django_migrations TO {role}")
