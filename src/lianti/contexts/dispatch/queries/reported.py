"""The report of a batch: who served where for how many days, and what they did, as the ledger has it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils import translation

from lianti.contexts.dispatch import words
from lianti.contexts.dispatch.models import Posting
from lianti.contexts.dispatch.queries.letters import Letter, letters
from lianti.contexts.dispatch.queries.people_counted import counted_of_people
from lianti.contexts.dispatch.queries.rulebook import PROMOTION
from lianti.contexts.dispatch.words import iso
from lianti.contexts.ledger import queries as ledger
from lianti.contexts.network.queries import InstitutionFacts
from lianti.lib.actor import Actor
from lianti.lib.errors import NotFound

NOT_WORK = frozenset({"posting", "dispatch"})  # that somebody was there is told beside


def report_of_batch(actor: Actor, public_id: str, today: date) -> tuple[InstitutionFacts, dict[str, Any]]:
    """Return who reports and what stands in the report of a batch up to today, in Chinese. Raises NotFound.

    A constant number of queries however many people; of other recipients than their own a reader knows nothing.
    """
    batch, found = letters(actor, public_id)
    if not found:
        raise NotFound
    until = min(batch.to_date, today)
    rows = [line.posting for letter in found for line in letter.lines if line.posting.arrived is not None]
    persons = {row.person_id for row in rows}
    counted = counted_of_people(actor, persons, PROMOTION, max(until, batch.from_date), until) if persons else {}
    days = {one.key: one.days for person in counted.values() for one in person.stretches}
    with translation.override("zh-hans"):
        people = _people(found, days)
        return found[0].sender, {
            "sender": found[0].sender.name,
            "batch": batch.name,
            "letter_number": batch.letter_number,
            "leader": str(found[0].leader.name) if found[0].leader else "",
            "count": str(len(people)),
            "first": iso(batch.from_date),
            "last": iso(batch.to_date),
            "until": iso(until),
            "days": str(sum(days.get(row.pk, 0) for row in rows)),
            "people": people,
            "work": _work(actor, found, rows, until),
        }


def _people(found: Sequence[Letter], days: dict[int, int]) -> list[dict[str, str]]:
    lines = [(letter, line) for letter in found for line in letter.lines]
    return [
        {
            "no": str(number),
            "name": str(line.person.name),
            "title": str(line.person.title_label),
            "recipient": letter.recipient.name,
            "department": line.posting.department,
            "arrived": iso(line.posting.arrived),
            "left": iso(line.posting.left),
            "days": str(days.get(line.posting.pk, 0)),
            "state": str(words.POSTING.state(line.posting.state).word),
        }
        for number, (letter, line) in enumerate(lines, 1)
    ]


def _work(actor: Actor, found: Sequence[Letter], rows: Sequence[Posting], until: date) -> list[dict[str, str]]:
    """Add up own shares on the days of each stay, by recipient and kind; nobody is at two places on a day."""
    places = {letter.recipient.id: letter.recipient.name for letter in found}
    shares = ledger.shares_of(actor, {row.person_id for row in rows})
    done: dict[tuple[str, str, str], Fraction] = {}
    for row in rows:
        for one in shares[row.person_id]:
            there = row.arrived is not None and row.arrived <= one.day <= min(row.left or until, until)
            if there and one.kind not in NOT_WORK:
                key = (places[row.recipient_id], one.kind, one.unit)
                done[key] = done.get(key, Fraction(0)) + one.share
    return [
        {
            "recipient": place,
            "kind": ledger.kind_name(kind),
            "amount": f"{float(total):g}",
            "unit": ledger.unit_name(unit),
        }
        for (place, kind, unit), total in sorted(done.items())
    ]
