"""Needs: shortfalls, difficulties, requests, and whose."""

from lianti.contexts.intake.domain.grammar.page import Page
from lianti.contexts.intake.domain.grammar.parties import Parties
from lianti.contexts.intake.domain.proposals import Need, Person


def find(page: Page, parties: Parties, people: tuple[Person, ...]) -> tuple[Need, ...]:
    """Needs: shortfalls, difficulties, requests, and whose."""
    return ()
