"""Tables of the week list (坐诊安排表): who sits when in which clinic, and the days on which it is otherwise."""

from django.db import models

from lianti.contexts.dispatch.states import ClinicHeld, ClinicState, HalfDay
from lianti.kernel.models import Record, TransitionRecord


class Clinic(Record):
    """One half-day a week of somebody posted, from a day on; the past keeps what held then."""

    posting = models.ForeignKey("dispatch.Posting", on_delete=models.PROTECT, related_name="+")
    # As the posting has them: what is asked for one half-day is asked across all of them.
    person = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField()  # 1 is Monday
    half = models.CharField(max_length=12)
    name = models.CharField(max_length=80)  # 门诊名称 or what else is done: rounds, operations
    room = models.CharField(max_length=80, blank=True, default="")
    from_date = models.DateField()
    to_date = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=list(ClinicState)), name="dispatch_clinic_state"),
            models.CheckConstraint(condition=models.Q(half__in=list(HalfDay)), name="dispatch_clinic_half"),
            models.CheckConstraint(condition=models.Q(weekday__gte=1, weekday__lte=7), name="dispatch_clinic_weekday"),
            models.CheckConstraint(
                condition=models.Q(to_date__isnull=True) | models.Q(to_date__gte=models.F("from_date")),
                name="dispatch_clinic_dates",
            ),
        )
        indexes = (
            models.Index(fields=("recipient", "from_date"), name="dispatch_clinic_at"),
            models.Index(fields=("person", "weekday", "half"), name="dispatch_clinic_of"),
        )

    def __str__(self) -> str:
        return f"{self.posting_id}/{self.weekday}/{self.half}"


class ClinicTransition(TransitionRecord):
    record = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+")


class ClinicDay(models.Model):
    """A day on which a clinic is otherwise than its week and the leave of its expert say."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    held = models.CharField(max_length=12)
    cover = models.ForeignKey("network.Person", on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("clinic", "day"), name="dispatch_clinic_one_word_a_day"),
            models.CheckConstraint(condition=models.Q(held__in=list(ClinicHeld)), name="dispatch_clinic_held"),
            models.CheckConstraint(
                condition=(models.Q(held=ClinicHeld.COVERED) & models.Q(cover__isnull=False))
                | (~models.Q(held=ClinicHeld.COVERED) & models.Q(cover__isnull=True)),
                name="dispatch_clinic_cover",
            ),
        )

    def __str__(self) -> str:
        return f"{self.clinic_id}/{self.day}"
