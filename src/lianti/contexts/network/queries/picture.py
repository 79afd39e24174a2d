"""Who is bound to whom, as a graph that any drawing can take."""

from dataclasses import dataclass

from lianti.contexts.network.queries.facts import InstitutionFacts, RelationFacts, Text
from lianti.contexts.network.queries.relations import relations_of
from lianti.lib.actor import Actor


@dataclass(frozen=True)
class Node:
    """One institution in the picture; `relations` counts the bonds it has there, `leads` those it leads."""

    institution: InstitutionFacts
    relations: int
    leads: int
    mine: bool


@dataclass(frozen=True)
class Edge:
    """One member's bond in one relation, from the lead's side to the member's."""

    relation: RelationFacts
    lead_id: int
    member_id: int

    @property
    def behaviour(self) -> str:
        return self.relation.behaviour

    @property
    def lead_side(self) -> Text:
        return self.relation.lead_side

    @property
    def member_side(self) -> Text:
        return self.relation.member_side


@dataclass(frozen=True)
class Picture:
    """The network that one actor may see."""

    nodes: list[Node]
    edges: list[Edge]
    relations: list[RelationFacts]


def picture(actor: Actor, *, institution_id: int | None = None) -> Picture:
    """Return the nodes and edges of the relations the actor may see, in a constant number of queries."""
    relations = relations_of(actor, institution_id=institution_id)
    edges = [Edge(relation=r, lead_id=r.lead.id, member_id=m.id) for r in relations for m in r.members]
    seen: dict[int, InstitutionFacts] = {}
    bonds: dict[int, int] = {}
    leads: dict[int, int] = {}
    for relation in relations:
        parties = [relation.lead, *relation.members]
        for party in parties if relation.authority is None else [*parties, relation.authority]:
            seen.setdefault(party.id, party)
            bonds[party.id] = bonds.get(party.id, 0) + 1
        leads[relation.lead.id] = leads.get(relation.lead.id, 0) + 1
    nodes = [
        Node(institution=found, relations=bonds[pk], leads=leads.get(pk, 0), mine=pk == actor.tenant_id)
        for pk, found in seen.items()
    ]
    return Picture(
        nodes=sorted(nodes, key=lambda n: (-n.leads, -n.relations, n.institution.code)),
        edges=edges,
        relations=relations,
    )
