"""The document as a news item."""

from lianti.contexts.intake.domain.grammar.page import Page
from lianti.contexts.intake.domain.proposals import Publicity


def find(page: Page) -> Publicity | None:
    """The document as a news item."""
    return None
