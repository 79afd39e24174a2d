"""Presence checks as rows of a list, what the page of one shows, and what stands beside the grid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import rules
from lianti.contexts.dispatch.flow import PRESENCES
from lianti.contexts.dispatch.models import Posting, PresenceCheck
from lianti.contexts.dispatch.queries import county
from lianti.contexts.dispatch.states.presence import PresenceState
from lianti.contexts.dispatch.words import presence as words
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, PersonFacts
from lianti.lib.actor import Actor
from lianti.lib.dates import next_month
from lianti.lib.errors import Sentence
from lianti.lib.roles import Role
from lianti.records import asking
from lianti.records.asking import Asked, Choice, County, Day, Named, PersonIs, PlaceIs, asks
from lianti.records.cells import Link, Pair, State
from lianti.records.kinds import Brief, Kind

SIDES = ("sender", "recipient")


def briefs(rows: Sequence[PresenceCheck]) -> list[Brief]:
    """Return how checks are named: two queries more, however many rows."""
    places = network.institutions_by_id({pk for row in rows for pk in (row.sender_id, row.recipient_id)})
    people = network.people_by_id({row.person_id for row in rows})
    return [
        Brief(row.pk, row.public_id, row.state, row.version, people[row.person_id].name, row.number,
              f"{row.day} · {words.FOUND[row.found]}",
              parties=(("", places[row.sender_id]), ("", places[row.recipient_id])))
        for row in rows
    ]  # fmt: skip


KIND = Kind(PRESENCES, words.PRESENCE, "/dispatch/presence/", ("presences", "presence", "move_presence"), briefs,
            ("number",))  # fmt: skip


@dataclass(frozen=True)
class PresenceAsks(Asked):
    """What the list of checks can be asked."""

    found: str | None = asks(Choice(_("Found"), ("found",), words=words.FOUND))
    way: str | None = asks(Choice(_("How"), ("way",), words=words.WAYS, folded=True))
    state: str | None = asks(Choice(_("State"), ("state",), words=words.PRESENCE.state_words, folded=True))
    county: str | None = asks(County(asking.COUNTY, SIDES))
    place: Named | None = asks(PlaceIs(asking.PLACE, SIDES))
    person: Named | None = asks(PersonIs(asking.PERSON, ("person",)))
    since: date | None = asks(Day(asking.SINCE, ("day",)))
    until: date | None = asks(Day(asking.UNTIL, ("day",), lookup="lte"))


@dataclass(frozen=True, slots=True)
class PresenceRow:
    """One check as the list draws it."""

    id: int
    public_id: str
    version: int
    who: Link
    sides: Pair
    day: date
    way: Sentence
    found: State
    by: Sentence
    state: State


def rows(records: Sequence[PresenceCheck], _actor: Actor, _today: date) -> list[PresenceRow]:
    """Return checks as rows: two queries more, however many."""
    places = network.institutions_by_id({pk for row in records for pk in (row.sender_id, row.recipient_id)})
    people = network.people_by_id({row.person_id for row in records})
    return [
        PresenceRow(
            row.pk,
            row.public_id,
            row.version,
            Link(KIND.url(row.public_id), people[row.person_id].name, row.number),
            Pair(places[row.sender_id], places[row.recipient_id]),
            row.day,
            words.WAYS[row.way],
            State(row.found, str(words.FOUND[row.found]), words.FOUND_TONES[row.found]),
            row.checked_by,
            words.PRESENCE.state(row.state),
        )
        for row in records
    ]


@dataclass(frozen=True)
class PresencePage:
    """What the page of a check shows. `check` is read only."""

    check: PresenceCheck
    person: PersonFacts


def presence_page(_actor: Actor, row: PresenceCheck) -> PresencePage:
    """Return what its page shows."""
    return PresencePage(row, network.people_by_id({row.person_id})[row.person_id])


@dataclass(frozen=True)
class LookedFor:
    """Somebody whose presence the reader may check, and where."""

    person: PersonFacts
    recipient: InstitutionFacts

    @property
    def code(self) -> str:
        """How a form names it."""
        return f"{self.person.public_id}-{self.recipient.public_id}"


def to_check(actor: Actor) -> list[LookedFor]:
    """Return whose presence the actor may check: whom the house sent, or who should be in the authority's county."""
    if actor.role is Role.HEALTH_AUTHORITY:
        return [LookedFor(one.person, one.recipient) for one in county.posted_now(actor)]
    if actor.role not in rules.CHECKERS:
        return []
    there = Posting.objects.filter(rules.POSTINGS.visible_to(actor), sender=actor.tenant_id, arrived__isnull=False)
    pairs = list(dict.fromkeys(there.order_by("recipient", "pk").values_list("person_id", "recipient_id")))
    people = network.people_by_id({person for person, _place in pairs})
    places = network.institutions_by_id({place for _person, place in pairs})
    return [LookedFor(people[person], places[place]) for person, place in pairs]


def may_check(actor: Actor) -> bool:
    """Say whether the actor's role lets them check presence at all."""
    return actor.role in rules.CHECKERS


def checked_in(actor: Actor, sender_id: int, recipient_id: int, month: date) -> Mapping[tuple[int, date], Sentence]:
    """Return what was found in a month of a pair, by person and day."""
    seen = PresenceCheck.objects.filter(rules.PRESENCES.visible_to(actor), state=PresenceState.NOTED)
    these = seen.filter(Q(day__gte=month, day__lt=next_month(month)), sender=sender_id, recipient=recipient_id)
    return {(row.person_id, row.day): words.FOUND[row.found] for row in these.order_by("pk")}
