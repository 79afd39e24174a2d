"""Cleaning: characters first (what the bytes meant), then lines (what belongs to the story)."""

from lianti.contexts.intake.domain.cleaned import Cleaned
from lianti.contexts.intake.domain.cleaning.characters import restore
from lianti.contexts.intake.domain.cleaning.lines import pick
from lianti.contexts.intake.domain.source import Source


def clean(source: Source) -> Cleaned:
    """The story of a source, with the trace of what was repaired and left out."""
    return pick(source, restore(source.text))
