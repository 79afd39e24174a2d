"""Which moves an entry's page offers: what the tables allow, less what would only be refused."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from lianti.contexts.ledger import rules
from lianti.contexts.ledger.domain.levels import Level
from lianti.contexts.ledger.models import Entry, SpotCheck
from lianti.contexts.ledger.services import flow
from lianti.contexts.ledger.services.disputing import authority_for
from lianti.contexts.ledger.states import EntryState
from lianti.kernel.workflow import engine
from lianti.lib import workdays
from lianti.lib.actor import Actor

ORDER = (
    "verify",
    "redeclare",
    "settle",
    "lower",
    "return_",
    "object_",
    "refer",
    "correct",
    "name_account",
    "draw",
    "withdraw",
)


def open_moves(*, actor: Actor, entry: Entry, today: date) -> list[str]:
    """Return the moves that this actor can do now on an entry, in the order in which a page shows them."""
    may = {transition.name for transition in engine.available(flow.ENTRIES, entry, actor)}
    if entry.level >= Level.ONLINE:
        may.discard("verify")
    if "object_" in may and not _can_object(entry, today):
        may.discard("object_")
    if "refer" in may and (entry.arbiter_id or authority_for(entry) is None):
        may.discard("refer")
    if _can_correct(actor, entry):
        may.add("correct")
    if "draw" in may and not _can_draw(actor, entry):
        may.discard("draw")
    return [name for name in ORDER if name in may]


def _can_object(entry: Entry, today: date) -> bool:
    return (
        entry.lowered_on is not None
        and entry.quantity < entry.declared
        and today <= workdays.add(entry.lowered_on, settings.OBJECTION_DAYS)
    )


def _can_correct(actor: Actor, entry: Entry) -> bool:
    verified = entry.state in {EntryState.COUNTED, EntryState.SETTLED} and entry.corrects_id is None
    return verified and rules.ENTRIES.refusal(actor, "ledger.correct", entry) is None


def _can_draw(actor: Actor, entry: Entry) -> bool:
    return (
        entry.corrects_id is None
        and entry.level < Level.SPOT
        and actor.tenant_id == (authority_for(entry) or entry.receiver_id)
        and not SpotCheck.objects.filter(entry=entry).exists()
    )
