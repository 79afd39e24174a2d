"""How the records that the matrix opens are made: by services, as in life."""

from collections.abc import Callable
from typing import Any

from lianti.contexts.accounts import queries as accounts
from lianti.kernel.actor import Actor
from tests.cast import DAY
from tests.permissions.world import World


def _seat(actor: Actor) -> str:
    held = accounts.memberships(actor.principal_id, DAY)
    return next(m.public_id for m in held if m.institution_id == actor.tenant_id)


MAKE: dict[str, Callable[[World], Any]] = {
    "county_expert_seat": lambda world: _seat(world.cast.county.expert),
    "county": lambda world: world.cast.county.institution.public_id,
    "relation": lambda world: world.cast.relation.public_id,
}
