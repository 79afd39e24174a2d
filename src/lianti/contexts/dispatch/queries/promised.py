"""People whom commitments promise to a place, held against who is posted there, month by month.

A number of people for a period is asked of each of its months. Where the ledger counts the period as kept, with those
still to come, whoever has gone again is not missed in red. Days, and people promised once, cannot be spread over
months: they are said as the ledger's sum and what remains, beside the row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lianti.contexts.agreements import queries as agreements
from lianti.contexts.agreements.queries import PeoplePromise
from lianti.contexts.dispatch.domain import rota as counting
from lianti.contexts.dispatch.domain.rota import PromisedPeople
from lianti.contexts.dispatch.models import Posting
from lianti.contexts.dispatch.queries.cover import Seeks
from lianti.contexts.dispatch.queries.standing import DaySpan, presence
from lianti.contexts.dispatch.states import COMING
from lianti.lib.actor import Actor
from lianti.lib.web.templatetags.web import quantity
from lianti.records.asking import CountyPath
from lianti.records.cells import Link

PEOPLE, MONTHLY = "person", frozenset({"month", "quarter", "year"})


@dataclass(frozen=True)
class Lack:
    """What a month lacks of a promise: in words, how grave it is, the days that were looked at, who covers it."""

    promise: PeoplePromise
    word: str
    red: bool
    days: DaySpan
    rows: int
    past: bool


def promises(actor: Actor, asked: Seeks, today: date) -> list[PeoplePromise]:
    """Return the promises of people that bind the reader, of what the rota is asked for."""
    found = agreements.people_promised(actor, today=today, relation_id=asked.relation.id if asked.relation else None)
    return [one for one in found if _asked_for(one, asked)]


def _asked_for(one: PeoplePromise, asked: Seeks) -> bool:
    sides = {one.given.giver_id, one.given.receiver_id}
    inside = asked.county.inside if isinstance(asked.county, CountyPath) else None
    return (asked.place is None or asked.place.id in sides) and (inside is None or bool(sides & set(inside)))


def lack(promise: PeoplePromise, rows: Sequence[Posting], month: DaySpan, today: date) -> Lack | None:
    """Say what a month lacks of a promise; None where nothing does, or where it asks nothing of a month.

    `rows`: all postings to the place, by whatever relation: giver and receiver decide, as in the ledger.
    """
    if (days := _days(promise, month)) is None:
        return None
    own = [row for row in rows if row.sender_id == promise.given.giver_id]
    past = days.last < today
    here = [row for row in own if _covers(row, days, today, past)]
    if promise.given.unit != PEOPLE:
        return _lacks_days(promise, days, len(here), past)
    coming = {row.person_id for row in here if row.state in COMING}
    there = {row.person_id for row in here if row.state not in COMING}
    held = counting.held(promise.given.amount or Decimal(0), there, coming)
    if not held.lacks:
        return None
    return Lack(promise, _said(held, days.first > today), not _kept(promise, own, days), days, len(here), past)


def _days(promise: PeoplePromise, month: DaySpan) -> DaySpan | None:
    """Return the days of a month on which a promise stands; None where it asks nothing of this month."""
    given = promise.given
    if given.per not in ({"month"} if given.unit != PEOPLE else MONTHLY):
        return None
    begun = given.from_date or (given.periods[0].period.first if given.periods else None)
    if begun is None:
        return None
    first, last = max(begun, month.first), min(given.to_date or month.last, month.last)
    return DaySpan(first, last) if first <= last else None


def _covers(row: Posting, days: DaySpan, today: date, past: bool) -> bool:
    """Say whether somebody covers these days: over, who was there; else also who is still to come."""
    return presence(row, today).touches(days.first, days.last) and not (past and row.state in COMING)


def _kept(promise: PeoplePromise, own: Sequence[Posting], days: DaySpan) -> bool:
    """Say whether the ledger counts enough people for the period of these days, with those still to come in it."""
    period, done = promise.given.on(days.first)
    last = period.last or days.last
    coming = sum(row.state in COMING and period.first <= row.from_date <= last for row in own)
    return period.owed is not None and Fraction(done) + coming >= period.owed


def _lacks_days(promise: PeoplePromise, days: DaySpan, rows: int, past: bool) -> Lack | None:
    """Say what a month's person-days lack, by the ledger alone: only a month that is its own period and is over."""
    period, done = promise.given.on(days.first)
    if not past or period.owed is None or (period.first, period.last) != (days.first, days.last) or done >= period.owed:
        return None
    word = _("Agreed %(asked)s person-days, %(found)s counted") % {
        "asked": quantity(rounded(period.owed)), "found": quantity(done)
    }  # fmt: skip
    return Lack(promise, word, True, days, rows, past)


def _said(held: PromisedPeople, ahead: bool) -> str:
    asked = quantity(held.asked)
    if ahead:
        return _("Agreed %(asked)s people, %(found)s planned") % {"asked": asked, "found": held.found}
    said = _("Agreed %(asked)s people, %(found)s on duty") % {"asked": asked, "found": held.there}
    if not held.coming:
        return said
    return said + pgettext("rota", ", %(coming)s to come") % {"coming": held.coming}


def beside(promise: PeoplePromise) -> Link:
    """Say beside a row what the ledger counts of a promise in its present period, and what remains."""
    given, owed = promise.given, promise.given.promised
    if given.current is None or owed is None:
        return Link(promise.url, _("Agreed %(amount)s") % {"amount": f"{quantity(given.amount)} {promise.per}"})
    done, total = given.done, rounded(owed)
    told = {"amount": f"{quantity(total)} {promise.per}", "done": quantity(done)}
    left = {"left": quantity(max(Decimal(0), total - done))}
    said = _("Agreed %(amount)s: %(done)s counted, %(left)s to go") % {**told, **left}
    return Link(promise.url, said, "" if _by_month(promise) else _("Not spread over months"))


def _by_month(promise: PeoplePromise) -> bool:
    return promise.given.per in ({"month"} if promise.given.unit != PEOPLE else MONTHLY)


def rounded(owed: Fraction) -> Decimal:
    """Return what is owed in hundredths, as the page of the promise shows it."""
    return (Decimal(owed.numerator) / Decimal(owed.denominator)).quantize(Decimal("0.01"))
