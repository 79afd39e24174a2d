"""Which moves an entry's page holds back: the tables allow them, but they would only be refused."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from lianti.contexts.ledger.domain.levels import Level
from lianti.contexts.ledger.models import Entry, SpotCheck
from lianti.contexts.ledger.services import months
from lianti.contexts.ledger.services.checks import refused
from lianti.contexts.ledger.services.disputing import authorities_of, authority_for, can_settle
from lianti.contexts.ledger.states import EntryState
from lianti.lib import workdays
from lianti.lib.actor import Actor

_VERIFIED = frozenset({EntryState.COUNTED, EntryState.SETTLED})


def held_back(*, actor: Actor, entry: Entry, today: date) -> frozenset[str]:
    """Return the moves that would only be refused now, whoever does them."""
    authority = authority_for(entry) if entry.state == EntryState.OBJECTED else None
    can = {
        "verify": entry.state == EntryState.DECLARED or _can_rise(entry),
        "lower": entry.quantity > 0,
        "settle": entry.state != EntryState.OBJECTED or can_settle(actor, entry),
        "object_": _can_object(entry, today),
        "refer": entry.referred_id is None and authority is not None,
        "correct": entry.state in _VERIFIED and entry.corrects_id is None,
        "draw": _can_draw(actor, entry),
    }
    return frozenset(name for name, possible in can.items() if not possible)


def _can_rise(entry: Entry) -> bool:
    return entry.level < Level.ONLINE and entry.corrects_id is None and not months.of_closed(entry)


def _can_object(entry: Entry, today: date) -> bool:
    return (
        entry.lowered_on is not None
        and entry.quantity < entry.declared
        and today <= workdays.add(entry.lowered_on, settings.OBJECTION_DAYS)
    )


def _can_draw(actor: Actor, entry: Entry) -> bool:
    return (
        entry.state in _VERIFIED
        and entry.corrects_id is None
        and entry.level < Level.SPOT
        and actor.tenant_id in (authorities_of([entry])[entry.pk] or [entry.receiver_id])
        and not SpotCheck.objects.filter(entry=entry).exists()
        and not refused(actor, [entry])
    )
