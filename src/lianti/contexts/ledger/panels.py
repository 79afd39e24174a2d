"""What the ledger shows elsewhere: cards on the to-do list, texts in the inbox."""

from __future__ import annotations


def register() -> None:
    """Register cards and notices."""
