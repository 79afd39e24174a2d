"""What a person did: the sum of their own shares, never of entry quantities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from lianti.contexts.ledger import rules
from lianti.contexts.ledger.domain.fits import own_share
from lianti.contexts.ledger.domain.levels import DEFAULT, Level
from lianti.contexts.ledger.models import Entry, EntryPerson
from lianti.contexts.ledger.states import STANDING
from lianti.lib.actor import Actor

Shares = tuple[Fraction, Fraction, Fraction, Fraction]


@dataclass(frozen=True)
class Load:
    """A person's own shares by month, kind and level; `counted` adds up one unit."""

    person_id: int
    rows: dict[tuple[date, str, str], Shares]

    def counted(self, unit: str, from_level: Level = DEFAULT) -> Fraction:
        """Give what counts of one unit from a level on."""
        return sum(
            (sum(shares[from_level:], Fraction(0)) for (_m, _k, u), shares in self.rows.items() if u == unit),
            Fraction(0),
        )

    def months(self) -> list[date]:
        return sorted({month for month, _kind, _unit in self.rows}, reverse=True)


def workload(actor: Actor, person_id: int, month: date | None = None, *, until: date | None = None) -> Load:
    """Return what a person did in a month (or from `month` to `until`), as far as the actor may see it."""
    named = EntryPerson.objects.filter(person_id=person_id)
    if month is not None:
        named = named.filter(month__gte=month, month__lte=until or month)
    visible = Entry.objects.filter(rules.visible_to(actor), state__in=STANDING)
    rows = named.filter(entry__in=visible).values_list(
        "month", "share", "entry__kind", "entry__unit", "entry__level", "entry__quantity", "entry__declared"
    )
    return Load(person_id, _summed(rows))


def _summed(rows: Iterable[tuple[Any, ...]]) -> dict[tuple[date, str, str], Shares]:
    found: dict[tuple[date, str, str], list[Fraction]] = defaultdict(lambda: [Fraction(0)] * 4)
    for month, share, kind, unit, level, quantity, declared in rows:
        found[(month, kind, unit)][level] += own_share(share, quantity, declared)
    return {key: (a, b, c, d) for key, (a, b, c, d) in sorted(found.items())}
