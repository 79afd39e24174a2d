"""The table of presence checks."""

from django.db import models

from lianti.contexts.dispatch.states.presence import PresenceFound, PresenceState, PresenceWay
from lianti.kernel.models import Record, TransitionRecord


class PresenceCheck(Record):
    """What somebody found who asked on a day whether one who is posted was there. It changes no mark by itself.

    It names the person and the two institutions, not the posting: an authority that checks knows no posting.
    """

    number = models.CharField(max_length=24, unique=True)
    person = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    hour = models.PositiveSmallIntegerField(null=True)
    way = models.CharField(max_length=8)
    found = models.CharField(max_length=8)
    checked_by = models.CharField(max_length=80, blank=True, default="")
    note = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(way__in=list(PresenceWay)), name="dispatch_presence_way"),
            models.CheckConstraint(condition=models.Q(found__in=list(PresenceFound)), name="dispatch_presence_found"),
            models.CheckConstraint(
                condition=models.Q(hour__isnull=True) | models.Q(hour__lte=23), name="dispatch_presence_hour"
            ),
            models.CheckConstraint(condition=models.Q(state__in=list(PresenceState)), name="dispatch_presence_state"),
        )
        indexes = (models.Index(fields=("recipient", "sender", "day"), name="dispatch_presence_on"),)

    def __str__(self) -> str:
        return self.number


class PresenceTransition(TransitionRecord):
    record = models.ForeignKey(PresenceCheck, on_delete=models.CASCADE, related_name="+")
