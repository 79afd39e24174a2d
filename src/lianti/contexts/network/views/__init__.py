"""Pages of the network: directory, institution, relation, person."""

from lianti.contexts.network.views.doubts import doubt, move_doubt
from lianti.contexts.network.views.institutions import (
    confirm_figure,
    institution,
    institutions,
    move_institution,
    new_institution,
)
from lianti.contexts.network.views.people import move_person, new_person, people_table, person
from lianti.contexts.network.views.relations import move_relation, new_relation, relation, relations

__all__ = [
    "confirm_figure",
    "doubt",
    "institution",
    "institutions",
    "move_doubt",
    "move_institution",
    "move_person",
    "move_relation",
    "new_institution",
    "new_person",
    "new_relation",
    "people_table",
    "person",
    "relation",
    "relations",
]
