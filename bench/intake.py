"""How fast documents become proposals: reading, cleaning and the grammar, in one process.

Documents are the project's own labelled ones, damaged as mirrors damage pages. Figures: documents per second (one
process), the process's highest memory, the seconds of a page of 1 MB, and how time grows from 250 kB to 1 MB (4 is
linear: a page four times as long takes four times as long).

    ./lianti bench intake [--documents 200] [--json]
"""

import argparse
import json
import resource
import statistics
import sys
import time
from typing import Any

from lianti.config.env import CHECKOUT
from lianti.contexts.intake.domain.cleaning import clean
from lianti.contexts.intake.domain.damage import damage
from lianti.contexts.intake.domain.extracting import extractor
from lianti.contexts.intake.domain.known import Known
from lianti.contexts.intake.domain.reading import read

GOLD = CHECKOUT / "tests" / "intake" / "corpus" / "gold"
DAMAGES = ("traditional", "pinyin", "half_tags", "byte_shift")
QUARTER, WHOLE = 250_000, 1_000_000
ROUNDS = 3


def main(words: list[str]) -> dict[str, Any]:
    """Measure and return the figures."""
    parser = argparse.ArgumentParser(prog="./lianti bench intake", description=__doc__)
    parser.add_argument("--documents", type=int, default=200, help="how many damaged documents to read")
    options = parser.parse_args(words)
    stories = [json.loads(path.read_text(encoding="utf-8"))["clean_text"] for path in sorted(GOLD.glob("*.json"))]
    files = damaged(stories, options.documents)
    whole(files[0])  # dictionaries are loaded once, not for every document
    began = time.perf_counter()
    each = [timed(file) for file in files]
    took = time.perf_counter() - began
    small, large = (statistics.median(timed(page(stories, size)) for _ in range(ROUNDS)) for size in (QUARTER, WHOLE))
    return {
        "documents": len(files),
        "characters": sum(len(file.decode()) for file in files),
        "documents_per_second": round(len(files) / took, 1),
        "milliseconds_median": round(statistics.median(each) * 1000, 1),
        "milliseconds_worst": round(max(each) * 1000, 1),
        "seconds_1mb": round(large, 2),
        "seconds_250kb": round(small, 2),
        "growth_250kb_to_1mb": round(large / small, 2),
        "peak_memory_mb": round(peak(), 1),
    }


def damaged(stories: list[str], count: int) -> list[bytes]:
    """So many files, each a story with the damage of its turn: none, one kind, two kinds…"""
    out = []
    for number in range(count):
        kinds = DAMAGES[: number % (len(DAMAGES) + 1)]
        out.append(damage(stories[number % len(stories)], kinds, number).encode())
    return out


def page(stories: list[str], size: int) -> bytes:
    """A saved page of about so many bytes: many stories, one after the other."""
    lines: list[str] = []
    length = number = 0
    while length < size:
        story = stories[number % len(stories)]
        lines += [f"<p>第{number}件：{line}</p>" for line in story.split("\n")]  # repeated lines would be dropped
        length += len(story.encode())
        number += 1
    words = f"<!DOCTYPE html><html><head><title>长页</title></head><body>{''.join(lines)}</body></html>".encode()
    return words[:size].decode("utf-8", "ignore").encode()


def timed(file: bytes) -> float:
    """Seconds from bytes to proposals."""
    began = time.perf_counter()
    whole(file)
    return time.perf_counter() - began


def whole(file: bytes) -> None:
    """Read, clean, propose."""
    extractor()(clean(read(file)), Known())


def peak() -> float:
    """The highest memory of this process so far, in MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20
