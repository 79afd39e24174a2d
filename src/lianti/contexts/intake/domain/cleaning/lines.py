"""Which lines are the story, and which are the page around it."""

from lianti.contexts.intake.domain.cleaned import Cleaned
from lianti.contexts.intake.domain.cleaning.characters import Restored
from lianti.contexts.intake.domain.source import Source


def pick(source: Source, restored: Restored) -> Cleaned:
    """Keep the title and the story's paragraphs; say of every other line why it was left out."""
    return Cleaned(restored.text, published=source.published, medium=source.medium)
