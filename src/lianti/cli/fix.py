"""Mend what the style tools can mend."""

import argparse
import subprocess
import sys
from pathlib import Path

from lianti.config.env import CHECKOUT


def add_options(parser: argparse.ArgumentParser) -> None:
    """Offer paths."""
    parser.add_argument("paths", nargs="*", default=["."], help="only these files or folders")


def run(options: argparse.Namespace) -> int:
    """Run ruff's fixes; return its exit code."""
    ruff = str(Path(sys.executable).parent / "ruff")
    return subprocess.run([ruff, "check", "--fix", *options.paths], cwd=CHECKOUT, check=False).returncode
