"""Presence checks bound to their table: who sees them, who is told."""

from collections.abc import Iterator
from datetime import date

from lianti.contexts.dispatch import rules
from lianti.contexts.dispatch.flow.sending import told_of
from lianti.contexts.dispatch.models import PresenceCheck, PresenceTransition
from lianti.contexts.dispatch.states.presence import PRESENCE
from lianti.contexts.network import queries as network
from lianti.kernel.flows import Flow
from lianti.kernel.notices import Tell
from lianti.lib.actor import Actor


def presence_audience(row: PresenceCheck) -> set[int]:
    """Return who may see a check: both sides, and whoever made it."""
    return {row.sender_id, row.recipient_id, row.tenant_id}


def presence_tells(row: PresenceCheck, _key: str, actor: Actor) -> Iterator[Tell]:
    """Tell both sides of a check that they did not make."""
    params = told_of(actor, str(network.people_by_id({row.person_id})[row.person_id].name))
    for side in {row.sender_id, row.recipient_id} - {actor.tenant_id}:
        yield Tell(side, tuple(sorted(rules.HOSTS)), params)


def presence_day(row: PresenceCheck) -> date:
    """Return the day that lists go by."""
    return row.day


PRESENCES = Flow(
    PRESENCE,
    PresenceCheck,
    PresenceTransition,
    rules.PRESENCES,
    presence_audience,
    tells=presence_tells,
    day=presence_day,
)
