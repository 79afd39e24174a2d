"""Write what one institution sent as a network file: who, when, sealed months, earlier service, certificates."""

import argparse
import sys
from pathlib import Path

from lianti.cli import start


def add_options(parser: argparse.ArgumentParser) -> None:
    """Ask for the institution's code, offer --out."""
    parser.add_argument("code", help="the code of the institution that sent")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write it there instead of on the screen")


def run(options: argparse.Namespace) -> int:
    """Write the file; return 1 when there is no such institution."""
    try:
        start.django(role="lianti_jobs")
        start.refuse_unmigrated()
    except start.Unready as problem:
        return start.complain(problem)
    from django.utils import timezone

    from lianti.journeys import loader
    from lianti.lib.dates import shanghai_day
    from lianti.lib.errors import NotFound

    try:
        text = loader.tell(options.code, today=shanghai_day(timezone.now()))
    except NotFound:
        print(f"There is no institution with the code “{options.code}”.", file=sys.stderr)
        return 1
    if options.out is None:
        print(text, end="")
    else:
        options.out.write_text(text, "utf-8")
    return 0
