"""Pages of needs."""

from lianti.contexts.needs.views.listing import needs
from lianti.contexts.needs.views.panels import institution_panel, relation_panel
from lianti.contexts.needs.views.record import move, need
from lianti.contexts.needs.views.stating import new

__all__ = ["institution_panel", "move", "need", "needs", "new", "relation_panel"]
