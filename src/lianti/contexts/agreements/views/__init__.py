"""Pages of agreements and promises."""

from lianti.contexts.agreements.views.drafting import new, new_signed
from lianti.contexts.agreements.views.goals import move_goal, set_goal
from lianti.contexts.agreements.views.listing import agreements
from lianti.contexts.agreements.views.panels import institution_panel, papers_panel, promises_panel
from lianti.contexts.agreements.views.record import agreement, close_promise, download, move, promise

__all__ = [
    "agreement",
    "agreements",
    "close_promise",
    "download",
    "institution_panel",
    "move",
    "move_goal",
    "new",
    "new_signed",
    "papers_panel",
    "promise",
    "promises_panel",
    "set_goal",
]
