"""Tables of dispatch: batches, postings, and the days away from them."""

from django.db import models

from lianti.contexts.dispatch.states import BatchState, Duty, LeaveKind, PostingKind, PostingState
from lianti.kernel.models import Record, TransitionRecord


class Batch(Record):
    """People whom one institution sends together, with the papers that made it so."""

    number = models.CharField(max_length=24, unique=True)
    sender = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    relation = models.ForeignKey("network.Relation", on_delete=models.PROTECT, related_name="+")
    # Whom the sender brought together: nobody of it verifies what another of it did.
    group = models.ForeignKey("network.PeopleGroup", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16)
    from_date = models.DateField()
    to_date = models.DateField()
    quota_number = models.CharField(max_length=60, blank=True, default="")  # 名额分配通知
    quota_due = models.DateField(null=True)  # by when the departments name their people
    minutes_number = models.CharField(max_length=60, blank=True, default="")
    minutes_date = models.DateField(null=True)
    public_from = models.DateField(null=True)
    public_to = models.DateField(null=True)
    public_place = models.CharField(max_length=120, blank=True, default="")
    letter_number = models.CharField(max_length=60, blank=True, default="")  # 派驻函
    letter_date = models.DateField(null=True)
    letter_basis = models.CharField(max_length=200, blank=True, default="")
    leader = models.ForeignKey("network.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=list(BatchState)), name="dispatch_batch_state"),
            models.CheckConstraint(condition=models.Q(kind__in=list(PostingKind)), name="dispatch_batch_kind"),
            models.CheckConstraint(condition=models.Q(to_date__gte=models.F("from_date")), name="dispatch_batch_dates"),
        )

    def __str__(self) -> str:
        return self.number


class BatchTransition(TransitionRecord):
    record = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="+")


class Posting(Record):
    """One person at one institution for a time."""

    number = models.CharField(max_length=24, unique=True)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    relation = models.ForeignKey("network.Relation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    duty = models.CharField(max_length=16, blank=True, default="")
    department = models.CharField(max_length=80, blank=True, default="")  # of the receiving institution
    specialty = models.CharField(max_length=80, blank=True, default="")
    from_date = models.DateField()
    to_date = models.DateField()
    arrived = models.DateField(null=True)
    left = models.DateField(null=True)
    consented = models.DateField(null=True)
    licence_number = models.CharField(max_length=40, blank=True, default="")
    licence_until = models.DateField(null=True)
    letter_number = models.CharField(max_length=60, blank=True, default="")  # by which it was last changed
    receipt_number = models.CharField(max_length=60, blank=True, default="")  # 接收函
    # Who came before at the same place.
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    entry = models.ForeignKey("ledger.Entry", on_delete=models.PROTECT, null=True, related_name="+")
    ordered_by = models.ForeignKey("kernel.Principal", on_delete=models.PROTECT, null=True, related_name="+")
    handover = models.TextField(blank=True, default="")
    # As a job last counted by the rules of its own kind, outside the story; the list of postings goes by it.
    counted_days = models.SmallIntegerField(default=0)
    counted_on = models.DateField(null=True)
    counted_by = models.CharField(max_length=16, blank=True, default="")  # digest of the rules
    licence_warned = models.DateField(null=True)  # since when the end of the licence is near

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=list(PostingState)), name="dispatch_posting_state"),
            models.CheckConstraint(condition=models.Q(kind__in=list(PostingKind)), name="dispatch_posting_kind"),
            models.CheckConstraint(condition=models.Q(duty__in=list(Duty)), name="dispatch_posting_duty"),
            models.CheckConstraint(
                condition=~models.Q(sender=models.F("recipient")), name="dispatch_posting_two_places"
            ),
            models.CheckConstraint(
                condition=models.Q(to_date__gte=models.F("from_date")), name="dispatch_posting_dates"
            ),
            models.CheckConstraint(
                condition=models.Q(left__isnull=True)
                | (models.Q(arrived__isnull=False) & models.Q(left__gte=models.F("arrived"))),
                name="dispatch_posting_stay",
            ),
        )
        indexes = (
            models.Index(fields=("person", "state"), name="dispatch_posting_of"),
            models.Index(fields=("batch", "state"), name="dispatch_posting_in"),
        )

    def __str__(self) -> str:
        return self.number


class PostingTransition(TransitionRecord):
    record = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="+")


class Leave(models.Model):
    """Days away from a posting; `back` is the first day on duty again, empty while somebody is away."""

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16)
    first = models.DateField()
    until = models.DateField()  # as was allowed
    back = models.DateField(null=True)
    cover = models.ForeignKey("network.Person", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(kind__in=list(LeaveKind)), name="dispatch_leave_kind"),
            models.CheckConstraint(condition=models.Q(until__gte=models.F("first")), name="dispatch_leave_dates"),
            models.CheckConstraint(
                condition=models.Q(back__isnull=True) | models.Q(back__gt=models.F("first")), name="dispatch_leave_back"
            ),
            # Nobody is away twice at once.
            models.UniqueConstraint(
                fields=("posting",), condition=models.Q(back__isnull=True), name="dispatch_leave_one_open"
            ),
        )

    def __str__(self) -> str:
        return f"{self.posting_id}/{self.first}"
