"""Handovers as rows of a list, and what the page of one shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import rules, words
from lianti.contexts.dispatch.flow import HANDOVERS
from lianti.contexts.dispatch.models import Handover, HandoverFile, Posting
from lianti.contexts.dispatch.queries.clinics import posting_named
from lianti.contexts.dispatch.queries.standing import presence
from lianti.contexts.dispatch.states import HERE, LEFT, HandoverState, PostingState
from lianti.contexts.evidence import queries as evidence
from lianti.contexts.evidence.queries import Tied
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import PersonFacts
from lianti.lib.actor import Actor
from lianti.records import asking
from lianti.records.asking import Asked, Choice, Named, PersonIs, PlaceIs, RecordIs, asks
from lianti.records.cells import Link, Pair, State
from lianti.records.kinds import Brief, Kind

SIDES = ("sender", "recipient")
MOST_LEAVING = 200  # names that a form offers


def briefs(rows: Sequence[Handover]) -> list[Brief]:
    """Return how handovers are named: two queries more, however many."""
    places = network.institutions_by_id({pk for row in rows for pk in (row.sender_id, row.recipient_id)})
    people = network.people_by_id({pk for row in rows for pk in (row.person_id, row.successor_id) if pk})
    return [
        Brief(row.pk, row.public_id, row.state, row.version, _who(row, people), "", "",
              parties=(("", places[row.sender_id]), ("", places[row.recipient_id])))
        for row in rows
    ]  # fmt: skip


def _who(row: Handover, people: dict[int, PersonFacts]) -> str:
    after = f" → {people[row.successor_id].name}" if row.successor_id else ""
    return f"{people[row.person_id].name}{after}"


HANDOVER = Kind(HANDOVERS, words.HANDOVER, "/dispatch/handovers/", ("handovers", "handover", "move_handover"), briefs)
FITS = {"open": ~Q(state=HandoverState.DONE), "done": Q(state=HandoverState.DONE), "all": Q()}


@dataclass(frozen=True)
class HandoverAsks(Asked):
    """What the list of handovers can be asked."""

    show: str = asks(Choice(_("Which"), words=words.HANDOVERS_SHOWN, fits=FITS), default="open")
    state: str | None = asks(Choice(_("State"), ("state",), words=words.HANDOVER.state_words, folded=True))
    place: Named | None = asks(PlaceIs(asking.PLACE, SIDES))
    person: Named | None = asks(PersonIs(asking.PERSON, ("person", "successor")))
    posting: Named | None = asks(RecordIs(words.POSTING.one, ("posting", "incoming"), by=posting_named))


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """One handover as the list draws it."""

    id: int
    public_id: str
    version: int
    who: Link
    sides: Pair
    day: date
    state: State


def handover_rows(records: Sequence[Handover], _actor: Actor, _today: date) -> list[HandoverRow]:
    """Return handovers as rows: two queries more, however many."""
    places = network.institutions_by_id({pk for row in records for pk in (row.sender_id, row.recipient_id)})
    people = network.people_by_id({pk for row in records for pk in (row.person_id, row.successor_id) if pk})
    return [
        HandoverRow(
            row.pk,
            row.public_id,
            row.version,
            Link(HANDOVER.url(row.public_id), _who(row, people)),
            Pair(places[row.sender_id], places[row.recipient_id]),
            row.day,
            words.HANDOVER.state(row.state),
        )
        for row in records
    ]


@dataclass(frozen=True)
class Sheet:
    """What the page of a handover shows. `handover` is read only."""

    handover: Handover
    person: PersonFacts
    successor: PersonFacts | None
    posting: Posting
    overlap: tuple[date, date] | None
    files: list[Tied]
    may_follow: list[tuple[str, PersonFacts]]
    incoming_id: str


def handover_page(actor: Actor, row: Handover, today: date) -> Sheet:
    """Return what its page shows, and for its forms who may take over."""
    pair = {one.pk: one for one in Posting.objects.filter(pk__in=[row.posting_id, row.incoming_id or 0])}
    people = network.people_by_id({pk for pk in (row.person_id, row.successor_id) if pk})
    posting, after = pair[row.posting_id], pair.get(row.incoming_id or 0)
    overlap = None
    if after is not None:
        old, new = presence(posting, today), presence(after, today)
        first, last = max(old.first, new.first), min(old.last, new.last)
        overlap = (first, last) if first <= last else None
    writes = row.state == HandoverState.DRAFTED and (
        rules.HANDOVERS.refusal(actor, "dispatch.write_handover", row) is None
    )
    return Sheet(
        row,
        people[row.person_id],
        people.get(row.successor_id or 0),
        posting,
        overlap,
        evidence.tied(HandoverFile.objects.filter(handover=row.pk).order_by("pk")),
        may_follow(actor, posting) if writes else [],
        after.public_id if after else "",
    )


def may_follow(actor: Actor, posting: Posting) -> list[tuple[str, PersonFacts]]:
    """Return who may take over: others who are posted to the same place, or on the way to it."""
    known = Posting.objects.filter(rules.POSTINGS.visible_to(actor), recipient=posting.recipient_id)
    rows = known.filter(state__in=HERE | {PostingState.ORDERED}).exclude(person=posting.person_id).order_by("pk")
    found = list(rows.values_list("public_id", "person"))
    people = network.people_by_id(person for _public_id, person in found)
    return [(public_id, people[person]) for public_id, person in found]


def handover_files(actor: Actor, handover_id: str) -> list[Tied]:
    """Return the scans of a handover that the actor may know of. Raises NotFound."""
    row = HANDOVER.visible(actor).one(handover_id)
    return evidence.tied(HandoverFile.objects.filter(handover=row.pk).order_by("pk"))


@dataclass(frozen=True)
class Leaving:
    """Somebody who may hand over, and who may take over from them."""

    posting: Posting
    person: PersonFacts


def may_hand_over(actor: Actor, public_id: str = "") -> list[Leaving]:
    """Return who is on duty, or has left, and has no handover yet; to others than the keepers themselves alone."""
    known = Posting.objects.filter(rules.POSTINGS.visible_to(actor), state__in=HERE | LEFT)
    rows = known.exclude(pk__in=Handover.objects.values("posting")).order_by("to_date", "pk")
    if actor.role not in rules.HOSTS:
        rows = rows.filter(person=actor.person_id) if actor.person_id else rows.none()
    if public_id:
        rows = rows.filter(public_id=public_id)
    found = list(rows[:MOST_LEAVING])
    people = network.people_by_id({row.person_id for row in found})
    return [Leaving(row, people[row.person_id]) for row in found]
