"""Makes and fills the database of a demo; run by `lianti demo` in a process of its own, never by hand.

`lianti.demo.fill(scale=…, progress=…)` does the filling; it calls `progress(done, total)` as it goes.
"""

import argparse
import importlib
import sys

from lianti.cli import migrate, start
from lianti.cli.progress import Progress


def main() -> int:
    """Migrate an empty database and fill it; on interruption the folder is simply thrown away."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=int, default=1)
    options = parser.parse_args()
    progress = Progress()
    start.django(serving=True)
    from django.db import connection

    hurry()
    with progress.step("Database"):
        migrate.migrate(quiet=True)
    label = "Example network, two years"
    with progress.step(label):
        filler = getattr(importlib.import_module("lianti.demo"), "fill", None)
        if filler is not None:
            filler(scale=options.scale, progress=lambda done, total: progress.detail(label, f"{done}/{total}"))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA optimize")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return 0


def hurry() -> None:
    """Leave out what makes single commits safe: an interrupted fill is thrown away as a whole."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.execute("PRAGMA temp_store=MEMORY")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
