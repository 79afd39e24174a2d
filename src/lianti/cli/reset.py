"""Reset somebody's password from the operator's shell: where no second administrator is there to do it."""

import argparse
import sys

from lianti.cli import start


def add_options(parser: argparse.ArgumentParser) -> None:
    """Ask whose."""
    parser.add_argument("--phone", required=True, help="the phone number that they sign in with")


def run(options: argparse.Namespace) -> int:
    """Reset, journal it, and print the one-time code; return 1 with the reason when that cannot be."""
    try:
        start.django(serving=True, role="lianti_jobs")
        start.refuse_unmigrated()
    except start.Unready as problem:
        return start.complain(problem)
    from django.utils import timezone

    from lianti.journeys import inviting

    issued = inviting.reset(at=timezone.now(), phone=options.phone)
    if issued is None:
        print(f"Nobody who acts for an institution signs in with {options.phone}.", file=sys.stderr)
        return 1
    print(f"{issued.name} is told. One-time code, shown only now: {issued.code}")
    return 0
