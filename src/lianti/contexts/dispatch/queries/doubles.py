"""Who would be at two institutions at one time: read from visits, clinics, night duties and half-days in the ledger.

Each reader is told of what they may see: the sender of all whom it sends, a recipient of its own place alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianti.contexts.dispatch import rules, words
from lianti.contexts.dispatch.domain import double
from lianti.contexts.dispatch.domain import week as weeks
from lianti.contexts.dispatch.domain.counting import Mark
from lianti.contexts.dispatch.domain.double import LONGEST_VISIT, Double, Task
from lianti.contexts.dispatch.domain.grid import Origin
from lianti.contexts.dispatch.domain.rota import LONGEST_OVERLAP
from lianti.contexts.dispatch.domain.week import Off, OnDay, Sitting, Times
from lianti.contexts.dispatch.models import AttendanceMark, Clinic, ClinicDay, Posting
from lianti.contexts.dispatch.queries.clinics import CLINIC
from lianti.contexts.dispatch.queries.postings import KIND
from lianti.contexts.dispatch.queries.standing import DaySpan, presence, standing
from lianti.contexts.dispatch.queries.week import away_of
from lianti.contexts.dispatch.states import AttendanceState, ClinicHeld, PostingKind
from lianti.contexts.ledger import queries as ledger
from lianti.contexts.network import queries as network
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.records.cells import Link, Quantity, State
from lianti.records.matrix import Band, Grid, Spot

VISITS = frozenset({PostingKind.SHORT, PostingKind.ROUNDS, PostingKind.WORKSTATION})


@dataclass(frozen=True)
class DoubleSide:
    """One side of what is double: where it leads, at which place, what it is."""

    url: str
    place: str
    what: str


@dataclass(frozen=True)
class DoubleLine:
    """Two things that take one person at two places at one time, on how many days, the first of them named."""

    person: Sentence
    person_id: int
    days: Sequence[date]
    one: DoubleSide
    other: DoubleSide

    @property
    def text(self) -> str:
        """Both sides, for a cell and a sentence."""
        return f"{self.one.place} {self.one.what} ↔ {self.other.place} {self.other.what}"

    def between(self, first: date, last: date) -> list[date]:
        """Return its days that lie in a stretch."""
        return [day for day in self.days if first <= day <= last]

    @property
    def said(self) -> str:
        """The whole of it in a sentence."""
        told = {"who": self.person, "first": self.days[0].isoformat(), "what": self.text}
        if len(self.days) == 1:
            return _("%(who)s on %(first)s: %(what)s") % told
        more = {"days": len(self.days), "last": self.days[-1].isoformat()}
        return _("%(who)s on %(days)s days from %(first)s to %(last)s: %(what)s") % {**told, **more}


@dataclass
class _Read:
    """What takes people, and what each key is called."""

    tasks: list[Task] = field(default_factory=list)
    named: dict[str, tuple[str, int, str]] = field(default_factory=dict)  # by key: address, place, what it is

    def add(self, task: Task, url: str, what: Sentence) -> None:
        self.tasks.append(task)
        self.named[task.key] = (url, task.place, str(what))


def double_months(actor: Actor, rows: Sequence[Posting], columns: Mapping[str, DaySpan], today: date) -> Grid[Quantity]:
    """Draw who of a rota is double in which month: only those who are, each thing with both its sides."""
    spans = list(columns.values())
    whole = DaySpan(spans[0].first, spans[-1].last)
    people = network.people_by_id({row.person_id for row in rows})
    lines = doubles_of(actor, people, whole, today)
    who = [people[pk] for pk in dict.fromkeys(line.person_id for line in lines)]
    made: dict[tuple[str, str], Spot[Quantity]] = {}
    for one in who:
        for key, span in columns.items():
            own = [line for line in lines if line.person_id == one.id and line.between(span.first, span.last)]
            days = {day for line in own for day in line.between(span.first, span.last)}
            if own:
                made[one.public_id, key] = Spot(
                    state=at_once(len(days)), named=tuple(_in_month(line, span) for line in own)
                )
    heads = [Band(one.public_id, one.name, f"{one.employer.short_name} {one.department}".strip()) for one in who]
    return Grid(heads, [Band(key, key, now=span.first <= today <= span.last) for key, span in columns.items()], made)


def _in_month(line: DoubleLine, span: DaySpan) -> Link:
    days = " ".join(f"{day:%m-%d}" for day in line.between(span.first, span.last))
    return Link(line.other.url, line.text, days)


def at_once(days: int) -> State:
    """Return how many days somebody would be at two places, as a warning."""
    said = ngettext("At two places on %(n)s day", "At two places on %(n)s days", days) % {"n": days}
    return State("double", said, "waiting")


def doubles_of(actor: Actor, person_ids: Iterable[int], span: DaySpan, today: date) -> list[DoubleLine]:
    """Return what is double in a stretch of days of these people, in a constant number of queries."""
    people = set(person_ids)
    rows = list(
        Posting.objects.filter(rules.POSTINGS.visible_to(actor), person__in=people)
        .filter(standing(span.first, span.last, today))
        .order_by("pk")
    )
    read, ends = _Read(), _handed_over(actor, rows, today)
    off = away_of([row.pk for row in rows], today)
    for row in rows:
        _visit(read, row, span, ends, off[row.pk], today)
    _clinics(read, rows, span, ends, off)
    _nights(read, rows, span)
    for one in ledger.half_days(actor, people, span.first, span.last):
        task = Task(one.person_id, one.receiver_id, one.day, one.activity, halves=one.halves)
        read.add(task, f"/ledger/entries/{one.entry}/", ledger.kind_name(one.kind))
    return _lines(read, double.doubles(read.tasks))


def _lines(read: _Read, found: Sequence[Double]) -> list[DoubleLine]:
    together: dict[tuple[int, str, str], list[date]] = defaultdict(list)
    for two in found:
        together[two.one.person, two.one.key, two.other.key].append(two.day)
    people = network.people_by_id({person for person, _one, _other in together})
    places = network.institutions_by_id({read.named[key][1] for _who, *keys in together for key in keys})

    def told(key: str) -> DoubleSide:
        url, place, what = read.named[key]
        return DoubleSide(url, places[place].short_name, what)

    return [
        DoubleLine(people[person].name, person, days, told(one), told(other))
        for (person, one, other), days in together.items()
    ]


def _handed_over(actor: Actor, rows: Sequence[Posting], today: date) -> Mapping[int, date]:
    """Return from which day each posting has a successor there: what overlaps for handover is not double."""
    after = Posting.objects.filter(rules.POSTINGS.visible_to(actor), follows__in=[row.pk for row in rows])
    comes = {new.follows_id: presence(new, today).first for new in after if new.follows_id}
    lasts = {row.pk: presence(row, today).last for row in rows}
    return {pk: day for pk, day in comes.items() if 0 <= (lasts[pk] - day).days < LONGEST_OVERLAP}


def _visit(read: _Read, row: Posting, span: DaySpan, ends: Mapping[int, date], off: Sequence[Off], today: date) -> None:
    """Add the days of a visit: a short posting, or one of rounds or of a workstation, of a few weeks at most."""
    there = presence(row, today)
    if row.kind not in VISITS or (there.last - there.first).days >= LONGEST_VISIT:
        return
    for day in double.days(max(there.first, span.first), min(there.last, span.last)):
        if _free(day, row, ends, off):
            task = Task(row.person_id, row.recipient_id, day, f"posting:{row.pk}", double.WORKING_DAY)
            read.add(task, KIND.url(row.public_id), words.KINDS[row.kind])


def _free(day: date, row: Posting, ends: Mapping[int, date], off: Sequence[Off]) -> bool:
    return day < ends.get(row.pk, date.max) and not any(one.first <= day <= one.last for one in off)


def _clinics(
    read: _Read, rows: Sequence[Posting], span: DaySpan, ends: Mapping[int, date], off: Mapping[int, list[Off]]
) -> None:
    """Add the half-days on which clinics are held by who has them; what somebody covers is not looked at."""
    postings = {row.pk: row for row in rows}
    which = Q(posting__in=list(postings), from_date__lte=span.last) & (Q(to_date=None) | Q(to_date__gte=span.first))
    clinics = list(Clinic.objects.filter(which).order_by("pk"))
    said: dict[int, dict[date, OnDay]] = defaultdict(dict)
    for one in ClinicDay.objects.filter(clinic__in=clinics, day__gte=span.first, day__lte=span.last):
        said[one.clinic_id][one.day] = OnDay(ClinicHeld(one.held), one.cover_id)
    for clinic in clinics:
        row = postings[clinic.posting_id]
        stay = Times(row.arrived or row.from_date, row.left)
        sitting = Sitting(clinic.weekday, clinic.from_date, clinic.to_date)
        for day in _weekdays(clinic.weekday, span):
            word = weeks.on_day(day, sitting, stay, off[row.pk], said[clinic.pk])
            if word is not None and word.held == ClinicHeld.HELD and day < ends.get(row.pk, date.max):
                task = Task(row.person_id, row.recipient_id, day, f"clinic:{clinic.pk}", frozenset({clinic.half}))
                read.add(task, CLINIC.url(clinic.public_id), f"{clinic.name} {words.HALVES[clinic.half]}")


def _weekdays(weekday: int, span: DaySpan) -> Iterator[date]:
    first = next(day for day in double.days(span.first, date.max) if day.isoweekday() == weekday)
    return double.days(first, span.last, 7)


def _nights(read: _Read, rows: Sequence[Posting], span: DaySpan) -> None:
    """Add night duties; of several words on one day the last sheet counts, and what was typed before what came in."""
    postings = {row.pk: row for row in rows}
    marks = AttendanceMark.objects.filter(posting__in=list(postings), day__gte=span.first, day__lte=span.last)
    last: dict[tuple[int, date], tuple[tuple[int, bool], str]] = {}
    for one in marks.exclude(attendance__state=AttendanceState.DROPPED):
        rank = (one.attendance_id, one.origin == Origin.TYPED)
        at = (one.posting_id, one.day)
        if at not in last or last[at][0] < rank:
            last[at] = (rank, one.mark)
    for (pk, day), (_rank, mark) in last.items():
        if mark == Mark.NIGHT:
            row = postings[pk]
            task = Task(row.person_id, row.recipient_id, day, f"night:{row.pk}", double.NIGHT_DUTY)
            read.add(task, KIND.url(row.public_id), words.MARKS[Mark.NIGHT])


BEFORE, AHEAD = timedelta(days=31), timedelta(days=183)


def doubles_around(
    actor: Actor, person_ids: Iterable[int], today: date, first: date | None = None, last: date | None = None
) -> list[DoubleLine]:
    """Return what is double of people from a month ago to half a year ahead, within the days of what is booked."""
    begin = max(first or date.min, today - BEFORE)
    end = min(last or date.max, max(begin, today) + AHEAD)
    return doubles_of(actor, person_ids, DaySpan(begin, end), today) if begin <= end else []
