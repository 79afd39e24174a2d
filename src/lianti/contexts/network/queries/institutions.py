"""Reading institutions: a directory for everyone who is signed in."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from lianti.contexts.network import rules
from lianti.contexts.network.models import (
    Department,
    Figure,
    Institution,
    InstitutionName,
    InstitutionTransition,
    Relation,
    RelationMember,
)
from lianti.contexts.network.queries.facts import FigureFacts, InstitutionFacts, MomentFacts, NameFacts, SourceFacts
from lianti.contexts.network.queries.sources import sources_of
from lianti.contexts.network.queries.spelling import spelled
from lianti.contexts.network.queries.story import story_of
from lianti.contexts.network.states import InstitutionState
from lianti.lib.actor import Actor
from lianti.lib.errors import NotFound


def facts_of(row: Institution) -> InstitutionFacts:
    """Return the facts of one institution row."""
    return InstitutionFacts(
        id=row.pk,
        public_id=row.public_id,
        code=row.code,
        name=row.name,
        short_name=row.short_name,
        kind=row.kind,
        level=row.level,
        region=row.region,
        state=row.state,
    )


def institution(public_id: str) -> InstitutionFacts:
    """Find an institution by its public id. Raises NotFound."""
    return _one(Institution.objects.filter(public_id=public_id))


def institution_by_id(pk: int) -> InstitutionFacts:
    """Find an institution by its key, which is also its tenant's. Raises NotFound."""
    return _one(Institution.objects.filter(pk=pk))


def institution_by_code(code: str) -> InstitutionFacts | None:
    """Find an institution by its code, or None."""
    row = Institution.objects.filter(code=code).first()
    return facts_of(row) if row else None


def institutions_by_code(codes: Iterable[str]) -> dict[str, InstitutionFacts]:
    """Return the named institutions by code, in one query."""
    return {row.code: facts_of(row) for row in Institution.objects.filter(code__in=set(codes))}


def institutions_by_id(pks: Iterable[int]) -> dict[int, InstitutionFacts]:
    """Return the named institutions by key, in one query."""
    return {row.pk: facts_of(row) for row in Institution.objects.filter(pk__in=set(pks))}


def institutions(
    *, kind: str = "", level: str = "", region: str = "", text: str = "", listed: bool = False
) -> QuerySet[Institution]:
    """Return the directory, narrowed by kind, level, region prefix and text in a present or former name."""
    rows = Institution.objects.filter(state=InstitutionState.LISTED) if listed else Institution.objects.all()
    if kind:
        rows = rows.filter(kind=kind)
    if level:
        rows = rows.filter(level=level)
    if region:
        rows = rows.filter(Q(region=region) | Q(region__startswith=f"{region}/"))
    return rows.filter(pk__in=like(text).values("pk")) if text else rows


def like(said: str) -> QuerySet[Institution]:
    """Return the institutions with the word in a present or former name, in the code, or in a name's first letters."""
    former = InstitutionName.objects.filter(name__icontains=said).values("institution")
    which = Q(name__icontains=said) | Q(short_name__icontains=said) | Q(code__iexact=said) | Q(pk__in=former)
    return Institution.objects.filter(which | spelled(said))


def institution_keys(public_ids: Iterable[str]) -> dict[str, int]:
    """Return the keys of institutions by public id, in one query."""
    wanted = {public_id for public_id in public_ids if public_id}
    return dict(Institution.objects.filter(public_id__in=wanted).values_list("public_id", "pk"))


def regions() -> list[str]:
    """Return every region that an institution lies in, sorted."""
    return list(Institution.objects.exclude(region="").order_by("region").values_list("region", flat=True).distinct())


def departments(institution_id: int) -> list[tuple[int, str]]:
    """Return the departments of an institution as (key, name)."""
    return list(Department.objects.filter(institution=institution_id).order_by("name").values_list("pk", "name"))


def former_names(institution_id: int) -> list[NameFacts]:
    """Return the names an institution carried before, latest first."""
    rows = InstitutionName.objects.filter(institution=institution_id).order_by("-to_date", "-pk")
    return [NameFacts(name=r.name, from_date=r.from_date, to_date=r.to_date) for r in rows]


def figures_of(actor: Actor, *, institution_id: int | None = None, relation_id: int | None = None) -> list[FigureFacts]:
    """Return the figures of an institution or of a relation that the actor may see."""
    rows = Figure.objects.filter(rules.figures_visible_to(actor), institution=institution_id, relation=relation_id)
    found = rows.select_related("source__document", "said_by", "relation").order_by("pk")
    return [_figure_facts(row, may_confirm=rules.may_confirm(actor, row)) for row in found]


def figure(actor: Actor, public_id: str) -> FigureFacts:
    """Find a figure that the actor may see by public id. Raises NotFound."""
    rows = Figure.objects.filter(rules.figures_visible_to(actor), public_id=public_id)
    row = rows.select_related("source__document", "said_by").first()
    if row is None:
        raise NotFound
    return _figure_facts(row)


def _figure_facts(row: Figure, *, may_confirm: bool = False) -> FigureFacts:
    return FigureFacts(
        public_id=row.public_id,
        label=row.label,
        value=row.value,
        comparison=row.comparison,
        examples=tuple(row.examples),
        source=row.source.document.title if row.source else "",
        said_by=row.said_by.short_name if row.said_by and row.confirmed_at is None else "",
        may_confirm=may_confirm,
    )


@dataclass(frozen=True)
class InstitutionPage:
    """All that the page of an institution says of itself."""

    institution: InstitutionFacts
    former_names: list[NameFacts]
    figures: list[FigureFacts]
    departments: list[tuple[int, str]]
    sources: list[SourceFacts]
    story: list[MomentFacts]
    available: list[str]


def institution_page(actor: Actor, public_id: str) -> InstitutionPage:
    """Return an institution with all it says of itself and the moves open to the actor. Raises NotFound."""
    found = institution(public_id)
    available = rules.available(actor, rules.INSTITUTION_FLOW, public_id)
    if rules.may_add_person(actor, found.id) and not found.closed:
        available.append("add_person")
    return InstitutionPage(
        institution=found,
        former_names=former_names(found.id),
        figures=figures_of(actor, institution_id=found.id),
        departments=departments(found.id),
        sources=sources_of("institution", found.public_id),
        story=story_of(InstitutionTransition, found.id),
        available=available,
    )


@dataclass(frozen=True)
class DirectoryLine:
    """One line of the directory, with the number of relations there that the reader may see."""

    institution: InstitutionFacts
    relations: int


def directory_lines(actor: Actor, rows: Sequence[Institution]) -> list[DirectoryLine]:
    """Return lines for one page of the directory, in two queries whatever its length."""
    bonds: Counter[int] = Counter()
    visible = Relation.objects.filter(rules.relations_visible_to(actor))
    bonds.update(visible.filter(lead__in=rows).values_list("lead_id", flat=True))
    members = RelationMember.objects.filter(institution__in=rows, relation__in=visible.values("pk"))
    bonds.update(members.values_list("institution_id", flat=True))
    return [DirectoryLine(institution=facts_of(row), relations=bonds[row.pk]) for row in rows]


def may_enter(actor: Actor) -> bool:
    """Say whether the actor's role may enter an institution."""
    return actor.role in rules.INSTITUTIONS.rules["network.create_institution"].roles


def _one(rows: QuerySet[Institution]) -> InstitutionFacts:
    row = rows.first()
    if row is None:
        raise NotFound
    return facts_of(row)
