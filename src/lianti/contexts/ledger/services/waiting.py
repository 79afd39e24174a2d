"""What waits for whom: one item a month sheet, not one an entry."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from lianti.contexts.ledger import queries
from lianti.contexts.ledger.models import Entry
from lianti.contexts.ledger.states import ENTRY, SHEET
from lianti.kernel import worklist
from lianti.kernel.worklist import Wait
from lianti.lib.roles import DESK, Role

_HOSTS = tuple(sorted(DESK | {Role.DEPARTMENT_HEAD}))
_DESK = tuple(sorted(DESK))


@dataclass
class Moved:
    """The entries of one sheet that came to be declared and that are so no longer, each with its day to verify by.

    One that was mended did both.
    """

    receiver_id: int
    came: dict[int, date] = field(default_factory=dict)
    went: dict[int, date] = field(default_factory=dict)

    @property
    def difference(self) -> int:
        """How many more of the sheet wait than before."""
        return len(self.came) - len(self.went)


def sheet(sheet_id: int, moved: Moved, left: int, at: datetime) -> None:
    """Open the receiver's item when a sheet first holds a declared entry, close it when none is left.

    In between it is due when the first of those left is. What comes to a sheet is due no earlier than what is there.
    """
    before = left - moved.difference
    if left <= 0:
        if before > 0:
            worklist.replace(SHEET.name, sheet_id, [], at)
        return
    if before > 0 and not moved.went:
        return
    others = {} if before <= 0 else queries.due_days([sheet_id], but={*moved.came, *moved.went})
    due = min([*moved.came.values(), *others.values()])
    if before <= 0 or due != min(moved.went.values()):
        open_sheet(sheet_id, moved.receiver_id, due, at)


def open_sheet(sheet_id: int, receiver_id: int, due: date, at: datetime) -> None:
    """Let a sheet wait for its receiver until this day."""
    worklist.replace(SHEET.name, sheet_id, [Wait(receiver_id, _HOSTS, "ledger.verify_sheet", due)], at)


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
