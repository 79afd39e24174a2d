"""What a clean text proposes, by rules and word lists: who, with whom, what happened, is missing, was promised."""

from lianti.contexts.intake.domain.cleaned import Cleaned
from lianti.contexts.intake.domain.grammar import (
    commitments,
    events,
    figures,
    institutions,
    needs,
    people,
    publicity,
    relation,
    roles,
    specialties,
)
from lianti.contexts.intake.domain.grammar.page import Page
from lianti.contexts.intake.domain.known import Known
from lianti.contexts.intake.domain.proposals import Proposals


def propose(cleaned: Cleaned, known: Known | None = None) -> Proposals:
    """Everything that the text proposes, each list in the order of the text."""
    known = known or Known()
    page = Page(cleaned)
    parties = institutions.find(page, known)
    tie = relation.tell(page, parties)
    roles.assign(page, parties, tie)
    persons = people.find(page, parties, known)
    return Proposals(
        institutions=parties.proposed(),
        relation=tie,
        events=events.find(page, parties),
        people=persons,
        specialties=specialties.find(page, parties),
        needs=needs.find(page, parties, persons),
        commitments=commitments.find(page, parties, persons),
        figures=figures.find(page),
        publicity=publicity.find(page),
    )
