"""What is told of documents and their proposals: frozen facts, never tables to write to."""

from lianti.contexts.intake.queries.existing import Existing
from lianti.contexts.intake.queries.known import known
from lianti.contexts.intake.queries.lines import (
    BatchPage,
    DocumentLine,
    DocumentLines,
    batch,
    cards,
    document_line,
    documents,
    find_documents,
    of_relation,
)
from lianti.contexts.intake.queries.marking import Paragraph, RepairShown, Stretch
from lianti.contexts.intake.queries.outcomes import Quote, quotes
from lianti.contexts.intake.queries.review import Group, ProposalLine, ReviewPage, SourceLine, proposal_line, review
from lianti.contexts.intake.queries.taking import READERS, TAKERS, may_read, may_take_in

__all__ = [
    "READERS",
    "TAKERS",
    "BatchPage",
    "DocumentLine",
    "DocumentLines",
    "Existing",
    "Group",
    "Paragraph",
    "ProposalLine",
    "Quote",
    "RepairShown",
    "ReviewPage",
    "SourceLine",
    "Stretch",
    "batch",
    "cards",
    "document_line",
    "documents",
    "find_documents",
    "known",
    "may_read",
    "may_take_in",
    "of_relation",
    "proposal_line",
    "quotes",
    "review",
]
