"""The one list of what happens in one room because something happened in another below it.

Every line is a job of the outbox: it runs after the move that told of it, as often as it takes, so each is idempotent.
"""

from datetime import datetime
from typing import Any

from lianti.contexts.agreements import services as agreements
from lianti.contexts.network import queries as network
from lianti.contexts.network import services as directory
from lianti.contexts.network.events import RelationPutInForce
from lianti.kernel import outbox
from lianti.lib.actor import Actor
from lianti.lib.roles import Role


@outbox.job(RelationPutInForce.name)
def open_promises(payload: dict[str, Any], *, at: datetime, task_id: int) -> None:
    """Open the accounts of the promises that rest on a document, now that their relation holds.

    Persons of one name on its two sides are in doubt from now on.
    """
    del task_id
    told = RelationPutInForce(**payload)
    lead = network.relation_by_id(told.relation_id).lead.id
    actor = Actor(told.principal_id, lead, Role.SYSTEM)
    agreements.open_of_relation(actor=actor, at=at, key=None, relation_id=told.relation_id)
    directory.doubt_across(actor=actor, at=at, relation_id=told.relation_id)
