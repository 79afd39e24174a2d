"""What the rules ask of a place for every month: that somebody is there all the year round, and how many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from lianti.contexts.dispatch.queries import rulebook
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, RelationFacts, StandingRules
from lianti.lib.actor import Actor
from lianti.records.asking import CountyPath, Named

# By which purpose a relation of this behaviour is judged; the others ask for no presence.
_JUDGED = {"paired_assistance": rulebook.PAIRED, "team_assistance": rulebook.TEAM}


class Seeks(Protocol):
    """What a page is asked of places and relations."""

    @property
    def county(self) -> str | None: ...
    @property
    def place(self) -> Named | None: ...
    @property
    def relation(self) -> Named | None: ...


@dataclass(frozen=True)
class Duty:
    """What a relation owes a place in days: `people` 0 where no number is asked."""

    relation: RelationFacts
    place: InstitutionFacts
    all_year: bool
    people: int
    first: date
    last: date
    by: StandingRules

    def within(self, first: date, last: date, begun: date) -> tuple[date, date] | None:
        """Return the days of a stretch on which it is owed; None when there are none.

        `begun`: from when a relation owes that says no first day.
        """
        begin, end = max(first, self.first, self.relation.from_date or begun), min(last, self.last)
        return (begin, end) if begin <= end else None


def duties(actor: Actor, asked: Seeks, first: date, last: date) -> list[Duty]:
    """Return what is owed in a stretch by the relations in force that bind the reader, in a constant number of queries.

    Others do not see who is posted in a relation, and would be told of nobody where somebody is.
    """
    relations = [
        one
        for one in network.relations_of(actor)
        if one.state == "in_force" and one.behaviour in _JUDGED and actor.tenant_id in one.party_ids
    ]
    if asked.relation is not None:
        relations = [one for one in relations if one.id == asked.relation.id]
    if not relations:
        return []
    book = network.rule_book(rulebook.USE, relation_ids=[one.id for one in relations])
    found = []
    for relation in relations:
        for place in _places(actor, asked, relation):
            case = rulebook.case_of(relation, _JUDGED[relation.behaviour], relation.lead, place)
            for stretch in book.stretches(first, last, case):
                year, people = stretch.rulings.get("all_year"), stretch.rulings.get("people")
                ruling = year or people
                if ruling is not None:
                    owed = bool(year and year.value), int(people.value) if people else 0
                    days = stretch.first, min(stretch.last, relation.to_date or stretch.last)
                    found.append(Duty(relation, place, *owed, *days, ruling.by))
    return found


def _places(actor: Actor, asked: Seeks, relation: RelationFacts) -> Iterator[InstitutionFacts]:
    """Yield the members of a relation that the reader may ask of: a member asks of itself alone."""
    inside = asked.county.inside if isinstance(asked.county, CountyPath) else None
    for place in relation.members:
        among = place.id in relation.party_ids and (actor.tenant_id == place.id or not _is_member(actor, relation))
        named = asked.place is None or asked.place.id in {place.id, relation.lead.id}
        if among and named and (inside is None or place.id in inside or relation.lead.id in inside):
            yield place


def _is_member(actor: Actor, relation: RelationFacts) -> bool:
    return any(actor.tenant_id == place.id for place in relation.members)
