"""All that the page of one need says, and what its form may offer."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from lianti.contexts.needs import rules
from lianti.contexts.needs.models import Need, NeedPerson
from lianti.contexts.needs.queries.listing import KIND
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, RelationFacts, SourceFacts
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.roles import Role


@dataclass(frozen=True)
class NeedPage:
    """One need with its answer and what belongs to it. `need` is read only."""

    need: Need
    entered_by: InstitutionFacts | None
    people: list[Sentence]
    relation: RelationFacts | None
    together: list[Need]
    sources: list[SourceFacts]


@dataclass(frozen=True)
class Address:
    """One way in which the actor can state a need: in which relation, by whom, to whom."""

    relation: RelationFacts
    stater: InstitutionFacts
    addressed: InstitutionFacts

    @property
    def key(self) -> str:
        return f"{self.relation.public_id}-{self.stater.public_id}-{self.addressed.public_id}"


def need_page(actor: Actor, row: Need) -> NeedPage:
    """Return what the page of a need shows beside head, moves and story."""
    by = network.institution_by_id(row.tenant_id) if row.tenant_id != row.stater_id else None
    relation = network.relations_by_id([row.relation_id]).get(row.relation_id) if row.relation_id else None
    together = KIND.visible(actor).narrowed(Q(group=row.group) & ~Q(pk=row.pk)).all(order=("id",), most=50)
    return NeedPage(
        need=row,
        entered_by=by,
        people=_names(list(NeedPerson.objects.filter(need=row).order_by("position"))),
        relation=relation,
        together=together,
        sources=network.sources_of("need", row.public_id),
    )


def _names(people: list[NeedPerson]) -> list[Sentence]:
    known = network.people_by_id({one.person_id for one in people if one.person_id is not None})
    return [known[one.person_id].name if one.person_id is not None else one.name for one in people]


def addresses(actor: Actor) -> list[Address]:
    """Return how the actor can state a need: as a member to the lead, as a lead's office on behalf of a member.

    A lead states its own needs to its members too: help flows both ways.
    """
    found = []
    for relation in network.relations_of(actor):
        if relation.state == "ended":
            continue
        pairs = [(member, relation.lead) for member in relation.members]
        pairs += [(relation.lead, member) for member in relation.members]
        for stater, addressed in pairs:
            own = stater.id == actor.tenant_id
            on_behalf = addressed.id == actor.tenant_id and actor.role is Role.OFFICE
            if own or on_behalf:
                found.append(Address(relation, stater, addressed))
    return sorted(found, key=lambda a: a.stater.id != actor.tenant_id)


def may_state(actor: Actor) -> bool:
    """Say whether the actor's role lets them state needs at all."""
    return actor.role in rules.SPEAKERS
