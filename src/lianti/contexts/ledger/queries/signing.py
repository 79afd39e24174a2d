"""The test of who verifies, for papers that other rooms have signed: service confirmed, a posting appraised."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from lianti.contexts.ledger import rules, words
from lianti.contexts.ledger.domain.verifying import Deed, Refusal, Verifier, refusal
from lianti.contexts.ledger.rules import Who
from lianti.contexts.network import queries as network
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence


def signer(actor: Actor) -> Who:
    """Return the actor as the one the test is put to."""
    return rules.who_is(actor)


def signatory(institution_id: int, person_id: int) -> Who:
    """Return who signed on paper for an institution."""
    return Who(institution_id, person_id)


def why_not_sign(
    who: Who, giver_id: int, receiver_id: int, people: Iterable[int], spans: Iterable[tuple[date, date]]
) -> Sentence | None:
    """Say why somebody may not confirm what these people gave on these days, or None when nothing stands against it.

    They act for the receiver, are not among the people, are not employed by the giver today or then, and were in no
    group with one of the people on any of the days; whoever stands in the directory twice passes only as both.
    """
    given, days = set(people), list(_days(spans))
    me = [] if who.person_id is None else [who.person_id]
    twice = [] if who.person_id is None else network.counted_as(who.person_id)
    ties = network.ties({*given, *me, *(other.id for other in twice)})
    deed = Deed(giver_id, receiver_id, frozenset(), frozenset(), frozenset(given), _on(ties.groups, given, days))
    for person in [who.person_id, *(other.id for other in twice)]:
        asked = [] if person is None else [person]
        today = {ties.employers[one] for one in asked if one in ties.employers}
        employers = frozenset(today | {place for place, _day in _on(ties.worked, asked, days)})
        verifier = Verifier(who.acting_for, who.principal_id, person, employers, _on(ties.groups, asked, days))
        if (why := refusal(verifier, deed)) is not None:
            return words.REFUSALS[why if person == who.person_id else Refusal.SAME_PERSON]
    return None


def _days(spans: Iterable[tuple[date, date]]) -> Iterable[date]:
    for first, last in spans:
        for number in range((last - first).days + 1):
            yield first + timedelta(days=number)


def _on(
    spans: dict[int, list[tuple[int, date, date | None]]], people: Iterable[int], days: list[date]
) -> frozenset[tuple[int, date]]:
    """Return every group, or employer, of these people with every day of those on which they were there."""
    return frozenset(
        (other, day)
        for person in people
        for other, first, last in spans.get(person, ())
        for day in days
        if first <= day and (last is None or day <= last)
    )
