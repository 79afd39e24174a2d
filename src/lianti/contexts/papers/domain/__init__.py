"""Papers as plain logic: what a kind of paper says, its codes, how its document is filled."""

from lianti.contexts.papers.domain.kinds import (
    PaperBlock,
    PaperFacts,
    PaperKind,
    PaperRows,
    PaperTable,
    PaperText,
    Placeholder,
    SealPlaces,
)

__all__ = ["PaperBlock", "PaperFacts", "PaperKind", "PaperRows", "PaperTable", "PaperText", "Placeholder", "SealPlaces"]
