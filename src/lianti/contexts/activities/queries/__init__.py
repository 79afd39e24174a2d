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
from lianti.contexts.activities.queries.lines import ActivityLine, any_in, line, of_days
from lianti.contexts.activities.queries.listing import KIND, ActivityAsks, ActivityRow, repeats, rows
from lianti.contexts.activities.queries.month import Mark, OwnMonth, own_month, tell_days
from lianti.contexts.activities.queries.page import ActivityPage, activity_page, extra_facts, files
from lianti.contexts.activities.queries.week import Pattern, patterns, patterns_of_last_week

__all__ = [
    "KIND",
    "RECORDERS",
    "ActivityAsks",
    "ActivityLine",
    "ActivityPage",
    "ActivityRow",
    "Desk",
    "Mark",
    "Nameable",
    "OwnMonth",
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
    "own_month",
    "patterns",
    "patterns_of_last_week",
    "people",
    "repeats",
    "rows",
    "tell_days",
]
