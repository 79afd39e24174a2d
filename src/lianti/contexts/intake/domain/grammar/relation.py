"""The kind of tie."""

from lianti.contexts.intake.domain.grammar.page import Page
from lianti.contexts.intake.domain.grammar.parties import Parties
from lianti.contexts.intake.domain.proposals import Relation


def tell(page: Page, parties: Parties) -> Relation | None:
    """The kind of tie."""
    return None
