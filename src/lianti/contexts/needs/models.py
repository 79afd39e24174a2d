"""Tables of needs: what a hospital asks for, and the people named in the answer."""

from django.db import models

from lianti.contexts.needs.states import NeedState, Priority
from lianti.kernel.models import Record, TransitionRecord


class Need(Record):
    """What one institution lacks and asks of another. When `tenant` is not the stater, it was entered for it (代填)."""

    number = models.CharField(max_length=24, unique=True)
    stater = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    addressed = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    relation = models.ForeignKey("network.Relation", on_delete=models.PROTECT, null=True, related_name="+")
    # Needs stated together, word for word, by several institutions carry one group.
    group = models.CharField(max_length=26, db_index=True)
    category = models.CharField(max_length=24)
    specialty = models.CharField(max_length=80, blank=True, default="")
    text = models.TextField()
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    unit = models.CharField(max_length=24, blank=True, default="")
    wanted_by = models.DateField(null=True)
    signed_off_duty = models.CharField(max_length=60, blank=True, default="")
    signed_off_date = models.DateField(null=True)
    priority = models.PositiveSmallIntegerField(default=Priority.NORMAL)
    stated_date = models.DateField()
    # Since when it waits for whoever has to move next.
    turn_date = models.DateField()
    plan_text = models.TextField(blank=True, default="")
    plan_from = models.DateField(null=True)
    plan_to = models.DateField(null=True)
    account = models.ForeignKey("ledger.Account", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=list(NeedState)), name="needs_need_state"),
            models.CheckConstraint(
                condition=~models.Q(stater=models.F("addressed")), name="needs_need_two_institutions"
            ),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | (models.Q(amount__gt=0) & ~models.Q(unit="")),
                name="needs_need_amount_has_unit",
            ),
            models.CheckConstraint(
                condition=models.Q(plan_from__isnull=True)
                | models.Q(plan_to__isnull=True)
                | models.Q(plan_to__gte=models.F("plan_from")),
                name="needs_need_plan_dates",
            ),
        )
        indexes = (models.Index(fields=("state", "priority", "stated_date", "id"), name="needs_need_age"),)

    def __str__(self) -> str:
        return self.number


class NeedTransition(TransitionRecord):
    record = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="+")


class NeedPerson(models.Model):
    """Somebody whom the answer names: out of the directory, or as written."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("network.Person", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=80, blank=True, default="")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) | ~models.Q(name=""), name="needs_person_named"
            ),
        )

    def __str__(self) -> str:
        return f"{self.need_id}/{self.position}"
