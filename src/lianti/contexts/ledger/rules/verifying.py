"""The facts behind 'who verifies', gathered for one entry or a whole sheet in the same few queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lianti.contexts.accounts import queries as accounts
from lianti.contexts.ledger.domain.verifying import Deed, Refusal, Verifier, refusal
from lianti.contexts.ledger.models import Entry, EntryPerson, EntryTransition
from lianti.contexts.network import queries as network
from lianti.kernel.ready import Listed
from lianti.lib.actor import Actor
from lianti.lib.roles import Role

Spans = Mapping[int, list[tuple[int, date, date | None]]]

_NAMED = Listed(
    lambda entries: EntryPerson.objects.filter(entry__in=entries).values_list("entry_id", "person_id", "sheet_id")
)


_DECLARED_AGAIN = Listed(
    lambda entries: EntryTransition.objects.filter(record__in=entries, name="redeclare").values_list(
        "record_id", "principal_id", "at"
    )
)


@dataclass(frozen=True)
class Who:
    """Whom the test is put to: somebody signed in, the holder of a link, or who signed on paper."""

    acting_for: int
    person_id: int | None
    principal_id: int | None = None
    alone: bool = False  # it is known already that nobody counts as the same hand


def who_is(actor: Actor) -> Who:
    """Give the actor as the one the test is put to; a link has no account, its holder may."""
    principal_id = None if actor.role is Role.LINK else actor.principal_id
    return Who(actor.tenant_id, actor.person_id, principal_id, actor.alone)


def refusals(who: Who, entries: Iterable[Entry]) -> dict[int, Refusal]:
    """Say for each entry that `who` may not verify why not; entries that they may verify are left out.

    Whoever stands in the directory twice, or may, passes only where each of the two would.
    """
    rows = list(entries)
    people = _people(rows)
    hands = _Hands.of(who, rows)
    me = [who.person_id] if who.person_id is not None else []
    asked = hands.people.union(me, *people.values())
    ties = network.ties(asked)
    twice = network.counted_as(who.person_id) if who.person_id in ties.alike else ()
    if twice:
        ties = network.ties(asked.union(other.id for other in twice))
    found = {}
    for entry in rows:
        test = _Test.of(hands, entry, people[entry.pk], who.acting_for, ties)
        why = test.refuses(hands.me, who.person_id)
        if why is None and (hands.declared(entry) or any(test.refuses(None, person) for person in hands.people)):
            why = Refusal.SAME_HAND
        if why is None and any(test.refuses(other.principal_id, other.id) for other in twice):
            why = Refusal.SAME_PERSON
        if why is not None:
            found[entry.pk] = why
        entry.passed_by = who if why is None else None
    return found


def declared_it(actor: Actor, entry: Entry) -> bool:
    """Say whether somebody, or whoever counts as one hand with them, declared an entry or mended it."""
    who = who_is(actor)
    hands = _Hands.of(who, [entry])
    people = hands.people if who.person_id is None else hands.people | {who.person_id}
    return hands.me in hands.declarers(entry) or entry.declarer_id in people or hands.declared(entry)


@dataclass(frozen=True)
class _Hands:
    """Who verifies, as who signs in; whoever counts as one hand with them; and who declared each entry, and when."""

    me: int | None
    others: frozenset[int]
    people: frozenset[int]
    shown: list[accounts.Shown]
    moments: Mapping[int, list[tuple[int, datetime]]]

    @classmethod
    def of(cls, who: Who, rows: list[Entry]) -> _Hands:
        me = who.principal_id
        if me is None and who.person_id is not None:
            me = network.principal_of(who.person_id)
        moments = _moments(rows)
        asked = {principal for told in moments.values() for principal, _at in told}
        shown = [] if who.alone else _shown(asked if me is None else asked | {me})
        others = {pk for one in shown if one.lately and me in (one.to, one.of) for pk in (one.to, one.of)} - {me}
        while more := {one.to for one in shown if one.lately and one.own and one.of in others} - others - {me}:
            others |= more
        persons = list(network.people_by_principal(others).values()) if others else []
        persons += [twin for person in persons for twin in network.counted_as(person.id)]
        others |= {person.principal_id for person in persons if person.principal_id is not None}
        return cls(me, frozenset(pk for pk in others if pk), frozenset(person.id for person in persons), shown, moments)

    def declarers(self, entry: Entry) -> frozenset[int]:
        """Return everybody who declared an entry or mended it, as who signs in."""
        return frozenset(principal for principal, _at in self.moments[entry.pk])

    def declared(self, entry: Entry) -> bool:
        """Say whether one of these hands declared it, or was the hand of who did when that was done."""
        mine = self.others if self.me is None else self.others | {self.me}
        return any(
            principal in self.others or self._behind(principal, at) & mine for principal, at in self.moments[entry.pk]
        )

    def _behind(self, principal: int, at: datetime) -> frozenset[int]:
        """Return whose hands may have acted as somebody at a moment, and who of a house stood behind those in turn."""
        found = {one.to: one.at for one in self.shown if one.of == principal and one.holds(at)}
        left = list(found.items())
        while left:
            whose, until = left.pop()
            for one in self.shown:
                if one.own and one.of == whose and one.to not in found and one.holds(until):
                    found[one.to] = one.at
                    left.append((one.to, one.at))
        return frozenset(found)


def _shown(principals: set[int]) -> list[accounts.Shown]:
    """Return to whom codes of these were shown; and of those, as far as they are of the same house, to whom theirs."""
    found, known, more = list[accounts.Shown](), set[int](), principals
    while more:
        rows = accounts.codes_shown(more)
        found += rows
        known |= more
        more = {one.to for one in rows if one.own} - known
    return found


def _moments(rows: list[Entry]) -> dict[int, list[tuple[int, datetime]]]:
    """Return who declared each entry, or mended it, as who signs in, and when."""
    found = {
        entry.pk: [(entry.created_by_id, entry.created_at)]
        + [(principal, datetime.fromisoformat(at)) for principal, at in entry.before]
        for entry in rows
    }
    # What was never moved since its first version was declared once.
    for entry_id, principal, at in _DECLARED_AGAIN.rows([entry.pk for entry in rows if entry.version > 1]):
        found[entry_id].append((principal, at))
    return found


@dataclass(frozen=True)
class _Test:
    """The test of one entry, to be put to several: a verifier, their hands, and who may be one person with them."""

    deed: Deed
    days: list[date]
    acting_for: int
    ties: network.Ties

    @classmethod
    def of(cls, hands: _Hands, entry: Entry, people: set[int], acting_for: int, ties: network.Ties) -> _Test:
        days = days_of(entry)
        deed = Deed(
            giver_id=entry.giver_id,
            receiver_id=entry.receiver_id,
            declared_by=hands.declarers(entry),
            declarers=frozenset({entry.declarer_id} if entry.declarer_id else ()),
            people=frozenset(people),
            groups=_in(ties.groups, people, days),
        )
        return cls(deed, days, acting_for, ties)

    def refuses(self, principal_id: int | None, person_id: int | None) -> Refusal | None:
        """Say why this person may not verify the entry, or None."""
        ties, me = self.ties, [] if person_id is None else [person_id]
        today = frozenset(ties.employers[one] for one in me if one in ties.employers)
        employers = today | {employer for employer, _day in _in(ties.worked, me, self.days)}
        groups = _in(ties.groups, me, self.days)
        return refusal(Verifier(self.acting_for, principal_id, person_id, employers, groups), self.deed)


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
