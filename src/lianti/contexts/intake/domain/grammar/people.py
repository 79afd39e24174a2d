"""People with title and institution."""

from lianti.contexts.intake.domain.grammar.page import Page
from lianti.contexts.intake.domain.grammar.parties import Parties
from lianti.contexts.intake.domain.known import Known
from lianti.contexts.intake.domain.proposals import Person


def find(page: Page, parties: Parties, known: Known) -> tuple[Person, ...]:
    """People with title and institution."""
    return ()
