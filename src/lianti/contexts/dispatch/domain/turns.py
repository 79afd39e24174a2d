"""Who is next: the order in which people of a house are to be sent, and why each stands where they stand."""

from __future__ import annotations

from dataclasses import dataclass

MOST_DAYS = 9999
_BLOCK = MOST_DAYS + 1


@dataclass(frozen=True)
class TurnFacts:
    """What decides somebody's turn. `lacking`: days before promotion that are wanting."""

    volunteer: bool
    exempt: bool
    away: bool
    lacking: int


def turn(one: TurnFacts) -> int:
    """Return the place in the order, the smallest first.

    Volunteers first, then who owes most; who is away already, and who is exempt, come last. Among those of one place
    the one goes first whose last posting is longest ago.
    """
    block = 3 if one.exempt else 2 if one.away else 0 if one.volunteer else 1
    return block * _BLOCK + MOST_DAYS - min(max(one.lacking, 0), MOST_DAYS)
