"""Reporting in: from that day somebody is on duty, and the ledger has one entry of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import flow
from lianti.contexts.dispatch.domain import checks
from lianti.contexts.dispatch.models import Posting
from lianti.contexts.dispatch.services import figures, people
from lianti.contexts.ledger import services as ledger
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Invalid

EARLIEST = timedelta(days=31)  # before the day that was planned


def arrive(
    row: Posting | str,
    actor: Actor,
    at: datetime,
    day: date,
    receipt_number: str = "",
    department: str | None = None,
    key: str | None = None,
    version: int | None = None,
) -> Posting:
    """Let somebody report in on a day, by the receiving side's own word. Raises Invalid, Conflict, NotAllowed.

    The entry is declared in the name of who sent, and acknowledged by who receives: the ledger puts its test to the
    latter, and leaves the entry declared where they fail it (ledger.md, 'Postings').
    """

    def effect(posting: Posting) -> dict[str, Any]:
        _look(posting, day, shanghai_day(at))
        people.one_at_a_time([posting.person_id])
        with people.for_the_sender(posting, actor) as sender:
            if (where := people.on_duty_elsewhere(posting, day)) is not None:
                raise Invalid({"arrived": where})
            entry = _declared(posting, day, sender, actor, at)
        return {"entry_id": entry}

    fields: dict[str, Any] = {"arrived": day, "receipt_number": receipt_number.strip()[:60]}
    if department is not None:
        fields["department"] = department.strip()[:80]
    facts = {"arrived": day.isoformat(), "receipt_number": fields["receipt_number"]}
    moved: Posting = engine.move(
        flow.POSTINGS,
        row,
        name="report_in",
        actor=actor,
        at=at,
        key=key,
        version=version,
        fields=fields,
        facts=facts,
        effect=effect,
    )
    figures.ask([moved.person_id], at)
    return moved


def _look(row: Posting, day: date, today: date) -> None:
    if day > today:
        raise Invalid({"arrived": checks.NOT_YET})
    if day < row.from_date - EARLIEST:
        raise Invalid({"arrived": _("This is more than a month before the day that the letter says.")})
    if day > row.to_date:
        raise Invalid({"arrived": _("This is after the last day that the letter says: extend it first.")})


def _declared(row: Posting, day: date, sender: Actor, host: Actor, at: datetime) -> int:
    entry = ledger.declare(
        actor=sender,
        at=at,
        key=None,
        entry=ledger.EntryFacts(
            source_kind=flow.POSTINGS.kind,
            source_id=row.pk,
            source_public_id=row.public_id,
            giver_id=row.sender_id,
            receiver_id=row.recipient_id,
            kind="posting",
            quantity=Decimal(1),
            day=day,
            people=((row.person_id, "lead", None),),
            note=row.number,
            late=True,  # a receipt may come when the month is closed; the ledger itself says whether it was late
            acknowledged_by=host,
        ),
    )
    return int(entry.pk)
