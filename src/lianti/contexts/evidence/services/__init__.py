"""Keeping files, handing them out, erasing them."""

from lianti.contexts.evidence.services.files import FILE_FLOW, PART, Grant, Held, erase, fetch, part, read, store
from lianti.contexts.evidence.services.handing import response
from lianti.contexts.evidence.services.tied import Upload, hand_out, keep, uploads

__all__ = [
    "FILE_FLOW",
    "PART",
    "Grant",
    "Held",
    "Upload",
    "erase",
    "fetch",
    "hand_out",
    "keep",
    "part",
    "read",
    "response",
    "store",
    "uploads",
]
