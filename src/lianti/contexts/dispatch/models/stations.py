"""Tables of expert workstations (专家工作站): experts at a receiving institution for years, visit by visit."""

from django.db import models

from lianti.contexts.dispatch.states import Grade, StationState
from lianti.kernel.models import Record, TransitionRecord


class Workstation(Record):
    """A workstation of experts of one institution at another, from the application to its end."""

    number = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=120)
    relation = models.ForeignKey("network.Relation", on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    specialty = models.CharField(max_length=80)
    applied = models.DateField()
    approved = models.DateField(null=True)
    approval_number = models.CharField(max_length=60, blank=True, default="")
    approved_by = models.CharField(max_length=120, blank=True, default="")
    plaque = models.DateField(null=True)
    until = models.DateField(null=True)
    closed = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=list(StationState)), name="dispatch_station_state"),
            models.CheckConstraint(
                condition=~models.Q(sender=models.F("recipient")), name="dispatch_station_two_places"
            ),
        )

    def __str__(self) -> str:
        return self.number


class WorkstationTransition(TransitionRecord):
    record = models.ForeignKey(Workstation, on_delete=models.CASCADE, related_name="+")


class StationExpert(models.Model):
    """An expert of a workstation."""

    station = models.ForeignKey(Workstation, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("station", "person"), name="dispatch_station_expert_once"),)

    def __str__(self) -> str:
        return f"{self.station_id}/{self.person_id}"


class StationYear(models.Model):
    """What a workstation set out to do in a year, and how the year was judged; `grade` '' until then."""

    station = models.ForeignKey(Workstation, on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    goals = models.TextField(blank=True, default="")
    grade = models.CharField(max_length=12, blank=True, default="")
    checked = models.DateField(null=True)
    note = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("station", "year"), name="dispatch_station_year_once"),
            models.CheckConstraint(condition=models.Q(grade__in=["", *Grade]), name="dispatch_station_grade"),
        )

    def __str__(self) -> str:
        return f"{self.station_id}/{self.year}"
