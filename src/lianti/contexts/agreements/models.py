"""Tables of what was promised: agreements, commitments, goals, review areas and plans."""

from collections.abc import Iterable

from django.db import models

from lianti.contexts.agreements.states import AgreementState, CommitmentState, GoalState, PaperState, Period
from lianti.kernel.models import Record, TransitionRecord
from lianti.lib import ids


class Agreement(Record):
    """A paper between the parties of a relation, from draft to its end. 'Signed' is facts and a scan."""

    number = models.CharField(max_length=24, unique=True)
    relation = models.ForeignKey("network.Relation", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    form = models.CharField(max_length=24, blank=True, default="")
    clauses = models.JSONField(default=dict)
    from_date = models.DateField(null=True)
    to_date = models.DateField(null=True)
    signed_date = models.DateField(null=True)
    copies = models.PositiveSmallIntegerField(null=True)
    minutes_number = models.CharField(max_length=80, blank=True, default="")
    contract_number = models.CharField(max_length=80, blank=True, default="")
    filed_date = models.DateField(null=True)
    filed_number = models.CharField(max_length=80, blank=True, default="")
    filed_to = models.CharField(max_length=120, blank=True, default="")
    note = models.TextField(blank=True, default="")

    # Parties of a record whose rows are not written yet; set by the services before the creating move.
    _parties: tuple[int, ...] | None = None

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=list(AgreementState)), name="agreements_state"),
            models.CheckConstraint(
                condition=models.Q(from_date__isnull=True)
                | models.Q(to_date__isnull=True)
                | models.Q(to_date__gte=models.F("from_date")),
                name="agreements_dates",
            ),
        )
        indexes = (
            models.Index(fields=("relation", "state"), name="agreements_relation"),
            models.Index(fields=("state", "to_date"), name="agreements_expiry"),
        )

    def __str__(self) -> str:
        return self.title

    def between(self, parties: Iterable[int]) -> None:
        """Say who the parties will be, before their rows exist."""
        self._parties = tuple(parties)

    def party_ids(self) -> set[int]:
        """Return the institutions that this agreement binds."""
        if self._parties is None:
            rows = AgreementParty.objects.filter(agreement_id=self.pk)
            self._parties = tuple(rows.values_list("institution_id", flat=True))
        return set(self._parties)


class AgreementTransition(TransitionRecord):
    record = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="+")


class AgreementParty(models.Model):
    """A party, and the duty of who signed for it (titles, not names)."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="+")
    institution = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    signatory_duty = models.CharField(max_length=60, blank=True, default="")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("agreement", "institution"), name="agreements_party_once"),)

    def __str__(self) -> str:
        return f"{self.agreement_id}/{self.institution_id}"


class AgreementFile(models.Model):
    """A scan or draft of the paper itself."""

    public_id = models.CharField(max_length=26, unique=True, default=ids.new, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="+")
    file = models.ForeignKey("evidence.File", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("kernel.Principal", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("agreement", "file"), name="agreements_file_once"),)

    def __str__(self) -> str:
        return self.public_id


class Commitment(Record):
    """One promise of one institution to another; it hangs on an agreement or on a basis document."""

    relation = models.ForeignKey("network.Relation", on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, related_name="+")
    basis = models.ForeignKey("network.Document", on_delete=models.PROTECT, null=True, related_name="+")
    # Promises made word for word to several institutions carry one group.
    group = models.CharField(max_length=26, db_index=True)
    kind = models.CharField(max_length=40)
    text = models.CharField(max_length=400)
    giver = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    unit = models.CharField(max_length=24, blank=True, default="")
    period = models.CharField(max_length=8, blank=True, default="")
    from_date = models.DateField(null=True)
    to_date = models.DateField(null=True)
    account = models.ForeignKey("ledger.Account", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=list(CommitmentState)), name="agreements_commitment_state"
            ),
            models.CheckConstraint(
                condition=models.Q(agreement__isnull=False) | models.Q(basis__isnull=False),
                name="agreements_commitment_rests_on_paper",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True)
                | (models.Q(amount__gt=0, period__in=list(Period)) & ~models.Q(unit="")),
                name="agreements_commitment_amount",
            ),
            models.CheckConstraint(
                condition=~models.Q(giver=models.F("receiver")), name="agreements_commitment_two_institutions"
            ),
        )
        indexes = (models.Index(fields=("relation", "state"), name="agreements_commitment_rel"),)

    def __str__(self) -> str:
        return self.text


class CommitmentTransition(TransitionRecord):
    record = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="+")


class Goal(Record):
    """What a relation wants to reach, for one institution or for all."""

    relation = models.ForeignKey("network.Relation", on_delete=models.PROTECT, related_name="+")
    institution = models.ForeignKey("network.Institution", on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    text = models.CharField(max_length=400)
    due_date = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=list(GoalState)), name="agreements_goal_state"),
        )

    def __str__(self) -> str:
        return self.text


class GoalTransition(TransitionRecord):
    record = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="+")


class ReviewArea(Record):
    """A field on which departments are asked for comments."""

    relation = models.ForeignKey("network.Relation", on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=list(PaperState)), name="agreements_review_state"),
        )

    def __str__(self) -> str:
        return self.text


class ReviewAreaTransition(TransitionRecord):
    record = models.ForeignKey(ReviewArea, on_delete=models.CASCADE, related_name="+")


class Plan(Record):
    """The road map: how to go about it, the first step, what it must have."""

    relation = models.ForeignKey("network.Relation", on_delete=models.PROTECT, related_name="+")
    approach = models.CharField(max_length=400, blank=True, default="")
    first_step = models.CharField(max_length=400, blank=True, default="")
    must_have = models.JSONField(default=list)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=list(PaperState)), name="agreements_plan_state"),
            models.UniqueConstraint(
                fields=("relation",), condition=models.Q(state=PaperState.CURRENT), name="agreements_one_plan"
            ),
        )

    def __str__(self) -> str:
        return self.approach


class PlanTransition(TransitionRecord):
    record = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+")
