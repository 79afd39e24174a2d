"""All that the page of one agreement, and the board of one relation, say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from lianti.contexts.activities import queries as activities
from lianti.contexts.activities.queries import Told
from lianti.contexts.agreements import labels, rules
from lianti.contexts.agreements.models import Agreement, AgreementFile, AgreementTransition, Goal, Plan, ReviewArea
from lianti.contexts.agreements.queries.lines import (
    AgreementLine,
    CommitmentLine,
    commitments_of_agreement,
    lines,
    visible,
)
from lianti.contexts.agreements.states import AGREEMENT, GOAL, PaperState
from lianti.contexts.evidence import queries as evidence
from lianti.contexts.evidence.queries import FileFacts
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, RelationFacts, SourceFacts
from lianti.kernel import worklist
from lianti.kernel.models import WorkItem
from lianti.kernel.workflow.spec import Transition
from lianti.lib.actor import Actor
from lianti.lib.errors import NotFound, Sentence


@dataclass(frozen=True)
class PaperFile:
    """A file of an agreement: the id of its link, and what is known of it."""

    public_id: str
    file: FileFacts


@dataclass(frozen=True)
class AgreementPage:
    """One agreement with its promises, files, story and the moves open to the actor."""

    line: AgreementLine
    version: int
    form: str
    clauses: Mapping[str, str]
    copies: int | None
    minutes_number: str
    contract_number: str
    filed_date: date | None
    filed_number: str
    filed_to: str
    note: str
    commitments: list[CommitmentLine]
    files: list[PaperFile]
    waits: list[WorkItem]
    sources: list[SourceFacts]
    story: list[Told]
    open_moves: list[Transition]
    may_promise: bool

    @property
    def form_label(self) -> Sentence:
        return labels.FORMS.get(self.form, "")


@dataclass(frozen=True)
class GoalFactsShown:
    """One goal as the board shows it."""

    public_id: str
    kind: str
    text: str
    state: str
    institution: InstitutionFacts | None
    due_date: date | None
    open_moves: list[Transition]
    relation_public_id: str = ""

    @property
    def kind_label(self) -> Sentence:
        return labels.GOAL_KINDS.get(self.kind, self.kind)

    @property
    def state_label(self) -> Sentence:
        return labels.GOAL_STATES[self.state]

    @property
    def tone(self) -> labels.Tone:
        return labels.GOAL_TONES[self.state]


@dataclass(frozen=True)
class RoadMap:
    """The plan of a relation and the fields on which its departments comment."""

    approach: str
    first_step: str
    must_have: tuple[str, ...]
    review_areas: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.approach or self.first_step or self.must_have or self.review_areas)


def find(actor: Actor, public_id: str) -> Agreement:
    """Find an agreement that the actor may know of. Raises NotFound."""
    row = visible(actor).filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def agreement_page(actor: Actor, public_id: str) -> AgreementPage:
    """Return everything that the page of an agreement shows. Raises NotFound."""
    row = find(actor, public_id)
    moves = AgreementTransition.objects.filter(record=row).select_related("principal", "tenant")
    draftable = rules.TABLE.refusal(actor, "agreements.draft", row) is None
    return AgreementPage(
        line=lines([row])[0],
        version=row.version,
        form=row.form,
        clauses=row.clauses,
        copies=row.copies,
        minutes_number=row.minutes_number,
        contract_number=row.contract_number,
        filed_date=row.filed_date,
        filed_number=row.filed_number,
        filed_to=row.filed_to,
        note=row.note,
        commitments=commitments_of_agreement(actor, row.pk),
        files=_files(row),
        waits=worklist.waiting_on(AGREEMENT.name, row.pk),
        sources=network.sources_of("agreement", row.public_id),
        story=activities.told(moves),
        open_moves=[t for t in AGREEMENT.allowed(row.state) if rules.TABLE.refusal(actor, t.action, row) is None],
        may_promise=draftable and row.state not in AGREEMENT.final,
    )


def _files(row: Agreement) -> list[PaperFile]:
    links = list(AgreementFile.objects.filter(agreement=row).order_by("id"))
    known = evidence.files(link.file_id for link in links)
    return [PaperFile(link.public_id, known[link.file_id]) for link in links]


def agreement_file(actor: Actor, agreement_id: str, file_id: str) -> str:
    """Return the evidence room's id of a file of an agreement that the actor may know of. Raises NotFound."""
    link = AgreementFile.objects.filter(agreement=find(actor, agreement_id), public_id=file_id).first()
    if link is None:
        raise NotFound
    return evidence.files([link.file_id])[link.file_id].public_id


def goals(actor: Actor, relation_id: int) -> list[GoalFactsShown]:
    """Return the goals of a relation that the actor may know of, each with the moves open to them."""
    return _goals(actor, Goal.objects.filter(rules.GOALS.visible_to(actor), relation_id=relation_id))


def goals_of_institution(actor: Actor, institution_id: int) -> list[GoalFactsShown]:
    """Return the goals set for one institution that the actor may know of."""
    return _goals(actor, Goal.objects.filter(rules.GOALS.visible_to(actor), institution_id=institution_id))


def goal(actor: Actor, public_id: str) -> GoalFactsShown:
    """Find a goal that the actor may know of. Raises NotFound."""
    found = _goals(actor, Goal.objects.filter(rules.GOALS.visible_to(actor), public_id=public_id))
    if not found:
        raise NotFound
    return found[0]


def _goals(actor: Actor, wanted: QuerySet[Goal]) -> list[GoalFactsShown]:
    rows = list(wanted.order_by("id"))
    places = network.institutions_by_id({row.institution_id for row in rows if row.institution_id is not None})
    relations = network.relations_by_id({row.relation_id for row in rows})
    may = bool(rows) and rules.GOALS.refusal(actor, "agreements.plan", rows[0]) is None
    return [
        GoalFactsShown(
            public_id=row.public_id,
            kind=row.kind,
            text=row.text,
            state=row.state,
            institution=places.get(row.institution_id) if row.institution_id is not None else None,
            due_date=row.due_date,
            open_moves=GOAL.allowed(row.state) if may else [],
            relation_public_id=relations[row.relation_id].public_id,
        )
        for row in rows
    ]


def road_map(actor: Actor, relation_id: int) -> RoadMap:
    """Return the current plan and review areas of a relation, as far as the actor may know of them."""
    plan = Plan.objects.filter(rules.PLANS.visible_to(actor), relation_id=relation_id, state=PaperState.CURRENT).first()
    areas = ReviewArea.objects.filter(
        rules.REVIEW_AREAS.visible_to(actor), relation_id=relation_id, state=PaperState.CURRENT
    )
    return RoadMap(
        approach=plan.approach if plan else "",
        first_step=plan.first_step if plan else "",
        must_have=tuple(plan.must_have) if plan else (),
        review_areas=tuple(areas.order_by("position", "id").values_list("text", flat=True)),
    )


def relations_to_sign(actor: Actor) -> list[RelationFacts]:
    """Return the relations in which the actor's institution is a party and can write an agreement."""
    found = network.relations_of(actor)
    return [r for r in found if actor.tenant_id in r.party_ids and r.state != "ended"]


def may_draft(actor: Actor) -> bool:
    """Say whether the actor's role lets them write agreements at all."""
    return actor.role in rules.DRAFTERS


def may_enter_signed(actor: Actor) -> bool:
    """Say whether the actor's role lets them enter an agreement that was signed before."""
    return actor.role in rules.AGREEMENT_RULES["agreements.enter_signed"].roles
