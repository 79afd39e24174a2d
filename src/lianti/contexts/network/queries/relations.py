"""Reading relations: visible to their parties and the named authority."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianti.contexts.network import rules
from lianti.contexts.network.models import (
    Institution,
    Programme,
    Relation,
    RelationConfirmation,
    RelationMember,
    RelationSpecialty,
    RelationTransition,
)
from lianti.contexts.network.queries.facts import FigureFacts, MomentFacts, ProgrammeFacts, RelationFacts, SourceFacts
from lianti.contexts.network.queries.institutions import facts_of as institution_facts
from lianti.contexts.network.queries.institutions import figures_of
from lianti.contexts.network.queries.sources import document_facts, sources_of
from lianti.contexts.network.queries.story import story_of
from lianti.contexts.network.states import InstitutionKind, RelationState
from lianti.lib.actor import Actor
from lianti.lib.errors import NotFound
from lianti.lib.web.parts import Fact

_SELECT = ("lead", "authority", "programme", "basis")


def relations_visible(actor: Actor) -> QuerySet[Relation]:
    """Return the relations that the actor's institution is a party to, or the named authority of."""
    return Relation.objects.filter(rules.relations_visible_to(actor))


def relation_for(actor: Actor, public_id: str) -> RelationFacts:
    """Find a relation that the actor may see. Raises NotFound."""
    found = _facts(relations_visible(actor).filter(public_id=public_id))
    if not found:
        raise NotFound
    return found[0]


def relation_named(actor: Actor, public_id: str) -> Relation:
    """Find a relation that the actor may see by its name alone, in one query; read only. Raises NotFound."""
    found = relations_visible(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


def relation_by_id(pk: int) -> RelationFacts:
    """Find a relation by key, for contexts that have already asked who may see. Raises NotFound."""
    found = _facts(Relation.objects.filter(pk=pk))
    if not found:
        raise NotFound
    return found[0]


def relation_fact(relation: RelationFacts | None) -> Fact:
    """Return what a page says of the relation that its record belongs to, with the way to it; None says nothing."""
    url = reverse("network:relation", args=[relation.public_id]) if relation else ""
    return Fact(_("Relation"), relation.name if relation else "", url=url)


def relations_by_id(pks: Iterable[int]) -> dict[int, RelationFacts]:
    """Return the named relations by key, in four queries."""
    return {found.id: found for found in _facts(Relation.objects.filter(pk__in=set(pks)))}


def relation_names(pks: Iterable[int]) -> dict[int, str]:
    """Return the names of relations by key, in one query."""
    return dict(Relation.objects.filter(pk__in=set(pks)).values_list("pk", "name"))


def relations_by_code(codes: Iterable[str]) -> dict[str, RelationFacts]:
    """Return the named relations by code, in four queries."""
    return {found.code: found for found in _facts(Relation.objects.filter(code__in=set(codes)))}


def relations_of(actor: Actor, *, institution_id: int | None = None) -> list[RelationFacts]:
    """Return the relations the actor may see, in force first; those of one institution when it is named."""
    rows = relations_visible(actor)
    if institution_id is not None:
        member = RelationMember.objects.filter(institution=institution_id).values("relation")
        rows = rows.filter(Q(lead=institution_id) | Q(authority=institution_id) | Q(pk__in=member))
    order = {str(state): n for n, state in enumerate(_STATE_ORDER)}
    return sorted(_facts(rows), key=lambda r: (order[r.state], r.code))


def parties(relation_id: int) -> set[int]:
    """Return the institutions bound by a relation: its lead and its members, as far as they have said yes to it."""
    return parties_of([relation_id]).get(relation_id, set())


def parties_of(relation_ids: Iterable[int]) -> dict[int, set[int]]:
    """Return the parties of several relations that have said yes, in three queries."""
    wanted = set(relation_ids)
    found = {pk: {lead} for pk, lead in Relation.objects.filter(pk__in=wanted).values_list("pk", "lead")}
    members = RelationMember.objects.filter(relation__in=wanted)
    for relation_id, institution_id in members.values_list("relation", "institution"):
        found.setdefault(relation_id, set()).add(institution_id)
    said = _said_yes(wanted)
    return {pk: bound & said[pk] for pk, bound in found.items()}


def _said_yes(relation_ids: Iterable[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = RelationConfirmation.objects.filter(relation__in=set(relation_ids))
    for relation_id, institution_id in rows.values_list("relation", "institution"):
        found[relation_id].add(institution_id)
    return found


def watcher_of(relation_id: int) -> int | None:
    """Return the institution that watches over a relation: its named authority, once it is known to agree."""
    row = Relation.objects.filter(pk=relation_id, authority__isnull=False).first()
    return row.authority_id if row is not None and row.authority_id in _said_yes([relation_id])[relation_id] else None


def authority_of(relation_id: int) -> int | None:
    """Return the authority that settles, draws and judges for a relation, or None.

    It is a health authority, has confirmed the relation by a move of its own, and is none of its parties.
    """
    return _judging().filter(pk=relation_id).values_list("authority", flat=True).first()


def judged_parties(authority_id: int) -> dict[int, set[int]]:
    """Return the relations in force for which an institution judges, and who is bound in each by their own yes."""
    rows = _judging().filter(authority=authority_id, state=RelationState.IN_FORCE)
    return parties_of(rows.values_list("pk", flat=True))


def _judging() -> QuerySet[Relation]:
    own = RelationConfirmation.objects.filter(relation=OuterRef("pk"), institution=OuterRef("authority"), own=True)
    member = RelationMember.objects.filter(relation=OuterRef("pk"), institution=OuterRef("authority"))
    rows = Relation.objects.filter(Exists(own), ~Exists(member), authority__kind=InstitutionKind.HEALTH_AUTHORITY)
    return rows.exclude(authority=F("lead"))


def share_in_force(first_id: int, second_id: int) -> bool:
    """Say whether two institutions are both bound, by their own yes, by one relation that is in force."""
    return bound_with(first_id).filter(institution=second_id).exists()


def bound_with(institution_id: int) -> QuerySet[RelationConfirmation]:
    """Return who is bound, by their own yes, by a relation in force that binds this institution by its own yes."""
    member = RelationMember.objects.filter(relation=OuterRef("relation"), institution=OuterRef("institution"))
    parties = RelationConfirmation.objects.filter(Q(relation__lead=F("institution")) | Exists(member))
    own = parties.filter(institution=institution_id, relation__state=RelationState.IN_FORCE)
    return parties.filter(relation__in=own.values("relation"))


def relations_between(first_id: int, second_id: int, day: date | None = None) -> list[int]:
    """Return the relations that bind two institutions, one of them leading; on `day` and in force when it is given."""

    def bound(lead: int, member: int) -> Q:
        members = RelationMember.objects.filter(institution=member).values("relation")
        return Q(lead=lead, pk__in=members)

    rows = Relation.objects.filter(bound(first_id, second_id) | bound(second_id, first_id))
    if day is not None:
        rows = rows.filter(state=RelationState.IN_FORCE)
        rows = rows.filter(Q(from_date=None) | Q(from_date__lte=day)).filter(Q(to_date=None) | Q(to_date__gte=day))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def authorities_between(first_id: int, second_id: int) -> set[int]:
    """Return the authorities that settle, draw and judge for any relation of the two that has not ended.

    Both have confirmed it: what one of them entered alone names no judge over the other.
    """
    both = {first_id, second_id}
    bound = [pk for pk, said in parties_of(relations_between(first_id, second_id)).items() if both <= said]
    rows = _judging().filter(pk__in=bound).exclude(state=RelationState.ENDED)
    rows = rows.exclude(authority__in=[first_id, second_id])
    return {pk for pk in rows.values_list("authority", flat=True) if pk is not None}


def may_bind(actor: Actor) -> bool:
    """Say whether the actor's role may enter a relation."""
    return actor.role in rules.RELATIONS.rules["network.request_relation"].roles


def way_to_bind(actor: Actor) -> dict[str, Any]:
    """Return, for the page of a form that needs a relation where there is none, the way to one for who may enter it."""
    way = {"way": reverse("network:new_relation"), "way_word": _("Enter a relation")} if may_bind(actor) else {}
    return {"nowhere": True, **way}


def programmes() -> list[ProgrammeFacts]:
    """Return the open list of programmes."""
    return [_programme_facts(row) for row in Programme.objects.order_by("code")]


@dataclass(frozen=True)
class RelationPage:
    """All that the page of a relation says of itself; the upper rooms add their panels."""

    relation: RelationFacts
    figures: list[FigureFacts]
    sources: list[SourceFacts]
    story: list[MomentFacts]
    available: list[str]


def relation_page(actor: Actor, public_id: str) -> RelationPage:
    """Return a relation with its figures, sources, story and the moves open to the actor. Raises NotFound."""
    found = relation_for(actor, public_id)
    return RelationPage(
        relation=found,
        figures=figures_of(actor, relation_id=found.id),
        sources=sources_of("relation", public_id),
        story=story_of(RelationTransition, found.id),
        available=rules.available(actor, rules.RELATION_FLOW, public_id),
    )


_STATE_ORDER = (RelationState.IN_FORCE, RelationState.NEGOTIATING, RelationState.REQUESTED, RelationState.ENDED)


def _facts(rows: QuerySet[Relation]) -> list[RelationFacts]:
    found = list(rows.select_related(*_SELECT).order_by("code"))
    pks = [row.pk for row in found]
    members: dict[int, list[Institution]] = defaultdict(list)
    for m in RelationMember.objects.filter(relation__in=pks).select_related("institution").order_by("position", "pk"):
        members[m.relation_id].append(m.institution)
    specialties: dict[int, list[str]] = defaultdict(list)
    named = RelationSpecialty.objects.filter(relation__in=pks).order_by("position", "pk")
    for relation_id, name in named.values_list("relation", "specialty__name"):
        specialties[relation_id].append(name)
    said = _said_yes(pks)
    return [_one(row, members[row.pk], specialties[row.pk], said[row.pk]) for row in found]


def _one(row: Relation, members: list[Institution], specialties: list[str], said: set[int]) -> RelationFacts:
    named = [row.lead, *members, *([row.authority] if row.authority else [])]
    return RelationFacts(
        id=row.pk,
        public_id=row.public_id,
        code=row.code,
        name=row.name,
        behaviour=row.behaviour,
        state=row.state,
        version=row.version,
        lead=institution_facts(row.lead),
        members=tuple(institution_facts(m) for m in members),
        authority=institution_facts(row.authority) if row.authority else None,
        programme=_programme_facts(row.programme) if row.programme else None,
        basis=document_facts(row.basis) if row.basis else None,
        specialties=tuple(specialties),
        from_date=row.from_date,
        to_date=row.to_date,
        unconfirmed=tuple(institution_facts(one) for one in named if one.pk not in said),
    )


def _programme_facts(row: Programme) -> ProgrammeFacts:
    return ProgrammeFacts(
        id=row.pk,
        public_id=row.public_id,
        code=row.code,
        name=row.name,
        from_date=row.from_date,
        to_date=row.to_date,
        policy_basis=row.policy_basis,
    )
