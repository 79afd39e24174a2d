"""What waits for whom: one item a month sheet, not one an entry."""

from __future__ import annotations

from datetime import datetime

from lianti.contexts.ledger.models import Entry
from lianti.contexts.ledger.states import ENTRY, SHEET
from lianti.kernel import worklist
from lianti.kernel.worklist import Wait
from lianti.lib.roles import DESK, Role

_HOSTS = tuple(sorted(DESK | {Role.DEPARTMENT_HEAD}))
_DESK = tuple(sorted(DESK))


def sheet(entry: Entry, sheet_id: int, left: int, before: int, at: datetime) -> None:
    """Open the receiver's item when a sheet first holds a declared entry, close it when none is left."""
    if left > 0 and before <= 0:
        wait = Wait(entry.receiver_id, _HOSTS, "ledger.verify_sheet", entry.verify_by)
        worklist.replace(SHEET.name, sheet_id, [wait], at)
    elif left <= 0 < before:
        worklist.replace(SHEET.name, sheet_id, [], at)


def completion(entry: Entry, at: datetime) -> None:
    """Let a returned entry wait for who declared it."""
    wait = Wait(entry.tenant_id, (), "ledger.redeclare", None, principal_id=entry.created_by_id)
    worklist.replace(ENTRY.name, entry.pk, [wait], at)


def settlement(entry: Entry, at: datetime) -> None:
    """Let an objection wait for both offices."""
    waits = [Wait(side, _DESK, "ledger.settle") for side in (entry.giver_id, entry.receiver_id)]
    worklist.replace(ENTRY.name, entry.pk, waits, at)


def referral(entry: Entry, arbiter_id: int, at: datetime) -> None:
    """Let an objection wait for the authority that a person has asked."""
    worklist.replace(ENTRY.name, entry.pk, [Wait(arbiter_id, (Role.HEALTH_AUTHORITY,), "ledger.settle")], at)


def nothing(entry: Entry, at: datetime) -> None:
    """Let nothing wait on an entry any more."""
    worklist.replace(ENTRY.name, entry.pk, [], at)
