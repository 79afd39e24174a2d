"""What the ledger's month sheet says of attendance: how many days of a person's month there are by mark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from lianti.contexts.dispatch import rules, words
from lianti.contexts.dispatch.domain.counting import Mark
from lianti.contexts.dispatch.models import Attendance, Posting
from lianti.contexts.dispatch.queries import months
from lianti.contexts.dispatch.states import AttendanceState
from lianti.contexts.ledger.queries import WhoseDays
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence


def days_by_mark(actor: Actor, whose: WhoseDays, today: date) -> Sequence[tuple[Sentence, int]]:
    """Return the days up to today by mark: sealed days as sealed, others as they stand; of no kind of leave."""
    pair = {"sender": whose.giver_id, "recipient": whose.receiver_id}
    seen = Posting.objects.filter(rules.POSTINGS.visible_to(actor), person=whose.person_id, **pair)
    known = set(seen.values_list("pk", flat=True))
    rows = [row for row in months.stays_in(whose.month, *pair.values()) if row.pk in known] if known else []
    if not rows:
        return []
    sheets = Attendance.objects.filter(month=whose.month, **pair).exclude(state=AttendanceState.DROPPED)
    found = months.months_together(rows, whose.month, sheets, today)
    # A person's stays do not overlap; should two say something of one day, the later one does.
    marks = {day: cell.mark for row in rows for day, cell in found[row.pk].cells.items()}
    many = Counter(marks.values())
    return [(words.MARKS[mark], many[mark]) for mark in Mark if many[mark]]
