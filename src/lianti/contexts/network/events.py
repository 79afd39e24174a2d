"""What the network tells of itself upward: ids only, through the outbox, heard by journeys."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class RelationPutInForce:
    """A relation holds from now on; `principal_id` is who said so."""

    name: ClassVar[str] = "network.relation_put_in_force"
    relation_id: int
    principal_id: int
