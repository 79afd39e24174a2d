"""Load networks from files: each whole or not at all, the same file again changes nothing."""

import argparse
import sys
from pathlib import Path

from lianti.cli import start


def add_options(parser: argparse.ArgumentParser) -> None:
    """Ask for files, offer --dry-run."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a lianti-network/1 file")
    parser.add_argument("--dry-run", action="store_true", help="say what would be loaded, change nothing")


def run(options: argparse.Namespace) -> int:
    """Load file after file and print what each brought; return 1 when one was refused."""
    try:
        start.django(role="lianti_jobs")
        start.refuse_unmigrated()
    except start.Unready as problem:
        return start.complain(problem)
    from django.utils import timezone

    from lianti.journeys import loader

    report = loader.load(options.files, at=timezone.now(), dry_run=options.dry_run)
    print("\n".join(report.lines()), file=sys.stdout if report.ok else sys.stderr)
    return 0 if report.ok else 1
