"""What the network tells of itself upward: ids only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RelationPutInForce:
    """A relation of these parties holds from now on."""

    relation_id: int


@dataclass(frozen=True)
class RelationEnded:
    """A relation no longer holds."""

    relation_id: int
