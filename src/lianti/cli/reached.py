"""What tests reach, branch by branch: all of the rooms that the others stand on; of services no less than before.

`./lianti test --coverage` runs the tests of these rooms on both databases, measures them together, and asks here.
"""

import json
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lianti.config import env

ROOMS = [f"src/lianti/{room}" for room in ("kernel", "records", "contexts", "portal")]
OPTIONS = ["--cov", "--cov-report=", "-m", "not browser", *ROOMS, "tests/walls"]
WHOLE = ("src/lianti/kernel/*", "src/lianti/records/*", "src/lianti/*/states.py", "src/lianti/*/rules.py", "*/rules/*")
SERVICES = ("src/lianti/contexts/*/services/*", "src/lianti/contexts/*/services.py")
LEAST = "tests/architecture/reached.toml"
Report = dict[str, Any]


def measured() -> Report:
    """Return what the last run measured, file by file."""
    from coverage import Coverage

    kept = Coverage(data_file=str(env.CHECKOUT / ".coverage"), config_file=str(env.CHECKOUT / "pyproject.toml"))
    kept.load()
    with TemporaryDirectory() as folder:
        file = Path(folder) / "report.json"
        kept.json_report(outfile=str(file))
        files: Report = json.loads(file.read_text(encoding="utf-8"))["files"]
    return files


def faults(files: Report, least: dict[str, float]) -> Iterator[str]:
    """Yield each line and branch that must be reached and is not, and each context whose services fell behind."""
    for name, one in sorted(files.items()):
        if any(fnmatch(name, pattern) for pattern in WHOLE):
            yield from (f"{name}:{line} is not reached" for line in one["missing_lines"])
            yield from (f"{name}:{here} never goes on to {there}" for here, there in one["missing_branches"])
    shares = services(files)
    for context in sorted(shares.keys() | least.keys()):
        share, floor = shares.get(context, 0.0), least.get(context)
        if floor is None:
            yield f"services of {context}: write {share} into {LEAST}"
        elif share < floor:
            yield f"services of {context}: {share} % is less than {floor} %"


def services(files: Report) -> dict[str, float]:
    """Return how much of each context's services is reached, lines and branches together, in per cent."""
    sums: dict[str, tuple[int, int]] = {}
    for name, one in files.items():
        if any(fnmatch(name, pattern) for pattern in SERVICES):
            context, said = name.split("/")[3], one["summary"]
            done, of = sums.get(context, (0, 0))
            done += said["covered_lines"] + said["covered_branches"]
            sums[context] = (done, of + said["num_statements"] + said["num_branches"])
    return {context: done * 1000 // of / 10 for context, (done, of) in sums.items() if of}


def check() -> int:
    """Print what is not reached, or how much of the services is; return the exit code."""
    files = measured()
    wrong = list(faults(files, tomllib.loads((env.CHECKOUT / LEAST).read_text(encoding="utf-8"))))
    told = ", ".join(f"{context} {share} %" for context, share in sorted(services(files).items()))
    print("\n".join(wrong) or f"Every branch of kernel, records, states and rules is reached. Of services: {told}.")
    return 1 if wrong else 0
