"""One person's posting from the nomination to the handover."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import flow
from lianti.contexts.dispatch.domain import checks
from lianti.contexts.dispatch.domain.facts import LeaveFacts, Nominee, Successor
from lianti.contexts.dispatch.models import Batch, Leave, Posting
from lianti.contexts.dispatch.services import arriving, batches, checking, figures, handovers, leaves, people
from lianti.contexts.dispatch.states import LeaveKind
from lianti.contexts.network import queries as network
from lianti.kernel import audience, worklist
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Invalid, Sentence


def edit(
    *, actor: Actor, at: datetime, key: str | None, posting_id: str, nominee: Nominee, version: int | None = None
) -> Posting:
    """Change what somebody is nominated for; the person stays. Raises NotFound, NotAllowed, Conflict, Invalid."""

    def effect(row: Posting) -> None:
        if nominee.recipient_id not in network.parties(row.relation_id) or nominee.recipient_id == row.sender_id:
            raise Invalid({"recipient": _("Choose another party of this relation.")})
        people.one_at_a_time([row.person_id])
        if (where := people.elsewhere(row)) is not None:
            raise Invalid({"from_date": where})
        audience.only(flow.POSTINGS, row, flow.posting_audience(row))

    first, last = nominee.from_date, nominee.to_date
    if first is None or last is None:
        raise Invalid({"from_date": _("Give the first and the last day.")})
    if wrong := checks.nominee(nominee, first, last):
        raise Invalid(wrong)
    fields = asdict(nominee) | {"consented": None}
    fields.pop("person_id")
    return _move("edit", actor, at, key, posting_id, version, fields=fields, effect=effect)


def consent(
    *, actor: Actor, at: datetime, key: str | None, posting_id: str, note: str = "", version: int | None = None
) -> Posting:
    """Agree to a president or head. Raises NotFound, NotAllowed, Conflict."""
    return _move("consent", actor, at, key, posting_id, version, fields={"consented": shanghai_day(at)}, note=note)


def drop(
    *, actor: Actor, at: datetime, key: str | None, posting_id: str, note: str, version: int | None = None
) -> Posting:
    """Leave somebody out before they have reported in, with a reason.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """

    def effect(row: Posting) -> None:
        if row.ordered_by_id is not None:
            people.part(row, shanghai_day(at), actor, at)
            checking.lapsed(row, actor, at)
        leaves.end_with(row, actor, at)

    row = _move("drop", actor, at, key, posting_id, version, note=note, effect=effect)
    _tell_the_batch(row, at)
    return row


def report_in(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    posting_id: str,
    arrived: date,
    department: str = "",
    receipt_number: str = "",
    version: int | None = None,
) -> Posting:
    """Let one person report in, later than the others or alone. Raises NotFound, NotAllowed, Conflict, Invalid."""
    row = arriving.arrive(posting_id, actor, at, arrived, receipt_number, department or None, key, version)
    _tell_the_batch(row, at)
    return row


def take_leave(
    *, actor: Actor, at: datetime, key: str | None, posting_id: str, leave: LeaveFacts, version: int | None = None
) -> Posting:
    """Note that somebody is on leave, or called home, from a day that has come. Raises as every move, Invalid."""
    wrong: dict[str, Sentence] = {}
    if leave.kind not in set(LeaveKind):
        wrong["kind"] = _("Choose one of these.")
    if leave.first > shanghai_day(at):
        wrong["first"] = checks.NOT_YET
    if leave.until < leave.first:
        wrong["until"] = checks.END_FIRST
    if wrong:
        raise Invalid(wrong)

    def effect(row: Posting) -> None:
        if row.arrived is None or leave.first < row.arrived:
            raise Invalid({"first": _("This is before the day of reporting in.")})
        if Leave.objects.filter(posting=row.pk, back__gt=leave.first).exists():
            raise Invalid({"first": _("Was on leave on that day already.")})
        leaves.noted(row, leave, actor, at)

    facts = {"until": leave.until.isoformat(), "cover": [f"#{leave.cover_id}"] if leave.cover_id else []}
    return _move("take_leave", actor, at, key, posting_id, version, facts=facts, effect=effect)


def return_from_leave(
    *, actor: Actor, at: datetime, key: str | None, posting_id: str, back: date, version: int | None = None
) -> Posting:
    """Note the first day on which somebody is on duty again (销假). Raises as every move, Invalid."""
    if back > shanghai_day(at):
        raise Invalid({"back": checks.NOT_YET})
    facts = {"back": back.isoformat()}
    return _move(
        "return_from_leave",
        actor,
        at,
        key,
        posting_id,
        version,
        facts=facts,
        effect=lambda row: leaves.back_again(row, back, actor, at),
    )


def extend(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    posting_id: str,
    to_date: date,
    letter_number: str = "",
    note: str = "",
    version: int | None = None,
) -> Posting:
    """Let somebody stay longer. Raises NotFound, NotAllowed, Conflict, Invalid."""

    def effect(row: Posting) -> None:
        people.one_at_a_time([row.person_id])
        if (where := people.elsewhere(row)) is not None:
            raise Invalid({"to_date": where})

    before = _found(actor, posting_id)
    if to_date <= before.to_date:
        raise Invalid({"to_date": _("Choose a day after the present end.")})
    fields = {"to_date": to_date, "letter_number": letter_number.strip()[:60] or before.letter_number}
    facts = {"until": to_date.isoformat(), "letter_number": letter_number.strip()[:60]}
    return _move("extend", actor, at, key, posting_id, version, fields=fields, facts=facts, note=note, effect=effect)


def adjust(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    posting_id: str,
    from_date: date,
    to_date: date,
    letter_number: str,
    note: str = "",
    version: int | None = None,
) -> Posting:
    """Change the days of somebody who is sent and has not reported in yet, by a letter (关于调整派驻人员的函).

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    letter = letter_number.strip()
    if not letter or len(letter) > 60:
        raise Invalid({"letter_number": _("Give the number of the letter.")})
    before = _found(actor, posting_id)
    if wrong := checks.nominee(Nominee(before.person_id, before.recipient_id), from_date, to_date):
        raise Invalid(wrong)

    def effect(row: Posting) -> None:
        people.one_at_a_time([row.person_id])
        if (where := people.elsewhere(row)) is not None:
            raise Invalid({"from_date": where})

    fields = {"from_date": from_date, "to_date": to_date, "letter_number": letter}
    facts = {"since": from_date.isoformat(), "until": to_date.isoformat(), "letter_number": letter}
    return _move("adjust", actor, at, key, posting_id, version, fields=fields, facts=facts, note=note, effect=effect)


def finish(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    posting_id: str,
    left: date,
    note: str = "",
    version: int | None = None,
) -> Posting:
    """Note the last day of a posting that ended as planned. Raises as every move, Invalid."""
    return _leaving("finish", actor, at, key, posting_id, left, note=note, version=version)


def recall(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    posting_id: str,
    left: date,
    note: str,
    letter_number: str = "",
    version: int | None = None,
) -> Posting:
    """Bring somebody home before the end, with the reason (提前返院). Raises as every move, Invalid."""
    return _leaving("recall", actor, at, key, posting_id, left, note=note, letter=letter_number, version=version)


def replace(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    posting_id: str,
    left: date,
    successor: Successor,
    note: str = "",
    version: int | None = None,
) -> Posting:
    """Let somebody leave and send a successor to the same place until the same day. Raises as every move, Invalid."""
    letter = successor.letter_number.strip()
    if not letter:
        raise Invalid({"letter_number": _("Give the number of the letter.")})

    def follow(row: Posting) -> None:
        batches.send_one(row, _nominee(row, successor), letter, actor, at)

    facts = {"successor": [f"#{successor.person_id}"]}
    told: dict[str, Any] = {"note": note, "letter": letter, "version": version, "facts": facts, "then": follow}
    return _leaving("replace", actor, at, key, posting_id, left, **told)


def _nominee(row: Posting, successor: Successor) -> Nominee:
    """Return the successor at the place of somebody. Raises Invalid."""
    first = successor.from_date
    one = Nominee(successor.person_id, row.recipient_id, "", row.department, row.specialty, first, row.to_date)
    if wrong := checks.nominee(one, first, row.to_date):
        raise Invalid({"from_date": next(iter(wrong.values()))})
    person = network.people_by_id({one.person_id}).get(one.person_id)
    if person is None or person.hidden or person.employer.id != row.sender_id or one.person_id == row.person_id:
        raise Invalid({"successor": _("Choose somebody else whom your institution employs.")})
    return one


def _leaving(
    name: str,
    actor: Actor,
    at: datetime,
    key: str | None,
    posting_id: str,
    left: date,
    *,
    note: str,
    letter: str = "",
    version: int | None,
    facts: dict[str, Any] | None = None,
    then: Any = None,
) -> Posting:
    """Let somebody leave: an open leave ends with them, and so does their time in the group of the batch."""
    if left > shanghai_day(at):
        raise Invalid({"left": checks.NOT_YET})

    def effect(row: Posting) -> None:
        if row.arrived is None or left < row.arrived:
            raise Invalid({"left": _("This is before the day of reporting in.")})
        away = Leave.objects.filter(posting=row.pk, back=None).first()
        if away is not None and left < away.first:
            raise Invalid({"left": _("Was on leave after that day.")})
        with people.for_the_sender(row, actor) as sender:
            people.part(row, left, sender, at)
        leaves.end_with(row, actor, at)
        if then is not None:
            then(row)

    fields = {"left": left, **({"letter_number": letter.strip()[:60]} if letter.strip() else {})}
    told = {"left": left.isoformat(), "letter_number": letter.strip()[:60], **(facts or {})}
    row = _move(name, actor, at, key, posting_id, version, fields=fields, facts=told, note=note, effect=effect)
    checking.lapsed(row, actor, at)
    checking.begun(row, True, actor, at)
    handovers.handed(row, actor, at)
    _tell_the_batch(row, at)
    return row


def _tell_the_batch(row: Posting, at: datetime) -> None:
    """Let the to-do lists of a batch follow what became of one of it."""
    batch = Batch.objects.get(pk=row.batch_id)
    worklist.replace(flow.BATCHES.kind, batch.pk, flow.batch_waits(batch), at)


def _found(actor: Actor, posting_id: str) -> Posting:
    found: Posting = flow.POSTINGS.locked(posting_id, actor)
    return found


def _move(
    name: str, actor: Actor, at: datetime, key: str | None, ident: str, version: int | None, **more: Any
) -> Posting:
    moved: Posting = engine.move(flow.POSTINGS, ident, name=name, actor=actor, at=at, key=key, version=version, **more)
    figures.ask([moved.person_id], at)
    return moved
