"""Promises in force of people at a place, each with the ledger's own reading of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from lianti.contexts.agreements.queries.progress import COMMITMENTS
from lianti.contexts.agreements.queries.promises import PROMISE, per
from lianti.contexts.agreements.states import CommitmentState
from lianti.contexts.ledger import queries as ledger
from lianti.contexts.ledger.queries import Fulfilment
from lianti.lib.actor import Actor

# What promises people, and in which unit: who is there, or on how many days (ledger.md, 'Postings'). Posted days may
# also be promised as clinics; those are no people at a place.
_PEOPLE = Q(kind="posting", unit="person") | Q(kind="dispatch", unit="person_day")


@dataclass(frozen=True)
class PeoplePromise:
    """A promise of people at a place. `per`: unit and period in words; `given`: what the ledger has of it."""

    public_id: str
    url: str
    text: str
    relation_id: int
    per: str
    given: Fulfilment


def people_promised(actor: Actor, *, today: date, relation_id: int | None = None) -> list[PeoplePromise]:
    """Return what the actor's institution promised others, or they it, of people at a place: five queries.

    Of promises between others their reader does not see who is posted, and could hold nobody against them.
    """
    own = Q(giver=actor.tenant_id) | Q(receiver=actor.tenant_id)
    which = Q(state=CommitmentState.IN_FORCE, amount__isnull=False) & _PEOPLE & own
    if relation_id is not None:
        which &= Q(relation=relation_id)
    rows = [row for chunk in PROMISE.visible(actor).narrowed(which).chunks(order=("id",)) for row in chunk]
    found = ledger.for_source(actor, COMMITMENTS, [row.pk for row in rows], today=today) if rows else {}
    return [
        PeoplePromise(row.public_id, PROMISE.url(row.public_id), row.text, row.relation_id, per(row), found[row.pk])
        for row in rows
        if row.pk in found
    ]
