"""Bring the database up to date. On PostgreSQL this runs as the owner and makes the roles that own nothing."""

import argparse

from lianti.cli import start


def add_options(parser: argparse.ArgumentParser) -> None:
    """Offer --quiet."""
    parser.add_argument("--quiet", action="store_true", help="print only problems")


def run(options: argparse.Namespace) -> int:
    """Apply what is missing and make the roles; return 1 when the database cannot be reached or made."""
    start.django(role="owner")
    from django.db import DatabaseError, connection

    try:
        missing = start.pending(new=True)
        migrate(quiet=options.quiet)
    except (start.Unready, DatabaseError) as problem:
        return start.complain(problem)
    if not options.quiet:
        print(f"Applied {len(missing)} migrations." if missing else "The database is up to date.")
        if connection.vendor == "postgresql":
            print("The roles lianti_web and lianti_jobs are in place.")
    return 0


def migrate(*, quiet: bool = False) -> None:
    """Apply all migrations, then make roles and walls as the rooms declare them."""
    from django.core.management import call_command

    from lianti.kernel import walls

    walls.lift()
    call_command("migrate", verbosity=0 if quiet else 1, interactive=False)
    walls.install()
