"""Figures: Chinese and Arabic numerals with what they count."""

from lianti.contexts.intake.domain.grammar.page import Page
from lianti.contexts.intake.domain.proposals import Figure


def find(page: Page) -> tuple[Figure, ...]:
    """Figures: Chinese and Arabic numerals with what they count."""
    return ()
