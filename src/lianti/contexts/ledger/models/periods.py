"""What happens to whole months: closing, spot checks, publishing."""

from __future__ import annotations

from django.db import models

from lianti.contexts.ledger.models.books import Entry
from lianti.contexts.ledger.models.fields import Quantity, party, states
from lianti.contexts.ledger.states import CheckState, ClosingState, PublicationState
from lianti.kernel.models import Record, TransitionRecord


class Closing(Record):
    """One month of one giver and one receiver, closed by both; `proposed_by` is the side that spoke first."""

    giver = party(db_index=False)
    receiver = party()
    month = models.DateField()
    proposed_by = party(null=True)

    class Meta:
        constraints = (
            states("ledger_closing_state", ClosingState),
            models.UniqueConstraint(fields=("giver", "receiver", "month"), name="ledger_closing_once"),
        )

    def __str__(self) -> str:
        return f"{self.giver_id} {self.receiver_id} {self.month}"


class ClosingTransition(TransitionRecord):
    record = models.ForeignKey(Closing, on_delete=models.CASCADE, related_name="+")


class SpotCheck(Record):
    """One entry drawn for a closer look by a relation's authority, or by the receiver's office where none is named."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    giver = party()
    receiver = party()
    judge = party()
    found = Quantity(null=True)  # type: ignore[misc]  # the stubs know no optional form of a custom field

    class Meta:
        constraints = (
            states("ledger_check_state", CheckState),
            models.UniqueConstraint(fields=("entry",), condition=models.Q(state="drawn"), name="ledger_check_one_open"),
        )

    def __str__(self) -> str:
        return self.public_id


class CheckTransition(TransitionRecord):
    record = models.ForeignKey(SpotCheck, on_delete=models.CASCADE, related_name="+")


class Publication(Record):
    """A relation's sums of one month, as its office showed them to the authority; a later one takes its place."""

    relation = models.ForeignKey("network.Relation", on_delete=models.PROTECT, related_name="+")
    authority = party()
    month = models.DateField()
    figures = models.JSONField()
    note = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints = (states("ledger_publication_state", PublicationState),)
        indexes = (models.Index(fields=("relation", "month", "-id"), name="ledger_published"),)

    def __str__(self) -> str:
        return f"{self.relation_id} {self.month}"


class PublicationTransition(TransitionRecord):
    record = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="+")
