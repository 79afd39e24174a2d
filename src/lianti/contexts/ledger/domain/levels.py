"""How sure the ledger is of an entry, and sums side by side by that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

ZERO = Decimal(0)


class Level(IntEnum):
    """Proof of an entry; it only rises."""

    DECLARED = 0
    PAPER = 1
    ONLINE = 2
    SPOT = 3

    @property
    def code(self) -> str:
        return self.name.lower()


DEFAULT = Level.PAPER  # the level from which an entry counts unless an assessment scheme says otherwise


def level(code: str | int | None, default: Level = DEFAULT) -> Level:
    """Read a level from its code or number; raises KeyError or ValueError for anything else."""
    if code is None or code == "":
        return default
    return Level(code) if isinstance(code, int) else Level[code.upper()]


@dataclass(frozen=True, slots=True)
class Sums:
    """Quantities by level, each at exactly that level."""

    declared: Decimal = ZERO
    paper: Decimal = ZERO
    online: Decimal = ZERO
    spot: Decimal = ZERO

    def at(self, at: Level) -> Decimal:
        """Give what stands at exactly this level."""
        return (self.declared, self.paper, self.online, self.spot)[at]

    def counted(self, from_level: Level = DEFAULT) -> Decimal:
        """Give what counts when entries count from this level on."""
        return sum((self.declared, self.paper, self.online, self.spot)[from_level:], ZERO)

    def plus(self, at: Level, quantity: Decimal) -> Sums:
        """Give these sums with a quantity more at one level."""
        parts = [self.declared, self.paper, self.online, self.spot]
        parts[at] += quantity
        return Sums(*parts)

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.declared + other.declared, self.paper + other.paper, self.online + other.online, self.spot + other.spot
        )


def summed(parts: Iterable[tuple[int, Decimal]]) -> Sums:
    """Add up pairs of level and quantity."""
    total = [ZERO, ZERO, ZERO, ZERO]
    for at, quantity in parts:
        total[at] += quantity
    return Sums(*total)
