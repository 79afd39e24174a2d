"""Goals, review areas and the road map of a relation."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lianti.contexts.agreements.domain import GoalFacts, PlanFacts, ReviewAreaFacts
from lianti.contexts.agreements.flow import GOALS, PLANS, REVIEW_AREAS
from lianti.contexts.agreements.models import Goal, Plan, ReviewArea
from lianti.contexts.agreements.states import PaperState
from lianti.contexts.network import queries as network
from lianti.kernel import scope
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.errors import Invalid, Sentence

_TOO_LONG = _("This is too long.")


def set_goal(*, actor: Actor, at: datetime, key: str | None, goal: GoalFacts) -> Goal:
    """Set a goal of a relation, for one institution or for all. Raises Invalid, NotAllowed, KeyReused."""
    check_goal(goal)
    return engine.create(GOALS, new_goal(goal), name="set", actor=actor, at=at, key=key, body=asdict(goal))


def reach_goal(
    *, actor: Actor, at: datetime, key: str | None, goal_id: str, note: str = "", version: int | None = None
) -> Goal:
    """Book that a goal is reached. Raises NotFound, NotAllowed, Conflict."""
    moved: Goal = engine.move(GOALS, goal_id, name="reach", actor=actor, at=at, key=key, note=note, version=version)
    return moved


def drop_goal(
    *, actor: Actor, at: datetime, key: str | None, goal_id: str, note: str, version: int | None = None
) -> Goal:
    """Give a goal up, with a reason. Raises NotFound, NotAllowed, Conflict, Invalid."""
    moved: Goal = engine.move(GOALS, goal_id, name="drop", actor=actor, at=at, key=key, note=note, version=version)
    return moved


def lay_down_plan(*, actor: Actor, at: datetime, key: str | None, plan: PlanFacts) -> Plan:
    """Lay down the road map of a relation; the one before is replaced. Raises Invalid, NotAllowed, KeyReused."""
    check_plan(plan)
    row = new_plan(plan)
    with scope.acting(actor), transaction.atomic():
        before = Plan.objects.filter(relation_id=plan.relation_id, state=PaperState.CURRENT).first()
        if before is not None and not _same_plan(before, plan):
            engine.move(PLANS, before.pk, name="replace", actor=actor, at=at, key=None)
        elif before is not None:
            return before
        return engine.create(PLANS, row, name="lay_down", actor=actor, at=at, key=key, body=asdict(plan))


def name_review_areas(
    *, actor: Actor, at: datetime, key: str | None, review_areas: ReviewAreaFacts
) -> list[ReviewArea]:
    """Name the fields on which departments are asked for comments; those not named any more are replaced.

    Raises Invalid, NotAllowed.
    """
    del key  # the same list twice changes nothing
    check_areas(review_areas)
    with scope.acting(actor), transaction.atomic():
        rows = ReviewArea.objects.filter(relation_id=review_areas.relation_id, state=PaperState.CURRENT)
        standing = {row.text: row for row in rows}
        for text, row in standing.items():
            if text not in review_areas.areas:
                engine.move(REVIEW_AREAS, row.pk, name="replace", actor=actor, at=at, key=None)
        made = []
        for position, text in enumerate(review_areas.areas):
            if text in standing:
                made.append(standing[text])
                continue
            new = new_area(review_areas.relation_id, text, position)
            made.append(engine.create(REVIEW_AREAS, new, name="lay_down", actor=actor, at=at, key=None))
    return made


def check_goal(goal: GoalFacts) -> None:
    """Pass when a goal can be taken; raise Invalid when not."""
    wrong: dict[str, Sentence] = {}
    if not goal.text.strip():
        wrong["text"] = _("Say what is to be reached.")
    elif len(goal.text) > 400:
        wrong["text"] = _TOO_LONG
    if not goal.kind.strip() or len(goal.kind) > 40:
        wrong["kind"] = _("Give the goal's kind in a word.")
    if goal.institution_id is not None and goal.institution_id not in network.parties(goal.relation_id):
        wrong["institution"] = _("A goal is set for a party of the relation.")
    if wrong:
        raise Invalid(wrong)


def check_plan(plan: PlanFacts) -> None:
    """Pass when a road map can be taken; raise Invalid when not."""
    if not (plan.approach.strip() or plan.first_step.strip() or plan.must_have):
        raise Invalid({"approach": _("Say how to go about it.")})
    if len(plan.approach) > 400 or len(plan.first_step) > 400:
        raise Invalid({"approach": _TOO_LONG})


def check_areas(review_areas: ReviewAreaFacts) -> None:
    """Pass when review areas can be taken; raise Invalid when not."""
    if any(not text.strip() or len(text) > 120 for text in review_areas.areas):
        raise Invalid({"areas": _("Name each field in a few words.")})


def new_goal(goal: GoalFacts) -> Goal:
    """Return an unsaved goal."""
    return Goal(public_id=ids.new(), **{**asdict(goal), "text": goal.text.strip()})


def new_plan(plan: PlanFacts) -> Plan:
    """Return an unsaved road map."""
    facts: dict[str, Any] = asdict(plan) | {"must_have": list(plan.must_have)}
    return Plan(public_id=ids.new(), **facts)


def new_area(relation_id: int, text: str, position: int) -> ReviewArea:
    """Return an unsaved review area."""
    return ReviewArea(public_id=ids.new(), relation_id=relation_id, text=text, position=position)


def _same_plan(row: Plan, plan: PlanFacts) -> bool:
    return (row.approach, row.first_step, tuple(row.must_have)) == (plan.approach, plan.first_step, plan.must_have)
