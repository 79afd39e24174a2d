"""Presence checks: on record as they were found, taken off when they were wrong."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import flow
from lianti.contexts.dispatch.domain import checks
from lianti.contexts.dispatch.models import Posting, PresenceCheck
from lianti.contexts.dispatch.queries import county
from lianti.contexts.dispatch.states.presence import PresenceFound, PresenceWay
from lianti.contexts.network import queries as network
from lianti.kernel import numbers
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Invalid, Sentence
from lianti.lib.roles import Role

SERIES = "CG"


@dataclass(frozen=True)
class PresenceFacts:
    """Who was looked for where on which day, how, what was found, and by whom."""

    person_id: int
    recipient_id: int
    day: date
    way: str
    found: str
    hour: int | None = None
    checked_by: str = ""
    note: str = ""


def note_presence(*, actor: Actor, at: datetime, key: str | None, check: PresenceFacts) -> PresenceCheck:
    """Put a check on record: the sender's desk of whom it sent, an authority of whom it knows in its county now.

    It changes no mark. Raises NotAllowed, Invalid, KeyReused.
    """
    facts = asdict(check) | {"checked_by": check.checked_by.strip()[:80], "note": check.note.strip()[:200]}
    row = PresenceCheck(public_id=ids.new(), number=numbers.take(SERIES, at), tenant_id=actor.tenant_id, **facts)
    flow.PRESENCES.table.may(actor, "dispatch.check_presence", row)
    wrong: dict[str, Sentence] = {}
    if check.day > shanghai_day(at):
        wrong["day"] = checks.NOT_YET
    if check.way not in set(PresenceWay):
        wrong["way"] = _("Choose one of these.")
    if check.found not in set(PresenceFound):
        wrong["found"] = _("Choose one of these.")
    if check.hour is not None and not 0 <= check.hour <= 23:
        wrong["hour"] = _("Write an hour from 0 to 23.")
    sender = _sender(actor, check)
    if sender is None:
        wrong.setdefault("day", _("As far as you can see, nobody of this name was posted there on that day."))
    if wrong or sender is None:
        raise Invalid(wrong)
    row.sender_id = sender
    if not row.checked_by:
        person = network.person_of(actor.principal_id)
        row.checked_by = str(person.name)[:80] if person else ""
    return engine.create(flow.PRESENCES, row, name="note_presence", actor=actor, at=at, key=key, body=asdict(check))


def _sender(actor: Actor, check: PresenceFacts) -> int | None:
    """Return who sent somebody to be there on that day, as far as the checker knows."""
    if actor.role is Role.HEALTH_AUTHORITY:
        known = county.posted_now(actor)
        return next(
            (
                one.sender.id
                for one in known
                if (one.person.id, one.recipient.id) == (check.person_id, check.recipient_id) and one.since <= check.day
            ),
            None,
        )
    there = Posting.objects.filter(
        Q(left=None) | Q(left__gte=check.day), sender=actor.tenant_id, arrived__lte=check.day
    )
    mine = there.filter(person=check.person_id, recipient=check.recipient_id)
    return mine.values_list("sender_id", flat=True).first()


def withdraw_presence(
    *, actor: Actor, at: datetime, key: str | None, check_id: str, note: str, version: int | None = None
) -> PresenceCheck:
    """Take a check off the record, with a reason. Raises NotFound, NotAllowed, Conflict, Invalid."""
    told: dict[str, Any] = {"actor": actor, "at": at, "key": key, "version": version}
    moved: PresenceCheck = engine.move(flow.PRESENCES, check_id, name="withdraw_presence", note=note, **told)
    return moved
