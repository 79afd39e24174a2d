"""Check settings, database and system checks, without changing anything."""

import argparse
from collections.abc import Iterator

from lianti.cli import start
from lianti.config import env


def add_options(parser: argparse.ArgumentParser) -> None:
    """Offer nothing."""


def run(_options: argparse.Namespace) -> int:
    """Print what is wrong, and what is only unwise; return 1 when anything is wrong."""
    start.django(serving=True, role="lianti_web")
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    try:
        start.refuse_unmigrated()
        call_command("check", databases=["default"])
    except (SystemCheckError, start.Unready) as problem:
        return start.complain(problem)
    from lianti.kernel import outbox

    for line in unwise():
        print(f"Warning: {line}")
    print("Settings, database and migrations are in order.")
    if failed := outbox.failed():
        print(f"Jobs that failed in the last seven days: {failed}. The worker's log says why.")
    return 0


def unwise() -> Iterator[str]:
    """Yield what works but should not stay so where real people work."""
    if not env.HTTPS.value():
        yield (
            "people who come by plain HTTP are let in, and others in their network can read along, passwords too.\n"
            "  Put HTTPS in front and name its address in LIANTI_ORIGINS (docs/postgresql.md)."
        )
    data = env.DATA.value()
    if data.is_dir() and data.stat().st_mode & 0o077:
        yield f"others on this machine can look into {data}. Shut it: chmod 700 {data}"
