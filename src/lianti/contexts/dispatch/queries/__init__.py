"""What is told of batches and postings: frozen facts, never tables to write to."""

from lianti.contexts.dispatch.queries.batches import (
    BATCH,
    BatchAsks,
    BatchPage,
    batch_page,
    may_plan,
    relations_to_send,
)
from lianti.contexts.dispatch.queries.batches import rows as batch_rows
from lianti.contexts.dispatch.queries.postings import KIND, Asks, PostingPage, posting_page, rows

__all__ = [
    "BATCH",
    "KIND",
    "Asks",
    "BatchAsks",
    "BatchPage",
    "PostingPage",
    "batch_page",
    "batch_rows",
    "may_plan",
    "posting_page",
    "relations_to_send",
    "rows",
]
