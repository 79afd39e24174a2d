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
from lianti.contexts.activities.queries.lines import ActivityLine, Pattern, any_in, line, of_days, patterns_of_last_week
from lianti.contexts.activities.queries.listing import KIND, ActivityAsks, ActivityRow, rows
from lianti.contexts.activities.queries.page import ActivityPage, activity_page, extra_facts, files

__all__ = [
    "KIND",
    "RECORDERS",
    "ActivityAsks",
    "ActivityLine",
    "ActivityPage",
    "ActivityRow",
    "Desk",
    "Nameable",
    "Pattern",
    "People",
    "activity_page",
    "any_in",
    "desk",
    "extra_facts",
    "files",
    "line",
    "may_record",
    "nameable",
    "of_days",
    "patterns_of_last_week",
    "people",
    "rows",
]
