"""Events with day and place."""

from lianti.contexts.intake.domain.grammar.page import Page
from lianti.contexts.intake.domain.grammar.parties import Parties
from lianti.contexts.intake.domain.proposals import Event


def find(page: Page, parties: Parties) -> tuple[Event, ...]:
    """Events with day and place."""
    return ()
