"""Which months of two sides are closed, and where what comes too late counts instead."""

from __future__ import annotations

from datetime import date

from lianti.contexts.ledger.domain.due import add_months
from lianti.contexts.ledger.models import Closing, Entry
from lianti.contexts.ledger.states import ClosingState
from lianti.lib.dates import month_of

SHUT = (ClosingState.CLOSED, ClosingState.REOPENING)


def is_closed(giver_id: int, receiver_id: int, day: date) -> bool:
    """Say whether the month of `day` is closed between the two."""
    return any_closed(giver_id, receiver_id, day, day)


def any_closed(giver_id: int, receiver_id: int, first: date, last: date | None) -> bool:
    """Say whether a month with a day from first to last is closed between the two."""
    span = {"month__gte": month_of(first), "month__lte": month_of(last or first)}
    return Closing.objects.filter(giver_id=giver_id, receiver_id=receiver_id, state__in=SHUT, **span).exists()


def of_closed(entry: Entry) -> bool:
    """Say whether an entry is of a closed month: of the one it moved to, else of any that it has a day in."""
    moved = month_of(entry.count_day) != month_of(entry.day)
    return any_closed(entry.giver_id, entry.receiver_id, entry.count_day, None if moved else entry.day_to)


def counting_day(giver_id: int, receiver_id: int, day: date) -> date:
    """Give the day itself while its month is open, else the first day of the next open month."""
    rows = Closing.objects.filter(giver_id=giver_id, receiver_id=receiver_id, month__gte=month_of(day), state__in=SHUT)
    closed = set(rows.values_list("month", flat=True))
    while month_of(day) in closed:
        day = add_months(month_of(day), 1)
    return day
