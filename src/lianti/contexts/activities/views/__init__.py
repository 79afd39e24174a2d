"""Pages of activities."""

from lianti.contexts.activities.views.entering import edit, new
from lianti.contexts.activities.views.listing import activities
from lianti.contexts.activities.views.panels import relation_panel
from lianti.contexts.activities.views.record import activity, download, move
from lianti.contexts.activities.views.weekly import week

__all__ = ["activities", "activity", "download", "edit", "move", "new", "relation_panel", "week"]
