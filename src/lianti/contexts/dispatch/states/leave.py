"""The life of a slip of leave (请假单): asked for, approved by length, taken, back (dispatch.md §3)."""

from enum import StrEnum

from lianti.kernel.workflow.spec import NEW, Transition, Workflow


class SlipState(StrEnum):
    ASKED = "asked"
    AGREED = "agreed"
    APPROVED = "approved"
    BEGUN = "begun"
    ENDED = "ended"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Approval(StrEnum):
    """Who approves leave of a length: the receiving department, its hospital's office, or both hospitals."""

    DEPARTMENT = "department"
    OFFICE = "office"
    BOTH = "both"
    NOTED = "noted"  # said on the day: nobody was asked


S = SlipState
ASKING = frozenset({S.ASKED, S.AGREED})
COMING_LEAVE = ASKING | {S.APPROVED}
LIVE = COMING_LEAVE | {S.BEGUN}

SLIP = Workflow(
    name="dispatch.leave_slip",
    states=SlipState,
    final=frozenset({S.ENDED, S.REFUSED, S.WITHDRAWN}),
    adoptable=frozenset({S.ENDED}),
    transitions=(
        Transition(
            name="ask", sources=frozenset({NEW}), target=S.ASKED, action="dispatch.ask_leave",
            notices=("dispatch.leave_asked",),
        ),
        # What is noted on the day that it begins: the posting's own move makes it.
        Transition(name="note_leave", sources=frozenset({NEW}), target=S.BEGUN, action="dispatch.note_leave"),
        Transition(
            name="approve", sources=frozenset({S.ASKED}), target=S.APPROVED, action="dispatch.approve_leave",
            notices=("dispatch.leave_approved",), primary=True,
        ),
        Transition(
            name="agree", sources=frozenset({S.ASKED}), target=S.AGREED, action="dispatch.agree_leave", primary=True
        ),
        Transition(
            name="approve_too", sources=frozenset({S.AGREED}), target=S.APPROVED, action="dispatch.approve_leave_too",
            notices=("dispatch.leave_approved",), primary=True,
        ),
        Transition(
            name="refuse", sources=ASKING, target=S.REFUSED, action="dispatch.refuse_leave", required=("note",),
            notices=("dispatch.leave_refused",), danger=True,
        ),
        Transition(
            name="withdraw_slip", sources=COMING_LEAVE, target=S.WITHDRAWN, action="dispatch.ask_leave", danger=True
        ),
        Transition(name="begin_leave", sources=frozenset({S.APPROVED}), target=S.BEGUN, action="dispatch.note_leave"),
        Transition(
            name="come_back", sources=frozenset({S.APPROVED, S.BEGUN}), target=S.ENDED, action="dispatch.come_back",
            primary=True,
        ),
    ),
)  # fmt: skip
