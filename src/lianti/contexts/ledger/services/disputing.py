"""Objecting to a lower quantity, and settling: both offices, else the authority that a relation names."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger import flow, rules, words
from lianti.contexts.ledger.domain.levels import ZERO
from lianti.contexts.ledger.models import Entry, Posting
from lianti.contexts.ledger.services import waiting
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
        arbiter = authority_for(entry)
        if arbiter is None:
            raise Conflict(_("No relation of the two names an authority: the lower figure stands."))
        if entry.arbiter_id == arbiter:
            raise Conflict(_("The objection lies before the authority already."))
        waiting.referral(entry, arbiter, at)
        return {"arbiter_id": arbiter}

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
    none is named the lower figure stands. Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    number = ZERO if quantity == 0 else read_quantity(quantity)

    def effect(entry: Entry) -> dict[str, Any]:
        if not entry.quantity <= number <= entry.declared:
            raise Invalid({"quantity": _("Settle between the lower figure and the declared one.")})
        _may_settle(actor, entry, number)
        changes = Changes(at)
        with at_the_books(actor, entry.giver_id, entry.receiver_id):
            move_to(changes, entry, state=EntryState.SETTLED, level=entry.level, quantity=number)
            changes.flush()
        waiting.nothing(entry, at)
        return {"quantity": number}

    return _move("settle", actor, at, key, entry_id, note, effect, version, {"quantity": str(quantity)})


def authority_for(entry: Entry) -> int | None:
    """Give the authority named for an entry: by a relation it counts for, else by any relation of the two."""
    relations = Posting.objects.filter(entry=entry, relation__isnull=False).values_list("relation_id", flat=True)
    for relation_id in sorted(set(relations)):
        if (named := network.authority_of(int(relation_id or 0))) is not None:
            return named
    return min(network.authorities_between(entry.giver_id, entry.receiver_id), default=None)


def _may_settle(actor: Actor, entry: Entry, number: Decimal) -> None:
    if actor.tenant_id == entry.arbiter_id:
        return
    if number == entry.quantity:
        accepts = actor.tenant_id == entry.tenant_id
        if not accepts and authority_for(entry) is not None:
            raise NotAllowed(_("The declaring side accepts the lower figure, or the named authority decides."))
        return
    if actor.tenant_id != entry.receiver_id:
        raise NotAllowed(_("Only the receiver agrees to more than the lower figure."))
    if why := rules.refusals(rules.who_is(actor), [entry]).get(entry.pk):
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
