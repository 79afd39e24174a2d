"""Commitments: who promises whom what."""

from lianti.contexts.intake.domain.grammar.page import Page
from lianti.contexts.intake.domain.grammar.parties import Parties
from lianti.contexts.intake.domain.proposals import Commitment, Person


def find(page: Page, parties: Parties, people: tuple[Person, ...]) -> tuple[Commitment, ...]:
    """Commitments: who promises whom what."""
    return ()
