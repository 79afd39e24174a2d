"""A template tried with an example as a program of its own: so much memory, so many seconds, and nothing else."""

from __future__ import annotations

import json
import resource
import subprocess
import sys

from lianti.contexts.papers.domain.filling import MOST_UNPACKED, Unfillable, fill
from lianti.contexts.papers.domain.kinds import PaperKind, PaperRows, Placeholder

SECONDS, MEMORY = 10, 2**30


def tried(document: bytes, kind: PaperKind) -> None:
    """Fill a document with the example of its kind. Raises Unfillable, also where it takes too long or too much."""
    plain = [[one.code, one.example] for one in kind.placeholders]
    tables = [[rows.code, [[one.code, one.example] for one in rows.columns]] for rows in kind.rows]
    said = json.dumps([plain, tables]).encode()
    try:
        answer = subprocess.run(
            [sys.executable, "-P", "-m", "lianti.contexts.papers.domain.alone"],
            input=len(said).to_bytes(4, "big") + said + document,
            capture_output=True,
            timeout=SECONDS * 2,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unfillable("long") from error
    if answer.returncode:
        raise Unfillable("long")
    why, what = json.loads(answer.stdout)
    if why:
        raise Unfillable(why, what)


def main() -> None:
    """Answer for what comes in on standard input: why it is unfit, or nothing."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    given = sys.stdin.buffer.read()
    end = 4 + int.from_bytes(given[:4], "big")
    plain, tables = json.loads(given[4:end])
    rows = tuple(PaperRows(code, "", tuple(Placeholder(c, "", e) for c, e in columns)) for code, columns in tables)
    kind = PaperKind("tried", ("",), tuple(Placeholder(code, "", example) for code, example in plain), (), rows)
    why, what = "", ""
    try:
        if len(fill(given[end:], kind, kind.example())) > MOST_UNPACKED:
            why = "large"
    except Unfillable as unfit:
        why, what = unfit.why, unfit.what
    sys.stdout.write(json.dumps([why, what]))


if __name__ == "__main__":
    main()
