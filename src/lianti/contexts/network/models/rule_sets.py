"""Rule sets: values that rooms count by, with scope, dates and source."""

from django.db import models

from lianti.contexts.network.domain.rulebook import RuleScope
from lianti.contexts.network.states import RuleSetState
from lianti.kernel.models import Record, TransitionRecord


class RuleSet(Record):
    """What rules say for one use; `replaces` is the code of the shipped set that it has changed."""

    use = models.CharField(max_length=40)
    purpose = models.CharField(max_length=40, blank=True, default="")
    name = models.CharField(max_length=120)
    scope = models.CharField(max_length=12)
    region = models.CharField(max_length=200, blank=True, default="")
    programme = models.ForeignKey(
        "network.Programme", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    relation = models.ForeignKey("network.Relation", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)
    values = models.JSONField(default=dict)
    source = models.CharField(max_length=500)
    verified = models.BooleanField(default=False)
    replaces = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(scope=RuleScope.COUNTRY, region="", programme=None, relation=None)
                | models.Q(~models.Q(region=""), scope=RuleScope.REGION, programme=None, relation=None)
                | models.Q(scope=RuleScope.PROGRAMME, region="", programme__isnull=False, relation=None)
                | models.Q(scope=RuleScope.RELATION, region="", programme=None, relation__isnull=False),
                name="network_ruleset_scope",
            ),
            models.CheckConstraint(
                condition=models.Q(from_date=None)
                | models.Q(to_date=None)
                | models.Q(to_date__gte=models.F("from_date")),
                name="network_ruleset_dates",
            ),
            models.CheckConstraint(
                condition=models.Q(replaces="") | models.Q(relation=None), name="network_ruleset_replaces"
            ),
            models.CheckConstraint(condition=models.Q(state__in=list(RuleSetState)), name="network_ruleset_state"),
            models.UniqueConstraint(
                fields=("use", "replaces"), condition=~models.Q(replaces=""), name="network_ruleset_replaced_once"
            ),
        )

    def __str__(self) -> str:
        return self.name


class RuleSetTransition(TransitionRecord):
    record = models.ForeignKey(RuleSet, on_delete=models.CASCADE, related_name="+")
