"""Reading and cleaning in a process of their own: a hostile file can take its time and memory, not the worker's."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import msgspec

import lianti
from lianti.contexts.intake.domain.alone import Answer
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


def checked(answer: Answer) -> tuple[Source, Cleaned]:
    """Return source and story of an answer that has them. Raises Unreadable."""
    if answer.source is None or answer.cleaned is None:
        raise Unreadable(answer.refused or "crashed", answer.values)
    if not answer.cleaned.text.strip():
        raise Unreadable("no_text")
    return answer.source, answer.cleaned
