"""Clinical specialties and departments."""

from lianti.contexts.intake.domain.grammar.page import Page
from lianti.contexts.intake.domain.grammar.parties import Parties
from lianti.contexts.intake.domain.proposals import Specialty


def find(page: Page, parties: Parties) -> tuple[Specialty, ...]:
    """Clinical specialties and departments."""
    return ()
