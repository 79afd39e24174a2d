"""The week of a receiving institution (坐诊安排表): who sits when, who does not and why not, who covers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lianti.contexts.dispatch import rules, words
from lianti.contexts.dispatch.domain import week as counting
from lianti.contexts.dispatch.domain.week import Off, OnDay, Sitting, Times
from lianti.contexts.dispatch.models import Clinic, ClinicDay, Leave, LeaveSlip, Posting
from lianti.contexts.dispatch.queries.clinics import CLINIC, WEEKDAY
from lianti.contexts.dispatch.states import ClinicHeld, HalfDay, PostingState
from lianti.contexts.dispatch.states.leave import SlipState
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, PersonFacts
from lianti.lib.actor import Actor
from lianti.lib.errors import NotFound, Sentence
from lianti.records.cells import State


@dataclass(frozen=True)
class WeekSlot:
    """One clinic on one day. `state` None: it is held by its own expert."""

    url: str
    day: date
    half: str
    expert: PersonFacts
    specialty: str
    sender: InstitutionFacts
    name: str
    room: str
    state: State | None
    cover: PersonFacts | None
    note: str

    @property
    def stopped(self) -> bool:
        """Whether nobody sits."""
        return self.state is not None and self.state.code == ClinicHeld.STOPPED

    @property
    def line(self) -> str:
        """The clinic in one line of text, for the group."""
        who = f"{self.expert.name} {self.expert.title_label}".strip()
        said = ""
        if self.state is not None:
            between = pgettext("letter", ":")
            said = f" 【{self.state.word}{between}{self.cover.name}】" if self.cover else f" 【{self.state.word}】"
        room = f" {self.room}" if self.room else ""
        return f"{words.HALVES[self.half]} {self.name}{room} {who}（{self.sender.short_name}）{said}".rstrip()


@dataclass(frozen=True)
class DayOfWeek:
    """One day of the week list."""

    day: date
    word: Sentence
    today: bool


@dataclass(frozen=True)
class WeekList:
    """One week of one institution."""

    place: InstitutionFacts
    places: Sequence[InstitutionFacts]
    days: Sequence[DayOfWeek]
    slots: Sequence[WeekSlot]

    @property
    def rows(self) -> list[tuple[Sentence, list[tuple[DayOfWeek, list[WeekSlot]]]]]:
        """The half-days with what is on each day, for the table; a half-day that nobody uses is left out."""
        used = [half for half in HalfDay if any(slot.half == half for slot in self.slots)]
        return [
            (words.HALVES[half],
             [(day, [slot for slot in self.slots if (slot.half, slot.day) == (half, day.day)]) for day in self.days])
            for half in used
        ]  # fmt: skip

    @property
    def by_day(self) -> list[tuple[DayOfWeek, list[WeekSlot]]]:
        """The days on which there is something."""
        found = [(day, [slot for slot in self.slots if slot.day == day.day]) for day in self.days]
        return [(day, slots) for day, slots in found if slots]

    @property
    def text(self) -> str:
        """The week as text to copy."""
        first, last = self.days[0].day, self.days[-1].day
        head = _("%(place)s, clinics of posted experts, %(first)s to %(last)s") % {
            "place": self.place.name, "first": first, "last": last
        }  # fmt: skip
        lines = [head]
        for day, slots in self.by_day:
            lines.append(f"{day.word} {day.day:%m-%d}")
            lines += [f"  {slot.line}" for slot in slots]
        return "\n".join(lines)


def week_list(actor: Actor, place_id: str, monday: date, today: date) -> WeekList | None:
    """Return a week, of the actor's own institution where none is named; None where nobody sits anywhere they know of.

    Raises NotFound for an institution whose clinics the actor does not know.
    """
    known = Clinic.objects.filter(rules.CLINICS.visible_to(actor))
    recipients = set(known.values_list("recipient", flat=True).distinct())
    places = sorted(network.institutions_by_id(recipients).values(), key=lambda one: (one.region, one.short_name))
    if place_id:
        place = next((one for one in places if one.public_id == place_id), None)
        if place is None:
            raise NotFound
    else:
        place = next((one for one in places if one.id == actor.tenant_id), places[0] if places else None)
        if place is None:
            return None
    days = [monday + timedelta(days=n) for n in range(7)]
    which = Q(recipient=place.id, from_date__lte=days[-1]) & (Q(to_date=None) | Q(to_date__gte=monday))
    rows = list(known.filter(which).order_by("from_date", "pk"))
    shown = [DayOfWeek(day, WEEKDAY[day.isoweekday()], day == today) for day in days]
    return WeekList(place, places, shown, _slots(rows, days, today))


def _slots(rows: Sequence[Clinic], days: Sequence[date], today: date) -> list[WeekSlot]:
    postings = {row.pk: row for row in Posting.objects.filter(pk__in={row.posting_id for row in rows})}
    away, said = away_of(list(postings), today), _said([row.pk for row in rows], days)
    told = []
    for row in rows:
        sitting = Sitting(row.weekday, row.from_date, row.to_date)
        for day in days:
            stay = _times(postings[row.posting_id])
            word = counting.on_day(day, sitting, stay, away[row.posting_id], said[row.pk]) if stay else None
            if word is not None:
                told.append((row, day, word))
    covers = {word.cover for _row, _day, word in told if word.cover}
    people = network.people_by_id({row.person_id for row, _day, _word in told} | covers)
    senders = network.institutions_by_id({row.sender_id for row, _day, _word in told})
    made = [
        WeekSlot(CLINIC.url(row.public_id), day, row.half, people[row.person_id],
                 postings[row.posting_id].specialty or people[row.person_id].department, senders[row.sender_id],
                 row.name, row.room, _state(word), people.get(word.cover or 0), word.note)
        for row, day, word in told
    ]  # fmt: skip
    order = list(HalfDay)
    return sorted(made, key=lambda slot: (slot.day, order.index(HalfDay(slot.half)), slot.name, slot.expert.id))


def _state(word: OnDay) -> State | None:
    if word.held == ClinicHeld.HELD:
        return None
    return State(word.held, str(words.HELD[word.held]), "late" if word.held == ClinicHeld.STOPPED else "moving")


def _times(row: Posting) -> Times | None:
    """Return the days on which somebody is there, or is to be; who was not sent sits nowhere."""
    if row.state == PostingState.DROPPED:
        return None
    return Times(row.arrived or row.from_date, row.left)


def away_of(postings: Sequence[int], today: date) -> Mapping[int, list[Off]]:
    """Return the days away from postings: on leave, or approved to be."""
    found: dict[int, list[Off]] = defaultdict(list)
    for one in Leave.objects.filter(posting__in=postings):
        found[one.posting_id].append(counting.away(one.first, one.until, one.back, one.cover_id, today))
    # Leave that is approved and has not begun: its first day may be next week's.
    for slip in LeaveSlip.objects.filter(posting__in=postings, state=SlipState.APPROVED, leave=None):
        found[slip.posting_id].append(Off(slip.first, slip.until, slip.cover_id))
    return found


def _said(clinics: Sequence[int], days: Sequence[date]) -> Mapping[int, dict[date, OnDay]]:
    found: dict[int, dict[date, OnDay]] = defaultdict(dict)
    for one in ClinicDay.objects.filter(clinic__in=clinics, day__gte=days[0], day__lte=days[-1]):
        found[one.clinic_id][one.day] = OnDay(ClinicHeld(one.held), one.cover_id, one.note)
    return found
