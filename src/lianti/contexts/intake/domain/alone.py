"""Reading and cleaning as a program of its own, within bounds: bytes in, JSON out."""

from __future__ import annotations

import resource
import sys
from dataclasses import dataclass, field

import msgspec

from lianti.contexts.intake.domain.cleaned import Cleaned
from lianti.contexts.intake.domain.source import Source


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one document: its text and story, or the key of why not, with the values of its words."""

    source: Source | None = None
    cleaned: Cleaned | None = None
    refused: str = ""
    values: dict[str, str | int] = field(default_factory=dict)


def answer(content: bytes, name: str, form: str) -> Answer:
    """Read and clean; what the reader refuses is an answer, too."""
    from lianti.contexts.intake.domain import cleaning, reading

    try:
        source = reading.read(content, name=name, kind=form)
    except reading.Refused as why:
        return Answer(refused=why.reason, values=dict(why.values))
    return Answer(source, cleaning.clean(source))


def main() -> None:
    """Answer for what comes in on standard input, within so much memory."""
    name, form, gigabytes = sys.argv[1:4]
    most = int(gigabytes) * 2**30
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    sys.stdout.buffer.write(msgspec.json.encode(answer(sys.stdin.buffer.read(), name, form)))


if __name__ == "__main__":
    main()
