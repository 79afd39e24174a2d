"""The life of an activity and the parts people have in it, as plain tables."""

from enum import StrEnum

from lianti.kernel.workflow.spec import NEW, SAME, Transition, Workflow


class ActivityState(StrEnum):
    RECORDED = "recorded"
    WITHDRAWN = "withdrawn"


class Part(StrEnum):
    """What a person did in an activity (policy: operation and rounds are led, assisted, guided or watched)."""

    LEAD = "lead"
    ASSIST = "assist"
    GUIDE = "guide"
    WATCH = "watch"


ACTIVITY = Workflow(
    name="activities.activity",
    states=ActivityState,
    final=frozenset({ActivityState.WITHDRAWN}),
    adoptable=frozenset({ActivityState.RECORDED}),
    transitions=(
        Transition(name="record", sources=frozenset({NEW}), target=ActivityState.RECORDED, action="activities.record"),
        Transition(name="edit", sources=frozenset({ActivityState.RECORDED}), target=SAME, action="activities.edit"),
        Transition(name="attach", sources=frozenset({ActivityState.RECORDED}), target=SAME, action="activities.attach"),
        Transition(
            name="withdraw",
            sources=frozenset({ActivityState.RECORDED}),
            target=ActivityState.WITHDRAWN,
            action="activities.withdraw",
            required=("note",),
            danger=True,
        ),
    ),
)
