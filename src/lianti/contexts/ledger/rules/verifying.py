"""The facts behind 'who verifies', gathered for one entry or a whole sheet in the same three queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

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


def who_is(actor: Actor) -> Who:
    """Give the actor as the one the test is put to."""
    return Who(actor.tenant_id, actor.person_id, actor.principal_id)


def refusals(who: Who, entries: Iterable[Entry]) -> dict[int, Refusal]:
    """Say for each entry that `who` may not verify why not; entries that they may verify are left out."""
    rows = list(entries)
    people = _people(rows)
    asked = set().union(*people.values()) if people else set()
    employer: int | None = None
    spans: Spans = {}
    if who.person_id is not None:
        employers, spans = network.ties(asked | {who.person_id})
        employer = employers.get(who.person_id)
    found = {}
    for entry in rows:
        why = refusal(_verifier(who, employer, spans, entry.fit_day), _deed(entry, people[entry.pk], spans))
        if why is not None:
            found[entry.pk] = why
    return found


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


def _on(spans: Spans, people: Iterable[int], day: date) -> frozenset[int]:
    groups: dict[int, bool] = defaultdict(bool)
    for person in people:
        for group, first, last in spans.get(person, ()):
            groups[group] |= first <= day and (last is None or day <= last)
    return frozenset(group for group, inside in groups.items() if inside)


def _verifier(who: Who, employer: int | None, spans: Spans, day: date) -> Verifier:
    mine = _on(spans, [who.person_id], day) if who.person_id is not None else frozenset()
    return Verifier(who.acting_for, who.principal_id, who.person_id, employer, mine)


def _deed(entry: Entry, people: set[int], spans: Spans) -> Deed:
    return Deed(
        giver_id=entry.giver_id,
        receiver_id=entry.receiver_id,
        declared_by=entry.created_by_id,
        declarer_person_id=entry.declarer_id,
        people=frozenset(people),
        groups=_on(spans, people, entry.fit_day),
    )
