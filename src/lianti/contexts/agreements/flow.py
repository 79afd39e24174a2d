"""The lives of agreements, promises, goals and plans bound to their tables."""

from collections.abc import Iterator

from lianti.contexts.agreements import rules, states
from lianti.contexts.agreements.models import (
    Agreement,
    AgreementTransition,
    Commitment,
    CommitmentTransition,
    Goal,
    GoalTransition,
    Plan,
    PlanTransition,
    ReviewArea,
    ReviewAreaTransition,
)
from lianti.contexts.agreements.states import AgreementState
from lianti.contexts.network import queries as network
from lianti.kernel.flows import Flow
from lianti.kernel.notices import Tell
from lianti.kernel.worklist import Wait
from lianti.lib.actor import Actor
from lianti.lib.roles import Role

_DESKS = (Role.OFFICE, Role.COORDINATOR)
_SIGNERS = (Role.OFFICE, Role.COORDINATOR, Role.LEADER)


def agreement_audience(agreement: Agreement) -> set[int]:
    """Return who may see an agreement: its parties and who wrote it down."""
    return agreement.party_ids() | {agreement.tenant_id}


def agreement_waits(agreement: Agreement) -> Iterator[Wait]:
    """Yield whose turn it is: the other parties agree to a draft, the one that wrote it brings it to signature."""
    if agreement.state == AgreementState.DRAFT:
        for party in sorted(agreement.party_ids() - {agreement.tenant_id}):
            yield Wait(party, _SIGNERS, "agreements.agree")
    elif agreement.state == AgreementState.AGREED:
        yield Wait(agreement.tenant_id, _DESKS, "agreements.sign")
    elif agreement.state == AgreementState.SIGNED:
        yield Wait(agreement.tenant_id, _DESKS, "agreements.put_in_force", agreement.from_date)


def agreement_tells(agreement: Agreement, _key: str, actor: Actor) -> Iterator[Tell]:
    """Tell the other parties what happened."""
    params = {"who": network.institution_by_id(actor.tenant_id).short_name, "title": agreement.title}
    for party in sorted(agreement.party_ids() - {actor.tenant_id}):
        yield Tell(party, _SIGNERS, params)


def promise_audience(commitment: Commitment) -> set[int]:
    """Return who may see a promise: its two sides, the parties of the agreement it stands in, who wrote it down."""
    seen = {commitment.giver_id, commitment.receiver_id, commitment.tenant_id}
    return seen | (commitment.agreement.party_ids() if commitment.agreement is not None else set())


def promise_tells(commitment: Commitment, _key: str, actor: Actor) -> Iterator[Tell]:
    """Tell the other side what was mended."""
    params = {"who": network.institution_by_id(actor.tenant_id).short_name, "title": commitment.text}
    for party in sorted({commitment.giver_id, commitment.receiver_id} - {actor.tenant_id}):
        yield Tell(party, _SIGNERS, params)


def plan_audience(record: Goal | ReviewArea | Plan) -> set[int]:
    """Return who may see a goal, a review area or a plan: the relation's parties and its authority."""
    authority = network.watcher_of(record.relation_id)
    return network.parties(record.relation_id) | ({authority} if authority else set()) | {record.tenant_id}


AGREEMENTS = Flow(
    spec=states.AGREEMENT,
    record=Agreement,
    transitions=AgreementTransition,
    table=rules.TABLE,
    audience=agreement_audience,
    waits=agreement_waits,
    tells=agreement_tells,
)
COMMITMENTS = Flow(
    states.COMMITMENT, Commitment, CommitmentTransition, rules.PROMISES, audience=promise_audience, tells=promise_tells
)
GOALS = Flow(states.GOAL, Goal, GoalTransition, rules.GOALS, audience=plan_audience)
REVIEW_AREAS = Flow(states.REVIEW_AREA, ReviewArea, ReviewAreaTransition, rules.REVIEW_AREAS, audience=plan_audience)
PLANS = Flow(states.PLAN, Plan, PlanTransition, rules.PLANS, audience=plan_audience)
