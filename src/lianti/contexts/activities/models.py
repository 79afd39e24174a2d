"""Tables of what was done: the activity, its people, receivers, participants, files and named accounts."""

from collections.abc import Iterable

from django.db import models

from lianti.contexts.activities.states import ActivityState, Part
from lianti.kernel.models import Record, TransitionRecord
from lianti.lib import ids


class Activity(Record):
    """One thing that happened, recorded once. An event (a signing, a meeting) is one without giver and quantity."""

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200, blank=True, default="")
    day = models.DateField()
    day_to = models.DateField(null=True, blank=True)
    place = models.ForeignKey("network.Institution", on_delete=models.PROTECT, null=True, related_name="+")
    place_text = models.CharField(max_length=120, blank=True, default="")
    giver = models.ForeignKey("network.Institution", on_delete=models.PROTECT, null=True, related_name="+")
    relation = models.ForeignKey("network.Relation", on_delete=models.PROTECT, null=True, related_name="+")
    quantity = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    extra = models.JSONField(default=dict)
    visited = models.JSONField(default=list)
    purpose = models.JSONField(default=list)
    attendance = models.PositiveIntegerField(null=True)
    note = models.TextField(blank=True, default="")
    # Days between the deed and the record when it came late (补录); 0: in time. Kept as it was on that day.
    late_days = models.PositiveIntegerField(default=0)

    # Parties of a record whose rows are not written yet; set by the services before the creating move.
    _receiving: tuple[int, ...] | None = None
    _taking_part: tuple[int, ...] | None = None

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=list(ActivityState)), name="activities_activity_state"),
            models.CheckConstraint(
                condition=models.Q(day_to__isnull=True) | models.Q(day_to__gte=models.F("day")),
                name="activities_activity_days",
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__isnull=True) | models.Q(quantity__gt=0, giver__isnull=False),
                name="activities_activity_quantity",
            ),
        )
        indexes = (
            models.Index(fields=("created_by", "-day", "-id"), name="activities_mine"),
            models.Index(fields=("relation", "-day", "-id"), name="activities_relation"),
        )

    def __str__(self) -> str:
        return self.title or self.kind

    def together(self, receivers: Iterable[int], participants: Iterable[int] = ()) -> None:
        """Say who the parties will be, before their rows exist."""
        self._receiving, self._taking_part = tuple(receivers), tuple(participants)

    def receiver_ids(self) -> set[int]:
        """Return the institutions that received something."""
        if self._receiving is None:
            rows = ActivityReceiver.objects.filter(activity_id=self.pk)
            self._receiving = tuple(rows.values_list("institution_id", flat=True))
        return set(self._receiving)

    def participant_ids(self) -> set[int]:
        """Return the institutions that took part without giving or receiving."""
        if self._taking_part is None:
            rows = ActivityParticipant.objects.filter(activity_id=self.pk)
            self._taking_part = tuple(rows.values_list("institution_id", flat=True))
        return set(self._taking_part)

    def parties(self) -> set[int]:
        """Return every institution that has a part in it, afresh."""
        self._receiving = self._taking_part = None
        parties = self.receiver_ids() | self.participant_ids() | {self.tenant_id}
        return parties | ({self.giver_id} if self.giver_id is not None else set())


class ActivityTransition(TransitionRecord):
    record = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")


class ActivityReceiver(models.Model):
    """One receiver of an activity, and the entry that was declared for it."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")
    institution = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey("ledger.Entry", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("activity", "institution"), name="activities_receiver_once"),
            models.UniqueConstraint(fields=("entry",), name="activities_entry_once"),
        )

    def __str__(self) -> str:
        return f"{self.activity_id}/{self.institution_id}"


class ActivityParticipant(models.Model):
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")
    institution = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("activity", "institution"), name="activities_participant_once"),)

    def __str__(self) -> str:
        return f"{self.activity_id}/{self.institution_id}"


class ActivityPerson(models.Model):
    """One person in an activity: the part they had and their own share of the quantity."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, default=Part.LEAD)
    share = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("activity", "person"), name="activities_person_once"),
            models.CheckConstraint(condition=models.Q(part__in=list(Part)), name="activities_person_part"),
            models.CheckConstraint(
                condition=models.Q(share__isnull=True) | models.Q(share__gte=0), name="activities_person_share"
            ),
        )

    def __str__(self) -> str:
        return f"{self.activity_id}/{self.person_id}"


class ActivityAccount(models.Model):
    """An account that the recorder named: the entries count towards it beside those that fit by themselves."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey("ledger.Account", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("activity", "account"), name="activities_account_once"),)

    def __str__(self) -> str:
        return f"{self.activity_id}/{self.account_id}"


class ActivityFile(models.Model):
    """A proof: the link to a kept file, which this room opens to those who may see the activity."""

    public_id = models.CharField(max_length=26, unique=True, default=ids.new, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")
    file = models.ForeignKey("evidence.File", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("kernel.Principal", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("activity", "file"), name="activities_file_once"),)

    def __str__(self) -> str:
        return self.public_id
