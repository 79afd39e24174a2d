"""How long a long export takes, and whether its memory stays flat: every entry of a hospital as a job of its own.

The world of `pages` is filled with as many entries as one wants; the job is asked for as the page asks for it and
done by `lianti worker --once`. Figures: seconds from the worker's start to its end, rows, bytes, and the most memory
that the worker held, beside the same of a small export: the two are equal where memory stays flat.

    ./lianti bench export [--rows 1000000] [--small 20000] [--only sqlite|postgresql] [--json]
"""

import argparse
import os
import subprocess
import sys
import time
from typing import Any

from _server import CHECKOUT, Place, postgresql, sqlite

FORMS = ("csv", "xlsx")
ASK = CHECKOUT / "bench" / "_ask_export.py"


def measured(place: Place, rows: int) -> dict[str, Any]:
    """Fill a database, let a worker write each form, and return the figures of each."""
    world = place.script(CHECKOUT / "bench" / "_world.py", "--rows", str(rows))
    found: dict[str, Any] = {}
    for form in FORMS:
        place.script(ASK, str(world["supporting"]["principal"]), form)
        begun = time.monotonic()
        worker = [sys.executable, "-c", MEASURE, sys.executable, "-m", "lianti.cli.main", "worker", "--once"]
        done = subprocess.run(worker, env=place.environment(), cwd=CHECKOUT, capture_output=True, text=True, check=True)
        seconds = time.monotonic() - begun
        made = place.script(ASK, str(world["supporting"]["principal"]), "")
        found[form] = {"seconds": round(seconds, 1), "worker_mib": int(done.stdout.split()[-1]) // 1024, **made}
    return found


# The most memory of a child, in KiB, is known to the parent that waited for it and for nobody else.
MEASURE = (
    "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL);"
    " print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)


def main(arguments: list[str]) -> dict[str, Any]:
    """Measure a small and a large export on each database."""
    parser = argparse.ArgumentParser(prog="bench export")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--small", type=int, default=20_000)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    options = parser.parse_args(arguments)
    found: dict[str, Any] = {"bench": "export", "small": options.small, "large": options.rows}
    makers = {"sqlite": sqlite, "postgresql": lambda: postgresql("lianti_bench_export")}
    for kind, make in makers.items():
        if options.only not in (None, kind) or (
            kind == "postgresql" and not os.environ.get("LIANTI_TEST_DATABASE_URL")
        ):
            found[kind] = "not measured"
            continue
        found[kind] = {}
        for size, rows in (("small", options.small), ("large", options.rows)):
            with make() as place:
                found[kind][size] = measured(place, rows)
    return found
