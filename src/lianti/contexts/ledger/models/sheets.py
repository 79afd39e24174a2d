"""Month sheets: what people work with, on the screen, on paper and through a one-time link."""

from __future__ import annotations

from django.db import models

from lianti.contexts.ledger.models.fields import party, states
from lianti.contexts.ledger.states import LinkState, PrintState, SheetState
from lianti.kernel.models import Record, TransitionRecord


class MonthSheet(Record):
    """All entries of one person at one receiver in one month; without a person, those that name nobody.

    `waiting` counts its declared entries; while there are any, one work item waits for the receiver.
    """

    person = models.ForeignKey("network.Person", on_delete=models.PROTECT, null=True, related_name="+")
    giver = party(db_index=False)
    receiver = party(db_index=False)
    month = models.DateField()
    waiting = models.IntegerField(default=0)

    class Meta:
        constraints = (
            states("ledger_sheet_state", SheetState),
            models.UniqueConstraint(fields=("receiver", "giver", "month", "person"), name="ledger_sheet_once"),
            models.UniqueConstraint(
                fields=("receiver", "giver", "month"),
                condition=models.Q(person__isnull=True),
                name="ledger_sheet_nobody_once",
            ),
            models.CheckConstraint(condition=models.Q(waiting__gte=0), name="ledger_sheet_waiting"),
        )
        indexes = (
            models.Index(fields=("giver", "-month", "-id"), name="ledger_sheets_given"),
            models.Index(fields=("receiver", "-month", "-id"), name="ledger_sheets_received"),
        )

    def __str__(self) -> str:
        return self.public_id


class SheetTransition(TransitionRecord):
    record = models.ForeignKey(MonthSheet, on_delete=models.CASCADE, related_name="+")


class SheetPrint(Record):
    """A numbered snapshot of a sheet as it was printed; its scan confirms what it holds and nothing else.

    `lines`: of each line who gave with which shares, on which day, how much. `signatory` is who stamped and signed
    for the receiver.
    """

    sheet = models.ForeignKey(MonthSheet, on_delete=models.PROTECT, related_name="+")
    giver = party()
    receiver = party()
    number = models.CharField(max_length=24, unique=True)
    lines = models.JSONField()
    signatory = models.ForeignKey("network.Person", on_delete=models.PROTECT, null=True, related_name="+")
    scan_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = (
            states("ledger_print_state", PrintState),
            models.CheckConstraint(
                condition=models.Q(state="printed", signatory__isnull=True, scan_id__isnull=True)
                | models.Q(state="confirmed", signatory__isnull=False, scan_id__isnull=False),
                name="ledger_print_confirmed",
            ),
        )

    def __str__(self) -> str:
        return self.number


class PrintTransition(TransitionRecord):
    record = models.ForeignKey(SheetPrint, on_delete=models.CASCADE, related_name="+")


class Link(Record):
    """A one-time link to one sheet for one named person of the receiver; only hashes of token and code are kept."""

    sheet = models.ForeignKey(MonthSheet, on_delete=models.PROTECT, related_name="+")
    giver = party()
    receiver = party()
    person = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="+")
    principal = models.ForeignKey("kernel.Principal", on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    attempts_left = models.SmallIntegerField()

    class Meta:
        constraints = (
            states("ledger_link_state", LinkState),
            models.CheckConstraint(condition=models.Q(attempts_left__gte=0), name="ledger_link_attempts"),
        )

    def __str__(self) -> str:
        return self.public_id


class LinkTransition(TransitionRecord):
    record = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="+")
