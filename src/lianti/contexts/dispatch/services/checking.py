"""Check lists of arrival and leaving: begun by the moves of a posting, ticked by each side, lapsed with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import flow
from lianti.contexts.dispatch.domain import care, checks
from lianti.contexts.dispatch.domain.care import HouseItem
from lianti.contexts.dispatch.models import CheckItem, CheckList, HouseList, Posting
from lianti.contexts.dispatch.states import OPEN, CheckListState, ItemOutcome, PostingState, Side
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Conflict, Invalid


def set_house_list(*, actor: Actor, at: datetime, key: str | None, items: Sequence[HouseItem]) -> HouseList:
    """Say what one's own institution does for who comes and who leaves; lists begun before stay. Raises Invalid."""
    if len(items) > care.MOST_ITEMS or any(not one.name.strip() or len(one.name) > 80 for one in items):
        raise Invalid({"items": _("At most 40 items, each of at most 80 characters.")})
    stored = [one.kept() for one in items]
    row = HouseList.objects.filter(institution=actor.tenant_id).first()
    if row is not None:
        changed: HouseList = engine.change(
            flow.HOUSE_LISTS, row.public_id, name="change_list", actor=actor, at=at, key=key, fields={"items": stored}
        )
        return changed
    row = HouseList(public_id=ids.new(), institution_id=actor.tenant_id, items=stored)
    return engine.create(flow.HOUSE_LISTS, row, name="set_list", actor=actor, at=at, key=key, body=stored)


def begin_list(*, actor: Actor, at: datetime, key: str | None, posting_id: str, leaving: bool) -> CheckList:
    """Begin a list that did not begin by itself: before somebody leaves, or of who was taken in from a source.

    Raises NotFound, NotAllowed, Conflict.
    """
    posting: Posting = flow.POSTINGS.locked(posting_id, actor)
    if posting.state == PostingState.NOMINATED or (posting.state not in OPEN and not leaving):
        raise Conflict(_("This posting has ended, or has not been ordered yet."))
    found = CheckList.objects.filter(posting=posting.pk, leaving=leaving).first()
    if found is not None:
        raise Conflict(_("This list has been begun already."))
    return _begin(posting, leaving, actor, at, key)


def begun(posting: Posting, leaving: bool, actor: Actor, at: datetime) -> None:
    """Begin a list with the move that asks for it, where there is none and the actor may."""
    there = CheckList.objects.filter(posting=posting.pk, leaving=leaving).exists()
    row = CheckList(sender_id=posting.sender_id, recipient_id=posting.recipient_id)
    if not there and flow.CHECKS.table.refusal(actor, "dispatch.check", row) is None:
        _begin(posting, leaving, actor, at, None)


def lapsed(posting: Posting, actor: Actor, at: datetime) -> None:
    """Let the arrival of who leaves, or is not sent after all, wait for nobody any more."""
    row = CheckList.objects.filter(posting=posting.pk, leaving=False, state=CheckListState.OPEN).first()
    if row is not None and flow.CHECKS.table.refusal(actor, "dispatch.check", row) is None:
        engine.move(flow.CHECKS, row.public_id, name="lapse", actor=actor, at=at)


def tick(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    check_id: str,
    items: Sequence[int],
    day: date,
    outcome: str = ItemOutcome.DONE,
    note: str = "",
    version: int | None = None,
) -> CheckList:
    """Say what one's own side has done, or what is not needed; with the last item the list is done.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    if day > shanghai_day(at):
        raise Invalid({"day": checks.NOT_YET})
    if outcome not in {ItemOutcome.DONE, ItemOutcome.NOT_NEEDED}:
        raise Invalid({"outcome": _("Choose one of these.")})

    def effect(row: CheckList) -> None:
        own = CheckItem.objects.filter(of=row.pk, pk__in=items, side=side_of(row, actor), outcome="")
        if not items or own.count() != len(set(items)):
            raise Invalid({"items": _("Choose open items of your own side.")})
        by = {"done_on": day, "done_by": actor.principal_id, "note": note.strip()[:120]}
        own.update(outcome=outcome, **by)

    facts = {"items": _names(items), "day": day.isoformat()}
    with transaction.atomic():
        row = _move("tick", actor, at, key, check_id, version, facts=facts, note=note.strip()[:120], effect=effect)
        if row.state == CheckListState.OPEN and not CheckItem.objects.filter(of=row.pk, outcome="").exists():
            row = _move("complete", actor, at, None, check_id, None)
    return row


def add_item(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    check_id: str,
    name: str,
    due: date,
    side: str,
    version: int | None = None,
) -> CheckList:
    """Add something that this posting needs. Raises NotFound, NotAllowed, Conflict, Invalid."""
    if not name.strip() or len(name) > 80:
        raise Invalid({"name": _("Give a name of at most 80 characters.")})
    if side not in set(Side):
        raise Invalid({"side": _("Choose one of these.")})

    def effect(row: CheckList) -> None:
        CheckItem.objects.create(of=row, side=side, name=name.strip(), due=due)

    return _move("add_item", actor, at, key, check_id, version, facts={"items": [name.strip()]}, effect=effect)


def side_of(row: CheckList, actor: Actor) -> str:
    """Return on which side of a list the actor's institution stands; '' on none."""
    sides = {row.sender_id: Side.SENDER, row.recipient_id: Side.RECIPIENT}
    return sides.get(actor.tenant_id, "")


def _begin(posting: Posting, leaving: bool, actor: Actor, at: datetime, key: str | None) -> CheckList:
    day = (posting.left or posting.to_date) if leaving else (posting.arrived or posting.from_date)
    row = CheckList(
        public_id=ids.new(),
        posting=posting,
        person_id=posting.person_id,
        sender_id=posting.sender_id,
        recipient_id=posting.recipient_id,
        leaving=leaving,
        day=day,
    )
    kept = HouseList.objects.filter(institution__in=(posting.sender_id, posting.recipient_id))
    own = {one.institution_id: care.read(one.items) for one in kept}
    items = care.made(own.get(posting.sender_id), own.get(posting.recipient_id), leaving, day)

    def effect(saved: CheckList) -> None:
        CheckItem.objects.bulk_create(CheckItem(of=saved, side=one.side, name=one.name, due=one.day) for one in items)

    name = "begin_list"
    made = engine.create(
        flow.CHECKS, row, name=name, actor=actor, at=at, key=key, body=[posting.pk, leaving], effect=effect
    )
    if not items:
        made = _move("complete", actor, at, None, made.public_id, None)
    return made


def _names(items: Sequence[int]) -> list[str]:
    return list(CheckItem.objects.filter(pk__in=items).order_by("pk").values_list("name", flat=True))


def _move(
    name: str, actor: Actor, at: datetime, key: str | None, ident: str, version: int | None, **more: Any
) -> CheckList:
    moved: CheckList = engine.move(flow.CHECKS, ident, name=name, actor=actor, at=at, key=key, version=version, **more)
    return moved
