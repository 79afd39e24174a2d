"""What is told of activities: frozen facts, never tables to write to."""

from lianti.contexts.activities.queries.lines import ActivityLine, ActivityLines, activities, last_week, of_relation
from lianti.contexts.activities.queries.page import ActivityPage, activity_file, activity_page, extra_facts
from lianti.contexts.activities.queries.story import Told, told

__all__ = [
    "ActivityLine",
    "ActivityLines",
    "ActivityPage",
    "Told",
    "activities",
    "activity_file",
    "activity_page",
    "extra_facts",
    "last_week",
    "of_relation",
    "told",
]
