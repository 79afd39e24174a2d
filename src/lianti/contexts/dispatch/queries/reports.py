"""What goes out each month, county by county: attendance (支援医生考勤月报) and workload (派驻医师月工作量月报)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.db.models import Q

from lianti.contexts.dispatch import rules, words
from lianti.contexts.dispatch.domain import grid
from lianti.contexts.dispatch.domain.counting import Mark
from lianti.contexts.dispatch.models import Attendance, Posting
from lianti.contexts.dispatch.queries import months
from lianti.contexts.dispatch.states import AttendanceState
from lianti.contexts.dispatch.words.reports import NOT_BEGUN
from lianti.contexts.ledger import queries as ledger
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, PersonFacts
from lianti.lib.actor import Actor
from lianti.lib.dates import next_month
from lianti.lib.errors import Sentence
from lianti.lib.saying import listed
from lianti.records.asking import CountyPath

DAYS = frozenset({"dispatch", "posting"})  # days and persons stand in the other table


@dataclass(frozen=True)
class AttendanceLineShown:
    """One person's month at one place. `posting` is read only."""

    posting: Posting
    person: PersonFacts
    sender: InstitutionFacts
    recipient: InstitutionFacts
    sums: grid.MonthSums
    leave: str  # days by kind, or in one where the reader may not know the kind
    state: Sentence

    @property
    def nights(self) -> int:
        """Nights on duty."""
        return self.sums.of.get(Mark.NIGHT, 0)

    @property
    def absent(self) -> int:
        """Days absent without leave."""
        return self.sums.of.get(Mark.ABSENT, 0)


@dataclass(frozen=True)
class Done:
    """A person's own share of one kind in a month; `open` of it is not confirmed yet."""

    total: Fraction = Fraction(0)
    open: Fraction = Fraction(0)


@dataclass(frozen=True)
class WorkLine:
    """What one person did in a month: a value for each column, with its head."""

    line: AttendanceLineShown
    done: list[tuple[str, Done]]


@dataclass(frozen=True)
class MonthReport:
    """Both reports of a county and month, as far as their reader may know."""

    month: date
    region: str
    regions: list[str]
    lines: list[AttendanceLineShown] = field(default_factory=list)
    kinds: list[tuple[str, str]] = field(default_factory=list)  # name, unit
    work: list[WorkLine] = field(default_factory=list)


def month_report(actor: Actor, month: date, region: str, today: date) -> MonthReport:
    """Return what is told of a month in one county (the first, where none is named). Constant queries."""
    known = Posting.objects.filter(
        rules.POSTINGS.visible_to(actor), Q(left=None) | Q(left__gte=month), arrived__lt=next_month(month)
    )
    rows = list(known.order_by("recipient", "department", "arrived", "pk"))
    places = network.institutions_by_id({pk for row in rows for pk in (row.sender_id, row.recipient_id)})
    regions = sorted({places[row.recipient_id].region for row in rows} - {""})
    region = region if region in regions else next(iter(regions), "")
    rows = [row for row in rows if places[row.recipient_id].region == region]
    lines = _lines(actor, rows, month, places, today)
    kinds, work = _work(actor, lines, month, CountyPath.of(region))
    return MonthReport(month, region, regions, lines, kinds, work)


def _lines(
    actor: Actor, rows: Sequence[Posting], month: date, places: dict[int, InstitutionFacts], today: date
) -> list[AttendanceLineShown]:
    people = network.people_by_id({row.person_id for row in rows})
    seen = Attendance.objects.filter(rules.ATTENDANCES.visible_to(actor), month=month, corrects=None)
    sheets = {(one.sender_id, one.recipient_id): one for one in seen.exclude(state=AttendanceState.DROPPED)}
    found = months.months_together(rows, month, sheets.values(), today) if rows else {}
    return [
        AttendanceLineShown(
            row,
            people[row.person_id],
            places[row.sender_id],
            places[row.recipient_id],
            found[row.pk].sums,
            _leave(found[row.pk].sums, reads=rules.reads_leave(actor, row)),
            _state(sheets.get((row.sender_id, row.recipient_id))),
        )
        for row in rows
    ]


def _leave(sums: grid.MonthSums, *, reads: bool) -> str:
    if not reads:
        total = sum(sums.leave.values())
        return str(total) if total else ""
    return listed(f"{words.LEAVES[kind]} {days}" for kind, days in sums.leave.items())


def _state(sheet: Attendance | None) -> Sentence:
    return NOT_BEGUN if sheet is None else words.ATTENDANCE.state(sheet.state).word


def _work(
    actor: Actor, lines: Sequence[AttendanceLineShown], month: date, county: CountyPath | None
) -> tuple[list[tuple[str, str]], list[WorkLine]]:
    """Add up own shares of the month by kind, each activity once: of what was done for this county alone."""
    first = {line.person.id: line for line in reversed(lines)}
    inside = county.inside if county is not None else {line.recipient.id for line in lines}
    by_person: dict[int, dict[tuple[str, str], Done]] = {}
    for person, shares in ledger.shares_of(actor, first, month, receivers=inside).items():
        done: dict[tuple[str, str], Done] = defaultdict(Done)
        for one in shares:
            if one.kind not in DAYS:
                before, key = done[(one.kind, one.unit)], (one.kind, one.unit)
                left = Fraction(0) if one.level >= ledger.Level.PAPER else one.share
                done[key] = Done(before.total + one.share, before.open + left)
        by_person[person] = done
    kinds = sorted({key for done in by_person.values() for key in done})
    named = [(str(ledger.kind_name(kind)), str(ledger.unit_name(unit))) for kind, unit in kinds]
    work = [
        WorkLine(
            line,
            [
                (name, by_person[line.person.id].get(key, Done()))
                for key, (name, _unit) in zip(kinds, named, strict=True)
            ],
        )
        for line in lines
        if first[line.person.id] is line
    ]
    return named, work
