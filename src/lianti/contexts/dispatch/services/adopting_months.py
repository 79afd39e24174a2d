"""Months that a source tells of, sealed on paper or on another site: taken in as reported, nothing declared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import flow
from lianti.contexts.dispatch.domain import grid
from lianti.contexts.dispatch.domain.grid import Marking, Origin
from lianti.contexts.dispatch.models import Attendance, AttendanceLine
from lianti.contexts.dispatch.queries import months
from lianti.contexts.dispatch.services import attendance, figures, sealing
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
    today = shanghai_day(at)
    row, actor = _blank(actor, at, sender_id, recipient_id, month_of(month))

    def effect(made: Attendance) -> None:
        if marks:
            attendance.write(made, marks, Origin.TYPED, actor, today)
        sealing.freeze(made, today)

    state = AttendanceState.REPORTED
    return engine.adopt(flow.ATTENDANCE, row, state=state, actor=actor, at=at, key=key, source=source, effect=effect)


def report_month(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    source: str,
    sender_id: int,
    recipient_id: int,
    month: date,
    letters: Mapping[str, str],
) -> Attendance:
    """Take in a month by its letters, as another site's file tells of it: of each posting (public id) a letter a day.

    A dash stands on each day on which the posting was not there, and on no other. Nothing is declared. Raises
    NotAllowed, Conflict, Invalid at 'days'.
    """
    month = month_of(month)
    row, actor = _blank(actor, at, sender_id, recipient_id, month)
    stays = {one.public_id: one for one in months.stays_in(month, sender_id, recipient_id)}

    def effect(made: Attendance) -> None:
        lines = []
        for ident, text in letters.items():
            posting = stays.get(ident)
            if posting is None or not grid.goes_with(month, text, posting.arrived, posting.left):
                raise Invalid({"days": _("The letters do not go with the days on which this person was there.")})
            counts = months.counting_rules([posting], month)[posting.pk]
            cells = months.cells_of(month, text)
            counted = months.PostingMonth(posting, cells, counts).sums.counted
            lines.append(AttendanceLine(attendance=made, posting=posting, letters=text, counted=counted))
        AttendanceLine.objects.bulk_create(lines)
        figures.ask((stays[ident].person_id for ident in letters), at)

    state = AttendanceState.REPORTED
    return engine.adopt(flow.ATTENDANCE, row, state=state, actor=actor, at=at, key=key, source=source, effect=effect)


def _blank(actor: Actor, at: datetime, sender_id: int, recipient_id: int, month: date) -> tuple[Attendance, Actor]:
    """Return the sheet to be taken in, and as whom. Raises Conflict, Invalid."""
    if next_month(month) > shanghai_day(at):
        raise Conflict(attendance.RUNS)
    if not months.stays_in(month, sender_id, recipient_id):
        raise Conflict(_("Nobody of this institution was on duty here in this month."))
    if Attendance.objects.filter(sender=sender_id, recipient=recipient_id, month=month, corrects=None).exists():
        raise Invalid({"month": _("This month is kept already.")})
    if actor.role is Role.SYSTEM:
        actor = replace(actor, tenant_id=recipient_id)  # a job has no institution: who receives keeps the sheet
    return attendance.blank(sender_id, recipient_id, month, at), actor
