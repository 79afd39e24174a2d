"""Tables of dispatch."""

from lianti.contexts.dispatch.models.past import PastFile, PastService, PastTransition
from lianti.contexts.dispatch.models.sending import Batch, BatchTransition, Leave, Posting, PostingTransition

__all__ = [
    "Batch",
    "BatchTransition",
    "Leave",
    "PastFile",
    "PastService",
    "PastTransition",
    "Posting",
    "PostingTransition",
]
