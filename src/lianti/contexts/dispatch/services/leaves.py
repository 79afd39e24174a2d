"""Slips of leave: asked for ahead, approved by length, begun by themselves on their first day, ended by who is back."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import flow
from lianti.contexts.dispatch.domain import checks
from lianti.contexts.dispatch.domain.facts import LeaveFacts
from lianti.contexts.dispatch.models import Leave, LeaveSlip, Posting
from lianti.contexts.dispatch.queries import approving
from lianti.contexts.dispatch.services import figures
from lianti.contexts.dispatch.states import COMING_LEAVE, HERE, LIVE, Approval, LeaveKind, PostingState, SlipState
from lianti.kernel import numbers
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Conflict, Invalid, Sentence

SERIES = "QJ"
ENDED = _("The posting has ended.")


def ask(*, actor: Actor, at: datetime, key: str | None, posting_id: str, leave: LeaveFacts) -> LeaveSlip:
    """Ask for leave on days to come, for oneself or for who is posted. Raises NotFound, NotAllowed, Conflict, Invalid.

    Who approves it is said by the rules of its first day.
    """
    today = shanghai_day(at)
    with transaction.atomic():
        posting: Posting = flow.POSTINGS.locked(posting_id, actor)
        row = _slip(posting, leave, at)
        flow.SLIPS.table.may(actor, "dispatch.ask_leave", row)
        if posting.state not in HERE | {PostingState.ORDERED}:
            raise Conflict(_("Who is not sent, or has left, asks for no leave here."))
        if wrong := _wrong(posting, leave, today):
            raise Invalid(wrong)
        row.approval = approving.approval(posting, leave.first, leave.until)
        return engine.create(flow.SLIPS, row, name="ask", actor=actor, at=at, key=key, body=asdict(leave))


def _slip(posting: Posting, leave: LeaveFacts, at: datetime) -> LeaveSlip:
    facts = asdict(leave) | {"reason": leave.reason.strip()[:200]}
    pair = {"sender_id": posting.sender_id, "recipient_id": posting.recipient_id, "person_id": posting.person_id}
    number = numbers.take(SERIES, at)
    return LeaveSlip(public_id=ids.new(), number=number, posting=posting, approval=Approval.NOTED, **pair, **facts)


def _wrong(posting: Posting, leave: LeaveFacts, today: date) -> dict[str, Sentence]:
    wrong: dict[str, Sentence] = {}
    if leave.kind not in set(LeaveKind):
        wrong["kind"] = _("Choose one of these.")
    if leave.first < max(today, posting.arrived or posting.from_date):
        wrong["first"] = _("Ask for days to come; what has begun is noted on the page of the posting.")
    if leave.until < leave.first:
        wrong["until"] = checks.END_FIRST
    elif leave.until > posting.to_date:
        wrong["until"] = _("The posting ends before that day.")
    live = LeaveSlip.objects.filter(posting=posting.pk, state__in=LIVE, first__lte=leave.until)
    if any(one.state == SlipState.BEGUN or one.until >= leave.first for one in live):
        wrong.setdefault("first", _("Leave on these days is asked for already, or has not ended yet."))
    return wrong


def approve(
    *, actor: Actor, at: datetime, key: str | None, slip_id: str, note: str = "", version: int | None = None
) -> LeaveSlip:
    """Approve leave for the receiving institution, by department or office as its length asks. Raises as every move."""
    return _move("approve", actor, at, key, slip_id, version, note=note)


def agree(
    *, actor: Actor, at: datetime, key: str | None, slip_id: str, note: str = "", version: int | None = None
) -> LeaveSlip:
    """Agree for the receiving institution to leave that both institutions approve. Raises as every move."""
    return _move("agree", actor, at, key, slip_id, version, note=note)


def approve_too(
    *, actor: Actor, at: datetime, key: str | None, slip_id: str, note: str = "", version: int | None = None
) -> LeaveSlip:
    """Approve long leave for the sending institution as well. Raises as every move."""
    return _move("approve_too", actor, at, key, slip_id, version, note=note)


def refuse(
    *, actor: Actor, at: datetime, key: str | None, slip_id: str, note: str, version: int | None = None
) -> LeaveSlip:
    """Refuse leave, with a reason. Raises as every move, Invalid."""
    return _move("refuse", actor, at, key, slip_id, version, note=note)


def withdraw_slip(
    *, actor: Actor, at: datetime, key: str | None, slip_id: str, note: str = "", version: int | None = None
) -> LeaveSlip:
    """Take back leave that has not begun. Raises as every move."""
    return _move("withdraw_slip", actor, at, key, slip_id, version, note=note)


def come_back(
    *, actor: Actor, at: datetime, key: str | None, slip_id: str, back: date, version: int | None = None
) -> LeaveSlip:
    """Note the first day on duty again (销假), also where no job had begun the leave. Raises as every move, Invalid."""
    if back > shanghai_day(at):
        raise Invalid({"back": checks.NOT_YET})

    def effect(slip: LeaveSlip) -> dict[str, Any]:
        if back <= slip.first:
            raise Invalid({"back": _("This is not after the first day of the leave.")})
        if slip.leave_id is None:
            facts = {
                name: getattr(slip, name) for name in ("posting_id", "kind", "first", "until", "cover_id", "reason")
            }
            return {"leave_id": Leave.objects.create(**facts, back=back).pk, "back": back}
        engine.move(
            flow.POSTINGS,
            slip.posting_id,
            name="return_from_leave",
            actor=actor,
            at=at,
            facts={"back": back.isoformat()},
            effect=lambda row: {} if _close(row, back) else None,
        )
        return {"back": back}

    facts = {"back": back.isoformat()}
    return _move("come_back", actor, at, key, slip_id, version, facts=facts, effect=effect)


def begin_due(*, actor: Actor, at: datetime) -> int:
    """Let approved leave begin whose first day has come; of who has left it lapses. Return how many. For jobs.

    Nothing counts on this job: days away are read from approved slips no less than from leave that has begun.
    """
    due = LeaveSlip.objects.filter(state=SlipState.APPROVED, first__lte=shanghai_day(at)).select_related("posting")
    begun = 0
    for slip in due.order_by("first", "pk"):
        actor = replace(actor, tenant_id=slip.recipient_id)  # a job has no institution: who receives keeps the days
        if slip.posting.state == PostingState.ON_DUTY:
            with transaction.atomic():
                _begin(slip, actor, at)
                figures.ask([slip.person_id], at)
            begun += 1
        elif slip.posting.state not in HERE:
            engine.move(flow.SLIPS, slip.pk, name="withdraw_slip", actor=actor, at=at, note=str(ENDED))
    return begun


def _begin(slip: LeaveSlip, actor: Actor, at: datetime) -> None:
    def effect(row: LeaveSlip) -> dict[str, Any]:
        leave = Leave.objects.create(**_days(row))
        told = {"until": row.until.isoformat(), "cover": [f"#{row.cover_id}"] if row.cover_id else []}
        engine.move(flow.POSTINGS, row.posting_id, name="take_leave", actor=actor, at=at, facts=told)
        return {"leave_id": leave.pk}

    engine.move(flow.SLIPS, slip.pk, name="begin_leave", actor=actor, at=at, effect=effect)


def _days(slip: LeaveSlip) -> dict[str, Any]:
    return {name: getattr(slip, name) for name in ("posting_id", "kind", "first", "until", "cover_id", "reason")}


# What the moves of a posting do to its slips ----------------------------------------------------


def noted(posting: Posting, leave: LeaveFacts, actor: Actor, at: datetime) -> None:
    """Keep leave that is noted on its day, with its slip; a slip for these days must not be under way."""
    if LeaveSlip.objects.filter(posting=posting.pk, state__in=COMING_LEAVE, first__lte=leave.until).exists():
        raise Conflict(_("Leave on these days is asked for already: approve that, or withdraw it first."))
    row = _slip(posting, leave, at)
    row.leave = Leave.objects.create(posting=posting, **asdict(leave) | {"reason": row.reason})
    engine.create(flow.SLIPS, row, name="note_leave", actor=actor, at=at, key=None)


def back_again(posting: Posting, back: date, actor: Actor, at: datetime) -> None:
    """End the leave that somebody is on, and its slip. Raises Conflict, Invalid."""
    leave = _close(posting, back)
    slip = LeaveSlip.objects.filter(leave=leave.pk, state=SlipState.BEGUN).first()
    if slip is not None:
        told: dict[str, Any] = {"fields": {"back": back}, "facts": {"back": back.isoformat()}}
        engine.move(flow.SLIPS, slip.pk, name="come_back", actor=actor, at=at, **told)


def end_with(posting: Posting, actor: Actor, at: datetime) -> None:
    """Let every slip of a posting end with it."""
    for slip in LeaveSlip.objects.filter(posting=posting.pk, state__in=LIVE).order_by("pk"):
        name = "come_back" if slip.state == SlipState.BEGUN else "withdraw_slip"
        engine.move(flow.SLIPS, slip.pk, name=name, actor=actor, at=at, note=str(ENDED))


def _close(posting: Posting, back: date) -> Leave:
    away = Leave.objects.filter(posting=posting.pk, back=None).select_for_update().first()
    if away is None:
        raise Conflict(_("Nobody is on leave here."))
    if back <= away.first:
        raise Invalid({"back": _("This is not after the first day of the leave.")})
    Leave.objects.filter(pk=away.pk).update(back=back)
    return away


def _move(
    name: str, actor: Actor, at: datetime, key: str | None, ident: str, version: int | None, **more: Any
) -> LeaveSlip:
    moved: LeaveSlip = engine.move(flow.SLIPS, ident, name=name, actor=actor, at=at, key=key, version=version, **more)
    figures.ask([moved.person_id], at)
    return moved
