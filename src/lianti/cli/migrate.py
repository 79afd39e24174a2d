"""Bring the database up to date. On PostgreSQL this runs as the owner and makes the roles that own nothing."""

import argparse
from typing import Any

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
    from django.db import connection

    from lianti.kernel import walls

    walls.lift()
    if not connection.introspection.table_names():
        make_tables()
    call_command("migrate", verbosity=0 if quiet else 1, interactive=False)
    walls.install()


def make_tables() -> None:
    """Make all tables of an empty database from the models, and note every migration as applied.

    Applied one after another the migrations draw the models of all rooms anew for each table and constraint, which
    takes most of a minute; what they do to rows has nothing to do here. tests/upgrade holds both ways to be one.
    """
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder

    recorder = MigrationRecorder(connection)
    with connection.schema_editor() as editor:  # one transaction on both databases: all of it or nothing
        models: list[Any] = [recorder.Migration, *apps.get_models()]
        for model in models:
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        recorder.migration_qs.bulk_create(
            recorder.Migration(app=app, name=name) for app, name in MigrationLoader(None).graph.nodes
        )
