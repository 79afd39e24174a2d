"""Postings as rows of the roster (派驻人员一览), and what the page of one shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import rules, words
from lianti.contexts.dispatch.flow import POSTINGS
from lianti.contexts.dispatch.models import Batch, Candidate, Leave, LeaveSlip, Posting
from lianti.contexts.dispatch.queries import batches, licensing
from lianti.contexts.dispatch.queries.licensing import Fit
from lianti.contexts.dispatch.queries.standing import DaySpan, During, HomeIs, StationIs, standing
from lianti.contexts.dispatch.queries.stations import station_named
from lianti.contexts.dispatch.states import COMING, HERE, OPEN
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import PersonFacts, RelationFacts
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.records import asking
from lianti.records.asking import Asked, Choice, County, Day, Named, PersonIs, PlaceIs, RecordIs, asks
from lianti.records.cells import Deadline, Link, Pair, Quantity, State
from lianti.records.kinds import Brief, Kind
from lianti.records.reading import Visible

SIDES = ("sender", "recipient")


def briefs(rows: Sequence[Posting]) -> list[Brief]:
    """Return how postings are named: two queries more, however many rows."""
    places = network.institutions_by_id({pk for row in rows for pk in (row.sender_id, row.recipient_id)})
    people = network.people_by_id({row.person_id for row in rows})
    return [
        Brief(row.pk, row.public_id, row.state, row.version, people[row.person_id].name, row.number, place(row),
              parties=(("", places[row.sender_id]), ("", places[row.recipient_id])))
        for row in rows
    ]  # fmt: skip


KIND = Kind(POSTINGS, words.POSTING, "/dispatch/", ("list", "posting", "move"), briefs, ("number", "letter_number"))


FITS = {
    "here": Q(state__in=HERE),
    "coming": Q(state__in=COMING),
    "came": ~Q(state__in=COMING),
    "ended": ~Q(state__in=OPEN),
    "all": Q(),
}


@dataclass(frozen=True)
class PostingAsks(Asked):
    """What the roster can be asked."""

    show: str = asks(Choice(_("Which"), words=words.SHOWN, fits=FITS), default="here")
    side: str | None = asks(Choice(_("Side"), anything=words.BOTH_SIDES, words=words.SIDES))
    state: str | None = asks(Choice(_("State"), ("state",), words=words.POSTING.state_words, folded=True))
    kind: str | None = asks(Choice(_("Kind"), ("kind",), words=words.KINDS, folded=True))
    county: str | None = asks(County(asking.COUNTY, SIDES))
    place: Named | None = asks(PlaceIs(asking.PLACE, SIDES))
    person: Named | None = asks(PersonIs(asking.PERSON, ("person",)))
    since: date | None = asks(Day(asking.SINCE, ("from_date",)))
    until: date | None = asks(Day(asking.UNTIL, ("from_date",), lookup="lte"))
    during: DaySpan | None = asks(During(_("There during")))
    to: Named | None = asks(PlaceIs(_("Posted to"), ("recipient",)))
    home: Named | None = asks(HomeIs(_("Department at home")))
    station: Named | None = asks(StationIs(words.STATION.one, by=station_named))
    batch: Named | None = asks(RecordIs(words.BATCH.one, ("batch",), by=batches.batch_named))
    relation: Named | None = asks(RecordIs(_("Relation"), ("relation",), by=network.relation_named))

    def narrow(self, rows: Visible[Posting], actor: Actor, today: date) -> Visible[Posting]:
        """Narrow by what is asked: by the days there, and by the side on which the reader's institution stands."""
        rows = super().narrow(rows, actor, today)
        if self.during is not None:
            rows = rows.narrowed(standing(self.during.first, self.during.last, today))
        if self.side is None:
            return rows
        return rows.narrowed(Q(**{"sender" if self.side == "sent" else "recipient": actor.tenant_id}))


def place(row: Posting) -> str:
    """Return what somebody is there: the department and what they do in it."""
    duty = str(words.DUTIES[row.duty]) if row.duty else ""
    return " ".join(part for part in (row.department, duty) if part)


@dataclass(frozen=True, slots=True)
class PostingRow:
    """One posting as the roster draws it."""

    id: int
    public_id: str
    version: int
    who: Link
    sides: Pair
    title: Sentence
    place: str
    kind: Sentence
    since: date
    until: Deadline
    counted: Quantity
    phone: str
    state: State


def rows(records: Sequence[Posting], actor: Actor, today: date) -> list[PostingRow]:
    """Return postings as rows: three queries more, however many. Days are those that a job last counted."""
    places = network.institutions_by_id({pk for row in records for pk in (row.sender_id, row.recipient_id)})
    people = network.people_by_id({row.person_id for row in records})
    phones = network.phones_for(actor, people)
    return [
        PostingRow(
            row.pk,
            row.public_id,
            row.version,
            Link(KIND.url(row.public_id), people[row.person_id].name, _below(people[row.person_id], row, today)),
            Pair(places[row.sender_id], places[row.recipient_id]),
            people[row.person_id].title_label,
            place(row),
            words.KINDS[row.kind],
            row.arrived or row.from_date,
            Deadline(row.left or row.to_date, row.state in HERE and row.to_date < today),
            kept(row.counted_days, row.counted_on),
            phones.get(row.person_id, ""),
            words.POSTING.state(row.state),
        )
        for row in records
    ]


def kept(days: int, day: date | None) -> Quantity:
    """Return days that a job counted, with the day on which it did; nothing where it has not yet."""
    if day is None:
        return Quantity(None)
    return Quantity(Decimal(days), str(words.AS_OF % {"day": f"{day:%m-%d}"}))


def _below(person: PersonFacts, row: Posting, today: date) -> str:
    ends = licensing.ends_soon(row, today)
    return " · ".join(str(part) for part in (person.department, ends) if part)


@dataclass(frozen=True)
class LeaveLine:
    """Days away as a page shows them; `days` up to today while somebody is away."""

    kind: Sentence
    first: date
    until: date
    back: date | None
    cover: PersonFacts | None
    reason: str


@dataclass(frozen=True)
class PostingPage:
    """What the page of a posting shows. `posting` is read only."""

    posting: Posting
    batch: Batch | None  # None: not yet known to a recipient that is only asked for a person
    person: PersonFacts
    relation: RelationFacts
    leaves: list[LeaveLine]
    before: Posting | None
    colleagues: list[PersonFacts]
    licence: Fit | None = None  # for the sender alone, while somebody is to go or there


def posting_page(actor: Actor, row: Posting) -> PostingPage:
    """Return what its page shows, and for its forms whom the sender employs."""
    # What has a slip stands in the list of slips.
    slipped = LeaveSlip.objects.filter(posting=row.pk, leave__isnull=False).values("leave")
    apart = Leave.objects.filter(posting=row.pk).exclude(pk__in=slipped).order_by("first")
    away = list(apart) if rules.reads_leave(actor, row) else []
    sends = actor.tenant_id == row.sender_id and row.state in HERE
    colleagues = network.people_of(row.sender_id) if sends else []
    relation = network.relation_by_id(row.relation_id)
    people = network.people_by_id({row.person_id, *(one.cover_id for one in away if one.cover_id)})
    return PostingPage(
        row,
        Batch.objects.filter(rules.BATCHES.visible_to(actor), pk=row.batch_id).first(),
        people[row.person_id],
        relation,
        [
            LeaveLine(words.LEAVES[one.kind], one.first, one.until, one.back, people.get(one.cover_id or 0), one.reason)
            for one in away
        ],
        Posting.objects.filter(pk=row.follows_id).first() if row.follows_id else None,
        [one for one in colleagues if one.id != row.person_id],
        _licence(actor, row, relation),
    )


def _licence(actor: Actor, row: Posting, relation: RelationFacts) -> Fit | None:
    if actor.tenant_id != row.sender_id or row.state not in OPEN:
        return None
    noted = Candidate.objects.filter(rules.CANDIDATES.visible_to(actor), person=row.person_id).first()
    return licensing.fits(licensing.licence_of(row, noted), relation, row.specialty or row.department, row.to_date)
