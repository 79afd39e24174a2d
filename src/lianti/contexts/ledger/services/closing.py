"""Closing a month of two sides: proposed by one office, done by the other; reopened in the same way."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger import flow
from lianti.contexts.ledger.domain.due import add_months, period_of
from lianti.contexts.ledger.models import Booking, Closing, Entry
from lianti.contexts.ledger.services import months
from lianti.contexts.ledger.services.sums import Changes, books_of, place_of
from lianti.contexts.ledger.states import ClosingState, EntryState
from lianti.kernel import scope
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.dates import month_of, shanghai_day
from lianti.lib.errors import Conflict, NotFound

SAME_SIDE = _("Your side has said so already; now the other office decides.")


def close_month(
    *, actor: Actor, at: datetime, key: str | None, giver_id: int, receiver_id: int, month: date
) -> Closing:
    """Close a month for one's side; it is closed when both offices have done so.

    What is unverified then counts in the open month and keeps its day. Raises NotAllowed, Conflict.
    """
    month = month_of(month)
    with scope.acting(actor), transaction.atomic():
        if add_months(month, 1) > shanghai_day(at):
            raise Conflict(_("This month is not over yet."))
        row = _closing(giver_id, receiver_id, month)
        if row is None:
            new = Closing(giver_id=giver_id, receiver_id=receiver_id, month=month, proposed_by_id=actor.tenant_id)
            return engine.create(
                flow.CLOSINGS, new, name="propose_closing", actor=actor, at=at, key=key, body=[str(month)]
            )
        if row.state != ClosingState.PROPOSED:
            return _move(row, "propose_closing", actor, at, key, lambda _row: {"proposed_by_id": actor.tenant_id})
        if row.proposed_by_id == actor.tenant_id:
            raise Conflict(SAME_SIDE)
        closed = _move(row, "close_month", actor, at, key, _nothing_objected)
        _carry_over(closed, actor, at)
        return closed


def reopen_month(
    *, actor: Actor, at: datetime, key: str | None, giver_id: int, receiver_id: int, month: date, note: str
) -> Closing:
    """Reopen a closed month for one's side, with a reason; it is open again when both offices have done so.

    What was carried over stays where it counts. Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    with scope.acting(actor), transaction.atomic():
        row = _closing(giver_id, receiver_id, month_of(month))
        if row is None:
            raise NotFound
        if row.state != ClosingState.REOPENING:
            fields = {"proposed_by_id": actor.tenant_id}
            return _move(row, "propose_reopening", actor, at, key, lambda _row: fields, note)
        if row.proposed_by_id == actor.tenant_id:
            raise Conflict(SAME_SIDE)
        return _move(row, "reopen_month", actor, at, key, None, note)


def _closing(giver_id: int, receiver_id: int, month: date) -> Closing | None:
    rows = Closing.objects.select_for_update(of=("self",))
    return rows.filter(giver_id=giver_id, receiver_id=receiver_id, month=month).first()


def _move(
    row: Closing, name: str, actor: Actor, at: datetime, key: str | None, effect: Any = None, note: str = ""
) -> Closing:
    moved: Closing = engine.move(
        flow.CLOSINGS, row.pk, name=name, actor=actor, at=at, key=key, note=note.strip(), effect=effect
    )
    return moved


def _counting_in(closing: Closing) -> Any:
    return Entry.objects.filter(
        giver_id=closing.giver_id,
        receiver_id=closing.receiver_id,
        count_day__gte=closing.month,
        count_day__lt=add_months(closing.month, 1),
    )


def _nothing_objected(closing: Closing) -> None:
    if _counting_in(closing).filter(state=EntryState.OBJECTED).exists():
        raise Conflict(_("An objection in this month is not settled yet."))


def _carry_over(closing: Closing, actor: Actor, at: datetime) -> None:
    """Let what nobody has verified keep its day and count in the open month."""
    left = _counting_in(closing).filter(state__in=[EntryState.DECLARED, EntryState.RETURNED])
    for pk in list(left.order_by("id").values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                engine.move(flow.ENTRIES, pk, name="carry_over", actor=actor, at=at, effect=_carried(at))
        except Conflict:
            # Verified by somebody in this moment: then it counts in the month that it was verified in.
            continue


def _carried(at: datetime) -> engine.Effect:
    def effect(entry: Entry) -> dict[str, Any]:
        day = months.counting_day(entry.giver_id, entry.receiver_id, entry.count_day)
        changes = Changes(at)
        before = place_of(entry)
        if before is not None:
            changes.put(entry, before, books_of(entry), -1)
        _recount_periods(entry, day)
        entry.count_day = day
        after = place_of(entry)
        if after is not None:
            changes.put(entry, after, books_of(entry), 1)
        changes.flush()
        return {"count_day": day}

    return effect


def _recount_periods(entry: Entry, day: date) -> None:
    """Let the entry count in the period of its accounts that holds the new day."""
    rows = list(Booking.objects.filter(entry=entry).select_related("account"))
    for row in rows:
        row.period = period_of(row.account.terms, day).key
    Booking.objects.bulk_update(rows, ["period"])
