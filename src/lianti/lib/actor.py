"""Who acts: a principal, for one institution, in one role."""

from dataclasses import dataclass

from lianti.lib.roles import Role


@dataclass(frozen=True)
class Actor:
    """Somebody acting for one institution (`tenant_id`) in one role.

    `person_id` when they are in the directory, `unit_id` when their seat is in one department. `alone`: it was asked
    at the beginning of the request whether others count as the same hand, and nobody does; False: ask.
    """

    principal_id: int
    tenant_id: int
    role: Role
    person_id: int | None = None
    unit_id: int | None = None
    alone: bool = False
