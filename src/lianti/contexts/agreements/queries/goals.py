"""Goals of relations as rows of a list, and the road map that leads to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.agreements import words
from lianti.contexts.agreements.flow import GOALS, PLANS, REVIEW_AREAS
from lianti.contexts.agreements.models import Goal
from lianti.contexts.agreements.states import GoalState, PaperState
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.records import asking
from lianti.records.asking import Asked, Choice, County, Day, Named, PlaceIs, RecordIs, asks
from lianti.records.cells import Deadline, Link, State
from lianti.records.directory import Place
from lianti.records.kinds import Brief, Kind
from lianti.records.reading import visible

CURRENT = Q(state=PaperState.CURRENT)


def briefs(rows: Sequence[Goal]) -> list[Brief]:
    """Return how goals are named: one query more, however many rows."""
    places = _places(rows)
    return [
        Brief(
            row.pk, row.public_id, row.state, row.version, row.text, "", kind_of(row),
            (("", places[row.institution_id]),) if row.institution_id is not None else (),
        )
        for row in rows
    ]  # fmt: skip


GOAL = Kind(GOALS, words.GOAL, "/agreements/goals/", ("goals", "goal", "move_goal"), briefs, ("text",))


def _places(rows: Sequence[Goal]) -> dict[int, InstitutionFacts]:
    return network.institutions_by_id({row.institution_id for row in rows if row.institution_id is not None})


def kind_of(row: Goal) -> Sentence:
    """Return the kind of a goal; a source's own word stands as it is."""
    return words.GOAL_KINDS.get(row.kind, row.kind)


@dataclass(frozen=True)
class GoalAsks(Asked):
    """What the list of goals can be asked."""

    show: str = asks(
        Choice(
            _("Which"),
            words=words.OPEN,
            fits={"open": Q(state=GoalState.SET), "ended": ~Q(state=GoalState.SET), "all": Q()},
        ),
        default="open",
    )
    kind: str | None = asks(Choice(_("Kind"), ("kind",), words=words.GOAL_KINDS))
    state: str | None = asks(Choice(_("State"), ("state",), words=words.GOAL.state_words, folded=True))
    county: str | None = asks(County(asking.COUNTY, ("institution",)))
    place: Named | None = asks(PlaceIs(_("For whom"), ("institution",)))
    since: date | None = asks(Day(_("Due from"), ("due_date",)))
    until: date | None = asks(Day(_("Due until"), ("due_date",), lookup="lte"))
    relation: Named | None = asks(RecordIs(_("Relation"), ("relation",), by=network.relation_named))


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One goal as the list draws it; one without an institution is set for all parties."""

    id: int
    public_id: str
    version: int
    goal: Link
    kind: Sentence
    whom: Place | Sentence
    due: Deadline
    state: State


def rows(records: Sequence[Goal], _actor: Actor, today: date) -> list[GoalRow]:
    """Return goals as rows: two queries more, however many."""
    places, relations = _places(records), network.relation_names({row.relation_id for row in records})
    return [
        GoalRow(
            row.pk,
            row.public_id,
            row.version,
            Link(GOAL.url(row.public_id), row.text, relations[row.relation_id]),
            kind_of(row),
            places[row.institution_id] if row.institution_id is not None else words.FOR_ALL,
            Deadline(row.due_date, row.state == GoalState.SET and row.due_date is not None and row.due_date < today),
            words.GOAL.state(row.state),
        )
        for row in records
    ]


@dataclass(frozen=True)
class RoadMap:
    """The plan of a relation and the fields on which its departments comment."""

    approach: str = ""
    first_step: str = ""
    must_have: tuple[str, ...] = ()
    review_areas: tuple[str, ...] = ()


def road_map(actor: Actor, relation_id: int) -> RoadMap:
    """Return the current plan and review areas of a relation, as far as the actor may know of them."""
    which = CURRENT & Q(relation_id=relation_id)
    areas = visible(REVIEW_AREAS, actor).narrowed(which).all(order=("position", "id"), most=100)
    texts = tuple(area.text for area in areas)
    for plan in visible(PLANS, actor).narrowed(which).all(most=1):
        return RoadMap(plan.approach, plan.first_step, tuple(plan.must_have), texts)
    return RoadMap(review_areas=texts)
