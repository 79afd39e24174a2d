"""Tables of dispatch."""

from lianti.contexts.dispatch.models.sending import Batch, BatchTransition, Leave, Posting, PostingTransition

__all__ = ["Batch", "BatchTransition", "Leave", "Posting", "PostingTransition"]
