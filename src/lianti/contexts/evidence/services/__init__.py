"""Keeping files, handing them out, erasing them."""

from lianti.contexts.evidence.services.files import FILE_FLOW, Grant, Held, erase, fetch, read, store
from lianti.contexts.evidence.services.handing import response

__all__ = ["FILE_FLOW", "Grant", "Held", "erase", "fetch", "read", "response", "store"]
