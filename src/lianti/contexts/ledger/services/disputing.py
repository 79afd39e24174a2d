"""Objecting to a lower quantity, and settling: both offices, else the authority that a relation names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger import flow, rules, words
from lianti.contexts.ledger.domain.levels import ZERO
from lianti.contexts.ledger.models import Booking, Entry
from lianti.contexts.ledger.services import correcting, months, waiting
from lianti.contexts.ledger.services.acting import at_the_books
from lianti.contexts.ledger.services.facts import quantity as read_quantity
from lianti.contexts.ledger.services.sums import Changes, move_to
from lianti.contexts.ledger.states import EntryState
from lianti.contexts.network import queries as network
from lianti.kernel.workflow import engine
from lianti.lib import workdays
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Conflict, Invalid, NotAllowed


def object_(
    *, actor: Actor, at: datetime, key: str | None, entry_id: str | int, note: str, version: int | None = None
) -> Entry:
    """Object to a lower quantity within the working days for it; meanwhile the lower figure counts.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """

    def effect(entry: Entry) -> None:
        if entry.lowered_on is None or entry.quantity >= entry.declared:
            raise Conflict(_("This entry counts as it was declared; there is nothing to object to."))
        if shanghai_day(at) > workdays.add(entry.lowered_on, settings.OBJECTION_DAYS):
            raise Conflict(
                _("The %(days)s working days for an objection are over.") % {"days": settings.OBJECTION_DAYS}
            )
        waiting.settlement(entry, at)

    return _move("object_", actor, at, key, entry_id, note, effect, version)


def refer(
    *, actor: Actor, at: datetime, key: str | None, entry_id: str | int, note: str = "", version: int | None = None
) -> Entry:
    """Lay an objection before the authority that a relation of the two names.

    Raises NotFound, NotAllowed, Conflict (none is named: the lower figure stands, or it lies there already).
    """

    def effect(entry: Entry) -> dict[str, Any]:
        if entry.referred_id is not None:
            raise Conflict(_("The objection lies before the authority already."))
        # One that drew the entry sees it already, and goes on seeing it.
        drew = entry.arbiter_id if entry.arbiter_id in _named_for(entry) else None
        asked = drew or authority_for(entry)
        if asked is None:
            raise Conflict(_("No relation of the two names an authority: the lower figure stands."))
        waiting.referral(entry, asked, at)
        lay_corrections_before(entry, asked)
        return {"referred_id": asked, "arbiter_id": asked}

    return _move("refer", actor, at, key, entry_id, note, effect, version)


def settle(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    entry_id: str | int,
    quantity: Decimal,
    note: str,
    version: int | None = None,
) -> Entry:
    """Settle an objection at a figure from the lower to the declared one.

    The declaring side may accept the lower figure, the receiver agree to more, the named authority decide; where
    none is named the lower figure stands. In a closed month what it adds is a correction in the open one.
    Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    number = ZERO if quantity == 0 else read_quantity(quantity)

    def effect(entry: Entry) -> dict[str, Any]:
        if not entry.quantity <= number <= entry.declared:
            raise Invalid({"quantity": _("Settle between the lower figure and the declared one.")})
        _may_settle(actor, entry, number)
        waiting.nothing(entry, at)
        with at_the_books(actor, entry.giver_id, entry.receiver_id):
            closed = months.of_closed(entry)
            if closed and number > entry.quantity:
                # The closed month keeps its figure; what settling adds counts in the open one.
                more = number - entry.quantity
                correcting.make(actor, at, None, entry, more, note, name="settle_rest")
                return {}
            changes = Changes(at)
            move_to(changes, entry, state=EntryState.SETTLED, level=entry.level, quantity=number)
            changes.flush()
        return {"quantity": number}

    return _move("settle", actor, at, key, entry_id, note, effect, version, {"quantity": str(quantity)})


def authority_for(entry: Entry) -> int | None:
    """Give the authority named for an entry: by a relation it counts for, else by any relation of the two."""
    own = authorities_of([entry])[entry.pk]
    return own[0] if own else min(network.authorities_between(entry.giver_id, entry.receiver_id), default=None)


def authorities_of(entries: Sequence[Entry]) -> dict[int, list[int]]:
    """Give the authorities named by the relations that each entry counts for, in the order of the relations.

    Only by relations that both of its sides have confirmed, and never one of the two.
    """
    rows = Booking.objects.filter(entry__in=[entry.pk for entry in entries], relation__isnull=False)
    pairs = sorted({(int(relation or 0), entry) for relation, entry in rows.values_list("relation_id", "entry_id")})
    named = {relation: network.authority_of(relation) for relation, _entry in pairs}
    bound = network.parties_of(relation for relation, authority in named.items() if authority is not None)
    sides = {entry.pk: {entry.giver_id, entry.receiver_id} for entry in entries}
    found: dict[int, list[int]] = {entry.pk: [] for entry in entries}
    for relation, entry in pairs:
        authority = named[relation]
        if authority is not None and authority not in sides[entry] and sides[entry] <= bound[relation]:
            found[entry].append(authority)
    return found


def lay_corrections_before(entry: Entry, authority: int) -> None:
    """Let an authority see what has been taken from an entry already: it judges and settles by what is left."""
    Entry.objects.filter(corrects=entry).update(arbiter_id=authority)


def _named_for(entry: Entry) -> set[int]:
    own = authorities_of([entry])[entry.pk]
    return set(own) or network.authorities_between(entry.giver_id, entry.receiver_id)


def can_settle(actor: Actor, entry: Entry) -> bool:
    """Say whether there is a figure at which this actor may settle."""
    for number in {entry.quantity, entry.declared}:
        try:
            _may_settle(actor, entry, number)
        except NotAllowed:
            continue
        return True
    return False


def _may_settle(actor: Actor, entry: Entry, number: Decimal) -> None:
    if actor.tenant_id == entry.referred_id and actor.tenant_id in _named_for(entry):
        _has_no_part(actor, entry)
        return
    if number == entry.quantity:
        accepts = actor.tenant_id == entry.tenant_id
        if not accepts and authority_for(entry) is not None:
            raise NotAllowed(_("The declaring side accepts the lower figure, or the named authority decides."))
        return
    if actor.tenant_id != entry.receiver_id:
        raise NotAllowed(_("Only the receiver agrees to more than the lower figure."))
    _has_no_part(actor, entry)


def _has_no_part(actor: Actor, entry: Entry) -> None:
    """Hold who settles to the test of a verifier, whatever institution they act for."""
    who = replace(rules.who_is(actor), acting_for=entry.receiver_id)
    if why := rules.refusals(who, [entry]).get(entry.pk):
        raise NotAllowed(words.REFUSALS[why])


def _move(
    name: str,
    actor: Actor,
    at: datetime,
    key: str | None,
    entry_id: str | int,
    note: str,
    effect: engine.Effect,
    version: int | None,
    facts: dict[str, str] | None = None,
) -> Entry:
    by: dict[str, Any] = {"actor": actor, "at": at, "key": key, "version": version}
    moved: Entry = engine.move(flow.ENTRIES, entry_id, name=name, **by, note=note.strip(), facts=facts, effect=effect)
    return moved
