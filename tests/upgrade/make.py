"""Make the data set of one commit: the same small example as SQLite file and as PostgreSQL dump, with a manifest.

    python tests/upgrade/make.py FOLDER --postgresql postgresql://owner@host:5432/postgres [--tree CHECKOUT]

Run it with the environment of the commit that the data set stands for (`--tree` when that is another checkout); it
needs pg_dump and a login that may make databases. Everything in it is invented (`lianti.demo`).
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import lzma
import os
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
JOURNAL_KEY = "an-open-key-that-protects-only-invented-data-0123456789"
SCALE, MONTHS = 0.01, 3
SQLITE, DUMP, ARCHIVE, MANIFEST = "lianti.sqlite3", "lianti.sql", "lianti.tar.xz", "manifest.json"
MOST_BYTES = 600_000


def main() -> int:
    """Make the data set and say how big it is; 1 when it is too big to be kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="such as tests/upgrade/data/2026-11")
    parser.add_argument("--postgresql", required=True, metavar="ADDRESS", help="where a database can be made")
    parser.add_argument("--tree", type=Path, default=HERE.parents[1], help="checkout of the commit (this one)")
    parser.add_argument("--today", type=date.fromisoformat, default=date(2026, 11, 23), help="day the example ends at")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="lianti-upgrade-") as scratch:
        start(options.tree.resolve(), Path(scratch))
        fill(options.today)
        files = {SQLITE: sqlite_file(Path(scratch)), DUMP: dumped(options.postgresql)}
        manifest = {"commit": commit(options.tree), "today": str(options.today), "journal_key": JOURNAL_KEY}
        manifest |= measured()
    size = pack(options.folder / ARCHIVE, files)
    (options.folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    print(f"{options.folder / ARCHIVE}: {size} bytes, at most {MOST_BYTES}")
    return 0 if size <= MOST_BYTES else 1


def start(tree: Path, scratch: Path) -> None:
    """Start Django on the code of that commit and an empty SQLite file."""
    sys.path[:0] = [str(tree / "src"), str(HERE.parents[1])]
    for name in [name for name in os.environ if name.startswith("LIANTI_")]:
        del os.environ[name]
    os.environ.update(
        DJANGO_SETTINGS_MODULE="lianti.config.settings",
        LIANTI_DATA=str(scratch),
        LIANTI_SECRET_KEY=JOURNAL_KEY,
        LIANTI_JOURNAL_KEY=JOURNAL_KEY,
    )
    import django

    django.setup()


def fill(today: date) -> None:
    """Migrate and fill."""
    from lianti.cli import migrate
    from lianti.demo import fill as fill_example

    migrate.migrate(quiet=True)
    fill_example(scale=SCALE, today=today, months=MONTHS)


def measured() -> dict[str, Any]:
    """Return rows, sums and journal of what was filled."""
    from tests.upgrade import measure

    return measure.measured()


def sqlite_file(scratch: Path) -> bytes:
    """Return the SQLite file without its gaps."""
    from django.db import connection

    path = scratch / "packed.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM INTO '{path}'")
    return path.read_bytes()


def dumped(address: str) -> bytes:
    """Return the same rows as a dump in plain SQL, from a database that this commit's migrations made."""
    with own_database(address) as own:
        copy_rows(own)
        plain = ["pg_dump", "--no-owner", "--no-privileges", "--inserts", "--rows-per-insert=500", own]
        said = subprocess.run(plain, capture_output=True, check=True).stdout.decode()
    # For psql alone; whoever reads the dump as SQL cannot use them, and their word is another at every dump.
    return re.sub(r"(?m)^\\(un)?restrict .*\n", "", said).encode()


@contextlib.contextmanager
def own_database(address: str, name: str = "") -> Iterator[str]:
    """Make a database that is gone afterwards, beside the one of this address; yield its address."""
    import psycopg
    from psycopg import sql

    name = name or f"lianti_upgrade_{os.getpid()}"
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    make = sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(sql.Identifier(name))
    # The database of the address may not be there: a test's own is made beside it.
    with psycopg.connect(re.sub(r"/[^/]*$", "/postgres", address), autocommit=True) as server:
        server.execute(drop)
        server.execute(make)
        try:
            yield re.sub(r"/[^/]*$", f"/{name}", address)
        finally:
            server.execute(drop)


def copy_rows(address: str) -> None:
    """Bring every row of the filled database, keys and all, into the one of this address."""
    from django.apps import apps
    from django.core.management import call_command
    from django.core.management.color import no_style
    from django.db import connections, transaction

    from lianti.config import env, settings

    connections.settings["copy"] = connections.configure_settings(
        {"default": {}, "copy": {**settings.database(env.database(address)), "TIME_ZONE": None}}
    )["copy"]
    there = connections["copy"]
    there.settings_dict["OPTIONS"].pop("pool")
    call_command("migrate", database="copy", verbosity=0, interactive=False)
    tables = apps.get_models(include_auto_created=True)
    with transaction.atomic(using="copy"), there.cursor() as cursor:
        names = ", ".join(table._meta.db_table for table in tables)
        cursor.execute(f"TRUNCATE {names} CASCADE")
        for table in tables:
            table._base_manager.using("copy").bulk_create(table._base_manager.using("default").all(), batch_size=500)
        for statement in there.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
    there.close()


def commit(tree: Path) -> str:
    """Return the commit of a checkout."""
    said = subprocess.run(["git", "-C", str(tree), "rev-parse", "HEAD"], capture_output=True, check=True, text=True)
    return said.stdout.strip()


def pack(path: Path, files: dict[str, bytes]) -> int:
    """Write the files into one archive, where what both hold takes its room once; return its size."""
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as archive:
        for name, content in files.items():
            about = tarfile.TarInfo(name)
            about.size = len(content)
            archive.addfile(about, io.BytesIO(content))
    best = {"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 4, "lp": 0, "pb": 0}
    path.write_bytes(lzma.compress(whole.getvalue(), filters=[best]))
    return path.stat().st_size


if __name__ == "__main__":
    sys.exit(main())
