"""The day to verify by: it belongs to the month's sheet, and follows the calendar of working days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Max, OuterRef, Subquery

from lianti.contexts.ledger import queries
from lianti.contexts.ledger.domain.due import add_months
from lianti.contexts.ledger.models import Entry, EntryPerson, EntryTransition
from lianti.contexts.ledger.services import waiting
from lianti.contexts.ledger.states import EntryState
from lianti.lib import workdays
from lianti.lib.dates import month_of, shanghai_day

_DECLARING = ("declare", "redeclare", "correct", "adopt")


def verify_by(day: date, declared_on: date) -> date:
    """Give the later of the N-th working day after the month of `day` ends, and the N-th after the declaring."""
    month_ends = add_months(month_of(day), 1) - timedelta(days=1)
    return workdays.add(max(month_ends, declared_on), settings.OVERDUE_DAYS)


def follow_the_calendar(at: datetime) -> int:
    """Move the deadlines that a calendar published since has changed; return how many. Done as the system."""
    moves = EntryTransition.objects.filter(record=OuterRef("pk"), name__in=_DECLARING).values("record")
    declared = Entry.objects.filter(state=EntryState.DECLARED).annotate(
        declared_at=Subquery(moves.annotate(last=Max("at")).values("last"))
    )
    moved = []
    for entry in declared.iterator(chunk_size=2000):
        right = verify_by(entry.day, shanghai_day(entry.declared_at or entry.created_at))
        if right != entry.verify_by:
            entry.verify_by = right
            moved.append(entry)
    Entry.objects.bulk_update(moved, ["verify_by"], batch_size=500)
    rows = EntryPerson.objects.filter(entry__in=[entry.pk for entry in moved])
    receivers = dict(rows.values_list("sheet_id", "entry__receiver_id"))
    for sheet_id, due in sorted(queries.due_days(receivers).items()):
        waiting.open_sheet(sheet_id, receivers[sheet_id], due, at)
    return len(moved)
