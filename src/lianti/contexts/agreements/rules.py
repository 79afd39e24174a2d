"""Who may draft, sign, put in force and see what was promised."""

from collections.abc import Callable, Mapping

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.agreements.models import (
    Agreement,
    AgreementFile,
    AgreementParty,
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
from lianti.contexts.network import queries as network
from lianti.kernel import audience, personal, walls
from lianti.kernel.models import Record, TransitionRecord
from lianti.kernel.permissions import Rule, Table
from lianti.kernel.personal import NAME, WORDS, Columns
from lianti.lib.actor import Actor
from lianti.lib.roles import DESK, Role

AGREEMENT = "agreements.agreement"
COMMITMENT = "agreements.commitment"
GOAL = "agreements.goal"
REVIEW_AREA = "agreements.review_area"
PLAN = "agreements.plan"

DRAFTERS = frozenset(DESK | {Role.LEADER, Role.SYSTEM})

_DRAFT_RULE = Rule(
    roles=DRAFTERS,
    sides=("party",),
    says=_("The office, coordinator or a leader of a party draft and agree on an agreement."),
)
_SEAL_RULE = Rule(
    roles=DRAFTERS,
    sides=("party",),
    says=_("The office, coordinator or a leader of a party book that it was signed, is in force, was filed or ended."),
)
_PROMISE_RULE = Rule(
    roles=DRAFTERS,
    sides=("party",),
    says=_("The office, coordinator or a leader of a party write down what was promised."),
)

AGREEMENT_RULES = {
    "agreements.draft": _DRAFT_RULE,
    "agreements.edit": _DRAFT_RULE,
    "agreements.agree": _DRAFT_RULE,
    "agreements.reopen": _DRAFT_RULE,
    "agreements.sign": _SEAL_RULE,
    "agreements.put_in_force": _SEAL_RULE,
    "agreements.correct_signing": Rule(
        roles=frozenset({Role.SYSTEM}),
        sides=(),
        says=_("Only the source that an agreement came from corrects the day of its signing."),
    ),
    "agreements.correct": _SEAL_RULE,
    "agreements.attach": _SEAL_RULE,
    "agreements.file": _SEAL_RULE,
    "agreements.end": _SEAL_RULE,
    "agreements.enter_signed": Rule(
        roles=frozenset({Role.OFFICE}),
        sides=("party",),
        says=_("The network office of a party enters an agreement that was signed before."),
    ),
}
PROMISE_RULES = {"agreements.promise": _PROMISE_RULE}
PLAN_RULES = {
    "agreements.plan": Rule(
        roles=DRAFTERS,
        sides=("party",),
        says=_("The office, coordinator or a leader of a party set goals, review areas and the road map."),
    )
}


def agreement_sides(agreement: Agreement) -> Mapping[str, set[int]]:
    """Return the parties of an agreement."""
    return {"party": agreement.party_ids()}


def promise_sides(commitment: Commitment) -> Mapping[str, set[int]]:
    """Return giver and receiver of a promise, and the parties of the agreement it stands in."""
    parties = {commitment.giver_id, commitment.receiver_id}
    if commitment.agreement is not None:
        parties |= commitment.agreement.party_ids()
    return {"party": parties}


def plan_sides(record: Goal | ReviewArea | Plan) -> Mapping[str, set[int]]:
    """Return the parties of the relation that a goal, review area or plan belongs to."""
    return {"party": network.parties(record.relation_id)}


def _audience(kind: str) -> Callable[[Actor], Q]:
    def visible(actor: Actor) -> Q:
        return audience.visible(kind, actor)

    return visible


def visible_to(actor: Actor) -> Q:
    """Return the agreements whose party the actor's institution is."""
    return audience.visible(AGREEMENT, actor)


TABLE = Table(name="agreements", rules=AGREEMENT_RULES, sides=agreement_sides, visible=visible_to)
PROMISES = Table(name="commitments", rules=PROMISE_RULES, sides=promise_sides, visible=_audience(COMMITMENT))
GOALS = Table(name="goals", rules=PLAN_RULES, sides=plan_sides, visible=_audience(GOAL))
REVIEW_AREAS = Table(name="review_areas", rules=PLAN_RULES, sides=plan_sides, visible=_audience(REVIEW_AREA))
PLANS = Table(name="plans", rules=PLAN_RULES, sides=plan_sides, visible=_audience(PLAN))


def _wall(model: type[Record], kind: str) -> walls.Wall:
    """Return the wall of a record that its parties read and write together."""
    return walls.record(model, kind, read=walls.shared(kind), change=walls.shared(kind))


_PAPER = _wall(Agreement, AGREEMENT)
_PLANS: tuple[tuple[type[Record], type[TransitionRecord], str], ...] = (
    (Commitment, CommitmentTransition, COMMITMENT),
    (Goal, GoalTransition, GOAL),
    (ReviewArea, ReviewAreaTransition, REVIEW_AREA),
    (Plan, PlanTransition, PLAN),
)
WALLS: walls.Walls = (
    _PAPER,
    walls.story(AgreementTransition, _PAPER),
    walls.child(AgreementParty, _PAPER, "agreement_id"),
    walls.child(AgreementFile, _PAPER, "agreement_id", "insert"),
    *(
        wall
        for model, transitions, kind in _PLANS
        for wall in (_wall(model, kind), walls.story(transitions, _wall(model, kind)))
    ),
)

PERSONAL: personal.Declared = (
    Columns(
        "agreements_agreement",
        "number title form clauses minutes_number contract_number filed_number filed_to",
        {"note": WORDS},
    ),
    Columns("agreements_agreementparty", personal={"signatory_duty": NAME}),
    Columns("agreements_agreementfile", "public_id"),
    Columns("agreements_commitment", "group kind unit period", {"text": WORDS}),
    Columns("agreements_goal", "kind", {"text": WORDS}),
    Columns("agreements_reviewarea", "text"),
    Columns("agreements_plan", personal={"approach": WORDS, "first_step": WORDS, "must_have": WORDS}),
)
