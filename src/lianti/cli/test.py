"""Run all tests: on SQLite, then on PostgreSQL as the web role when LIANTI_TEST_DATABASE_URL is set.

Where both run, what needs no database runs on the first alone and what opens a browser on the second alone. Of the
whole suite what is dear takes turns: each day one half runs on the first and the other on the second, the next day the
other way round. With --nightly all of it runs on both, and longer. --coverage runs what `reached.py` asks for, and
asks it.

Everything else on the line goes to pytest, for instance: ./lianti test src/lianti/kernel -k engine
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from lianti.cli import reached
from lianti.config import env, values

PASSES_ON = True
FAST = ["--fast"]
A_DAY = 24 * 3600
EACH_CORE = ["-n", "auto", "--dist", "worksteal"]  # the whole suite; a chosen part starts quicker alone


def add_options(parser: argparse.ArgumentParser) -> None:
    """Offer --fast and the choice of one database."""
    parser.add_argument("--fast", action="store_true", help="leave out what is slow, opens a page or a database")
    parser.add_argument("--nightly", action="store_true", help="everything on both databases, and the long forms")
    parser.add_argument("--coverage", action="store_true", help="what the tests must reach, measured on both databases")
    parser.add_argument("--only", choices=["sqlite", "postgresql"], help="one database only")


def run(options: argparse.Namespace) -> int:
    """Run pytest once per database, stopping at the first that fails; return its exit code."""
    postgresql = os.environ.get("LIANTI_TEST_DATABASE_URL", "")
    if postgresql:
        _refuse_other(postgresql)
    wanted = ["SQLite", "PostgreSQL"] if options.coverage else plan(options, postgresql)
    if "PostgreSQL" in wanted:
        refuse_unreachable(postgresql)
    for line in left_out(options, postgresql):
        print(line, flush=True)
    code, sharing = 0, shares(options, wanted, int(time.time() // A_DAY))
    for name in wanted:
        print(f"\nTests on {name}\n", flush=True)
        more = [*reached.OPTIONS, *["--cov-append"] * (name == "PostgreSQL")] if options.coverage else []
        code = pytest(options, postgresql if name == "PostgreSQL" else "", [*sharing, *more])
        if code:
            return code
    return reached.check() if options.coverage else code


def plan(options: argparse.Namespace, postgresql: str) -> list[str]:
    """Return the databases to run on, in order."""
    if options.only:
        return ["SQLite" if options.only == "sqlite" else "PostgreSQL"]
    return ["SQLite", "PostgreSQL"] if postgresql and not options.fast else ["SQLite"]


def shares(options: argparse.Namespace, wanted: list[str], day: int) -> list[str]:
    """Return what lets two runs share the work: one day for both, though midnight may come between them.

    A part that was asked for, and what coverage must see, takes no turns.
    """
    if len(wanted) < 2 or options.nightly:
        return []
    return ["--shared"] if options.coverage or options.rest else ["--shared", "--turn", str(day)]


def left_out(options: argparse.Namespace, postgresql: str) -> list[str]:
    """Return one line for each part that does not run, with the reason."""
    lines = []
    if options.fast:
        lines.append("Left out by --fast: tests that are slow, open a page or a database.")
    elif not postgresql and options.only != "sqlite":
        lines.append("Left out: PostgreSQL, because LIANTI_TEST_DATABASE_URL is not set (docs/postgresql.md).")
    chromium = Path(os.environ.get("LIANTI_CHROMIUM", "/usr/bin/chromium"))
    if not options.fast and not chromium.exists():
        lines.append(f"Left out: browser tests, because there is no Chromium at {chromium}.")
    return lines


def _refuse_other(address: str) -> None:
    try:
        where = env.database(address)
    except values.Wrong as wrong:
        raise env.BadSettings(f"LIANTI_TEST_DATABASE_URL {wrong}.") from None
    if not where.is_postgresql:
        raise env.BadSettings("LIANTI_TEST_DATABASE_URL must be a PostgreSQL address.")


def refuse_unreachable(address: str) -> None:
    """Let a server pass that lets us in; pytest would tell of it in hundreds of lines. Raises BadSettings."""
    if not address:
        raise env.BadSettings("LIANTI_TEST_DATABASE_URL is missing: an address of PostgreSQL (docs/postgresql.md).")
    import psycopg

    try:  # the database that the address names need not be there: tests make and remove their own
        psycopg.connect(address, dbname="postgres", connect_timeout=5).close()
    except psycopg.Error as problem:
        raise env.BadSettings(f"LIANTI_TEST_DATABASE_URL leads to no server that lets us in: {problem}") from None


def pytest(options: argparse.Namespace, database: str, more: list[str]) -> int:
    """Run pytest in the checkout and pass its output through untouched; return its exit code."""
    kept = {"LIANTI_VENV", "LIANTI_CI", "LIANTI_CHROMIUM", "LIANTI_TEST_DATABASE_URL"}
    surroundings = {
        name: value for name, value in os.environ.items() if not name.startswith(env.PREFIX) or name in kept
    }
    if database:
        surroundings["LIANTI_DATABASE_URL"] = database
    parts = FAST if options.fast else [] if options.rest else EACH_CORE
    nightly = ["--nightly"] if options.nightly else []
    command = [sys.executable, "-m", "pytest", "-rs", *parts, *nightly, *more, *options.rest]
    process = subprocess.Popen(command, cwd=env.CHECKOUT, env=surroundings)
    signal.signal(signal.SIGTERM, lambda _number, _frame: process.send_signal(signal.SIGINT))
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # pytest got it too, and prints its own end
            continue
