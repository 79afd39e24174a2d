"""Check style, types, the order of imports, texts, migrations and generated pages. The tests run the same checks."""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

from lianti.config.env import CHECKOUT

BIN = Path(sys.executable).parent
LIANTI = [sys.executable, "-P", "-m", "lianti.cli.main"]
CHECKS: dict[str, list[str]] = {
    "ruff": [str(BIN / "ruff"), "check"],
    "imports": [str(BIN / "lint-imports")],
    "texts": [*LIANTI, "messages", "--check"],
    "migrations": [sys.executable, "-P", "-m", "django", "makemigrations", "--check", "--dry-run"],
    "docs": [*LIANTI, "docs", "--check"],
    "types": [str(BIN / "mypy"), "src"],
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Offer the names of single checks."""
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these: {' '.join(CHECKS)}")


def run(options: argparse.Namespace) -> int:
    """Run the checks and print what each found; return 1 when any found something."""
    bad = []
    for name in options.names or CHECKS:
        began = time.monotonic()
        code, said = check(name)
        print(f"{name}: {'in order' if code == 0 else 'NOT in order'} ({time.monotonic() - began:.1f} s)")
        if code:
            bad.append(name)
            print(said)
    return 1 if bad else 0


def check(name: str) -> tuple[int, str]:
    """Run one check in the checkout; return its exit code and what it printed."""
    surroundings = {**os.environ, "NO_COLOR": "1"}
    result = subprocess.run(CHECKS[name], cwd=CHECKOUT, env=surroundings, capture_output=True, text=True, check=False)
    return result.returncode, (result.stdout + result.stderr).strip()
