"""Pages of documents that were taken in."""

from lianti.contexts.intake.views.deciding import accept, correct, decide, move
from lianti.contexts.intake.views.listing import documents
from lianti.contexts.intake.views.panels import quotes_panel, relation_panel
from lianti.contexts.intake.views.record import document, download, progress
from lianti.contexts.intake.views.taking import batch, batch_progress, new

__all__ = [
    "accept",
    "batch",
    "batch_progress",
    "correct",
    "decide",
    "document",
    "documents",
    "download",
    "move",
    "new",
    "progress",
    "quotes_panel",
    "relation_panel",
]
