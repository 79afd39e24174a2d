"""Reading and cleaning in a process of their own: a hostile file can take its time and memory, not the worker's."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import msgspec

import lianti
from lianti.contexts.intake.domain.alone import Answer, answer
from lianti.contexts.intake.domain.cleaned import Cleaned
from lianti.contexts.intake.domain.source import Source

SECONDS = 120
GIGABYTES = 2
_PROGRAM = "lianti.contexts.intake.domain.alone"
_HOME = str(Path(lianti.__path__[0]).parent)


class Unreadable(Exception):
    """The document gave no text; `reason` is a key of `labels.BROKEN` or of the reader's notes, with its values."""

    def __init__(self, reason: str, values: dict[str, str | int] | None = None) -> None:
        self.reason, self.values = reason, values or {}
        super().__init__(reason)


def read_and_clean(content: bytes, name: str, form: str) -> tuple[Source, Cleaned]:
    """Return what the bytes say and the story in it. Raises Unreadable: refused, too slow, or the process broke."""
    command = [sys.executable, "-m", _PROGRAM, name, form, str(GIGABYTES)]
    try:
        done = subprocess.run(  # noqa: S603 - ourselves
            command,
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={**os.environ, "PYTHONPATH": _HOME},
        )
    except subprocess.TimeoutExpired:
        raise Unreadable("too_slow") from None
    if done.returncode != 0:
        raise Unreadable("crashed")
    return checked(msgspec.json.decode(done.stdout, type=Answer))


def read_and_clean_here(content: bytes, name: str, form: str) -> tuple[Source, Cleaned]:
    """Do the same in this very process, which is quicker: for bytes of our own making only. Raises Unreadable."""
    return checked(answer(content, name, form))


def checked(given: Answer) -> tuple[Source, Cleaned]:
    """Return source and story of an answer that has them. Raises Unreadable."""
    if given.source is None or given.cleaned is None:
        raise Unreadable(given.refused or "crashed", given.values)
    if not given.cleaned.text.strip():
        raise Unreadable("no_text")
    return given.source, given.cleaned
