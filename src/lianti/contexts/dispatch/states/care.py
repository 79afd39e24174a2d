"""The life of what is kept around a posting: clinics, check lists, visits (dispatch.md §1, §8)."""

from enum import StrEnum

from lianti.kernel.workflow.spec import NEW, SAME, Transition, Workflow


class HalfDay(StrEnum):
    """When somebody sits in a clinic."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class ClinicState(StrEnum):
    RUNNING = "running"
    ENDED = "ended"


class ClinicHeld(StrEnum):
    """What became of a clinic on a day: held, though its expert is on leave; not; by somebody else."""

    HELD = "held"
    STOPPED = "stopped"
    COVERED = "covered"


CLINIC = Workflow(
    name="dispatch.clinic",
    states=ClinicState,
    final=frozenset({ClinicState.ENDED}),
    transitions=(
        Transition(name="open_clinic", sources=frozenset({NEW}), target=ClinicState.RUNNING, action="dispatch.clinic"),
        Transition(name="edit_clinic", sources=frozenset({ClinicState.RUNNING}), target=SAME, action="dispatch.clinic"),
        Transition(
            name="say_day",
            sources=frozenset({ClinicState.RUNNING}),
            target=SAME,
            action="dispatch.clinic",
            required=("day",),
            primary=True,
        ),
        Transition(
            name="end_clinic",
            sources=frozenset({ClinicState.RUNNING}),
            target=ClinicState.ENDED,
            action="dispatch.clinic",
            required=("to_date",),
        ),
    ),
)


class Side(StrEnum):
    """Which of the two sides of a posting does something."""

    SENDER = "sender"
    RECIPIENT = "recipient"


class HouseState(StrEnum):
    KEPT = "kept"


class CheckListState(StrEnum):
    OPEN = "open"
    DONE = "done"
    LAPSED = "lapsed"


class ItemOutcome(StrEnum):
    """What became of an item of a check list."""

    OPEN = ""
    DONE = "done"
    NOT_NEEDED = "not_needed"


class VisitState(StrEnum):
    OPEN = "open"
    SETTLED = "settled"


HOUSE_LIST = Workflow(
    name="dispatch.house_list",
    states=HouseState,
    final=frozenset({HouseState.KEPT}),
    transitions=(
        Transition(name="set_list", sources=frozenset({NEW}), target=HouseState.KEPT, action="dispatch.house_list"),
        Transition(name="change_list", sources=frozenset({HouseState.KEPT}), target=SAME, action="dispatch.house_list"),
    ),
)


CHECK = Workflow(
    name="dispatch.check",
    states=CheckListState,
    final=frozenset({CheckListState.DONE, CheckListState.LAPSED}),
    transitions=(
        Transition(name="begin_list", sources=frozenset({NEW}), target=CheckListState.OPEN, action="dispatch.check"),
        Transition(
            name="tick", sources=frozenset({CheckListState.OPEN}), target=SAME, action="dispatch.check", primary=True
        ),
        Transition(name="add_item", sources=frozenset({CheckListState.OPEN}), target=SAME, action="dispatch.check"),
        Transition(
            name="complete",
            sources=frozenset({CheckListState.OPEN}),
            target=CheckListState.DONE,
            action="dispatch.check",
        ),
        # Whoever leaves, or is not sent after all, needs no arrival any more.
        Transition(
            name="lapse",
            sources=frozenset({CheckListState.OPEN}),
            target=CheckListState.LAPSED,
            action="dispatch.check",
        ),
    ),
)


VISIT = Workflow(
    name="dispatch.visit",
    states=VisitState,
    final=frozenset({VisitState.SETTLED}),
    transitions=(
        Transition(name="note_visit", sources=frozenset({NEW}), target=VisitState.SETTLED, action="dispatch.visit"),
        Transition(
            name="open_visit",
            sources=frozenset({NEW}),
            target=VisitState.OPEN,
            action="dispatch.visit",
            notices=("dispatch.visited",),
        ),
        Transition(
            name="settle",
            sources=frozenset({VisitState.OPEN}),
            target=VisitState.SETTLED,
            action="dispatch.settle",
            required=("note",),
            notices=("dispatch.settled",),
            primary=True,
        ),
    ),
)


class HandoverState(StrEnum):
    DRAFTED = "drafted"
    SIGNED = "signed"
    DONE = "done"


class Signed(StrEnum):
    """How somebody signed: by their own sign-in, on paper with a scan, or the house for its own department."""

    ONESELF = "oneself"
    PAPER = "paper"
    HOUSE = "house"


HANDOVER = Workflow(
    name="dispatch.handover",
    states=HandoverState,
    final=frozenset({HandoverState.DONE}),
    transitions=(
        Transition(
            name="draft_handover",
            sources=frozenset({NEW}),
            target=HandoverState.DRAFTED,
            action="dispatch.write_handover",
        ),
        Transition(
            name="edit_handover",
            sources=frozenset({HandoverState.DRAFTED}),
            target=SAME,
            action="dispatch.write_handover",
        ),
        Transition(
            name="sign_out",
            sources=frozenset({HandoverState.DRAFTED}),
            target=HandoverState.SIGNED,
            action="dispatch.sign_out",
            notices=("dispatch.signed_out",),
            primary=True,
        ),
        # What was signed is not changed under the signature: it is opened again, and signed anew.
        Transition(
            name="reopen_handover",
            sources=frozenset({HandoverState.SIGNED}),
            target=HandoverState.DRAFTED,
            action="dispatch.write_handover",
            required=("note",),
        ),
        Transition(
            name="sign_in",
            sources=frozenset({HandoverState.SIGNED}),
            target=HandoverState.DONE,
            action="dispatch.sign_in",
            notices=("dispatch.signed_in",),
            primary=True,
        ),
    ),
)


class StationState(StrEnum):
    APPLIED = "applied"
    APPROVED = "approved"
    OPEN = "open"
    CLOSED = "closed"


_APPROVED = frozenset({StationState.APPROVED, StationState.OPEN})
STATION = Workflow(
    name="dispatch.workstation",
    states=StationState,
    final=frozenset({StationState.CLOSED}),
    adoptable=frozenset(StationState),
    transitions=(
        Transition(
            name="apply_station", sources=frozenset({NEW}), target=StationState.APPLIED, action="dispatch.station"
        ),
        Transition(
            name="edit_station",
            sources=frozenset({StationState.APPLIED}) | _APPROVED,
            target=SAME,
            action="dispatch.station",
        ),
        Transition(
            name="approve_station",
            sources=frozenset({StationState.APPLIED}),
            target=StationState.APPROVED,
            action="dispatch.station",
            required=("approved",),
            notices=("dispatch.station_approved",),
            primary=True,
        ),
        Transition(
            name="unveil_station",
            sources=frozenset({StationState.APPROVED}),
            target=StationState.OPEN,
            action="dispatch.station",
            required=("plaque",),
            primary=True,
        ),
        Transition(name="plan_station", sources=_APPROVED, target=SAME, action="dispatch.station"),
        Transition(
            name="check_station", sources=frozenset({StationState.OPEN}), target=SAME, action="dispatch.station"
        ),
        Transition(
            name="renew_station",
            sources=frozenset({StationState.OPEN}),
            target=SAME,
            action="dispatch.station",
            required=("until",),
        ),
        Transition(
            name="close_station",
            sources=frozenset({StationState.APPLIED}) | _APPROVED,
            target=StationState.CLOSED,
            action="dispatch.station",
            required=("note",),
            danger=True,
        ),
    ),
)


class RateState(StrEnum):
    KEPT = "kept"
    ENDED = "ended"


class AllowanceState(StrEnum):
    DRAFTED = "drafted"
    ISSUED = "issued"
    DROPPED = "dropped"


_DRAFTED = frozenset({AllowanceState.DRAFTED})
RATE = Workflow(
    name="dispatch.rate",
    states=RateState,
    final=frozenset({RateState.ENDED}),
    transitions=(
        Transition(name="set_rate", sources=frozenset({NEW}), target=RateState.KEPT, action="dispatch.allowance"),
        Transition(
            name="end_rate",
            sources=frozenset({RateState.KEPT}),
            target=RateState.ENDED,
            action="dispatch.allowance",
            required=("to_date",),
        ),
    ),
)
ALLOWANCE = Workflow(
    name="dispatch.allowance",
    states=AllowanceState,
    final=frozenset({AllowanceState.ISSUED, AllowanceState.DROPPED}),
    transitions=(
        Transition(
            name="draft_sheet", sources=frozenset({NEW}), target=AllowanceState.DRAFTED, action="dispatch.allowance"
        ),
        Transition(name="recount_sheet", sources=_DRAFTED, target=SAME, action="dispatch.allowance"),
        Transition(name="deduct", sources=_DRAFTED, target=SAME, action="dispatch.allowance"),
        # What is issued is frozen: what turns out otherwise stands as a difference on the next sheet.
        Transition(
            name="issue_sheet",
            sources=_DRAFTED,
            target=AllowanceState.ISSUED,
            action="dispatch.allowance",
            primary=True,
        ),
        Transition(
            name="drop_sheet",
            sources=_DRAFTED,
            target=AllowanceState.DROPPED,
            action="dispatch.allowance",
            required=("note",),
            danger=True,
        ),
    ),
)
