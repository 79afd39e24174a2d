"""The life of whom a house can send: listed, exempt, gone."""

from enum import StrEnum

from lianti.kernel.workflow.spec import NEW, SAME, Transition, Workflow


class CandidateState(StrEnum):
    """Somebody who can be sent, need not go, or works here no more."""

    LISTED = "listed"
    EXEMPT = "exempt"
    GONE = "gone"


class Exemption(StrEnum):
    """Why somebody owes no service before promotion."""

    COUNTY = "county"
    SPECIALTY = "specialty"
    AID = "aid"
    HEALTH = "health"
    OTHER = "other"


_LISTED = frozenset({CandidateState.LISTED, CandidateState.EXEMPT})
CANDIDATE = Workflow(
    name="dispatch.candidate",
    states=CandidateState,
    final=frozenset(),
    adoptable=frozenset({CandidateState.LISTED}),
    transitions=(
        Transition(name="list", sources=frozenset({NEW}), target=CandidateState.LISTED, action="dispatch.keep_people"),
        Transition(name="note", sources=_LISTED, target=SAME, action="dispatch.candidates"),
        Transition(
            name="volunteer", sources=_LISTED, target=SAME, action="dispatch.volunteer", notices=("dispatch.volunteer",)
        ),
        Transition(name="stand_back", sources=_LISTED, target=SAME, action="dispatch.volunteer"),
        Transition(
            name="exempt",
            sources=_LISTED,
            target=CandidateState.EXEMPT,
            action="dispatch.candidates",
            required=("exempt_basis",),
        ),
        Transition(
            name="lift",
            sources=frozenset({CandidateState.EXEMPT}),
            target=CandidateState.LISTED,
            action="dispatch.candidates",
        ),
        Transition(name="leave", sources=_LISTED, target=CandidateState.GONE, action="dispatch.keep_people"),
        Transition(
            name="come_back",
            sources=frozenset({CandidateState.GONE}),
            target=CandidateState.LISTED,
            action="dispatch.keep_people",
        ),
    ),
)
