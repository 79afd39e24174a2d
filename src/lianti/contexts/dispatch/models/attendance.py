"""Tables of attendance: the month of a pair, what was marked in it, and how it was sealed."""

from django.db import models

from lianti.contexts.dispatch.domain.counting import Mark
from lianti.contexts.dispatch.domain.grid import Origin
from lianti.contexts.dispatch.models.sending import Posting
from lianti.contexts.dispatch.states import RUNNING, AttendanceState
from lianti.kernel.models import Record, TransitionRecord

MARKED = [Origin.TYPED, Origin.IMPORTED]


class Attendance(Record):
    """One month of all whom one institution sent to another, or what was found wrong in it after it was sealed."""

    number = models.CharField(max_length=24, unique=True)
    sender = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    month = models.DateField()  # its first day
    # The month that this sheet supplements; None: it is the month itself.
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    since = models.DateField()  # since when it waits for whose turn it is
    submitted = models.DateField(null=True)  # when it was first handed in: what is marked after that day is late
    confirmed = models.DateField(null=True)  # the receiving institution's seal
    # Whoever gave that seal, or booked it where it was set on paper: then there are who signed, and the scan.
    confirmed_by = models.ForeignKey("kernel.Principal", on_delete=models.PROTECT, null=True, related_name="+")
    signatory = models.ForeignKey("network.Person", on_delete=models.PROTECT, null=True, related_name="+")
    scan = models.ForeignKey("evidence.File", on_delete=models.PROTECT, null=True, related_name="+")
    sealed = models.DateField(null=True)  # the sending institution's seal
    sealed_by = models.ForeignKey("kernel.Principal", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(sender=models.F("recipient")), name="dispatch_attendance_two_places"
            ),
            models.UniqueConstraint(
                fields=("sender", "recipient", "month"),
                condition=models.Q(corrects__isnull=True) & ~models.Q(state=AttendanceState.DROPPED),
                name="dispatch_attendance_one_month",
            ),
            # What is wrong in a month is put right by one sheet after the other.
            models.UniqueConstraint(
                fields=("corrects",), condition=models.Q(state__in=sorted(RUNNING)), name="dispatch_attendance_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=list(AttendanceState)), name="dispatch_attendance_state"
            ),
            models.CheckConstraint(
                condition=models.Q(signatory__isnull=True, scan__isnull=True)
                | models.Q(signatory__isnull=False, scan__isnull=False, confirmed__isnull=False),
                name="dispatch_attendance_paper",
            ),
        )

    def __str__(self) -> str:
        return self.number


class AttendanceTransition(TransitionRecord):
    record = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="+")


class AttendanceMark(models.Model):
    """An exception: what was typed or imported of one day of one posting."""

    attendance = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="+")
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    origin = models.CharField(max_length=10)
    mark = models.CharField(max_length=12)
    leave = models.CharField(max_length=16, blank=True, default="")
    note = models.CharField(max_length=200, blank=True, default="")
    late = models.BooleanField(default=False)  # after the sheet was first handed in
    marked_by = models.ForeignKey("kernel.Principal", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(mark__in=list(Mark)), name="dispatch_mark_known"),
            models.CheckConstraint(condition=models.Q(origin__in=MARKED), name="dispatch_mark_origin"),
            models.CheckConstraint(
                condition=(models.Q(mark=Mark.LEAVE) & ~models.Q(leave=""))
                | (~models.Q(mark=Mark.LEAVE) & models.Q(leave="")),
                name="dispatch_mark_leave",
            ),
            models.UniqueConstraint(fields=("attendance", "posting", "day", "origin"), name="dispatch_mark_one"),
        )

    def __str__(self) -> str:
        return f"{self.posting_id}/{self.day}"


class AttendanceLine(models.Model):
    """One posting's month as the receiving institution sealed it: a letter a day, and the days that count."""

    attendance = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="+")
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="+")
    letters = models.CharField(max_length=31)
    counted = models.PositiveSmallIntegerField()
    entry = models.ForeignKey("ledger.Entry", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("attendance", "posting"), name="dispatch_attendance_line_one"),)

    def __str__(self) -> str:
        return f"{self.posting_id}/{self.attendance_id}"
