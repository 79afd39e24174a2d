"""The life of a batch and of a posting, as plain tables (users.md, 'More habits'; policy.md §5.4)."""

from enum import StrEnum

from lianti.kernel.workflow.spec import NEW, SAME, Transition, Workflow


class BatchState(StrEnum):
    PLANNED = "planned"
    CHECKED = "checked"
    DECIDED = "decided"
    PUBLICISED = "publicised"
    ORDERED = "ordered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class PostingState(StrEnum):
    NOMINATED = "nominated"
    ORDERED = "ordered"
    ON_DUTY = "on_duty"
    ON_LEAVE = "on_leave"
    FINISHED = "finished"
    RECALLED = "recalled"
    REPLACED = "replaced"
    HANDED_OVER = "handed_over"
    DROPPED = "dropped"


class PostingKind(StrEnum):
    LONG = "long"
    SHORT = "short"
    ROUNDS = "rounds"
    TEAM = "team"
    WORKSTATION = "workstation"


class Duty(StrEnum):
    """What somebody is at the receiving institution; of a president or head it is asked whether they may come."""

    MEMBER = ""
    PRESIDENT = "president"
    VICE_PRESIDENT = "vice_president"
    HEAD = "head"


class LeaveKind(StrEnum):
    """Why somebody is away for days; the marks of a month's grid know the same words (dispatch.md §3)."""

    PERSONAL = "personal"
    SICK = "sick"
    ANNUAL = "annual"
    MATERNITY = "maternity"
    MARRIAGE = "marriage"
    BEREAVEMENT = "bereavement"
    FAMILY_VISIT = "family_visit"
    TRAINING = "training"
    BUSINESS = "business"
    CALLED_HOME = "called_home"


B, P = BatchState, PostingState
BEFORE_ORDER = frozenset({B.PLANNED, B.CHECKED, B.DECIDED, B.PUBLICISED})
HERE = frozenset({P.ON_DUTY, P.ON_LEAVE})
COMING = frozenset({P.NOMINATED, P.ORDERED})
LEFT = frozenset({P.FINISHED, P.RECALLED, P.REPLACED})
OPEN = HERE | COMING

BATCH = Workflow(
    name="dispatch.batch",
    states=BatchState,
    final=frozenset({B.CLOSED, B.WITHDRAWN}),
    adoptable=frozenset({B.ORDERED, B.CLOSED}),
    transitions=(
        Transition(name="plan", sources=frozenset({NEW}), target=B.PLANNED, action="dispatch.plan"),
        Transition(name="edit", sources=BEFORE_ORDER, target=SAME, action="dispatch.plan"),
        Transition(name="allot", sources=BEFORE_ORDER | {B.ORDERED}, target=SAME, action="dispatch.plan"),
        Transition(name="name_people", sources=BEFORE_ORDER, target=SAME, action="dispatch.nominate"),
        # Papers may be written in any order, or all at once with the letter: what counts is the letter.
        Transition(name="check", sources=frozenset({B.PLANNED}), target=B.CHECKED, action="dispatch.plan"),
        Transition(name="decide", sources=frozenset({B.PLANNED, B.CHECKED}), target=B.DECIDED, action="dispatch.plan"),
        Transition(
            name="publicise",
            sources=frozenset({B.PLANNED, B.CHECKED, B.DECIDED}),
            target=B.PUBLICISED,
            action="dispatch.plan",
        ),
        Transition(
            name="order",
            sources=BEFORE_ORDER,
            target=B.ORDERED,
            action="dispatch.order",
            required=("letter_number",),
            notices=("dispatch.ordered",),
            primary=True,
        ),
        Transition(
            name="receive",
            sources=frozenset({B.ORDERED}),
            target=SAME,
            action="dispatch.receive",
            notices=("dispatch.received",),
            primary=True,
        ),
        Transition(name="close", sources=frozenset({B.ORDERED}), target=B.CLOSED, action="dispatch.plan"),
        Transition(
            name="withdraw",
            sources=BEFORE_ORDER,
            target=B.WITHDRAWN,
            action="dispatch.plan",
            required=("note",),
            danger=True,
        ),
    ),
)

POSTING = Workflow(
    name="dispatch.posting",
    states=PostingState,
    final=frozenset({P.HANDED_OVER, P.DROPPED}),
    adoptable=frozenset({P.ORDERED, P.ON_DUTY, P.FINISHED, P.RECALLED, P.HANDED_OVER}),
    transitions=(
        Transition(name="nominate", sources=frozenset({NEW}), target=P.NOMINATED, action="dispatch.nominate"),
        Transition(name="edit", sources=frozenset({P.NOMINATED}), target=SAME, action="dispatch.nominate"),
        Transition(
            name="consent",
            sources=frozenset({P.NOMINATED}),
            target=SAME,
            action="dispatch.consent",
            notices=("dispatch.consented",),
            primary=True,
        ),
        Transition(
            name="drop", sources=COMING, target=P.DROPPED, action="dispatch.order", required=("note",), danger=True
        ),
        Transition(name="order", sources=frozenset({P.NOMINATED}), target=P.ORDERED, action="dispatch.order"),
        # After the letter another letter says the new days (关于调整派驻人员的函); the place is that of the letter.
        Transition(
            name="adjust",
            sources=frozenset({P.ORDERED}),
            target=SAME,
            action="dispatch.order",
            notices=("dispatch.adjusted",),
        ),
        Transition(
            name="report_in",
            sources=frozenset({P.ORDERED}),
            target=P.ON_DUTY,
            action="dispatch.receive",
            required=("arrived",),
            primary=True,
        ),
        Transition(
            name="take_leave",
            sources=frozenset({P.ON_DUTY}),
            target=P.ON_LEAVE,
            action="dispatch.leave",
            notices=("dispatch.away",),
        ),
        Transition(
            name="return_from_leave",
            sources=frozenset({P.ON_LEAVE}),
            target=P.ON_DUTY,
            action="dispatch.come_back",
            notices=("dispatch.back",),
            primary=True,
        ),
        Transition(name="extend", sources=HERE, target=SAME, action="dispatch.order", notices=("dispatch.extended",)),
        Transition(
            name="finish",
            sources=HERE,
            target=P.FINISHED,
            action="dispatch.end",
            notices=("dispatch.finished",),
            primary=True,
        ),
        Transition(
            name="recall",
            sources=HERE,
            target=P.RECALLED,
            action="dispatch.order",
            required=("note",),
            notices=("dispatch.recalled",),
            danger=True,
        ),
        Transition(
            name="replace", sources=HERE, target=P.REPLACED, action="dispatch.order", notices=("dispatch.replaced",)
        ),
        Transition(name="hand_over", sources=LEFT, target=P.HANDED_OVER, action="dispatch.hand_over"),
    ),
)


class PastState(StrEnum):
    """Service before the platform: as its desk entered it, called into question, or taken back."""

    NOTED = "noted"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"


_PAST_STANDS = frozenset({PastState.NOTED, PastState.DISPUTED})
PAST = Workflow(
    name="dispatch.past",
    states=PastState,
    final=frozenset({PastState.WITHDRAWN}),
    adoptable=frozenset({PastState.NOTED}),
    transitions=(
        Transition(
            name="enter",
            sources=frozenset({NEW}),
            target=PastState.NOTED,
            action="dispatch.past",
            notices=("dispatch.past_entered",),
        ),
        # What was called into question counts again once its desk has corrected or confirmed it, with the reason.
        Transition(
            name="correct", sources=_PAST_STANDS, target=PastState.NOTED, action="dispatch.past", required=("note",)
        ),
        Transition(name="attach", sources=_PAST_STANDS, target=SAME, action="dispatch.past"),
        Transition(
            name="dispute",
            sources=frozenset({PastState.NOTED}),
            target=PastState.DISPUTED,
            action="dispatch.dispute",
            required=("note",),
            notices=("dispatch.past_disputed",),
            danger=True,
        ),
        Transition(
            name="withdraw",
            sources=_PAST_STANDS,
            target=PastState.WITHDRAWN,
            action="dispatch.past",
            required=("note",),
            danger=True,
        ),
    ),
)


class AttendanceState(StrEnum):
    OPEN = "open"
    SUBMITTED = "submitted"
    CONFIRMED = "confirmed"
    SEALED = "sealed"
    REPORTED = "reported"  # as a source tells of a month; nobody here has sealed it
    DROPPED = "dropped"


A = AttendanceState
RUNNING = frozenset({A.OPEN, A.SUBMITTED, A.CONFIRMED})
STANDS = frozenset({A.SEALED, A.REPORTED})  # its letters are what is read of the month

# A month's sheet is handed in when the month is over, sealed by who received and then by who sent (users.md). What is
# found wrong after that is a supplementary sheet, which goes the same way.
ATTENDANCE = Workflow(
    name="dispatch.attendance",
    states=AttendanceState,
    final=frozenset({A.SEALED, A.REPORTED, A.DROPPED}),
    adoptable=frozenset({A.REPORTED}),
    only_adopted=frozenset({A.REPORTED}),
    transitions=(
        Transition(name="begin", sources=frozenset({NEW}), target=A.OPEN, action="dispatch.begin_month"),
        Transition(name="supplement", sources=frozenset({NEW}), target=A.OPEN, action="dispatch.keep"),
        Transition(name="mark", sources=frozenset({A.OPEN, A.SUBMITTED}), target=SAME, action="dispatch.keep"),
        Transition(
            name="submit", sources=frozenset({A.OPEN}), target=A.SUBMITTED, action="dispatch.keep", primary=True
        ),
        Transition(
            name="confirm",
            sources=frozenset({A.SUBMITTED}),
            target=A.CONFIRMED,
            action="dispatch.confirm_month",
            notices=("dispatch.month_confirmed",),
            primary=True,
        ),
        # While nobody of who received is here: their seal on the print, booked by who sent (users.md, week one).
        Transition(
            name="book_seal",
            sources=frozenset({A.SUBMITTED}),
            target=A.CONFIRMED,
            action="dispatch.book_month",
            primary=True,
        ),
        Transition(
            name="seal",
            sources=frozenset({A.CONFIRMED}),
            target=A.SEALED,
            action="dispatch.seal_month",
            notices=("dispatch.month_sealed",),
            primary=True,
        ),
        Transition(
            name="send_back",
            sources=frozenset({A.SUBMITTED, A.CONFIRMED}),
            target=A.OPEN,
            action="dispatch.check_month",
            required=("note",),
            notices=("dispatch.month_returned",),
        ),
        Transition(
            name="drop_sheet", sources=frozenset({A.OPEN}), target=A.DROPPED, action="dispatch.keep",
            required=("note",), danger=True,
        ),
    ),
)  # fmt: skip
