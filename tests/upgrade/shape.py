"""Make an empty database one way or the other and tell what it is like: `python -m tests.upgrade.shape steps|once`."""

from __future__ import annotations

import json
import re
import sys
from typing import Any


def main(way: str) -> None:
    """Make the tables of the database of the settings, and print their shape."""
    from django.core.management import call_command
    from django.db import connection

    from lianti.cli import migrate, start

    start.django(role="owner")
    if way == "steps":
        call_command("migrate", verbosity=0, interactive=False)
    else:
        migrate.make_tables()
    sys.stdout.write(json.dumps({"shape": shape(connection), "missing": start.pending()}, default=str))


def shape(there: Any) -> dict[str, Any]:
    """Return of each table its columns, and its indexes and constraints by name; the order of columns says nothing."""
    found: dict[str, Any] = {}
    with there.cursor() as cursor:
        for table in there.introspection.table_names(cursor):
            columns = there.introspection.get_table_description(cursor, table)
            bounds = there.introspection.get_constraints(cursor, table)
            found[table] = {
                "columns": {one.name: (one.type_code, one.null_ok, one.display_size, one.default) for one in columns},
                # SQLite numbers what has no name in the order in which it was written.
                "bounds": sorted(
                    [
                        "" if re.match(r"__|fk_\d", name) else name,
                        str(sorted(said["columns"] or []) if said["check"] else said["columns"]),
                        *(str(said[kind]) for kind in ("primary_key", "unique", "foreign_key", "check", "index")),
                    ]
                    for name, said in bounds.items()
                ),
            }
    return found


if __name__ == "__main__":
    main(sys.argv[1])
