"""Pages of agreements, promises and goals."""

from lianti.contexts.agreements.views.drafting import new, new_goal, new_signed
from lianti.contexts.agreements.views.lists import GOALS, LIST, PROMISES
from lianti.contexts.agreements.views.pages import GOAL_PAGE, PAGE, PROMISE_PAGE, download, promise
from lianti.contexts.agreements.views.panels import institution_panel, papers_panel, promises_panel

__all__ = [
    "GOALS",
    "GOAL_PAGE",
    "LIST",
    "PAGE",
    "PROMISES",
    "PROMISE_PAGE",
    "download",
    "institution_panel",
    "new",
    "new_goal",
    "new_signed",
    "papers_panel",
    "promise",
    "promises_panel",
]
