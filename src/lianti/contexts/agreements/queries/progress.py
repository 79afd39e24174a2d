"""What was done beside what was promised, as a page shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from lianti.contexts.agreements import words
from lianti.contexts.ledger import queries as ledger
from lianti.contexts.ledger.queries import Fulfilment, unit_name
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.web.templatetags.web import quantity
from lianti.records.cells import Progress, State

COMMITMENTS = "agreements.commitment"
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Count:
    """What counts in one unit, how sure it is (a word and a quantity for each level), and where its entries stand."""

    done: Decimal
    unit: str
    levels: tuple[tuple[Sentence, Decimal], ...]
    url: str

    @property
    def sure(self) -> str:
        return " · ".join(f"{word} {quantity(part)}" for word, part in self.levels)


@dataclass(frozen=True)
class PromiseProgress:
    """One account on a page. `promised` None: no amount agreed, then each unit stands by itself."""

    promised: Decimal | None
    counts: tuple[Count, ...]
    standing: str
    per: str
    last_day: date | None
    entries: int
    open: bool
    url: str

    @property
    def state(self) -> State:
        """How it stands, as a list and a page draw it."""
        word, tone = words.STANDINGS[self.standing]
        return State(self.standing, str(word), tone)

    @property
    def parts(self) -> list[Progress]:
        """The deed beside the promise and how sure it is, apart by unit."""
        tone = self.state.tone if self.promised is not None else None
        return [Progress(one.done, self.promised, one.unit, one.url, tone, one.sure) for one in self.counts]

    @property
    def drawn(self) -> Progress:
        """All of it in one cell: without a promise, the further units and the last day stand below."""
        first, *more = self.parts or [Progress(Decimal(0), None, "", self.url)]
        if self.promised is not None:
            return first
        units = [f"{quantity(one.done)} {one.unit}" for one in more] or ([first.sub] if first.sub else [])
        return replace(first, sub=" · ".join([*units, self.last] if self.last else units))

    @property
    def last(self) -> str:
        """When something was last given, where no period says it."""
        return _("last %(day)s") % {"day": self.last_day.isoformat()} if self.last_day else ""


def progress_of(row: Fulfilment) -> PromiseProgress:
    """Return a fulfilment as a page shows it: with an amount its current period, else everything by unit."""
    current = row.current
    if row.amount is not None and current is not None:
        sums = {row.unit: current.by_unit[row.unit]} if row.unit in current.by_unit else {}
        counts = tuple(_count(row, unit, each) for unit, each in (sums or {row.unit: ledger.Sums()}).items())
    else:
        counts = tuple(_count(row, unit, each) for unit, each in sorted(row.by_unit.items()))
    return PromiseProgress(
        promised=_rounded(row.promised) if row.amount is not None else None,
        counts=counts,
        standing=str(row.standing),
        per=str(row.per),
        last_day=row.last_day if row.entries else None,
        entries=row.entries,
        open=row.open,
        url=ledger.all_in(row),
    )


def progress(
    actor: Actor, source_ids: Iterable[int], *, today: date, source_kind: str = COMMITMENTS
) -> dict[int, PromiseProgress]:
    """Return what was done for commitments (or needs) by their key, as far as the actor may see: two queries."""
    found = ledger.for_source(actor, source_kind, source_ids, today=today)
    return {source_id: progress_of(row) for source_id, row in found.items()}


def _count(row: Fulfilment, unit: str, sums: Any) -> Count:
    levels = zip(words.LEVELS, (sums.declared, sums.paper, sums.online, sums.spot), strict=True)
    return Count(
        sums.counted(), unit_name(unit), tuple((word, part) for word, part in levels if part), ledger.done_in(row, unit)
    )


def _rounded(promised: Fraction | None) -> Decimal | None:
    if promised is None:
        return None
    return (Decimal(promised.numerator) / Decimal(promised.denominator)).quantize(_HUNDREDTH)
