"""The life of a presence check (在岗抽查): noted, and taken back when it was wrong."""

from enum import StrEnum

from lianti.kernel.workflow.spec import NEW, Transition, Workflow


class PresenceState(StrEnum):
    NOTED = "noted"
    WITHDRAWN = "withdrawn"


class PresenceWay(StrEnum):
    PHONE = "phone"
    SITE = "site"


class PresenceFound(StrEnum):
    PRESENT = "present"
    LEAVE = "leave"
    ABSENT = "absent"


PRESENCE = Workflow(
    name="dispatch.presence",
    states=PresenceState,
    final=frozenset({PresenceState.WITHDRAWN}),
    transitions=(
        Transition(
            name="note_presence", sources=frozenset({NEW}), target=PresenceState.NOTED,
            action="dispatch.check_presence", notices=("dispatch.presence_noted",),
        ),
        Transition(
            name="withdraw_presence", sources=frozenset({PresenceState.NOTED}), target=PresenceState.WITHDRAWN,
            action="dispatch.check_presence", required=("note",), danger=True,
        ),
    ),
)  # fmt: skip
