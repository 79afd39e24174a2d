"""Who should be in a county now, by name, for its authority: it stamps proofs and checks presence (users.md).

It is no audience of postings, and nothing else of a running month is told to it. On PostgreSQL a function of the
database tells it, which acts as each hospital in turn for the moment of one statement.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import connection

from lianti.contexts.dispatch.models import Posting
from lianti.contexts.dispatch.states import HERE, PostingState
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, PersonFacts
from lianti.kernel import ready
from lianti.lib.actor import Actor
from lianti.lib.errors import NotAllowed
from lianti.lib.roles import DESK, Role

READERS = DESK | {Role.HEALTH_AUTHORITY, Role.LEADER}
_COLUMNS = ("relation_id", "person_id", "sender_id", "recipient_id", "department", "arrived", "to_date", "state")


class _Row(NamedTuple):
    """A posting that runs, as far as an authority may know of it."""

    relation_id: int
    person_id: int
    sender_id: int
    recipient_id: int
    department: str
    arrived: date
    to_date: date
    state: str


@dataclass(frozen=True)
class PostedNow:
    """Somebody who should be at a hospital of the county now, unless on leave."""

    person: PersonFacts
    sender: InstitutionFacts
    recipient: InstitutionFacts
    department: str
    since: date
    until: date
    on_leave: bool


def posted_now(actor: Actor) -> list[PostedNow]:
    """Return who should be in the authority's county now, by hospital and name. Raises NotAllowed.

    The authority has confirmed the relation that names it and is none of its parties; hospitals count that are bound
    by their own yes and lie in its region, where it has one.
    """
    if actor.role not in READERS:
        raise NotAllowed
    bound = network.judged_parties(actor.tenant_id)
    rows = [row for row in _running(list(bound)) if row.recipient_id in bound.get(row.relation_id, set())]
    places = network.institutions_by_id({actor.tenant_id} | {pk for row in rows for pk in (row[2], row[3])})
    people = network.people_by_id({row.person_id for row in rows})
    region = places[actor.tenant_id].region
    found = [
        PostedNow(
            people[row.person_id],
            places[row.sender_id],
            places[row.recipient_id],
            row.department,
            row.arrived,
            row.to_date,
            row.state == PostingState.ON_LEAVE,
        )
        for row in rows
        if places[row.recipient_id].region.startswith(region) or not places[row.recipient_id].region
    ]
    return sorted(found, key=lambda one: (one.recipient.name, str(one.person.name), one.since))


def _running(relations: list[int]) -> list[_Row]:
    if not relations:
        return []
    if connection.vendor == "postgresql":
        return [_Row(*row) for row in ready.fetch(f"SELECT {', '.join(_COLUMNS)} FROM lianti_posted_under()", [])]  # noqa: S608
    rows = Posting.objects.filter(relation__in=relations, state__in=HERE).values_list(*_COLUMNS)
    return [_Row(*row) for row in rows]
