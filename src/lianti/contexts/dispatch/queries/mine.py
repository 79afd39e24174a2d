"""What a posted person's own month says of their posting: where they are now, and what is known of each day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from lianti.contexts.activities.queries import Mark as Shown
from lianti.contexts.dispatch import words
from lianti.contexts.dispatch.domain import grid
from lianti.contexts.dispatch.domain.counting import ONE_DAY, Mark, Sealed
from lianti.contexts.dispatch.domain.grid import Marked, Origin
from lianti.contexts.dispatch.models import AttendanceMark, Leave, LeaveSlip, Posting
from lianti.contexts.dispatch.queries import months
from lianti.contexts.dispatch.queries.postings import KIND, place
from lianti.contexts.dispatch.states import COMING, HERE, LEFT, AttendanceState, LeaveKind, SlipState
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts
from lianti.lib import workdays
from lianti.lib.actor import Actor
from lianti.lib.dates import next_month
from lianti.lib.errors import Sentence
from lianti.records.cells import State

_TONES = {
    Mark.PRESENT: "done",
    Mark.NIGHT: "done",
    Mark.REST: "",
    Mark.LEAVE: "waiting",
    Mark.LATE: "late",
    Mark.EARLY: "late",
    Mark.ABSENT: "late",
}
MOST = 20  # postings of one person that touch a month


@dataclass(frozen=True)
class OwnPosting:
    """A posting as its own person reads it; `until` is the last day as ordered, `away` the leave that runs."""

    url: str
    place: InstitutionFacts
    what: str
    since: date
    until: date
    state: State
    away: Sentence = ""
    back: date | None = None


def own_postings(actor: Actor, first: date, last: date) -> list[OwnPosting]:
    """Return the actor's own postings that touch these days, the latest first."""
    rows = _rows(actor, first, last)
    places = network.institutions_by_id({row.recipient_id for row in rows})
    away = {one.posting_id: one for one in Leave.objects.filter(posting__in=rows, back__isnull=True)}
    return [_own(row, places[row.recipient_id], away.get(row.pk)) for row in rows]


def _own(row: Posting, where: InstitutionFacts, away: Leave | None) -> OwnPosting:
    return OwnPosting(
        url=KIND.url(row.public_id),
        place=where,
        what=place(row),
        since=row.arrived or row.from_date,
        until=row.left or row.to_date,
        state=words.POSTING.state(row.state),
        away=words.LEAVES[away.kind] if away else "",
        back=away.until + ONE_DAY if away else None,
    )


def own_days(actor: Actor, month: date, today: date) -> Mapping[date, Shown]:
    """Return what is known of the actor's own days of a month.

    Sealed days as they were sealed; the others up to today as leave, what the keeper marked so far and the calendar
    give them; beyond, leave that is approved.
    """
    last = next_month(month) - ONE_DAY
    rows = [row for row in _rows(actor, month, last) if row.arrived is not None]
    ids = [row.pk for row in rows]
    away, sealed, marks = months.away_of(ids, today), months.sealed_days(ids), _marks(ids, month, last)
    found: dict[date, Shown] = {}
    for row in rows:
        span = grid.inside(month, row.arrived or month, min(row.left or today, today))
        if span is not None:
            cells = grid.cells(span, away.get(row.pk, ()), marks.get(row.pk, {}), workdays.is_workday)
            before = sealed.get(row.pk, {})
            found |= {day: _mark(before.get(day) or Sealed(cell.mark, cell.leave)) for day, cell in cells.items()}
    return _coming(ids, month, last) | found


def _coming(postings: Sequence[int], first: date, last: date) -> dict[date, Shown]:
    """Return the days of leave that is approved and has not begun."""
    found: dict[date, Shown] = {}
    rows = LeaveSlip.objects.filter(posting__in=postings, state=SlipState.APPROVED, first__lte=last, until__gte=first)
    for one in rows.order_by("first"):
        mark = grid.MARK_OF.get(LeaveKind(one.kind), Mark.LEAVE)
        shown = _mark(Sealed(mark, one.kind if mark is Mark.LEAVE else ""))
        days = (
            max(one.first, first) + n * ONE_DAY for n in range((min(one.until, last) - max(one.first, first)).days + 1)
        )
        found |= dict.fromkeys(days, Shown(shown.sign, shown.word, "moving"))
    return found


def _marks(postings: Sequence[int], first: date, last: date) -> dict[int, dict[date, list[Marked]]]:
    found: dict[int, dict[date, list[Marked]]] = defaultdict(lambda: defaultdict(list))
    rows = AttendanceMark.objects.filter(posting__in=postings, day__range=(first, last), attendance__corrects=None)
    for one in rows.exclude(attendance__state=AttendanceState.DROPPED).order_by("day"):
        found[one.posting_id][one.day].append(Marked(Mark(one.mark), one.leave, Origin(one.origin)))
    return found


def _mark(said: Sealed) -> Shown:
    letter = grid.LETTER_OF[(said.mark, said.leave)]
    return Shown(str(words.SIGNS[letter]), words.letter_word(letter), _TONES.get(said.mark, "moving"))


def _rows(actor: Actor, first: date, last: date) -> list[Posting]:
    if actor.person_id is None:
        return []
    began = Q(arrived__lte=last) | Q(arrived__isnull=True, from_date__lte=last)
    ended = Q(left__isnull=True) | Q(left__gte=first)
    which = Q(person=actor.person_id, state__in=HERE | LEFT | COMING) & began & ended
    return KIND.visible(actor).narrowed(which).all(order=("-from_date", "-id"), most=MOST)
