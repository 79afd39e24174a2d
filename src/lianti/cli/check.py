"""Check settings, database and system checks, without changing anything."""

import argparse

from lianti.cli import start


def add_options(parser: argparse.ArgumentParser) -> None:
    """Offer nothing."""


def run(_options: argparse.Namespace) -> int:
    """Print what is wrong; return 1 when anything is."""
    start.django(serving=True, role="lianti_web")
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    try:
        call_command("check", databases=["default"])
        start.refuse_unmigrated()
    except (SystemCheckError, start.Unready) as problem:
        return start.complain(problem)
    from lianti.kernel import outbox

    print("Settings, database and migrations are in order.")
    if failed := outbox.failed():
        print(f"Jobs that failed in the last seven days: {failed}. The worker's log says why.")
    return 0
