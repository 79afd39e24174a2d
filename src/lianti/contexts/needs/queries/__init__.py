"""What is told of needs: frozen facts, never tables to write to."""

from lianti.contexts.needs.queries.lines import (
    NeedLine,
    NeedLines,
    cards,
    find_needs,
    needs,
    of_institution,
    of_relation,
)
from lianti.contexts.needs.queries.page import Address, NeedPage, addresses, may_state, need_page

__all__ = [
    "Address",
    "NeedLine",
    "NeedLines",
    "NeedPage",
    "addresses",
    "cards",
    "find_needs",
    "may_state",
    "need_page",
    "needs",
    "of_institution",
    "of_relation",
]
