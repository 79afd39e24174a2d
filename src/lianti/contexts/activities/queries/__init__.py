"""What is told of activities: frozen facts, never tables to write to."""

from lianti.contexts.activities.queries.desk import (
    RECORDERS,
    Desk,
    Nameable,
    People,
    desk,
    may_record,
    nameable,
    people,
)
from lianti.contexts.activities.queries.lines import (
    ActivityLine,
    ActivityLines,
    Pattern,
    activities,
    called,
    find_activities,
    of_days,
    of_relation,
    patterns_of_last_week,
    same_as,
)
from lianti.contexts.activities.queries.page import ActivityPage, activity_file, activity_page, extra_facts
from lianti.contexts.activities.queries.story import Told, told

__all__ = [
    "RECORDERS",
    "ActivityLine",
    "ActivityLines",
    "ActivityPage",
    "Desk",
    "Nameable",
    "Pattern",
    "People",
    "Told",
    "activities",
    "activity_file",
    "activity_page",
    "called",
    "desk",
    "extra_facts",
    "find_activities",
    "may_record",
    "nameable",
    "of_days",
    "of_relation",
    "patterns_of_last_week",
    "people",
    "same_as",
    "told",
]
