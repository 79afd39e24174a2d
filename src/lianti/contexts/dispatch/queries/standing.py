"""Who stands somewhere in a stretch of days: the one condition behind the rota's cells and the roster's rows."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.db.models import Q

from lianti.contexts.dispatch.domain.rota import Presence
from lianti.contexts.dispatch.models import Posting, StationExpert, Workstation
from lianti.contexts.dispatch.states import HERE, PostingKind, PostingState
from lianti.contexts.network import queries as network
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.records.asking import Control, Filter, Named, RecordIs


def standing(first: date, last: date, today: date) -> Q:
    """Return which postings have a day in a stretch, planned ones among them.

    Who is there still after the day that was planned stays until today; who was never sent stands nowhere.
    """
    begun = Q(arrived__lte=last) | Q(arrived=None, from_date__lte=last)
    lasts = Q(left__gte=first) | Q(left=None, to_date__gte=first)
    if first <= today:
        lasts |= Q(left=None, state__in=HERE)
    return begun & lasts & ~Q(state=PostingState.DROPPED)


def presence(row: Posting, today: date) -> Presence:
    """Return the days of a posting as far as they are known: those of the stay, else those planned."""
    last = row.left or (max(row.to_date, today) if row.state in HERE else row.to_date)
    spot = row.department and f"{row.recipient_id}/{row.department}"
    return Presence(row.pk, row.arrived or row.from_date, last, spot, row.follows_id)


@dataclass(frozen=True)
class DaySpan:
    """Days from the first to the last, as an address says them: a year, a month, or two days."""

    first: date
    last: date

    @classmethod
    def month(cls, first: date) -> DaySpan:
        """Return the month that begins on a day."""
        return cls(first, first.replace(day=calendar.monthrange(first.year, first.month)[1]))

    @classmethod
    def year(cls, year: int) -> DaySpan:
        """Return a calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def read(cls, text: str) -> DaySpan | None:
        """Read `2026`, `2026-10`, `2026-10-01` or `2026-10-01..2026-10-09`; None for anything else."""
        try:
            if len(text) == 4:
                return cls.year(int(text))
            if len(text) == 7:
                return cls.month(date.fromisoformat(f"{text}-01"))
            begin, _dots, end = text.partition("..")
            found = cls(date.fromisoformat(begin), date.fromisoformat(end or begin))
        except ValueError:
            return None
        return found if found.first <= found.last else None

    def __str__(self) -> str:
        if self == DaySpan.year(self.first.year):
            return f"{self.first.year:04}"
        if self == DaySpan.month(self.first.replace(day=1)):
            return f"{self.first:%Y-%m}"
        return f"{self.first}..{self.last}"


@dataclass(frozen=True)
class During(Filter):
    """Days on at least one of which somebody stands there; the roster narrows by it, since it asks for today."""

    def read(self, text: str, actor: Actor) -> DaySpan | None:
        return DaySpan.read(text)

    def narrow(self, value: DaySpan) -> Q:
        return Q()


@dataclass(frozen=True)
class StationIs(RecordIs):
    """The postings that are visits of a workstation: of that kind, at its place, of its experts."""

    def narrow(self, value: Named) -> Q:
        experts = StationExpert.objects.filter(station=value.id).values("person")
        place = Workstation.objects.filter(pk=value.id).values("recipient")
        return Q(kind=PostingKind.WORKSTATION, recipient__in=place, person__in=experts)


@dataclass(frozen=True)
class HomeIs(Filter):
    """The department at home: an institution and the name of its department; no name: people of none."""

    control: ClassVar[Control] = "hidden"

    def read(self, text: str, actor: Actor) -> Named | None:
        ident, _dot, department = text.partition(".")
        key = network.institution_keys([ident]).get(ident) if ids.is_id(ident) else None
        return None if key is None else Named(key, text, department)

    def write(self, value: Named) -> str:
        return value.public_id

    def says(self, value: Named) -> str:
        return value.name or "—"

    def narrow(self, value: Named) -> Q:
        return Q(sender=value.id, person__in=network.keys_in_department(value.name))
