"""Institutions: suffixes walked left to a stop character, nested and distributive names, aliases."""

from lianti.contexts.intake.domain.grammar.page import Page
from lianti.contexts.intake.domain.grammar.parties import Parties
from lianti.contexts.intake.domain.known import Known


def find(page: Page, known: Known) -> Parties:
    """Institutions: suffixes walked left to a stop character, nested and distributive names, aliases."""
    return Parties()
