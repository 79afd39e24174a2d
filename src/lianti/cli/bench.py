"""Measure. Each measurement is a file in bench/ with a `main(arguments) -> dict`, run from the checkout alone."""

import argparse
import importlib.util
import json
import sys
from pathlib import Path

from lianti.config.env import CHECKOUT

PASSES_ON = True
BENCH = CHECKOUT / "bench"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Ask for a name, offer --json."""
    parser.add_argument("name", nargs="?", help="which measurement; none: list them")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")


def run(options: argparse.Namespace) -> int:
    """Run one measurement with the rest of the arguments; list them when none is named."""
    if not options.name:
        print("\n".join(names()) or "There is no measurement here.")
        return 0
    path = BENCH / f"{options.name}.py"
    if options.name not in names():
        print(f"There is no measurement “{options.name}”. There are: {', '.join(names())}", file=sys.stderr)
        return 2
    result = _module(path).main(options.rest)
    print(json.dumps(result, ensure_ascii=False, indent=None if options.json else 2))
    return 0


def names() -> list[str]:
    """Return the measurements of this checkout."""
    return sorted(path.stem for path in BENCH.glob("*.py") if not path.stem.startswith("_"))


def _module(path: Path):  # type: ignore[no-untyped-def]
    sys.path.insert(0, str(path.parent))
    spec = importlib.util.spec_from_file_location(f"bench_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
