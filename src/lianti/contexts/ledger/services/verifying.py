"""What the receiver does: verify, lower, return; and higher levels. The hot path of the ledger."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger import flow
from lianti.contexts.ledger.domain.levels import Level
from lianti.contexts.ledger.models import Entry
from lianti.contexts.ledger.services import months, waiting
from lianti.contexts.ledger.services.acting import at_the_books
from lianti.contexts.ledger.services.facts import NOT_A_QUANTITY
from lianti.contexts.ledger.services.facts import quantity as read_quantity
from lianti.contexts.ledger.services.sums import Changes, move_to
from lianti.contexts.ledger.states import EntryState
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Conflict, Invalid
from lianti.lib.roles import Role

ALREADY = _("This entry is already verified at this level. Nothing was changed by you.")
CLOSED = _("The month in which this entry counts is closed.")


def verify(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    entry_id: str | int,
    note: str = "",
    version: int | None = None,
    changes: Changes | None = None,
) -> Entry:
    """Verify an entry online for the receiver; one that is counted on paper rises.

    `changes`: sums of a whole sheet, which the caller writes. Raises NotFound, NotAllowed, Conflict, KeyReused.
    """
    via = "link" if actor.role is Role.LINK else "online"
    return rise(
        actor,
        at,
        key,
        entry_id,
        name="verify",
        level=Level.ONLINE,
        via=via,
        note=note,
        version=version,
        changes=changes,
    )


def acknowledge(*, actor: Actor, at: datetime, entry_id: str | int) -> Entry:
    """Verify an entry by the receiver's own move on what it came from. Raises NotFound, NotAllowed, Conflict."""
    return rise(actor, at, None, entry_id, name="acknowledge", level=Level.ONLINE, via="both_sides")


def rise(
    actor: Actor,
    at: datetime,
    key: str | None,
    entry_id: str | int,
    *,
    name: str,
    level: Level,
    via: str,
    note: str = "",
    version: int | None = None,
    changes: Changes | None = None,
    facts: dict[str, str] | None = None,
) -> Entry:
    """Bring an entry to a higher level; the quantity stays. Raises Conflict where it stands there already."""

    def effect(entry: Entry) -> dict[str, Any]:
        if entry.state != EntryState.DECLARED:
            if entry.level >= level:
                raise Conflict(ALREADY)
            if level < Level.SPOT and months.is_closed(entry.giver_id, entry.receiver_id, entry.count_day):
                raise Conflict(CLOSED)
        kept = Changes(at) if changes is None else changes
        state = EntryState.COUNTED if entry.state == EntryState.DECLARED else entry.state
        with at_the_books(actor, entry.giver_id, entry.receiver_id):
            move_to(kept, entry, state=state, level=level, quantity=entry.quantity)
            if changes is None:
                kept.flush()
        return {"level": int(level), "via": via}

    by: dict[str, Any] = {"actor": actor, "at": at, "key": key, "version": version}
    moved: Entry = engine.move(flow.ENTRIES, entry_id, name=name, **by, note=note.strip(), facts=facts, effect=effect)
    return moved


def lower(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    entry_id: str | int,
    quantity: Decimal,
    note: str,
    version: int | None = None,
    changes: Changes | None = None,
) -> Entry:
    """Verify an entry with a lower quantity and a reason: it counts at once at that figure.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    via = "link" if actor.role is Role.LINK else "online"
    return lowered(
        actor, at, key, entry_id, name="lower", level=Level.ONLINE, via=via, quantity=quantity, note=note,
        version=version, changes=changes,
    )  # fmt: skip


def lowered(
    actor: Actor,
    at: datetime,
    key: str | None,
    entry_id: str | int,
    *,
    name: str,
    level: Level,
    via: str,
    quantity: Decimal,
    note: str,
    version: int | None = None,
    changes: Changes | None = None,
    facts: dict[str, str] | None = None,
) -> Entry:
    """Bring a declared entry to a level with a lower quantity. Raises as `lower` does."""

    def effect(entry: Entry) -> dict[str, Any]:
        number = _lower_figure(entry, quantity)
        kept = Changes(at) if changes is None else changes
        move_to(kept, entry, state=EntryState.COUNTED, level=level, quantity=number)
        if changes is None:
            kept.flush()
        return {"level": int(level), "via": via, "quantity": number, "lowered_on": shanghai_day(at)}

    moved: Entry = engine.move(
        flow.ENTRIES,
        entry_id,
        name=name,
        actor=actor,
        at=at,
        key=key,
        note=note.strip(),
        version=version,
        facts={"quantity": str(quantity), **(facts or {})},
        effect=effect,
    )
    return moved


def _lower_figure(entry: Entry, quantity: Decimal) -> Decimal:
    if entry.quantity < 0:
        raise Invalid({"quantity": _("A correction that takes away is returned, not lowered.")})
    number = Decimal(0) if quantity == 0 else read_quantity(quantity)
    if number < 0:
        raise Invalid({"quantity": NOT_A_QUANTITY})
    if number >= entry.quantity:
        raise Invalid({"quantity": _("The quantity must be lower than the declared one.")})
    return number


def return_(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    entry_id: str | int,
    note: str,
    version: int | None = None,
    changes: Changes | None = None,
    name: str = "return_",
) -> Entry:
    """Return an entry to its declarer for completion, with the reason.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """

    def effect(entry: Entry) -> None:
        kept = Changes(at) if changes is None else changes
        move_to(kept, entry, state=EntryState.RETURNED, level=0, quantity=entry.quantity)
        if changes is None:
            kept.flush()
        waiting.completion(entry, at)

    moved: Entry = engine.move(
        flow.ENTRIES,
        entry_id,
        name=name,
        actor=actor,
        at=at,
        key=key,
        note=note.strip(),
        version=version,
        effect=effect,
    )
    return moved
