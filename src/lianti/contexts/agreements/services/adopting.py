"""Papers and promises that were already under way: taken in from a source, or from a paper signed before."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from lianti.contexts.agreements import rules
from lianti.contexts.agreements.domain import AgreementFacts, CommitmentFacts, GoalFacts, PlanFacts, ReviewAreaFacts
from lianti.contexts.agreements.flow import AGREEMENTS, COMMITMENTS, GOALS, PLANS, REVIEW_AREAS
from lianti.contexts.agreements.models import Agreement, AgreementFile, Commitment, Goal, Plan, ReviewArea
from lianti.contexts.agreements.services import papers, plans, promises
from lianti.contexts.agreements.states import AgreementState, CommitmentState, GoalState, PaperState
from lianti.contexts.evidence import services as evidence
from lianti.contexts.network import queries as network
from lianti.kernel import scope
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.roles import Role


def _of_lead(row: Agreement | Goal | Plan | ReviewArea, relation_id: int, actor: Actor) -> None:
    """Book what a job takes in under the lead of the relation; a person's own entry stays their institution's."""
    if actor.role is Role.SYSTEM:
        row.tenant_id = network.relation_by_id(relation_id).lead.id


def adopt_agreement(
    *, actor: Actor, at: datetime, key: str | None, source: str, agreement: AgreementFacts, state: str
) -> Agreement:
    """Take in an agreement in the state it is in. In force without a first day: it began when it was signed.

    Raises Invalid, NotAllowed, Conflict.
    """
    return _take_in(actor, at, key, source, agreement, state, ())


def enter_signed(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    agreement: AgreementFacts,
    commitments: tuple[CommitmentFacts, ...],
    uploads: tuple[evidence.Upload, ...] = (),
) -> Agreement:
    """Enter an agreement that was signed before, with its promises and scan, as it stands in force.

    The `agreement_id` of the commitments is filled in here. Raises Invalid, NotAllowed, KeyReused.
    """
    assert agreement.signed is not None  # noqa: S101 - the door asks for the day of signing
    papers.check_signed(agreement.signed)
    papers.check(agreement)
    row = papers.new_row(agreement, at)
    rules.TABLE.may(actor, "agreements.enter_signed", row)
    source = f"{agreement.title.strip()} {agreement.signed.signed_date.isoformat()}"
    with scope.acting(actor), transaction.atomic():
        saved = _take_in(actor, at, key, source, agreement, AgreementState.IN_FORCE, uploads, row)
        if saved is not row:  # the same form came twice
            return saved
        papers.begin_relation(saved, saved.from_date or agreement.signed.signed_date, actor=actor, at=at)
        for commitment in commitments:
            resting = replace(commitment, agreement_id=saved.pk, basis_id=None)
            adopt_commitment(
                actor=actor, at=at, key=None, source=source, commitment=resting, state=CommitmentState.IN_FORCE
            )
    return saved


def _take_in(
    actor: Actor,
    at: datetime,
    key: str | None,
    source: str,
    agreement: AgreementFacts,
    state: str,
    uploads: tuple[evidence.Upload, ...],
    row: Agreement | None = None,
) -> Agreement:
    papers.check(agreement)
    row = row or papers.new_row(agreement, at)
    if state == AgreementState.IN_FORCE and row.from_date is None:
        row.from_date = row.signed_date
    _of_lead(row, agreement.relation_id, actor)
    duties: Mapping[int, str] = agreement.signed.duties if agreement.signed else {}

    def effect(saved: Agreement) -> None:
        papers.write_parties(saved, duties)
        evidence.keep(actor=actor, at=at, uploads=uploads, links=AgreementFile, of={"agreement": saved})

    return engine.adopt(AGREEMENTS, row, state=state, actor=actor, at=at, key=key, source=source, effect=effect)


def adopt_commitment(
    *, actor: Actor, at: datetime, key: str | None, source: str, commitment: CommitmentFacts, state: str | None = None
) -> Commitment:
    """Take in a promise. Without a state: in force when what it rests on is, and then its account opens; else proposed.

    Raises Invalid, NotAllowed, Conflict.
    """
    promises.check(commitment)
    row = promises.new_row(commitment)
    if actor.role is Role.SYSTEM:
        row.tenant_id = commitment.giver_id
    if state is None:
        state = CommitmentState.IN_FORCE if promises.bears(row) else CommitmentState.PROPOSED

    def effect(saved: Commitment) -> None:
        if state == CommitmentState.IN_FORCE:
            saved.account_id = promises.open_account(saved, actor, at)
            Commitment.objects.filter(pk=saved.pk).update(account_id=saved.account_id)

    return engine.adopt(COMMITMENTS, row, state=state, actor=actor, at=at, key=key, source=source, effect=effect)


def adopt_goal(
    *, actor: Actor, at: datetime, key: str | None, source: str, goal: GoalFacts, state: str = GoalState.SET
) -> Goal:
    """Take in a goal of a relation. Raises Invalid, NotAllowed."""
    plans.check_goal(goal)
    row = plans.new_goal(goal)
    _of_lead(row, goal.relation_id, actor)
    return engine.adopt(GOALS, row, state=state, actor=actor, at=at, key=key, source=source)


def adopt_plan(*, actor: Actor, at: datetime, key: str | None, source: str, plan: PlanFacts) -> Plan:
    """Take in the road map of a relation; another one that stands is replaced. Raises Invalid, NotAllowed."""
    plans.check_plan(plan)
    row = plans.new_plan(plan)
    _of_lead(row, plan.relation_id, actor)
    with scope.acting(actor), transaction.atomic():
        for before in Plan.objects.filter(relation_id=plan.relation_id, state=PaperState.CURRENT):
            engine.move(PLANS, before.pk, name="replace", actor=actor, at=at, key=None)
        return engine.adopt(PLANS, row, state=PaperState.CURRENT, actor=actor, at=at, key=key, source=source)


def adopt_review_areas(
    *, actor: Actor, at: datetime, key: str | None, source: str, review_areas: ReviewAreaFacts
) -> list[ReviewArea]:
    """Take in the fields on which departments comment, each once; those not named any more are replaced.

    Raises Invalid, NotAllowed.
    """
    del key  # the same list twice changes nothing
    plans.check_areas(review_areas)
    relation_id = review_areas.relation_id
    with scope.acting(actor), transaction.atomic():
        rows = ReviewArea.objects.filter(relation_id=relation_id, state=PaperState.CURRENT)
        standing = {row.text: row for row in rows}
        for text, row in standing.items():
            if text not in review_areas.areas:
                engine.move(REVIEW_AREAS, row.pk, name="replace", actor=actor, at=at, key=None)
        for position, text in enumerate(review_areas.areas):
            if text not in standing:
                new = plans.new_area(relation_id, text, position)
                _of_lead(new, relation_id, actor)
                standing[text] = engine.adopt(
                    REVIEW_AREAS, new, state=PaperState.CURRENT, actor=actor, at=at, source=source
                )
    return [standing[text] for text in review_areas.areas]


def correct_signing(
    *, actor: Actor, at: datetime, key: str | None, agreement_id: str, signed_date: date, note: str = ""
) -> Agreement:
    """Date a signing as its source now tells it; what began on that day begins on the new one.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """

    def effect(row: Agreement) -> dict[str, date] | None:
        if row.from_date is None or row.from_date != row.signed_date:
            return None
        promises.redate_of_agreement(row, signed_date, actor=actor, at=at)
        return {"from_date": signed_date}

    moved: Agreement = engine.move(
        AGREEMENTS,
        agreement_id,
        name="correct_signing",
        actor=actor,
        at=at,
        key=key,
        note=note,
        facts={"signed_date": signed_date.isoformat()},
        effect=lambda row: {**(effect(row) or {}), "signed_date": signed_date},
    )
    return moved
