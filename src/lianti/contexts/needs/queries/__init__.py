"""What is told of needs: frozen facts, never tables to write to."""

from lianti.contexts.needs.queries.listing import KIND, Asks, NeedLine, NeedRow, need, open_needs, rows
from lianti.contexts.needs.queries.page import Address, NeedPage, addresses, may_state, need_page

__all__ = [
    "KIND",
    "Address",
    "Asks",
    "NeedLine",
    "NeedPage",
    "NeedRow",
    "addresses",
    "may_state",
    "need",
    "need_page",
    "open_needs",
    "rows",
]
