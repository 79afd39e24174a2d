"""What the receiver does: verify, lower, return; and higher levels. The hot path of the ledger."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import OperationalError
from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger import flow, rules, words
from lianti.contexts.ledger.domain.levels import ZERO, Level
from lianti.contexts.ledger.domain.verifying import Refusal
from lianti.contexts.ledger.models import Entry
from lianti.contexts.ledger.services import months, waiting
from lianti.contexts.ledger.services.acting import at_the_books
from lianti.contexts.ledger.services.facts import NOT_A_QUANTITY, OnPaper
from lianti.contexts.ledger.services.facts import quantity as read_quantity
from lianti.contexts.ledger.services.sums import Changes, move_to
from lianti.contexts.ledger.states import EntryState
from lianti.contexts.network import queries as network
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
    entry_id: str | int | Entry,
    note: str = "",
    version: int | None = None,
    changes: Changes | None = None,
    told_by_giver: bool = False,
) -> Entry:
    """Verify an entry online for the receiver; one that is counted on paper rises.

    `changes`: sums of a whole sheet, which the caller writes. `told_by_giver`: through a link whose code the giver's
    side saw, so that it counts as paper. Raises NotFound, NotAllowed, Conflict, KeyReused.
    """
    return rise(
        actor,
        at,
        key,
        entry_id,
        **_how(actor, told_by_giver, "verify", "confirm_by_link"),
        note=note,
        version=version,
        changes=changes,
    )


def acknowledge(*, actor: Actor, at: datetime, entry_id: str | int) -> Entry:
    """Verify an entry by the receiver's own move on what it came from. Raises NotFound, NotAllowed, Conflict."""
    return rise(actor, at, None, entry_id, name="acknowledge", level=Level.ONLINE, via="both_sides")


def stamped(entry: Entry, paper: OnPaper, at: datetime) -> Entry:
    """Confirm an entry on paper by a seal whose scan another room keeps; left as it is where one of the two may not.

    The same test as of the ledger's own scans: the signatory works at the receiver and passes the test of who
    verifies; whoever booked the scan is of either office and has not declared the entry.
    """
    employed = network.employers([paper.signatory_id]).get(paper.signatory_id) == entry.receiver_id
    signs = employed and not rules.refusals(rules.Who(entry.receiver_id, paper.signatory_id), [entry])
    if not signs or rules.ENTRIES.refusal(paper.booked_by, "ledger.confirm_scan", entry) is not None:
        return entry
    facts = {"sheet": paper.number}
    return rise(
        paper.booked_by, at, None, entry.pk, name="confirm_on_paper", level=Level.PAPER, via="paper", facts=facts
    )


def rise(
    actor: Actor,
    at: datetime,
    key: str | None,
    entry_id: str | int | Entry,
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
        rises = entry.state != EntryState.DECLARED
        if rises and (entry.level >= level or entry.corrects_id is not None):
            raise Conflict(ALREADY)
        kept = Changes(at) if changes is None else changes
        with at_the_books(actor, entry.giver_id, entry.receiver_id) as inside:
            if rises and months.of_closed(entry):
                raise Conflict(CLOSED)
            stands = level_of(entry, level, entry.quantity)
            move_to(
                kept, entry, state=entry.state if rises else EntryState.COUNTED, level=stands, quantity=entry.quantity
            )
            if rises:
                _corrections_follow(entry, level, inside, kept)
            if changes is None:
                kept.flush()
        return {"level": stands, "via": via}

    by: dict[str, Any] = {"actor": actor, "at": at, "key": key, "version": version}
    moved: Entry = engine.move(flow.ENTRIES, entry_id, name=name, **by, note=note.strip(), facts=facts, effect=effect)
    return moved


def level_of(entry: Entry, level: Level, quantity: Decimal) -> int:
    """Give the level at which an entry counts from now on: a correction counts at that of what it corrects.

    Raises Conflict where a correction would bring the entry that it corrects below zero.
    """
    if entry.corrects_id is None:
        return int(level)
    try:
        # Whoever moves the old entry locks it first and its corrections then; here it is the other way round.
        old = Entry.objects.select_for_update(of=("self",), nowait=True).get(pk=entry.corrects_id)
    except OperationalError as error:
        raise Conflict from error
    if left_of(old) + min(quantity, ZERO) < 0:
        raise Conflict(words.REFUSALS[Refusal.BELOW_ZERO])
    return old.level


def falls_below_zero(correction: Entry) -> bool:
    """Say whether a correction would bring the entry that it corrects below zero, if it counted now."""
    old = Entry.objects.get(pk=correction.corrects_id or 0)
    return left_of(old) + min(correction.quantity, ZERO) < 0


def left_of(old: Entry) -> Decimal:
    """Give what the books say of an entry: its quantity with its corrections that count."""
    taken = Entry.objects.filter(corrects=old, level__gt=Level.DECLARED).values_list("quantity", flat=True)
    return sum(taken, Decimal(old.quantity))


def _corrections_follow(entry: Entry, level: Level, actor: Actor, changes: Changes) -> None:
    """Let the corrections that count rise with what they correct, but for those that count in a closed month."""

    def effect(correction: Entry) -> dict[str, Any]:
        move_to(changes, correction, state=correction.state, level=level, quantity=correction.quantity)
        return {"level": int(level)}

    for correction in Entry.objects.filter(corrects=entry, level__gt=Level.DECLARED, level__lt=level).order_by("id"):
        if not months.of_closed(correction):
            facts = {"level": str(int(level))}
            by: dict[str, Any] = {"actor": actor, "at": changes.at, "facts": facts}
            engine.move(flow.ENTRIES, correction.pk, name="follow", **by, effect=effect)


def lower(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    entry_id: str | int | Entry,
    quantity: Decimal,
    note: str,
    version: int | None = None,
    changes: Changes | None = None,
    told_by_giver: bool = False,
) -> Entry:
    """Verify an entry with a lower quantity and a reason: it counts at once at that figure.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    return lowered(
        actor, at, key, entry_id, **_how(actor, told_by_giver, "lower", "lower_by_link"), quantity=quantity, note=note,
        version=version, changes=changes,
    )  # fmt: skip


def _how(actor: Actor, told_by_giver: bool, online: str, by_link: str) -> dict[str, Any]:
    """Return by which move, at which level and marked how the receiver's word counts."""
    if told_by_giver:
        return {"name": by_link, "level": Level.PAPER, "via": "link_giver"}
    return {"name": online, "level": Level.ONLINE, "via": "link" if actor.role is Role.LINK else "online"}


def lowered(
    actor: Actor,
    at: datetime,
    key: str | None,
    entry_id: str | int | Entry,
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
        stands = level_of(entry, level, number)
        move_to(kept, entry, state=EntryState.COUNTED, level=stands, quantity=number)
        if changes is None:
            kept.flush()
        return {"level": stands, "via": via, "quantity": number, "lowered_on": shanghai_day(at)}

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
    entry_id: str | int | Entry,
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
