"""Keeping files, handing them out, erasing them."""

from lianti.contexts.evidence.services.files import FILE_FLOW, Grant, Held, erase, fetch, read, store
from lianti.contexts.evidence.services.handing import response
from lianti.contexts.evidence.services.tied import Upload, hand_out, keep, uploads

__all__ = [
    "FILE_FLOW",
    "Grant",
    "Held",
    "Upload",
    "erase",
    "fetch",
    "hand_out",
    "keep",
    "read",
    "response",
    "store",
    "uploads",
]
