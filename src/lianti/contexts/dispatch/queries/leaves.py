"""Slips of leave as rows of the list of who is away, and what the page of one shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import rules
from lianti.contexts.dispatch.flow import POSTINGS, SLIPS
from lianti.contexts.dispatch.models import LeaveSlip, Posting
from lianti.contexts.dispatch.queries.postings import KIND as POSTING
from lianti.contexts.dispatch.states import HERE, LIVE, PostingState, SlipState
from lianti.contexts.dispatch.states.leave import ASKING
from lianti.contexts.dispatch.words import LEAVES
from lianti.contexts.dispatch.words import leaves as words
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import PersonFacts
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.records import asking
from lianti.records.asking import Asked, Choice, County, Day, Named, PersonIs, PlaceIs, RecordIs, asks
from lianti.records.cells import Link, Pair, Span, State
from lianti.records.kinds import Brief, Kind
from lianti.records.reading import Visible, visible

SIDES = ("sender", "recipient")


def briefs(rows: Sequence[LeaveSlip]) -> list[Brief]:
    """Return how slips are named: two queries more, however many rows."""
    places = network.institutions_by_id({pk for row in rows for pk in (row.sender_id, row.recipient_id)})
    people = network.people_by_id({row.person_id for row in rows})
    return [
        Brief(row.pk, row.public_id, row.state, row.version, people[row.person_id].name, row.number,
              f"{row.first:%m-%d}" if row.first == row.until else f"{row.first:%m-%d} – {row.until:%m-%d}",
              parties=(("", places[row.sender_id]), ("", places[row.recipient_id])))
        for row in rows
    ]  # fmt: skip


KIND = Kind(SLIPS, words.SLIP, "/dispatch/leaves/", ("leaves", "leave", "move_leave"), briefs, ("number",))


def posting_named(actor: Actor, public_id: str) -> Named:
    """Find a posting that the actor may know of. Raises NotFound."""
    row = visible(POSTINGS, actor).one(public_id)
    return Named(row.pk, row.public_id, row.number)


_AWAY = Q(state__in=[SlipState.BEGUN, SlipState.APPROVED])
FITS = {
    "open": Q(state__in=sorted(LIVE)),
    "away": _AWAY,
    "waiting": Q(state__in=sorted(ASKING)),
    "ended": Q(state=SlipState.ENDED),
    "all": Q(),
}


@dataclass(frozen=True)
class LeaveAsks(Asked):
    """What the list of slips can be asked."""

    show: str = asks(Choice(_("Which"), words=words.SLIPS_SHOWN, fits=FITS), default="open")
    state: str | None = asks(Choice(_("State"), ("state",), words=words.SLIP.state_words, folded=True))
    county: str | None = asks(County(asking.COUNTY, SIDES))
    place: Named | None = asks(PlaceIs(asking.PLACE, SIDES))
    person: Named | None = asks(PersonIs(asking.PERSON, ("person",)))
    since: date | None = asks(Day(asking.SINCE, ("first",)))
    until: date | None = asks(Day(asking.UNTIL, ("first",), lookup="lte"))
    posting: Named | None = asks(RecordIs(POSTING.words.one, ("posting",), by=posting_named))

    def narrow(self, rows: Visible[LeaveSlip], actor: Actor, today: date) -> Visible[LeaveSlip]:
        """Narrow by what is asked: away now is whose leave has begun, whether or not a job has noted it."""
        rows = super().narrow(rows, actor, today)
        return rows.narrowed(Q(first__lte=today)) if self.show == "away" else rows


@dataclass(frozen=True, slots=True)
class SlipRow:
    """One slip as the list draws it."""

    id: int
    public_id: str
    version: int
    who: Link
    sides: Pair
    kind: Sentence
    time: Span
    back: date | None
    cover: Sentence
    state: State


def rows(records: Sequence[LeaveSlip], actor: Actor, _today: date) -> list[SlipRow]:
    """Return slips as rows: two queries more, however many. Of what kind it is reads who may read it."""
    places = network.institutions_by_id({pk for row in records for pk in (row.sender_id, row.recipient_id)})
    people = network.people_by_id({pk for row in records for pk in (row.person_id, row.cover_id) if pk})
    return [
        SlipRow(
            row.pk,
            row.public_id,
            row.version,
            Link(KIND.url(row.public_id), people[row.person_id].name, people[row.person_id].department),
            Pair(places[row.sender_id], places[row.recipient_id]),
            LEAVES[row.kind] if reads(actor, row) else "",
            Span(row.first, row.until),
            row.back,
            people[row.cover_id].name if row.cover_id else "",
            words.SLIP.state(row.state),
        )
        for row in records
    ]


def reads(actor: Actor, row: LeaveSlip) -> bool:
    """Say whether somebody reads of what kind leave is, and why: who keeps it, and whose it is."""
    return actor.role in rules.HOSTS or (actor.person_id is not None and actor.person_id == row.person_id)


@dataclass(frozen=True)
class SlipPage:
    """What the page of a slip shows. `slip` and `posting` are read only."""

    slip: LeaveSlip
    posting: Posting
    person: PersonFacts
    cover: PersonFacts | None
    reads: bool


def slip_page(actor: Actor, row: LeaveSlip) -> SlipPage:
    """Return what its page shows."""
    people = network.people_by_id({pk for pk in (row.person_id, row.cover_id) if pk})
    posting = Posting.objects.get(pk=row.posting_id)
    return SlipPage(row, posting, people[row.person_id], people.get(row.cover_id or 0), reads(actor, row))


@dataclass(frozen=True)
class AskFor:
    """A posting for which leave may be asked, and who may cover. `posting` is read only."""

    posting: Posting
    person: PersonFacts


def postings_to_ask(actor: Actor) -> list[AskFor]:
    """Return for whom the actor may ask: a desk for all who are posted to its house or by it, others for themselves."""
    open_ones = Posting.objects.filter(rules.POSTINGS.visible_to(actor), state__in={*HERE, PostingState.ORDERED})
    if actor.role not in rules.HOSTS:
        open_ones = open_ones.filter(person=actor.person_id or 0)
    found = list(open_ones.order_by("recipient", "pk"))
    people = network.people_by_id({row.person_id for row in found})
    return [AskFor(row, people[row.person_id]) for row in found]


def may_ask(actor: Actor) -> bool:
    """Say whether the actor's role lets them ask for leave at all."""
    return actor.role in rules.HOSTS | rules.POSTED


def who_may_cover(actor: Actor, asked: Sequence[AskFor]) -> list[PersonFacts]:
    """Return who may cover: whom the actor's house employs, and who is posted beside."""
    near = {one.person.id: one.person for one in asked}
    return list({**near, **{one.id: one for one in network.people_of(actor.tenant_id)}}.values())


def may_ask_for(actor: Actor, posting: Posting) -> bool:
    """Say whether the actor may ask for leave of this very posting."""
    mine = actor.role in rules.HOSTS or (actor.person_id is not None and actor.person_id == posting.person_id)
    sides = actor.tenant_id in {posting.sender_id, posting.recipient_id}
    return mine and sides and posting.state in {*HERE, PostingState.ORDERED}
