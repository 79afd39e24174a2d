"""Months that were sealed on paper before the platform: taken in from a source, nothing declared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import flow
from lianti.contexts.dispatch.domain.grid import Marking, Origin
from lianti.contexts.dispatch.models import Attendance
from lianti.contexts.dispatch.queries import months
from lianti.contexts.dispatch.services import attendance, sealing
from lianti.contexts.dispatch.states import AttendanceState
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.dates import month_of, next_month, shanghai_day
from lianti.lib.errors import Conflict, Invalid
from lianti.lib.roles import Role


def adopt_month(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    source: str,
    sender_id: int,
    recipient_id: int,
    month: date,
    marks: Sequence[Marking] = (),
) -> Attendance:
    """Take in a month as it was sealed: who was there, but for these marks, was present.

    Nothing is declared: a report receives nobody, and its days are in the books already or in none. A supplement to
    it declares nothing either. Raises NotAllowed, Conflict, Invalid at '<row>-<field>'.
    """
    month, today = month_of(month), shanghai_day(at)
    if next_month(month) > today:
        raise Conflict(attendance.RUNS)
    if not months.stays_in(month, sender_id, recipient_id):
        raise Conflict(_("Nobody of this institution was on duty here in this month."))
    if Attendance.objects.filter(sender=sender_id, recipient=recipient_id, month=month, corrects=None).exists():
        raise Invalid({"month": _("This month is kept already.")})
    row = attendance.blank(sender_id, recipient_id, month, at)
    if actor.role is Role.SYSTEM:
        actor = replace(actor, tenant_id=recipient_id)  # a job has no institution: who receives keeps the sheet

    def effect(made: Attendance) -> None:
        if marks:
            attendance.write(made, marks, Origin.TYPED, actor, today)
        sealing.freeze(made, today)

    state = AttendanceState.SEALED
    return engine.adopt(flow.ATTENDANCE, row, state=state, actor=actor, at=at, key=key, source=source, effect=effect)
