"""Months of attendance as rows of a list, and what the page, the paper and the file of one show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch import rules, words
from lianti.contexts.dispatch.domain import grid
from lianti.contexts.dispatch.domain.counting import Mark
from lianti.contexts.dispatch.domain.grid import GridCell
from lianti.contexts.dispatch.flow import ATTENDANCE as FLOW
from lianti.contexts.dispatch.models import Attendance, Posting
from lianti.contexts.dispatch.queries import months, presence
from lianti.contexts.dispatch.queries.months import PostingMonth
from lianti.contexts.dispatch.states import RUNNING, STANDS, AttendanceState
from lianti.contexts.evidence import queries as evidence
from lianti.contexts.evidence.queries import FileFacts
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, PersonFacts
from lianti.lib import workdays
from lianti.lib.actor import Actor
from lianti.lib.dates import month_of, next_month
from lianti.lib.errors import NotFound, Sentence
from lianti.records import asking
from lianti.records.asking import Asked, Choice, County, Named, PlaceIs, asks
from lianti.records.asking import Month as MonthIs
from lianti.records.cells import Link, Pair, Quantity, State
from lianti.records.kinds import Brief, Kind

SIDES = ("sender", "recipient")
Checked = Mapping[tuple[int, date], Sentence]


def title(row: Attendance) -> str:
    """Return how a month is named: 2026-11, and that it is a supplement where it is one."""
    name = f"{row.month:%Y-%m}"
    return name if row.corrects_id is None else str(_("%(month)s, supplement") % {"month": name})


def briefs(rows: Sequence[Attendance]) -> list[Brief]:
    """Return how months are named: one query more, however many rows."""
    places = network.institutions_by_id({pk for row in rows for pk in (row.sender_id, row.recipient_id)})
    return [
        Brief(row.pk, row.public_id, row.state, row.version, title(row), row.number,
              parties=(("", places[row.sender_id]), ("", places[row.recipient_id])))
        for row in rows
    ]  # fmt: skip


KIND = Kind(FLOW, words.ATTENDANCE, "/dispatch/attendance/", ("attendance", "month", "move_month"), briefs, ("number",))
_OPEN = Q(state__in=RUNNING)
FITS = {"open": _OPEN, "sealed": Q(state__in=STANDS), "all": Q()}


@dataclass(frozen=True)
class AttendanceAsks(Asked):
    """What the list of months can be asked."""

    show: str = asks(Choice(_("Which"), words=words.ATTENDANCE_SHOWN, fits=FITS), default="open")
    month: date | None = asks(MonthIs(pgettext_lazy("attendance", "Month"), ("month",)))
    state: str | None = asks(Choice(_("State"), ("state",), words=words.ATTENDANCE.state_words, folded=True))
    county: str | None = asks(County(asking.COUNTY, SIDES))
    place: Named | None = asks(PlaceIs(asking.PLACE, SIDES))


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """One month as the list draws it."""

    id: int
    public_id: str
    version: int
    month: Link
    sides: Pair
    people: Quantity
    state: State


def rows(records: Sequence[Attendance], actor: Actor, _today: date) -> list[AttendanceRow]:
    """Return months as rows: two queries more, however many."""
    places = network.institutions_by_id({pk for row in records for pk in (row.sender_id, row.recipient_id)})
    people = _people(actor, records)
    return [
        AttendanceRow(
            row.pk,
            row.public_id,
            row.version,
            Link(KIND.url(row.public_id), title(row), row.number),
            Pair(places[row.sender_id], places[row.recipient_id]),
            Quantity(Decimal(people[row.pk])),
            words.ATTENDANCE.state(row.state),
        )
        for row in records
    ]


def _people(actor: Actor, records: Sequence[Attendance]) -> Mapping[int, int]:
    """Count who was there in each month, in one query for all."""
    if not records:
        return {}
    first, last = min(row.month for row in records), max(row.month for row in records)
    known = Posting.objects.filter(rules.POSTINGS.visible_to(actor), Q(left=None) | Q(left__gte=first))
    sides = {"sender__in": {row.sender_id for row in records}, "recipient__in": {row.recipient_id for row in records}}
    there: dict[tuple[int, int], list[tuple[int, date, date | None]]] = defaultdict(list)
    stays = known.filter(arrived__lt=next_month(last), **sides)
    for sender, recipient, person, arrived, left in stays.values_list(
        "sender_id", "recipient_id", "person_id", "arrived", "left"
    ):
        if arrived is not None:
            there[sender, recipient].append((person, arrived, left))
    return {
        row.pk: len(
            {
                person
                for person, arrived, left in there[row.sender_id, row.recipient_id]
                if grid.inside(row.month, arrived, left)
            }
        )
        for row in records
    }


@dataclass(frozen=True)
class AttendancePage:
    """What the page of a month knows without a day. `attendance`, `first` and `supplements` are read only."""

    attendance: Attendance
    sender: InstitutionFacts
    recipient: InstitutionFacts
    first: Attendance | None  # the month that this sheet supplements
    supplements: list[Attendance]
    people: list[tuple[Posting, PersonFacts]]
    confirmed_by: str
    sealed_by: str
    signatory: PersonFacts | None  # who signed for the receiving side where its seal was set on paper
    signers: list[PersonFacts]  # of the receiving side, where the reader may book its seal on paper
    by_hand: list[PersonFacts]  # whose days somebody has declared by hand, while the sender's seal is wanting

    @property
    def end(self) -> date:
        """The first day after the month."""
        return next_month(self.attendance.month)


def attendance_page(actor: Actor, row: Attendance) -> AttendancePage:
    """Return a month with whom it covers."""
    places = network.institutions_by_id({row.sender_id, row.recipient_id})
    stays = months.stays_in(row.month, row.sender_id, row.recipient_id)
    people = network.people_by_id({one.person_id for one in stays})
    signers = network.people_by_principal(pk for pk in (row.confirmed_by_id, row.sealed_by_id) if pk)
    signatory = row.signatory_id
    books = row.state == AttendanceState.SUBMITTED and FLOW.table.refusal(actor, "dispatch.book_month", row) is None
    family = Attendance.objects.filter(rules.ATTENDANCES.visible_to(actor)).filter(
        Q(pk=row.corrects_id) | Q(corrects=row.pk)
    )
    found = list(family.order_by("pk"))
    twice = months.by_hand(row) if row.state == AttendanceState.CONFIRMED else set()
    return AttendancePage(
        row,
        places[row.sender_id],
        places[row.recipient_id],
        next((one for one in found if one.pk == row.corrects_id), None),
        [one for one in found if one.corrects_id == row.pk],
        [(one, people[one.person_id]) for one in stays],
        _name(signers, row.confirmed_by_id),
        _name(signers, row.sealed_by_id),
        network.people_by_id({signatory})[signatory] if signatory else None,
        network.people_of(row.recipient_id) if books else [],
        [people[pk] for pk in sorted(twice) if pk in people],
    )


def by_paper(actor: Actor, page: AttendancePage) -> bool:
    """Say whether the reader's institution keeps a running sheet because nobody of the other side is here."""
    row = page.attendance
    running = row.state in {AttendanceState.OPEN, AttendanceState.SUBMITTED}
    return running and actor.tenant_id == row.sender_id and rules.alone(row)


def _name(known: Mapping[int, PersonFacts], principal_id: int | None) -> str:
    who = known.get(principal_id or 0)
    return str(who.name) if who else ""


@dataclass(frozen=True)
class DayHead:
    """The head of one day's column."""

    day: date
    workday: bool

    @property
    def number(self) -> int:
        """The day of the month."""
        return self.day.day


@dataclass(frozen=True)
class ShownCell:
    """One cell as its reader may read it; who may not read of what kind a leave was reads that it was leave."""

    day: date
    sign: Sentence
    letter: str = ""
    word: Sentence = ""
    css: str = ""
    note: str = ""


@dataclass(frozen=True)
class GridRow:
    """One person's month as the page draws it. `posting` is read only."""

    posting: Posting
    person: PersonFacts
    cells: list[ShownCell | None]
    sums: grid.MonthSums
    exceptions: list[str]

    @property
    def leave(self) -> int:
        """Days of leave of any kind."""
        return sum(self.sums.leave.values())

    @property
    def nights(self) -> int:
        """Nights on duty."""
        return self.sums.of.get(Mark.NIGHT, 0)

    @property
    def rest(self) -> int:
        """Days of rest."""
        return self.sums.of.get(Mark.REST, 0)

    @property
    def tardy(self) -> int:
        """Days on which somebody came late or left early."""
        return self.sums.of.get(Mark.LATE, 0) + self.sums.of.get(Mark.EARLY, 0)

    @property
    def away(self) -> int:
        """Days away that are no leave: training, called home, absent."""
        return sum(self.sums.of.get(mark, 0) for mark in (Mark.TRAINING, Mark.CALLED_HOME, Mark.ABSENT))


@dataclass(frozen=True)
class MonthGrid:
    """A month's grid as its reader may read it."""

    days: list[DayHead]
    rows: list[GridRow]


def month_grid(actor: Actor, page: AttendancePage, today: date) -> MonthGrid:
    """Return the grid of a month as it stands today."""
    month = page.attendance.month
    people = {posting.pk: person for posting, person in page.people}
    every = grid.days_of(month)
    found = months.months_of(page.attendance, today)
    checked = presence.checked_in(actor, page.attendance.sender_id, page.attendance.recipient_id, month)
    return MonthGrid(
        [DayHead(day, workdays.is_workday(day)) for day in every],
        [_row(actor, one, people[one.posting.pk], every, checked) for one in found if one.posting.pk in people],
    )


def _row(
    actor: Actor, one: PostingMonth, person: PersonFacts, every: Sequence[date], checked: Checked | None = None
) -> GridRow:
    reads = rules.reads_leave(actor, one.posting)
    shown = {day: shown_cell(cell, reads=reads) for day, cell in one.cells.items()}
    for day, cell in shown.items():
        if checked and (found := checked.get((person.id, day))) is not None:
            word = " · ".join(filter(None, (str(cell.word), str(_("Presence check: %(found)s") % {"found": found}))))
            shown[day] = replace(cell, word=word, css=f"{cell.css} checked".strip())
    return GridRow(
        one.posting, person, [shown.get(day) for day in every], one.sums, list(_exceptions(list(shown.values())))
    )


def shown_cell(cell: GridCell, *, reads: bool) -> ShownCell:
    """Return a cell as somebody reads it who may, or may not, read of what kind a leave was."""
    css = " ".join(filter(None, ("" if cell.workday else "off", "x" if _stands_out(cell) else "")))
    if cell.mark is Mark.LEAVE and not reads:
        return ShownCell(cell.day, words.LEAVE_SIGN, "", words.MARKS[Mark.LEAVE], css)
    told = [str(words.letter_word(cell.letter)), str(words.ORIGINS[cell.origin]), cell.note if reads else ""]
    if cell.late:
        told.append(str(_("after the sheet was handed in")))
    if cell.other is not None and (reads or cell.other.mark is not Mark.LEAVE):
        letter = grid.LETTER_OF[cell.other.said]
        told.append(str(_("imported: %(mark)s") % {"mark": words.letter_word(letter)}))
        css += " differs"
    word = " · ".join(filter(None, told)) if css or cell.origin else ""
    return ShownCell(cell.day, words.SIGNS[cell.letter], cell.letter, word, css.strip(), cell.note if reads else "")


def _stands_out(cell: GridCell) -> bool:
    """Say whether a cell is no plain day: neither at work on a working day nor at rest on another."""
    return cell.mark is not (Mark.PRESENT if cell.workday else Mark.REST)


def _exceptions(cells: Sequence[ShownCell]) -> Iterator[str]:
    """Yield what stands out in a month, days in a row together: '11–13 personal leave'."""
    run: list[ShownCell] = []
    for cell in [*cells, None]:
        if run and (cell is None or cell.sign != run[-1].sign or cell.day.day != run[-1].day.day + 1):
            first, last = run[0].day.day, run[-1].day.day
            yield f"{first if first == last else f'{first}–{last}'} {run[0].sign}"
            run = []
        if cell is not None and "x" in cell.css.split():
            run.append(cell)


def told_days(actor: Actor, public_id: str) -> list[list[str]]:
    """Return what stands of a month by now: of each person the letters, by name. Raises NotFound."""
    lines = months.standing_lines(KIND.visible(actor).one(public_id))
    people = dict(Posting.objects.filter(pk__in=lines.keys()).values_list("pk", "person"))
    names = network.people_by_id(people.values())
    return sorted([str(names[people[pk]].name), line.letters] for pk, line in lines.items())


def month_scan(actor: Actor, public_id: str) -> FileFacts:
    """Return the scan of the sheet that the receiving side stamped. Raises NotFound."""
    row: Attendance = KIND.visible(actor).one(public_id)
    if row.scan_id is None:
        raise NotFound
    return evidence.files([row.scan_id])[row.scan_id]


def row_of(actor: Actor, page: AttendancePage, posting_id: str, today: date) -> GridRow:
    """Return the row of one person. Raises NotFound for whom the month does not cover."""
    pairs = {posting.public_id: (posting, person) for posting, person in page.people}
    if posting_id not in pairs:
        raise NotFound
    posting, person = pairs[posting_id]
    every = grid.days_of(page.attendance.month)
    for one in months.months_of(page.attendance, today):
        if one.posting.pk == posting.pk:
            return _row(actor, one, person, every)
    empty = PostingMonth(posting, months.without_marks(page.attendance, [posting], today)[posting.pk], _nothing)
    return _row(actor, empty, person, every)


def _nothing(_day: date, _mark: Mark) -> bool:
    return False


def typed_marks(page: AttendancePage, posting: Posting) -> Mapping[date, tuple[str, str]]:
    """Return what was typed of one posting's days: letter and note."""
    return months.typed_of(page.attendance, posting)


@dataclass(frozen=True)
class Begun:
    """A pair of institutions of which a month may be begun."""

    sender: InstitutionFacts
    recipient: InstitutionFacts

    @property
    def code(self) -> str:
        """How a form names it."""
        return f"{self.sender.public_id}-{self.recipient.public_id}"


def may_begin(actor: Actor) -> bool:
    """Say whether the actor's role lets them begin a month at all."""
    return actor.role in rules.MONTH_KEEPERS


def pairs_to_keep(actor: Actor, today: date) -> list[Begun]:
    """Return the pairs on one of whose sides the actor's institution stands, with somebody there in the last year."""
    since = month_of(today).replace(year=today.year - 1)
    mine = Q(sender=actor.tenant_id) | Q(recipient=actor.tenant_id)
    there = Posting.objects.filter(mine, Q(left=None) | Q(left__gte=since), arrived__isnull=False)
    pairs = sorted(set(there.values_list("sender_id", "recipient_id")))
    places = network.institutions_by_id({pk for pair in pairs for pk in pair})
    return [Begun(places[sender], places[recipient]) for sender, recipient in pairs]
