"""What is told of papers and promises: frozen facts, never tables to write to."""

from lianti.contexts.agreements.queries import goals, papers, promises
from lianti.contexts.agreements.queries.goals import GOAL, GoalAsks, RoadMap, road_map
from lianti.contexts.agreements.queries.page import (
    AgreementPage,
    GoalPage,
    PromisePage,
    agreement_files,
    agreement_page,
    goal_page,
    may_draft,
    may_enter_signed,
    promise_page,
    relations_to_sign,
)
from lianti.contexts.agreements.queries.papers import (
    KIND,
    AgreementAsks,
    AgreementLine,
    forms,
    of_relation,
    paper,
    periods,
)
from lianti.contexts.agreements.queries.people import PeoplePromise, people_promised
from lianti.contexts.agreements.queries.progress import PromiseProgress, progress
from lianti.contexts.agreements.queries.promises import (
    PROMISE,
    CommitmentLine,
    PromiseAsks,
    commitments_of_agreement,
    commitments_of_relation,
)

__all__ = [
    "GOAL",
    "KIND",
    "PROMISE",
    "AgreementAsks",
    "AgreementLine",
    "AgreementPage",
    "CommitmentLine",
    "GoalAsks",
    "GoalPage",
    "PeoplePromise",
    "PromiseAsks",
    "PromisePage",
    "PromiseProgress",
    "RoadMap",
    "agreement_files",
    "agreement_page",
    "commitments_of_agreement",
    "commitments_of_relation",
    "forms",
    "goal_page",
    "goals",
    "may_draft",
    "may_enter_signed",
    "of_relation",
    "paper",
    "papers",
    "people_promised",
    "periods",
    "progress",
    "promise_page",
    "promises",
    "relations_to_sign",
    "road_map",
]
