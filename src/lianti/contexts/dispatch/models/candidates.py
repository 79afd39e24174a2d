"""Who of a house can be sent: what the desk notes of each, what a job last counted; and quotas of departments."""

from datetime import date

from django.db import models

from lianti.contexts.dispatch.models.sending import Batch
from lianti.contexts.dispatch.states import CandidateState
from lianti.kernel.models import Record, TransitionRecord

NEVER = date(1900, 1, 1)  # the last day of somebody who was never sent: lists go by it, so it is never null


class Candidate(Record):
    """Somebody whom an institution employs, as its desk looks at them when it sends people.

    From `days` on stands what a job last counted on `counted_on`: it changes with rules, leave and seals of the past,
    outside the story. `halves` are half months; `owed`, `lacking` months and days before promotion, 0 where nothing is
    asked for. `turn`: the place in the order of who is next, the smallest first.
    """

    person = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    applying = models.PositiveSmallIntegerField(default=0)  # the year of the application for promotion; 0: none
    volunteered = models.DateField(null=True)
    exempt_reason = models.CharField(max_length=20, blank=True, default="")
    exempt_basis = models.CharField(max_length=200, blank=True, default="")
    exempt_until = models.DateField(null=True)
    licence_number = models.CharField(max_length=40, blank=True, default="")
    licence_scope = models.CharField(max_length=120, blank=True, default="")
    licence_until = models.DateField(null=True)
    licence_filing = models.CharField(max_length=120, blank=True, default="")
    department = models.CharField(max_length=120, blank=True, default="")
    title_level = models.CharField(max_length=20, blank=True, default="")
    days = models.PositiveIntegerField(default=0)
    halves = models.PositiveSmallIntegerField(default=0)
    owed = models.PositiveSmallIntegerField(default=0)
    lacking = models.PositiveIntegerField(default=0)
    times = models.PositiveSmallIntegerField(default=0)
    last_left = models.DateField(default=NEVER)
    away = models.BooleanField(default=False)  # posted now, or about to be
    turn = models.IntegerField(default=0)
    counted_on = models.DateField(null=True)
    counted_by = models.CharField(max_length=16, blank=True, default="")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=list(CandidateState)), name="dispatch_candidate_state"),
            models.UniqueConstraint(fields=("person", "sender"), name="dispatch_candidate_once"),
        )
        indexes = (
            models.Index(fields=("sender", "turn", "last_left", "id"), name="dispatch_candidate_next"),
            models.Index(fields=("sender", "lacking", "id"), name="dispatch_candidate_lacking"),
        )

    def __str__(self) -> str:
        return f"{self.sender_id}/{self.person_id}"


class CandidateTransition(TransitionRecord):
    record = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="+")


class Quota(models.Model):
    """How many people a department is to name for a batch (科室名额)."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="+")
    department = models.CharField(max_length=120)
    people = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("batch", "department"), name="dispatch_quota_once"),)

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.department}"
