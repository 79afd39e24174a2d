"""Who asks for leave, who approves it, and the wall of its table."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch.models import LeaveSlip, LeaveSlipTransition
from lianti.contexts.dispatch.rules.sending import AWAY, EITHER, HOSTS, SENDERS, own_or_desk
from lianti.contexts.dispatch.states import Approval, SlipState
from lianti.kernel import audience, personal, walls
from lianti.kernel.permissions import Rule, Table
from lianti.kernel.personal import WORDS, Columns
from lianti.kernel.walls import shared
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.roles import Role

_SENDER = _("The sending institution's office or coordinator do this.")
_HOST = _("The receiving institution's office, coordinator, leaders and department heads do this.")
_OFFICE_HERE = _("The receiving institution's office or coordinator agree to it.")

# Slips of leave: asked for by who is posted or the receiving desk, approved by length ------------

SLIP = "dispatch.leave_slip"
POSTED = frozenset({Role.EXPERT, Role.CLINICIAN})


def slip_sides(row: LeaveSlip) -> Mapping[str, set[int]]:
    """Return which institutions stand on which side of a slip."""
    return {"sender": {row.sender_id}, "recipient": {row.recipient_id}}


def _of_length(*whose: str) -> Callable[[Actor, LeaveSlip], Sentence | None]:
    """Refuse an approval that the length of the leave asks of others, and one's own leave to everybody."""

    def refuses(actor: Actor, row: LeaveSlip) -> Sentence | None:
        if actor.person_id is not None and actor.person_id == row.person_id:
            return _("Nobody approves their own leave.")
        if row.approval not in whose:
            return _("Leave of this length is approved by somebody else.")
        if row.approval == Approval.OFFICE and actor.role not in SENDERS:
            return _("Leave of this length is approved by the receiving institution's office.")
        return None

    return refuses


def _not_own(actor: Actor, row: LeaveSlip) -> Sentence | None:
    return _of_length(row.approval)(actor, row) if row.state == SlipState.ASKED else None


_ASKERS = Rule(
    HOSTS | POSTED,
    ("sender", "recipient"),
    _("Who is posted asks for leave, or a desk, leader or head of either side for them."),
    own_or_desk,
)
SLIPS = Table(
    name=SLIP,
    rules={
        "dispatch.ask_leave": replace(_ASKERS, roles=_ASKERS.roles | {Role.SYSTEM}),
        "dispatch.come_back": replace(_ASKERS, roles=_ASKERS.roles | {Role.SYSTEM}),
        "dispatch.note_leave": Rule(HOSTS | {Role.SYSTEM}, ("sender", "recipient"), EITHER),
        "dispatch.approve_leave": Rule(HOSTS, ("recipient",), _HOST, _of_length(Approval.DEPARTMENT, Approval.OFFICE)),
        "dispatch.agree_leave": Rule(SENDERS, ("recipient",), _OFFICE_HERE, _of_length(Approval.BOTH)),
        "dispatch.approve_leave_too": Rule(SENDERS, ("sender",), _SENDER, _of_length(Approval.BOTH)),
        "dispatch.refuse_leave": Rule(HOSTS, ("sender", "recipient"), EITHER, _not_own),
    },
    sides=slip_sides,
    visible=lambda actor: audience.visible(SLIP, actor),
)
_SLIP = walls.record(LeaveSlip, SLIP, read=shared(SLIP), change=walls.sides("sender_id", "recipient_id"))
WALLS: walls.Walls = (_SLIP, walls.story(LeaveSlipTransition, _SLIP))
PERSONAL: personal.Declared = (Columns(_SLIP.table, "number approval", {"kind": AWAY, "reason": WORDS}),)
