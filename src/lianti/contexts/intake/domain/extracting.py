"""The plug for extractors: what turns a cleaned text into proposals. Ours is a grammar; a site may add another."""

from collections.abc import Callable
from typing import Protocol

from lianti.contexts.intake.domain.cleaned import Cleaned
from lianti.contexts.intake.domain.grammar import propose
from lianti.contexts.intake.domain.known import Known
from lianti.contexts.intake.domain.proposals import Proposals


class Extractor(Protocol):
    """Reads a cleaned text, knowing what the network knows, and proposes records with spans into that text."""

    def __call__(self, cleaned: Cleaned, known: Known) -> Proposals:
        """Propose; never raise for what a text says."""


_extractors: dict[str, Callable[[Cleaned, Known], Proposals]] = {"grammar": propose}


def register(name: str, extractor: Extractor) -> None:
    """Offer an extractor under a name that the setting LIANTI_INTAKE_EXTRACTOR may choose."""
    _extractors[name] = extractor


def extractor(name: str = "grammar") -> Callable[[Cleaned, Known], Proposals]:
    """The extractor of that name; KeyError when nobody registered it."""
    return _extractors[name]
