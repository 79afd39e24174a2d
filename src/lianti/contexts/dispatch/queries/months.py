"""A month of a pair as it stands: who was there on which days, what was marked, what of it was sealed.

Read by the services that seal a month no less than by its page: what is shown is what is sealed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from lianti.contexts.dispatch.domain import grid
from lianti.contexts.dispatch.domain.counting import ON_DUTY, ONE_DAY, Away, Mark, Sealed
from lianti.contexts.dispatch.domain.grid import GridCell, Marked, Origin
from lianti.contexts.dispatch.flow import ATTENDANCE as FLOW
from lianti.contexts.dispatch.models import Attendance, AttendanceLine, AttendanceMark, Leave, LeaveSlip, Posting
from lianti.contexts.dispatch.queries import rulebook
from lianti.contexts.dispatch.states import STANDS, AttendanceState, LeaveKind, SlipState
from lianti.contexts.ledger import queries as ledger
from lianti.contexts.network import queries as network
from lianti.lib import workdays
from lianti.lib.dates import next_month

Counts = Callable[[date, Mark], bool]
Cells = Mapping[date, GridCell]
Marks = Mapping[int, Mapping[date, Sequence[Marked]]]


@dataclass(frozen=True)
class PostingMonth:
    """One posting in a month. `posting` is read only. `cells`: of its days there up to the day it is read."""

    posting: Posting
    cells: Cells
    counts: Counts

    @property
    def sums(self) -> grid.MonthSums:
        """What its cells add up to."""
        return grid.sums(self.cells.values(), self.counts)


def stays_in(month: date, sender_id: int | None = None, recipient_id: int | None = None) -> list[Posting]:
    """Return the postings of a pair that have a day in a month; of all pairs where none is named."""
    rows = Posting.objects.filter(Q(left=None) | Q(left__gte=month), arrived__lt=next_month(month))
    if sender_id is not None:
        rows = rows.filter(sender=sender_id, recipient=recipient_id)
    return list(rows.order_by("department", "arrived", "pk"))


def months_of(attendance: Attendance, today: date) -> list[PostingMonth]:
    """Return the month of everybody whom a sheet covers, as it stands on a day: sealed months as they were sealed."""
    rows = stays_in(attendance.month, attendance.sender_id, attendance.recipient_id)
    sealed = lines_of(attendance) if frozen(attendance) else {}
    marks = _marks(attendance)
    computed = _computed(attendance, rows, today, marks)
    if attendance.corrects_id is not None:
        rows = [row for row in rows if row.pk in marks or row.pk in sealed]
    counts = counting_rules(rows, attendance.month)
    made = []
    for row in rows:
        cells = _thawed(attendance.month, sealed[row.pk], computed[row.pk]) if row.pk in sealed else computed[row.pk]
        if cells:
            made.append(PostingMonth(row, cells, counts[row.pk]))
    return made


def code_of(attendance: Attendance, today: date) -> str:
    """Return the code that a print of a sheet bears, as it stands today."""
    found = months_of(attendance, today)
    return grid.print_code((one.posting.number, grid.written(attendance.month, one.cells)) for one in found)


def months_together(
    rows: Sequence[Posting], month: date, sheets: Iterable[Attendance], today: date
) -> dict[int, PostingMonth]:
    """Return a month of many postings of any pairs, by posting, in a constant number of queries.

    What is sealed stands as it was sealed, supplementary sheets included; of the rest what stands today.
    """
    begun = [one.pk for one in sheets]
    lines = AttendanceLine.objects.filter(
        Q(attendance__corrects=None, attendance__state=AttendanceState.CONFIRMED) | Q(attendance__state__in=STANDS),
        posting__in=[row.pk for row in rows],
        attendance__month=month,
    )
    sealed = {line.posting_id: line for line in lines.order_by("attendance", "pk")}
    marks = _marks_of(AttendanceMark.objects.filter(attendance__in=begun))
    computed, counts = _cells(month, rows, today, marks, {}), counting_rules(rows, month)
    return {
        row.pk: PostingMonth(
            row,
            _thawed(month, sealed[row.pk], computed[row.pk]) if row.pk in sealed else computed[row.pk],
            counts[row.pk],
        )
        for row in rows
    }


def without_marks(attendance: Attendance, rows: Sequence[Posting], today: date) -> dict[int, Cells]:
    """Return what stands in a month by itself: leave, the calendar, and what was sealed before."""
    return _computed(attendance, rows, today, {})


def frozen(attendance: Attendance) -> bool:
    """Say whether the receiving institution has sealed what stands in a sheet."""
    return attendance.state == AttendanceState.CONFIRMED or attendance.state in STANDS


def lines_of(attendance: Attendance) -> dict[int, AttendanceLine]:
    """Return the lines of one sheet, by posting."""
    return {line.posting_id: line for line in AttendanceLine.objects.filter(attendance=attendance.pk)}


def standing_lines(month: Attendance) -> dict[int, AttendanceLine]:
    """Return what is sealed of a month by now, supplementary sheets included, by posting."""
    sheets = Q(attendance=month.pk) | Q(attendance__corrects=month.pk)
    rows = AttendanceLine.objects.filter(sheets, attendance__state__in=STANDS).order_by("attendance", "pk")
    return {line.posting_id: line for line in rows}


def sealed_days(postings: Iterable[int]) -> dict[int, dict[date, Sealed]]:
    """Return what is sealed of each posting's days, by posting; of a day sealed twice the later sheet says it."""
    rows = AttendanceLine.objects.filter(posting__in=list(postings), attendance__state__in=STANDS)
    found: dict[int, dict[date, Sealed]] = defaultdict(dict)
    for posting, month, letters in rows.order_by("attendance", "pk").values_list(
        "posting_id", "attendance__month", "letters"
    ):
        found[posting] |= grid.read(month, letters)
    return found


def away_of(postings: Iterable[int], today: date) -> dict[int, list[Away]]:
    """Return who was, is or will be away, by posting: who has not come back is away until then.

    Approved leave counts from its first day, whether or not a job has begun it.
    """
    postings = list(postings)
    found: dict[int, list[Away]] = defaultdict(list)
    for one in Leave.objects.filter(posting__in=list(postings)).order_by("first", "pk"):
        last = max(one.until, today) if one.back is None else one.back - ONE_DAY
        found[one.posting_id].append(Away(one.first, last, grid.MARK_OF.get(LeaveKind(one.kind), Mark.LEAVE), one.kind))
    for slip in LeaveSlip.objects.filter(posting__in=list(postings), state=SlipState.APPROVED).order_by("first", "pk"):
        mark = grid.MARK_OF.get(LeaveKind(slip.kind), Mark.LEAVE)
        last = slip.until if slip.first > today else max(slip.until, today)
        found[slip.posting_id].append(Away(slip.first, last, mark, slip.kind))
    return found


def counting_rules(rows: Sequence[Posting], month: date) -> dict[int, Counts]:
    """Return for each posting which marks count on which day: a day on duty, and what the rules in force say beside.

    Leave never counts here: a rule may count it towards a promotion, but nobody was there.
    """
    relations = network.relations_by_id({row.relation_id for row in rows})
    places = network.institutions_by_id({pk for row in rows for pk in (row.sender_id, row.recipient_id)})
    book = network.rule_book(rulebook.USE, relation_ids=tuple(relations))
    end, made = next_month(month) - ONE_DAY, dict[tuple[int, str], Counts]()
    for row in rows:
        key = (row.relation_id, rulebook.own_purpose(row.kind))
        if key not in made:
            case = rulebook.case_of(relations[key[0]], key[1], places[row.sender_id], places[row.recipient_id])
            made[key] = _counts(book.stretches(month, end, case))
    return {row.pk: made[(row.relation_id, rulebook.own_purpose(row.kind))] for row in rows}


def _counts(stretches: Sequence[network.RuleStretch]) -> Counts:
    spans = [
        (
            one.first,
            one.last,
            {
                Mark.REST: one.value("rest", True),
                Mark.TRAINING: one.value("training", False),
                Mark.CALLED_HOME: one.value("called_home", False),
            },
        )
        for one in stretches
    ]

    def counts(day: date, mark: Mark) -> bool:
        if mark in ON_DUTY:
            return True
        return any(bool(beside.get(mark)) for first, last, beside in spans if first <= day <= last)

    return counts


def _computed(attendance: Attendance, rows: Sequence[Posting], today: date, marks: Marks) -> dict[int, Cells]:
    """Return the cells as leave, marks and the calendar give them; of what is sealed already, as it was sealed."""
    before = {pk: grid.read(attendance.month, line.letters) for pk, line in _before(attendance).items()}
    return _cells(attendance.month, rows, today, marks, before)


def _cells(
    month: date, rows: Sequence[Posting], today: date, marks: Marks, before: Mapping[int, Mapping[date, Sealed]]
) -> dict[int, Cells]:
    away, found = away_of([row.pk for row in rows], today), dict[int, Cells]()
    for row in rows:
        span = grid.inside(month, row.arrived or row.from_date, min(row.left or today, today))
        found[row.pk] = {}
        if span is not None:
            told = marks.get(row.pk, {})
            computed = grid.cells(span, away.get(row.pk, ()), told, workdays.is_workday)
            found[row.pk] = _over(computed, before.get(row.pk, {}), told)
    return found


def _before(attendance: Attendance) -> dict[int, AttendanceLine]:
    """Return what was sealed before a supplementary sheet was begun."""
    if attendance.corrects_id is None:
        return {}
    rows = standing_lines(Attendance(pk=attendance.corrects_id))
    return {posting: line for posting, line in rows.items() if line.attendance_id < attendance.pk}


def _over(computed: Cells, before: Mapping[date, Sealed], told: Mapping[date, Sequence[Marked]]) -> Cells:
    """Return cells of a supplementary sheet: what was sealed, but for what it changes."""
    return {
        day: GridCell(day, before[day].mark, before[day].leave, cell.workday)
        if day in before and day not in told
        else cell
        for day, cell in computed.items()
    }


def _thawed(month: date, line: AttendanceLine, computed: Cells) -> Cells:
    """Return cells as they were sealed, with the notes that stand beside their marks."""
    cells = {}
    for day, said in cells_of(month, line.letters).items():
        now = computed.get(day)
        same = now is not None and (now.mark, now.leave) == (said.mark, said.leave)
        cells[day] = now if same and now else said
    return cells


def cells_of(month: date, letters: str) -> dict[date, GridCell]:
    """Return the cells that letters say."""
    return {
        day: GridCell(day, said.mark, said.leave, workdays.is_workday(day))
        for day, said in grid.read(month, letters).items()
    }


def _marks(attendance: Attendance) -> Marks:
    return _marks_of(AttendanceMark.objects.filter(attendance=attendance.pk))


def _marks_of(rows: QuerySet[AttendanceMark]) -> Marks:
    found: dict[int, dict[date, list[Marked]]] = defaultdict(lambda: defaultdict(list))
    for one in rows.order_by("day"):
        marked = Marked(Mark(one.mark), one.leave, Origin(one.origin), one.note, one.late)
        found[one.posting_id][one.day].append(marked)
    return found


def typed_of(attendance: Attendance, posting: Posting) -> dict[date, tuple[str, str]]:
    """Return what was typed of one posting's days: letter and note."""
    told = _marks(attendance).get(posting.pk, {})
    return {
        day: (grid.LETTER_OF[one.said], one.note)
        for day, marks in told.items()
        for one in marks
        if one.origin is Origin.TYPED
    }


def by_hand(attendance: Attendance) -> set[int]:
    """Return whose days of a sealed sheet somebody has declared by hand already: declared again they count twice."""
    pair = (attendance.sender_id, attendance.recipient_id)
    beside = ledger.said_beside(*pair, "dispatch", attendance.month, source_kind=FLOW.kind)
    there = Posting.objects.filter(pk__in=lines_of(attendance).keys()).values_list("person_id", flat=True)
    return set(there) & beside.keys()
