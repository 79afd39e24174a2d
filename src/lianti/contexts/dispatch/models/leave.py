"""The table of slips of leave."""

from django.db import models

from lianti.contexts.dispatch.models.sending import Leave, Posting
from lianti.contexts.dispatch.states import LeaveKind
from lianti.contexts.dispatch.states.leave import COMING_LEAVE, Approval, SlipState
from lianti.kernel.models import Record, TransitionRecord


class LeaveSlip(Record):
    """Leave that was asked for or noted: for whom, of what kind, from when until when, who covers."""

    number = models.CharField(max_length=24, unique=True)
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    first = models.DateField()
    until = models.DateField()
    back = models.DateField(null=True)  # the first day on duty again
    cover = models.ForeignKey("network.Person", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True, default="")
    approval = models.CharField(max_length=12)  # who approves it, by the rules of its first day
    # The days away of the posting, from the day on which it begins.
    leave = models.ForeignKey(Leave, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(until__gte=models.F("first")), name="dispatch_slip_dates"),
            models.CheckConstraint(condition=models.Q(kind__in=list(LeaveKind)), name="dispatch_slip_kind"),
            models.CheckConstraint(condition=models.Q(approval__in=list(Approval)), name="dispatch_slip_approval"),
            models.CheckConstraint(condition=models.Q(state__in=list(SlipState)), name="dispatch_slip_state"),
            models.CheckConstraint(
                condition=~models.Q(state__in=sorted(COMING_LEAVE)) | models.Q(leave__isnull=True),
                name="dispatch_slip_not_begun",
            ),
        )
        indexes = (models.Index(fields=("posting", "state"), name="dispatch_slip_of"),)

    def __str__(self) -> str:
        return self.number


class LeaveSlipTransition(TransitionRecord):
    record = models.ForeignKey(LeaveSlip, on_delete=models.CASCADE, related_name="+")
