"""Tables of the handover (工作交接单) between who leaves a place and who comes to it."""

from django.db import models

from lianti.contexts.dispatch.states import HandoverState, Signed
from lianti.kernel.models import Record, TransitionRecord
from lianti.lib import ids


class Handover(Record):
    """What the next one has to know, signed by who leaves and by who comes; one of each posting."""

    posting = models.ForeignKey("dispatch.Posting", on_delete=models.PROTECT, unique=True, related_name="+")
    # Who takes over; nobody yet, or the department itself: empty.
    incoming = models.ForeignKey("dispatch.Posting", on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="+")
    successor = models.ForeignKey("network.Person", on_delete=models.PROTECT, null=True, related_name="+")
    sender = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    tasks = models.TextField(blank=True, default="")
    techniques = models.TextField(blank=True, default="")
    students = models.TextField(blank=True, default="")
    equipment = models.TextField(blank=True, default="")
    contacts = models.TextField(blank=True, default="")
    out_on = models.DateField(null=True)
    out_as = models.CharField(max_length=12, blank=True, default="")
    in_on = models.DateField(null=True)
    in_as = models.CharField(max_length=12, blank=True, default="")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=list(HandoverState)), name="dispatch_handover_state"),
            models.CheckConstraint(
                condition=models.Q(out_as__in=["", *Signed], in_as__in=["", *Signed]), name="dispatch_handover_signed"
            ),
            models.CheckConstraint(
                condition=models.Q(state=HandoverState.DRAFTED, out_on__isnull=True, in_on__isnull=True)
                | models.Q(state=HandoverState.SIGNED, out_on__isnull=False, in_on__isnull=True)
                | models.Q(state=HandoverState.DONE, out_on__isnull=False, in_on__isnull=False),
                name="dispatch_handover_days",
            ),
        )

    def __str__(self) -> str:
        return f"{self.posting_id}"


class HandoverTransition(TransitionRecord):
    record = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="+")


class HandoverFile(models.Model):
    """The scan of a handover that was signed on paper."""

    public_id = models.CharField(max_length=26, unique=True, default=ids.new, editable=False)
    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="+")
    file = models.ForeignKey("evidence.File", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("kernel.Principal", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("handover", "file"), name="dispatch_handover_file_once"),)

    def __str__(self) -> str:
        return self.public_id
