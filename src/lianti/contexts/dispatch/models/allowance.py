"""Tables of allowances (补助): what a counted day is worth, and the sheet of a month; money in cents."""

from django.db import models

from lianti.contexts.dispatch.states import AllowanceState, PostingKind, RateState
from lianti.kernel.models import Record, TransitionRecord


class AllowanceRate(Record):
    """What an institution pays for a counted day, from a day on; of several the narrower, then the later holds."""

    institution = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, blank=True, default="")  # of posting; '' for every kind
    region = models.CharField(max_length=120, blank=True, default="")  # of the receiving side; '' for everywhere
    cents = models.PositiveIntegerField()  # for one counted day
    from_date = models.DateField()
    to_date = models.DateField(null=True)
    basis = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=list(RateState)), name="dispatch_rate_state"),
            models.CheckConstraint(condition=models.Q(kind__in=["", *PostingKind]), name="dispatch_rate_kind"),
            models.CheckConstraint(
                condition=models.Q(to_date__isnull=True) | models.Q(to_date__gte=models.F("from_date")),
                name="dispatch_rate_dates",
            ),
        )

    def __str__(self) -> str:
        return self.public_id


class AllowanceRateTransition(TransitionRecord):
    record = models.ForeignKey(AllowanceRate, on_delete=models.CASCADE, related_name="+")


class AllowanceSheet(Record):
    """What an institution owes its posted people for a month, with differences of months that were issued before."""

    number = models.CharField(max_length=24, unique=True)
    sender = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    month = models.DateField()  # its first day
    issued = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=list(AllowanceState)), name="dispatch_allowance_state"),
            models.UniqueConstraint(
                fields=("sender", "month"),
                condition=~models.Q(state=AllowanceState.DROPPED),
                name="dispatch_allowance_once",
            ),
            # A difference stands on one sheet alone.
            models.UniqueConstraint(
                fields=("sender",),
                condition=models.Q(state=AllowanceState.DRAFTED),
                name="dispatch_allowance_one_draft",
            ),
        )

    def __str__(self) -> str:
        return self.number


class AllowanceSheetTransition(TransitionRecord):
    record = models.ForeignKey(AllowanceSheet, on_delete=models.CASCADE, related_name="+")


class AllowanceLine(models.Model):
    """Counted days of one posting in one month at one rate; of an earlier month the difference to what was issued."""

    sheet = models.ForeignKey(AllowanceSheet, on_delete=models.CASCADE, related_name="+")
    posting = models.ForeignKey("dispatch.Posting", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    days = models.IntegerField()
    rate = models.PositiveIntegerField()
    cents = models.IntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("sheet", "posting", "month", "rate"), name="dispatch_allowance_line_once"),
            models.CheckConstraint(
                condition=models.Q(cents=models.F("days") * models.F("rate")), name="dispatch_allowance_product"
            ),
        )

    def __str__(self) -> str:
        return f"{self.sheet_id}/{self.posting_id}/{self.month}"


class AllowanceDeduction(models.Model):
    """What is kept back of somebody's allowance on a sheet, and why."""

    sheet = models.ForeignKey(AllowanceSheet, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="+")
    cents = models.PositiveIntegerField()
    note = models.CharField(max_length=120)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("sheet", "person"), name="dispatch_allowance_deduction_once"),)

    def __str__(self) -> str:
        return f"{self.sheet_id}/{self.person_id}"
