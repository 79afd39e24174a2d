"""The facts behind 'who verifies', gathered for one entry or a whole sheet in the same three queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from lianti.contexts.accounts import queries as accounts
from lianti.contexts.ledger.domain.verifying import Deed, Refusal, Verifier, refusal
from lianti.contexts.ledger.models import Entry, EntryPerson
from lianti.contexts.network import queries as network
from lianti.kernel.ready import Listed
from lianti.lib.actor import Actor

Spans = Mapping[int, list[tuple[int, date, date | None]]]

_NAMED = Listed(
    lambda entries: EntryPerson.objects.filter(entry__in=entries).values_list("entry_id", "person_id", "sheet_id")
)


@dataclass(frozen=True)
class Who:
    """Whom the test is put to: somebody signed in, the holder of a link, or who signed on paper."""

    acting_for: int
    person_id: int | None
    principal_id: int | None = None
    alone: bool = False  # it is known already that nobody counts as the same hand


def who_is(actor: Actor) -> Who:
    """Give the actor as the one the test is put to."""
    return Who(actor.tenant_id, actor.person_id, actor.principal_id, actor.alone)


def refusals(who: Who, entries: Iterable[Entry]) -> dict[int, Refusal]:
    """Say for each entry that `who` may not verify why not; entries that they may verify are left out.

    Whoever stands in the directory twice, or may, passes only where each of the two would.
    """
    rows = list(entries)
    people = _people(rows)
    asked = set().union(*people.values()) if people else set()
    me = [] if who.person_id is None else [who.person_id]
    ties = network.ties(asked.union(me) if me else ())
    hand = _Hand.of(who)
    twice = network.counted_as(who.person_id) if who.person_id in ties.alike else ()
    others = [Who(who.acting_for, other.id, other.principal_id) for other in twice]
    if others:
        ties = network.ties(asked.union(me, (other.id for other in twice)))
    found = {}
    for entry in rows:
        mine = people[entry.pk]
        why = _refusal(who, entry, mine, ties) or hand.refusal(entry, mine)
        if why is None and any(_refusal(other, entry, mine, ties) for other in others):
            why = Refusal.SAME_PERSON
        if why is not None:
            found[entry.pk] = why
        entry.passed_by = who if why is None else None
    return found


def _refusal(who: Who, entry: Entry, people: set[int], ties: network.Ties) -> Refusal | None:
    days = days_of(entry)
    me = [] if who.person_id is None else [who.person_id]
    today = frozenset(ties.employers[one] for one in me if one in ties.employers)
    employers = today | {employer for employer, _day in _in(ties.worked, me, days)}
    mine, theirs = _in(ties.groups, me, days), _in(ties.groups, people, days)
    verifier = Verifier(who.acting_for, who.principal_id, who.person_id, employers, mine)
    return refusal(verifier, _deed(entry, people, theirs))


@dataclass(frozen=True)
class _Hand:
    """Whoever counts as the same hand as a verifier, with the people they are and whom these work for."""

    principals: frozenset[int]
    people: frozenset[int]
    employers: frozenset[int]

    @classmethod
    def of(cls, who: Who) -> _Hand:
        others = set() if who.alone or who.principal_id is None else accounts.hands(who.principal_id)
        persons = list(network.people_by_principal(others).values()) if others else []
        persons += [twin for person in persons for twin in network.counted_as(person.id)]
        others |= {person.principal_id for person in persons if person.principal_id is not None}
        return cls(frozenset(others), frozenset(p.id for p in persons), frozenset(p.employer_id for p in persons))

    def refusal(self, entry: Entry, people: set[int]) -> Refusal | None:
        """Hold the hand to the verifier's own test: it declared nothing, is not among the people, nor the giver's."""
        declared = entry.created_by_id in self.principals or entry.declarer_id in self.people
        return Refusal.SAME_HAND if declared or self.people & people or entry.giver_id in self.employers else None


def _people(rows: list[Entry]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {entry.pk: set() for entry in rows}
    sheets: dict[int, set[int]] = {entry.pk: set() for entry in rows}
    for entry_id, person_id, sheet_id in _NAMED.rows([entry.pk for entry in rows]):
        sheets[entry_id].add(sheet_id)
        if person_id is not None:
            found[entry_id].add(person_id)
    for entry in rows:
        entry.sheet_ids = frozenset(sheets[entry.pk])
    return found


def days_of(entry: Entry) -> list[date]:
    """Give every day of an entry; a correction that is dated later has the day of what it corrects beside its own."""
    length = ((entry.day_to or entry.day) - entry.day).days
    days = [entry.day + timedelta(days=n) for n in range(length + 1)]
    return days if entry.fit_day == entry.day else [entry.fit_day, *days]


def _in(spans: Spans, people: Iterable[int], days: list[date]) -> frozenset[tuple[int, date]]:
    """Give every group, or employer, with every one of these days on which one of these people was there."""
    return frozenset(
        (other, day)
        for person in people
        for other, first, last in spans.get(person, ())
        for day in days
        if first <= day and (last is None or day <= last)
    )


def _deed(entry: Entry, people: set[int], groups: frozenset[tuple[int, date]]) -> Deed:
    return Deed(
        giver_id=entry.giver_id,
        receiver_id=entry.receiver_id,
        declared_by=entry.created_by_id,
        declarer_person_id=entry.declarer_id,
        people=frozenset(people),
        groups=groups,
    )
