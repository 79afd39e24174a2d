"""Who supports, who is supported, who has the say."""

from lianti.contexts.intake.domain.grammar.page import Page
from lianti.contexts.intake.domain.grammar.parties import Parties
from lianti.contexts.intake.domain.proposals import Relation


def assign(page: Page, parties: Parties, relation: Relation | None) -> None:
    """Who supports, who is supported, who has the say."""
    return None
