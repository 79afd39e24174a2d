"""All that the page of one need says, and what its form may offer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lianti.contexts.activities import queries as activities
from lianti.contexts.activities.queries import Told
from lianti.contexts.needs import rules
from lianti.contexts.needs.models import Need, NeedPerson, NeedTransition
from lianti.contexts.needs.queries.lines import NeedLine, lines, visible
from lianti.contexts.needs.states import NEED
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, RelationFacts, SourceFacts
from lianti.kernel import worklist
from lianti.kernel.models import WorkItem
from lianti.kernel.workflow.spec import Transition
from lianti.lib.actor import Actor
from lianti.lib.errors import NotFound, Sentence
from lianti.lib.roles import Role


@dataclass(frozen=True)
class NeedPage:
    """One need with its answer, story and the moves open to the actor."""

    line: NeedLine
    version: int
    signed_off_duty: str
    signed_off_date: date | None
    entered_by: InstitutionFacts | None
    plan_text: str
    plan_from: date | None
    plan_to: date | None
    people: list[Sentence]
    named: list[tuple[int | None, str]]
    relation: RelationFacts | None
    together: list[NeedLine]
    waits: list[WorkItem]
    sources: list[SourceFacts]
    story: list[Told]
    story_names: dict[str, Sentence]
    open_moves: list[Transition]


@dataclass(frozen=True)
class Address:
    """One way in which the actor can state a need: in which relation, by whom, to whom."""

    relation: RelationFacts
    stater: InstitutionFacts
    addressed: InstitutionFacts

    @property
    def key(self) -> str:
        return f"{self.relation.public_id}-{self.stater.public_id}-{self.addressed.public_id}"


def find(actor: Actor, public_id: str) -> Need:
    """Find a need that the actor may know of. Raises NotFound."""
    row = visible(actor).filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def need_page(actor: Actor, public_id: str) -> NeedPage:
    """Return everything that the page of a need shows. Raises NotFound."""
    row = find(actor, public_id)
    relation_id = row.relation_id
    rows = list(NeedPerson.objects.filter(need=row).order_by("position"))
    moves = NeedTransition.objects.filter(record=row).select_related("principal", "tenant")
    story = activities.told(moves)
    return NeedPage(
        line=lines([row])[0],
        version=row.version,
        signed_off_duty=row.signed_off_duty,
        signed_off_date=row.signed_off_date,
        entered_by=network.institutions_by_id([row.tenant_id]).get(row.tenant_id),
        plan_text=row.plan_text,
        plan_from=row.plan_from,
        plan_to=row.plan_to,
        people=_names(rows),
        named=[(person.person_id, person.name) for person in rows],
        relation=network.relations_by_id([relation_id]).get(relation_id) if relation_id is not None else None,
        together=lines(list(visible(actor).filter(group=row.group).exclude(pk=row.pk).order_by("id")[:50])),
        waits=worklist.waiting_on(NEED.name, row.pk),
        sources=network.sources_of("need", row.public_id),
        story=story,
        story_names=_story_names(story),
        open_moves=[t for t in NEED.allowed(row.state) if rules.TABLE.refusal(actor, t.action, row) is None],
    )


def _names(rows: list[NeedPerson]) -> list[Sentence]:
    known = network.people_by_id({row.person_id for row in rows if row.person_id is not None})
    return [known[row.person_id].name if row.person_id is not None else row.name for row in rows]


def _story_names(story: list[Told]) -> dict[str, Sentence]:
    """Return the names that may be shown of people to whom the story refers by '#key'."""
    refs = {ref for told in story for ref in told.facts.get("people", ()) if str(ref).startswith("#")}
    known = network.people_by_id({int(ref[1:]) for ref in refs})
    return {f"#{pk}": person.name for pk, person in known.items()}


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
