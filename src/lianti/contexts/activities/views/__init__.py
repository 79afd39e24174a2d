"""Pages of activities."""

from lianti.contexts.activities.views.entering import edit, new
from lianti.contexts.activities.views.listing import LIST, relation_panel
from lianti.contexts.activities.views.month import month
from lianti.contexts.activities.views.record import PAGE, download
from lianti.contexts.activities.views.weekly import week

__all__ = ["LIST", "PAGE", "download", "edit", "month", "new", "relation_panel", "week"]
