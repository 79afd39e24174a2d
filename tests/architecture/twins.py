"""How much of a context stands in another one in the same words: near-twins, a measure that may only shrink.

A line counts when it belongs to a run of four code lines that another context has too, once the nouns of each (the
names of its folder, its tables and its workflows) are blanked. Imports, docstrings, comments, empty lines, closing
brackets and lines that only name a parameter, a field or an argument (which the house rules make alike) are no code;
tests, migrations and templates are not looked at.

    python -m tests.architecture.twins [SRC]      prints the share of each context
"""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import TypeGuard

SRC = Path(__file__).resolve().parents[2] / "src" / "lianti"
RUN = 4
ONLY_NAMES = re.compile(r"\*,|\w+: [\w\[\]| .,\"]+( = [\w.\"]+)?,?|\w+=[\w.\"]+,|[\])}]+[,:]?|\) -> .*:")
LEFT_OUT = {"tests", "migrations", "locale"}


def shares(src: Path = SRC) -> dict[str, float]:
    """Return for each context the share of its code lines that are near-twins, in per cent."""
    runs: dict[tuple[str, ...], set[str]] = defaultdict(set)
    shapes: dict[str, list[list[str]]] = {}
    for room in sorted(path for path in (src / "contexts").iterdir() if (path / "apps.py").exists()):
        nouns = _nouns(room)
        shapes[room.name] = [
            _shape(path, nouns) for path in sorted(room.rglob("*.py")) if not LEFT_OUT & set(path.parts)
        ]
        for lines in shapes[room.name]:
            for start in range(len(lines) - RUN + 1):
                runs[tuple(lines[start : start + RUN])].add(room.name)
    return {name: _share(files, runs) for name, files in shapes.items()}


def _share(files: list[list[str]], runs: dict[tuple[str, ...], set[str]]) -> float:
    alike = whole = 0
    for lines in files:
        twins: set[int] = set()
        for start in range(len(lines) - RUN + 1):
            if len(runs[tuple(lines[start : start + RUN])]) > 1:
                twins |= set(range(start, start + RUN))
        alike, whole = alike + len(twins), whole + len(lines)
    return round(100 * alike / whole, 1) if whole else 0.0


def _nouns(room: Path) -> re.Pattern[str]:
    """Return a pattern of the context's own nouns: its name, its classes of tables, one by one and joined."""
    words = {room.name, room.name.rstrip("s")}
    for path in [*room.glob("models.py"), *room.glob("models/*.py"), *room.glob("states.py")]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        words |= {node.name.lower() for node in tree.body if isinstance(node, ast.ClassDef)}
    words |= {f"{word}s" for word in words} | {word.removesuffix("state") for word in words}
    longest = sorted((re.escape(word) for word in words if len(word) > 2), key=len, reverse=True)
    return re.compile("|".join(longest), re.IGNORECASE)


def _is_docstring(node: ast.AST) -> TypeGuard[ast.Expr]:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _shape(path: Path, nouns: re.Pattern[str]) -> list[str]:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    left_out: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom) or _is_docstring(node):
            left_out |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    lines = []
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if bare and not bare.startswith("#") and number not in left_out and not ONLY_NAMES.fullmatch(bare):
            lines.append(nouns.sub("X", bare))
    return lines


if __name__ == "__main__":
    for name, share in shares(Path(sys.argv[1]) if len(sys.argv) > 1 else SRC).items():
        sys.stdout.write(f"{name:<12}{share:5.1f} %\n")
