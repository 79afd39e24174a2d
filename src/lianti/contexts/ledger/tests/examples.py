"""Reads the tables of docs/ledger-examples.md."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

PAPER = Path(__file__).parents[5] / "docs" / "ledger-examples.md"
Row = dict[str, str]
_NAMES = {"account": "accounts", "on": "moves", "total over": "totals", "workload of": "workloads"}


@dataclass
class Example:
    title: str
    accounts: list[Row] = field(default_factory=list)
    moves: list[Row] = field(default_factory=list)
    sums: list[Row] = field(default_factory=list)
    totals: list[Row] = field(default_factory=list)
    workloads: list[Row] = field(default_factory=list)

    def days(self) -> list[date]:
        """Give every day on which something happens or is looked at."""
        return sorted({date.fromisoformat(row["on"]) for row in self.moves + self.sums})

    def moves_on(self, day: date) -> list[Row]:
        return [row for row in self.moves if row["on"] == day.isoformat()]

    def sums_on(self, day: date) -> list[Row]:
        return [row for row in self.sums if row["on"] == day.isoformat()]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _tables(text: str) -> list[tuple[list[str], list[Row]]]:
    found = []
    for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        lines = block.strip().splitlines()
        head = _cells(lines[0])
        found.append((head, [dict(zip(head, _cells(line), strict=True)) for line in lines[2:]]))
    return found


def read() -> list[Example]:
    """Give every example of the page, in its order."""
    found = []
    for part in re.split(r"^## ", PAPER.read_text(encoding="utf-8") + "\n", flags=re.MULTILINE)[1:]:
        example = Example(part.splitlines()[0])
        for head, rows in _tables(part):
            name = "sums" if head[:2] == ["on", "account"] else _NAMES[head[0]]
            getattr(example, name).extend(rows)
        found.append(example)
    return found


def options(row: Row) -> dict[str, str]:
    """Read the last column: words alone and words with a value."""
    found = {}
    for word in row["also"].split():
        name, _, value = word.partition("=")
        found[name] = value
    if "P>K" in found or "P>L" in found or "K>P" in found:
        found["sides"] = next(key for key in found if ">" in key)
    return found


def people(row: Row) -> list[tuple[str, str | None]]:
    """Read 'expert=6 second=4' as names with own shares."""
    pairs = [word.partition("=") for word in row["people"].split()]
    return [(name, share or None) for name, _, share in pairs]


def day_or_none(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
