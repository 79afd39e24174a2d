"""Migration steps that fill new columns of old rows, a stretch of keys at a time, on both databases."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.operations.base import Operation

STRETCH = 50_000
# What the two databases say differently: the Shanghai day of a row's making; the rest of a day after its first UTC
# moment, of which Shanghai has sixteen hours. (In China no clock has been changed since 1991.)
SAID = {
    "postgresql": {"made": "(r.created_at AT TIME ZONE 'Asia/Shanghai')::date", "end": " + interval '15:59:59.999999'"},
    "sqlite": {"made": "date(r.created_at, '+8 hours')", "end": " || ' 15:59:59.999999'"},
}


@contextmanager
def lifted(db: Any, cursor: Any, tables: Iterable[str]) -> Iterator[None]:
    """Let the walls of tables not hold for their owner meanwhile, on PostgreSQL."""
    walls = []
    if db.vendor == "postgresql":
        cursor.execute("SELECT relname FROM pg_class WHERE relforcerowsecurity AND relname = ANY(%s)", [list(tables)])
        walls = [name for (name,) in cursor.fetchall()]
    if walls:  # what a table still has to check forbids to alter it
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for wall in walls:
        cursor.execute(f"ALTER TABLE {wall} NO FORCE ROW LEVEL SECURITY")
    yield
    for wall in walls:
        cursor.execute(f"ALTER TABLE {wall} FORCE ROW LEVEL SECURITY")


class Fill(Operation):
    """Run statements for each stretch of a table's keys, {first} to {last}; {made} is the day a row `r` was made on.

    On PostgreSQL the walls of the tables named do not hold for their owner meanwhile.
    """

    reversible = True

    def __init__(self, table: str, *statements: str, walled: Iterable[str] = ()) -> None:
        self.table, self.statements, self.walled = table, statements, (table, *walled)

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change no model."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Fill the rows."""
        db = schema_editor.connection
        with db.cursor() as cursor, lifted(db, cursor, self.walled):
            cursor.execute(f"SELECT min(id), max(id) FROM {self.table}")
            first, last = cursor.fetchone()
            for start in range(first or 1, (last or 0) + 1, STRETCH):
                words = {"first": start, "last": start + STRETCH - 1, **SAID[db.vendor]}
                for statement in self.statements:
                    cursor.execute(statement.format(**words))

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Leave the rows as they are."""

    def describe(self) -> str:
        """Return what `migrate --plan` shows."""
        return f"Fill rows of {self.table}"


def versions(table: str) -> Fill:
    """Number the moves of each record in a table of transition records."""
    return Fill(
        table,
        f"UPDATE {table} SET version = (SELECT count(*) FROM {table} o WHERE o.record_id = {table}.record_id"
        f" AND o.id <= {table}.id) WHERE id BETWEEN {{first}} AND {{last}}",
    )


def ends(table: str, column: str) -> Fill:
    """Let a column that held days, and by now holds moments, hold the end of each day in Shanghai."""
    return Fill(table, f"UPDATE {table} SET {column} = {column}{{end}} WHERE id BETWEEN {{first}} AND {{last}}")


def audience(kind: str, table: str, *, final: Iterable[str], day: str = "{made}", rank: str = "0") -> Fill:
    """Let each record's own institution see it, and place its audience; `day` and `rank` in SQL on the row `r`."""
    ends = ", ".join(f"'{state}'" for state in sorted(final))
    is_open = f"r.state NOT IN ({ends})" if ends else "TRUE"
    stretch = "r.id BETWEEN {first} AND {last}"
    return Fill(
        table,
        "INSERT INTO kernel_audience (tenant_id, kind, record_pk, day, open, rank)"
        f" SELECT r.tenant_id, '{kind}', r.id, {day}, {is_open}, {rank} FROM {table} r WHERE {stretch}"
        " ON CONFLICT (kind, record_pk, tenant_id) DO NOTHING",
        f"UPDATE kernel_audience AS a SET day = {day}, open = {is_open}, rank = {rank} FROM {table} r"
        f" WHERE a.kind = '{kind}' AND a.record_pk = r.id AND {stretch}",
        walled=["kernel_audience"],
    )
