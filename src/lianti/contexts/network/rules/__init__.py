"""Who may add to the directory, bind institutions, see their relations and say who is one person."""

from lianti.contexts.network.rules.doubts import DOUBT_FLOW, DOUBTS
from lianti.contexts.network.rules.tables import (
    GROUP_FLOW,
    INSTITUTION_FLOW,
    INSTITUTIONS,
    PERSON_FLOW,
    RELATION_FLOW,
    RELATIONS,
    available,
    figures_visible_to,
    may_add_person,
    may_confirm,
    relation_waits,
    relations_visible_to,
)
from lianti.contexts.network.rules.walls import PERSONAL, WALLS

__all__ = [
    "DOUBTS",
    "DOUBT_FLOW",
    "GROUP_FLOW",
    "INSTITUTIONS",
    "INSTITUTION_FLOW",
    "PERSONAL",
    "PERSON_FLOW",
    "RELATIONS",
    "RELATION_FLOW",
    "WALLS",
    "available",
    "figures_visible_to",
    "may_add_person",
    "may_confirm",
    "relation_waits",
    "relations_visible_to",
]
