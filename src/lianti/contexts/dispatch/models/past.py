"""Service before the platform (历史补录): where somebody was, by which letter, and what was certified then."""

from django.db import models

from lianti.contexts.dispatch.states import PastState, PostingKind
from lianti.kernel.models import Record, TransitionRecord
from lianti.lib import ids


class PastService(Record):
    """A time at another place that no batch of the platform sent somebody to.

    `place` is the name as the letter has it; `recipient` the institution of the network of that name, if it is one.
    `certified`: days that count by the paper of then; without them each day is judged by the rules.
    """

    number = models.CharField(max_length=24, unique=True)
    person = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("network.Institution", on_delete=models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=120)
    kind = models.CharField(max_length=16)
    department = models.CharField(max_length=80, blank=True, default="")  # of the receiving institution
    first = models.DateField()
    last = models.DateField()
    certified = models.PositiveSmallIntegerField(null=True)
    letter_number = models.CharField(max_length=60)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=list(PastState)), name="dispatch_past_state"),
            models.CheckConstraint(condition=models.Q(kind__in=list(PostingKind)), name="dispatch_past_kind"),
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="dispatch_past_dates"),
            models.CheckConstraint(
                condition=models.Q(recipient__isnull=True) | ~models.Q(sender=models.F("recipient")),
                name="dispatch_past_two_places",
            ),
        )
        indexes = (models.Index(fields=("person", "state"), name="dispatch_past_of"),)

    def __str__(self) -> str:
        return self.number


class PastTransition(TransitionRecord):
    record = models.ForeignKey(PastService, on_delete=models.CASCADE, related_name="+")


class PastFile(models.Model):
    """The scan of a letter or certificate of then."""

    public_id = models.CharField(max_length=26, unique=True, default=ids.new, editable=False)
    service = models.ForeignKey(PastService, on_delete=models.CASCADE, related_name="+")
    file = models.ForeignKey("evidence.File", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("kernel.Principal", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("service", "file"), name="dispatch_past_file_once"),)

    def __str__(self) -> str:
        return self.public_id
