"""The rota (派驻安排表): who stands where in which month, where nobody does though somebody should, who is away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from lianti.contexts.agreements.queries import PeoplePromise
from lianti.contexts.dispatch import rules, words
from lianti.contexts.dispatch.domain import rota as counting
from lianti.contexts.dispatch.domain.rota import Overlap, Presence
from lianti.contexts.dispatch.models import Posting
from lianti.contexts.dispatch.queries import promised
from lianti.contexts.dispatch.queries.carrying import change_url, move_of
from lianti.contexts.dispatch.queries.cover import Duty, duties
from lianti.contexts.dispatch.queries.doubles import DoubleLine, at_once, double_months, doubles_of
from lianti.contexts.dispatch.queries.postings import KIND, PostingAsks
from lianti.contexts.dispatch.queries.standing import DaySpan, presence
from lianti.contexts.dispatch.states import COMING
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, PersonFacts
from lianti.lib.actor import Actor
from lianti.lib.dates import add_months, month_of
from lianti.records import asking
from lianti.records.asking import Asked, Choice, County, Month, Named, PlaceIs, RecordIs, asks
from lianti.records.cells import Link, Quantity, State
from lianti.records.matrix import Band, Grid, Spot

MONTHS_SHOWN, BEFORE = 12, 2  # columns, and how many of them lie before this month
NAMED = 4  # people whom a cell names; its figure opens them all
Figures = Spot[Quantity]


@dataclass(frozen=True)
class RotaAsks(Asked):
    """What the rota can be asked: in which of the three ways it is drawn, from which month, of whom."""

    view: str = asks(Choice(gettext_lazy("Rows and columns"), words=words.ROTA_VIEWS, fits={}), default="places")
    since: date | None = asks(Month(gettext_lazy("From month"), folded=True))
    county: str | None = asks(County(asking.COUNTY, ("sender", "recipient")))
    place: Named | None = asks(PlaceIs(asking.PLACE, ("sender", "recipient")))
    relation: Named | None = asks(RecordIs(gettext_lazy("Relation"), by=network.relation_named))

    def begins(self, today: date) -> date:
        """Return the first month that is shown."""
        return self.since or add_months(month_of(today), -BEFORE)

    def people(self, **more: object) -> PostingAsks:
        """Return what the roster is asked for the people of this rota."""
        return replace(
            PostingAsks(show="all", county=self.county, place=self.place, relation=self.relation),
            **more,  # type: ignore[arg-type]
        )


@dataclass(frozen=True)
class _Row:
    """A row of the rota and how the roster is asked for it."""

    band: Band
    asked: Mapping[str, object]
    rows: Sequence[Posting]
    duties: Sequence[Duty] = ()
    overlaps: Sequence[Overlap] = ()
    promises: Sequence[PeoplePromise] = ()
    covering: Sequence[Posting] = ()  # whoever is there, by whatever relation


@dataclass(frozen=True)
class _Owed:
    """What places are owed: by the rules of relations, by promises; and whoever is there, by whatever relation."""

    duties: Sequence[Duty] = ()
    promises: Sequence[PeoplePromise] = ()
    there: Sequence[Posting] = ()


@dataclass(frozen=True)
class _Known:
    """What is read once for a page."""

    actor: Actor
    asked: RotaAsks
    today: date
    places: Mapping[int, InstitutionFacts]
    people: Mapping[int, PersonFacts]
    there: Mapping[int, Presence]  # by posting
    names: Mapping[int, object]  # of who is posted, by posting
    doubles: Sequence[DoubleLine] = ()


def rota(actor: Actor, asked: RotaAsks, today: date) -> Grid[Quantity]:
    """Return the rota as it is asked for."""
    columns = _years(actor, asked, today) if asked.view == "people" else _months(asked, today)
    whole = _whole(columns)
    rows = _standing(actor, asked, whole, today)
    if asked.view == "doubles":
        return double_months(actor, rows, columns, today)
    owed = _owed(actor, asked, whole, rows, today) if asked.view == "places" else _Owed()
    sides = {one.given.giver_id for one in owed.promises} | {one.given.receiver_id for one in owed.promises}
    people = network.people_by_id({row.person_id for row in rows})
    known = _Known(
        actor,
        asked,
        today,
        network.institutions_by_id(sides | {pk for row in rows for pk in (row.sender_id, row.recipient_id)})
        | {one.place.id: one.place for one in owed.duties},
        people,
        {row.pk: presence(row, today) for row in (*rows, *owed.there)},
        {row.pk: people[row.person_id].name for row in rows},
        doubles_of(actor, {row.person_id for row in rows}, whole, today) if asked.view == "people" else (),
    )
    return _grid(known, _ROWS[asked.view](known, rows, owed), columns)


def _standing(actor: Actor, asked: RotaAsks, whole: DaySpan, today: date) -> list[Posting]:
    found = asked.people(during=whole).narrow(KIND.visible(actor), actor, today)
    return [row for chunk in found.chunks(order=("from_date", "id")) for row in chunk]


def _owed(actor: Actor, asked: RotaAsks, whole: DaySpan, rows: list[Posting], today: date) -> _Owed:
    """Read what is owed. One deed serves many (users.md): a rota of one relation is judged by all who are there."""
    there = rows if asked.relation is None else _standing(actor, replace(asked, relation=None), whole, today)
    return _Owed(duties(actor, asked, whole.first, whole.last), promised.promises(actor, asked, today), there)


def _whole(columns: Mapping[str, DaySpan]) -> DaySpan:
    shown = list(columns.values())
    return DaySpan(shown[0].first, shown[-1].last)


def _months(asked: RotaAsks, today: date) -> dict[str, DaySpan]:
    begins = asked.begins(today)
    shown = [DaySpan.month(add_months(begins, n)) for n in range(MONTHS_SHOWN)]
    return {str(one): one for one in shown}


def _years(actor: Actor, asked: RotaAsks, today: date) -> dict[str, DaySpan]:
    """Return the years of what the reader knows of: from the first day of a posting to the last."""
    rows = asked.people().narrow(KIND.visible(actor), actor, today)
    first = next(iter(rows.all(order=("from_date", "id"), most=1)), None)
    last = next(iter(rows.all(order=("-to_date", "-id"), most=1)), None)
    begins = min(today.year, *(day.year for day in (first.from_date, first.arrived) if day)) if first else today.year
    ends = max(today.year, last.to_date.year) if last else today.year
    return {str(year): DaySpan.year(year) for year in range(begins, ends + 1)}


def _by_place(known: _Known, rows: Sequence[Posting], owed: _Owed) -> list[_Row]:
    here, there = _at(rows), _at(owed.there)
    of_place: dict[int, list[Duty]] = defaultdict(list)
    for one in owed.duties:
        of_place[one.place.id].append(one)
    to_place: dict[int, list[PeoplePromise]] = defaultdict(list)
    for promise in owed.promises:
        to_place[promise.given.receiver_id].append(promise)
    which = (known.places[pk] for pk in {*here, *of_place, *to_place})
    return [
        _Row(Band(place.public_id, place.short_name, place.region.rpartition("/")[2]), {"to": Named.of(place)},
             here[place.id], of_place[place.id], counting.overlaps([known.there[one.pk] for one in here[place.id]]),
             to_place[place.id], there[place.id])
        for place in sorted(which, key=lambda place: (place.region, place.short_name))
    ]  # fmt: skip


def _at(rows: Sequence[Posting]) -> dict[int, list[Posting]]:
    found: dict[int, list[Posting]] = defaultdict(list)
    for row in rows:
        found[row.recipient_id].append(row)
    return found


def _by_department(known: _Known, rows: Sequence[Posting], _owed: _Owed) -> list[_Row]:
    away: dict[tuple[int, str], list[Posting]] = defaultdict(list)
    for row in rows:
        away[row.sender_id, known.people[row.person_id].department].append(row)
    made = []
    for (sender, department), own in sorted(away.items(), key=lambda one: one[0]):
        place = known.places[sender]
        name = f"{place.public_id}.{department}"
        band = Band(name, department or _("No department"), place.short_name)
        made.append(_Row(band, {"home": Named(sender, name, department)}, own))
    return made


def _by_person(known: _Known, rows: Sequence[Posting], _owed: _Owed) -> list[_Row]:
    own: dict[int, list[Posting]] = defaultdict(list)
    for row in rows:
        own[row.person_id].append(row)
    both = [one for here in _at(rows).values() for one in counting.overlaps([known.there[row.pk] for row in here])]
    people = sorted((known.people[pk] for pk in own), key=lambda one: (one.employer.short_name, one.department, one.id))
    return [
        _Row(Band(one.public_id, one.name, " · ".join(filter(None, (one.employer.short_name, one.department)))),
             {"person": Named.of(one)}, own[one.id], overlaps=both)
        for one in people
    ]  # fmt: skip


_ROWS: Mapping[str, Callable[[_Known, Sequence[Posting], _Owed], list[_Row]]] = {
    "places": _by_place,
    "departments": _by_department,
    "people": _by_person,
}


def _grid(known: _Known, made: Sequence[_Row], columns: Mapping[str, DaySpan]) -> Grid[Quantity]:
    every = [row for one in made for row in one.rows]
    whole = _whole(columns)
    bands = [Band(key, key, now=one.first <= known.today <= one.last) for key, one in columns.items()]
    return Grid(
        [one.band for one in made],
        bands,
        {(one.band.key, key): _spot(known, one, stretch) for one in made for key, stretch in columns.items()},
        across={one.band.key: _across(known, one, whole) for one in made},
        down={key: _figure(known, every, stretch) for key, stretch in columns.items()},
        total=_figure(known, every, whole),
    )


def _figure(known: _Known, rows: Iterable[Posting], days: DaySpan, **asked: object) -> Figures:
    """Return how many stand there in a stretch, opening exactly those rows of the roster."""
    count = sum(known.there[row.pk].touches(days.first, days.last) for row in rows)
    if not count:
        return Spot()
    return Spot(Quantity(Decimal(count)), KIND.listed(known.asked.people(during=days, **asked)))


def _across(known: _Known, row: _Row, whole: DaySpan) -> Figures:
    """Return the figure of a row, and beside it what the ledger counts of each promise to this place."""
    figure = _figure(known, row.rows, whole, **row.asked)
    return replace(figure, named=tuple(promised.beside(one) for one in row.promises))


def _spot(known: _Known, row: _Row, days: DaySpan) -> Figures:
    here = [one for one in row.rows if known.there[one.pk].touches(days.first, days.last)]
    figure = _figure(known, here, days, **row.asked)
    if known.asked.view == "people":
        named = tuple(_where(known, one, days) for one in here)
        return replace(_doubled(known, row, days, figure), named=(*named, *_handovers(known, row, days)))
    named = tuple(_who(known, one) for one in here[:NAMED])
    if known.asked.view == "departments":
        return replace(figure, named=named)
    longest = max((one.days for one in row.overlaps if days.first <= one.first <= days.last), default=0)
    if longest:
        named = (*named, Link("", _("Overlap for handover: %(days)s days") % {"days": longest}))
    state, acts = _missing(known, row, days)
    moves = {
        KIND.url(one.public_id): Link(change_url(one), _("Change days or place"))
        for one in here[:NAMED]
        if move_of(known.actor, one)
    }
    return replace(figure, named=named, state=state, acts=acts, moves=moves)


def _who(known: _Known, row: Posting) -> Link:
    said = str(words.POSTING.states[row.state][0]) if row.state in COMING else ""
    return Link(KIND.url(row.public_id), known.people[row.person_id].name, said)


def _where(known: _Known, row: Posting, days: DaySpan) -> Link:
    there = known.there[row.pk]
    first, last = max(there.first, days.first), min(there.last, days.last)
    return Link(KIND.url(row.public_id), known.places[row.recipient_id].short_name, f"{first:%m-%d} – {last:%m-%d}")


def _handovers(known: _Known, row: _Row, days: DaySpan) -> tuple[Link, ...]:
    """Return with whom somebody overlaps for handover in a year: both are there, and nobody is double."""
    own = {one.pk for one in row.rows}
    found = []
    for both in row.overlaps:
        other = both.incoming if both.outgoing in own else both.outgoing
        if own & {both.outgoing, both.incoming} and days.first <= both.first <= days.last and other not in own:
            said = _("Overlap for handover: %(days)s days") % {"days": both.days}
            found.append(Link("", said, str(known.names.get(other, ""))))
    return tuple(found)


def _doubled(known: _Known, row: _Row, days: DaySpan, figure: Figures) -> Figures:
    """Say on how many days of a year somebody would be at two places, and lead to what is double."""
    own = {one.person_id for one in row.rows}
    when = {
        day for line in known.doubles if line.person_id in own for day in line.between(days.first, days.last)
    }  # fmt: skip
    if not when:
        return figure
    since = known.asked.address(view="doubles", since=month_of(min(when)))
    acts = (Link(f"?{since}", words.ROTA_VIEWS["doubles"]),)
    return replace(figure, state=at_once(len(when)), acts=acts)


def _missing(known: _Known, row: _Row, days: DaySpan) -> tuple[State | None, tuple[Link, ...]]:
    """Return what a month misses by rules and by promises, in one state, and what can be done about it from here."""
    found = [_gap(known, row, days)]
    for promise in row.promises:
        lack = promised.lack(promise, row.covering, days, known.today)
        if lack is not None:
            found.append((State("short", lack.word, "late" if lack.red else "waiting"), _opens(known, lack)))
    states = [state for state, _acts in found if state is not None]
    if not states:
        return None, ()
    states.sort(key=lambda state: state.tone != "late")
    said = State(states[0].code, "；".join(state.word for state in states), states[0].tone)
    return said, tuple(act for _state, acts in found for act in acts)


def _opens(known: _Known, lack: promised.Lack) -> tuple[Link, ...]:
    """Return the way to a promise, and to exactly the rows that cover these days of it."""
    opened = Link(lack.promise.url, _("The promise"))
    if not lack.rows:
        return (opened,)
    giver, receiver = (known.places[pk] for pk in (lack.promise.given.giver_id, lack.promise.given.receiver_id))
    asked = replace(
        known.asked.people(during=lack.days), show="came" if lack.past else "all", relation=None,
        place=Named.of(giver), to=Named.of(receiver),
    )  # fmt: skip
    word = ngettext("%(n)s posting", "%(n)s postings", lack.rows) % {"n": lack.rows}
    return opened, Link(KIND.listed(asked), word)


def _gap(known: _Known, row: _Row, days: DaySpan) -> tuple[State | None, tuple[Link, ...]]:
    """Return what the rules miss in a month, and the way to plan for it: the worst of the relations that ask.

    Whoever a party of the relation has sent is there, by whatever relation: one deed serves many (users.md).
    """
    for duty in row.duties:
        there = [known.there[one.pk] for one in row.covering if one.sender_id in duty.relation.party_ids]
        owed = duty.within(days.first, days.last, min((one.first for one in there), default=known.today))
        free = counting.gaps(there, *owed) if owed and duty.all_year else []
        if free:
            return State("gap", _nobody(free, days), "late"), _plan(known, duty, free)
    here = [one for one in row.covering if known.there[one.pk].touches(days.first, days.last)]
    for duty in row.duties:
        count = len({one.person_id for one in here if one.sender_id in duty.relation.party_ids})
        if count < duty.people and here:
            said = _("%(missing)s short") % {"missing": duty.people - count}
            return State("few", said, "waiting"), ()
    return None, ()


def _nobody(free: Sequence[tuple[date, date]], days: DaySpan) -> str:
    if free == [(days.first, days.last)]:
        return pgettext("rota", "Nobody there")
    first, last = free[0]
    said = _("Nobody %(first)s to %(last)s") % {"first": f"{first:%m-%d}", "last": f"{last:%m-%d}"}
    return f"{said} …" if len(free) > 1 else said


def _plan(known: _Known, duty: Duty, free: Sequence[tuple[date, date]]) -> tuple[Link, ...]:
    """Return the way to a batch for the days on which nobody is there, for whoever may send."""
    actor = known.actor
    sends = (
        actor.role in rules.SENDERS and actor.tenant_id in duty.relation.party_ids and actor.tenant_id != duty.place.id
    )
    if not sends or free[-1][1] < known.today:
        return ()
    first, last = max(free[0][0], known.today), free[-1][1]
    url = f"/dispatch/batches/new/?relation={duty.relation.public_id}&from_date={first}&to_date={last}"
    return (Link(url, pgettext("rota", "Arrange")),)
