"""Slips of leave bound to their table: who sees them, whose turn it is, who is told."""

from collections.abc import Iterator
from datetime import date

from lianti.contexts.dispatch import rules
from lianti.contexts.dispatch.flow.sending import told_of
from lianti.contexts.dispatch.models import LeaveSlip, LeaveSlipTransition
from lianti.contexts.dispatch.states import SLIP, Approval, SlipState
from lianti.contexts.network import queries as network
from lianti.kernel.flows import Flow
from lianti.kernel.notices import Tell
from lianti.kernel.worklist import Wait
from lianti.lib import workdays
from lianti.lib.actor import Actor
from lianti.lib.roles import DESK

HOSTS, OFFICES = tuple(sorted(rules.HOSTS)), tuple(sorted(DESK))


def slip_audience(row: LeaveSlip) -> set[int]:
    """Return who may see a slip of leave: both sides."""
    return {row.sender_id, row.recipient_id}


def slip_waits(row: LeaveSlip) -> Iterator[Wait]:
    """Yield whose turn it is: of whoever approves leave of that length by its first day, then of who notes the return.

    Back is to be noted on the working day after the last one that was allowed.
    """
    if row.state == SlipState.ASKED:
        whose = HOSTS if row.approval == Approval.DEPARTMENT else OFFICES
        yield Wait(row.recipient_id, whose, "dispatch.approve_leave", row.first)
    elif row.state == SlipState.AGREED:
        yield Wait(row.sender_id, OFFICES, "dispatch.approve_leave_too", row.first)
    elif row.state == SlipState.BEGUN:
        yield Wait(row.recipient_id, HOSTS, "dispatch.note_back", workdays.add(row.until, 1))


def slip_tells(row: LeaveSlip, key: str, actor: Actor) -> Iterator[Tell]:
    """Tell who is posted what became of their leave, and the other side of what was asked and approved."""
    person = network.people_by_id({row.person_id})[row.person_id]
    params = told_of(actor, str(person.name))
    principal = network.principal_of(row.person_id)
    if principal is not None and principal != actor.principal_id and key != "dispatch.leave_asked":
        yield Tell(row.recipient_id, (), params, principal)
    sides = ((row.recipient_id, HOSTS), (row.sender_id, OFFICES))
    yield from (Tell(side, roles, params) for side, roles in sides if side != actor.tenant_id)


def slip_day(row: LeaveSlip) -> date:
    """Return the day that lists go by."""
    return row.first


SLIPS = Flow(SLIP, LeaveSlip, LeaveSlipTransition, rules.SLIPS, slip_audience, slip_waits, slip_tells, day=slip_day)
