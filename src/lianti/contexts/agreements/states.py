"""The lives of an agreement, a commitment, and of goals, review areas and plans, as plain tables."""

from enum import StrEnum

from lianti.kernel.workflow.spec import NEW, SAME, Transition, Workflow


class AgreementState(StrEnum):
    DRAFT = "draft"
    AGREED = "agreed"
    SIGNED = "signed"
    IN_FORCE = "in_force"
    ENDED = "ended"


class CommitmentState(StrEnum):
    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    ENDED = "ended"


class GoalState(StrEnum):
    SET = "set"
    REACHED = "reached"
    DROPPED = "dropped"


class PaperState(StrEnum):
    """Of a review area and of a plan: it stands, or another took its place."""

    CURRENT = "current"
    REPLACED = "replaced"


class Period(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ONCE = "once"


_A, _C, _G = AgreementState, CommitmentState, GoalState

AGREEMENT = Workflow(
    name="agreements.agreement",
    states=AgreementState,
    final=frozenset({_A.ENDED}),
    adoptable=frozenset(AgreementState),
    transitions=(
        Transition("draft", frozenset({NEW}), _A.DRAFT, "agreements.draft", notices=("agreements.drafted",)),
        Transition(
            "agree", frozenset({_A.DRAFT}), _A.AGREED, "agreements.agree", notices=("agreements.agreed",), primary=True
        ),
        Transition("reopen", frozenset({_A.AGREED}), _A.DRAFT, "agreements.reopen", required=("note",)),
        Transition(
            "sign",
            frozenset({_A.AGREED}),
            _A.SIGNED,
            "agreements.sign",
            required=("signed_date",),
            notices=("agreements.signed",),
            primary=True,
        ),
        Transition(
            "put_in_force",
            frozenset({_A.SIGNED}),
            _A.IN_FORCE,
            "agreements.put_in_force",
            required=("from_date",),
            notices=("agreements.in_force",),
            primary=True,
        ),
        Transition("edit", frozenset({_A.DRAFT, _A.AGREED}), SAME, "agreements.edit"),
        Transition(
            "correct_signing",
            frozenset({_A.SIGNED, _A.IN_FORCE, _A.ENDED}),
            SAME,
            "agreements.correct_signing",
            required=("signed_date",),
        ),
        Transition(
            "correct",
            frozenset({_A.SIGNED, _A.IN_FORCE}),
            SAME,
            "agreements.correct",
            required=("note",),
            notices=("agreements.corrected",),
        ),
        Transition("attach", frozenset(_A) - {_A.ENDED}, SAME, "agreements.attach"),
        Transition(
            "file",
            frozenset({_A.SIGNED, _A.IN_FORCE, _A.ENDED}),
            SAME,
            "agreements.file",
            required=("filed_date",),
            notices=("agreements.filed",),
        ),
        Transition(
            "end",
            frozenset({_A.DRAFT, _A.AGREED, _A.SIGNED, _A.IN_FORCE}),
            _A.ENDED,
            "agreements.end",
            required=("note",),
            notices=("agreements.ended",),
            danger=True,
        ),
    ),
)

COMMITMENT = Workflow(
    name="agreements.commitment",
    states=CommitmentState,
    final=frozenset({_C.ENDED}),
    adoptable=frozenset(CommitmentState),
    transitions=(
        Transition("promise", frozenset({NEW}), _C.PROPOSED, "agreements.promise"),
        Transition("edit", frozenset({_C.PROPOSED}), SAME, "agreements.promise"),
        Transition("open", frozenset({_C.PROPOSED}), _C.IN_FORCE, "agreements.promise", primary=True),
        Transition(
            "correct",
            frozenset({_C.IN_FORCE}),
            SAME,
            "agreements.promise",
            required=("note",),
            notices=("agreements.promise_corrected",),
        ),
        Transition("close", frozenset({_C.PROPOSED, _C.IN_FORCE}), _C.ENDED, "agreements.promise", danger=True),
    ),
)

GOAL = Workflow(
    name="agreements.goal",
    states=GoalState,
    final=frozenset({_G.REACHED, _G.DROPPED}),
    adoptable=frozenset(GoalState),
    transitions=(
        Transition("set", frozenset({NEW}), _G.SET, "agreements.plan"),
        Transition("reach", frozenset({_G.SET}), _G.REACHED, "agreements.plan", primary=True),
        Transition("drop", frozenset({_G.SET}), _G.DROPPED, "agreements.plan", required=("note",), danger=True),
    ),
)


def _paper(name: str) -> Workflow:
    return Workflow(
        name=name,
        states=PaperState,
        final=frozenset({PaperState.REPLACED}),
        adoptable=frozenset({PaperState.CURRENT}),
        transitions=(
            Transition("lay_down", frozenset({NEW}), PaperState.CURRENT, "agreements.plan"),
            Transition("replace", frozenset({PaperState.CURRENT}), PaperState.REPLACED, "agreements.plan"),
        ),
    )


REVIEW_AREA = _paper("agreements.review_area")
PLAN = _paper("agreements.plan")
