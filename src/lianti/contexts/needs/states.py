"""The life of a need, as a plain table: stated, accepted, answered with a plan, closed by its stater."""

from enum import IntEnum, StrEnum

from lianti.kernel.workflow.spec import NEW, SAME, Transition, Workflow


class NeedState(StrEnum):
    STATED = "stated"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    ANSWERED = "answered"
    CLOSED = "closed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Priority(IntEnum):
    """How soon a need should be met, as the hospital addressed ranks it when it accepts."""

    HIGH = 1
    NORMAL = 2
    LOW = 3


OPEN = (NeedState.STATED, NeedState.RETURNED, NeedState.ACCEPTED, NeedState.ANSWERED)

NEED = Workflow(
    name="needs.need",
    states=NeedState,
    final=frozenset({NeedState.CLOSED, NeedState.DECLINED, NeedState.WITHDRAWN}),
    adoptable=frozenset(
        {NeedState.STATED, NeedState.ACCEPTED, NeedState.ANSWERED, NeedState.CLOSED, NeedState.DECLINED}
    ),
    transitions=(
        Transition(
            name="state",
            sources=frozenset({NEW}),
            target=NeedState.STATED,
            action="needs.state",
            deadline="needs.answer",
            notices=("needs.stated",),
        ),
        Transition(
            name="accept",
            sources=frozenset({NeedState.STATED}),
            target=NeedState.ACCEPTED,
            action="needs.accept",
            deadline="needs.plan",
            notices=("needs.accepted",),
            primary=True,
        ),
        Transition(
            name="return",
            sources=frozenset({NeedState.STATED}),
            target=NeedState.RETURNED,
            action="needs.return",
            required=("note",),
            deadline="needs.restate",
            notices=("needs.returned",),
        ),
        Transition(
            name="decline",
            sources=frozenset({NeedState.STATED}),
            target=NeedState.DECLINED,
            action="needs.decline",
            required=("note",),
            notices=("needs.declined",),
            danger=True,
        ),
        Transition(
            name="restate",
            sources=frozenset({NeedState.RETURNED}),
            target=NeedState.STATED,
            action="needs.restate",
            deadline="needs.answer",
            notices=("needs.stated",),
            primary=True,
        ),
        # What was written is put right before anybody has accepted it.
        Transition(name="correct", sources=frozenset({NeedState.STATED}), target=SAME, action="needs.restate"),
        Transition(
            name="answer",
            sources=frozenset({NeedState.ACCEPTED, NeedState.ANSWERED}),
            target=NeedState.ANSWERED,
            action="needs.answer",
            required=("plan_text",),
            notices=("needs.answered",),
            primary=True,
        ),
        Transition(
            name="close",
            sources=frozenset({NeedState.ACCEPTED, NeedState.ANSWERED}),
            target=NeedState.CLOSED,
            action="needs.close",
            notices=("needs.closed",),
        ),
        Transition(
            name="withdraw",
            sources=frozenset({NeedState.STATED, NeedState.RETURNED}),
            target=NeedState.WITHDRAWN,
            action="needs.withdraw",
            required=("note",),
            notices=("needs.withdrawn",),
            danger=True,
        ),
    ),
)
