"""Tables of arrival and care: what has to be done when somebody comes and leaves, and visits to the posted."""

from django.db import models

from lianti.contexts.dispatch.states import CheckListState, HouseState, ItemOutcome, Side, VisitState
from lianti.kernel.models import Record, TransitionRecord


class HouseList(Record):
    """What an institution does for who comes and who leaves; without one what ships holds."""

    institution = models.ForeignKey("network.Institution", on_delete=models.PROTECT, unique=True, related_name="+")
    items = models.JSONField(default=list)  # of each: side, leaving, name, days

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=list(HouseState)), name="dispatch_house_state"),
        )

    def __str__(self) -> str:
        return self.public_id


class HouseListTransition(TransitionRecord):
    record = models.ForeignKey(HouseList, on_delete=models.CASCADE, related_name="+")


class CheckList(Record):
    """The list of one posting for the arrival, or for the leaving."""

    posting = models.ForeignKey("dispatch.Posting", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("network.Person", on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    leaving = models.BooleanField()
    day = models.DateField()  # of the arrival or the leaving

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=list(CheckListState)), name="dispatch_check_state"),
            models.UniqueConstraint(fields=("posting", "leaving"), name="dispatch_check_once"),
        )

    def __str__(self) -> str:
        return f"{self.posting_id}/{'leaving' if self.leaving else 'arrival'}"


class CheckListTransition(TransitionRecord):
    record = models.ForeignKey(CheckList, on_delete=models.CASCADE, related_name="+")


class CheckItem(models.Model):
    """One thing to do, by one side, by a day; `outcome` '' while it is open."""

    of = models.ForeignKey(CheckList, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    due = models.DateField()
    outcome = models.CharField(max_length=12, blank=True, default="")
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey("kernel.Principal", on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(side__in=list(Side)), name="dispatch_item_side"),
            models.CheckConstraint(condition=models.Q(outcome__in=list(ItemOutcome)), name="dispatch_item_outcome"),
            models.CheckConstraint(
                condition=(models.Q(outcome="") & models.Q(done_on__isnull=True))
                | (~models.Q(outcome="") & models.Q(done_on__isnull=False)),
                name="dispatch_item_done",
            ),
        )

    def __str__(self) -> str:
        return self.name


class CareVisit(Record):
    """A visit to people who are posted (慰问走访): who came, what was heard, what follows from it."""

    sender = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    visitors = models.CharField(max_length=200)
    heard = models.TextField(blank=True, default="")  # for the house of the visitors alone
    follow_up = models.CharField(max_length=400, blank=True, default="")
    owner = models.ForeignKey("network.Institution", on_delete=models.PROTECT, null=True, related_name="+")
    due = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=list(VisitState)), name="dispatch_visit_state"),
            models.CheckConstraint(
                condition=(models.Q(follow_up="") & models.Q(owner__isnull=True))
                | (~models.Q(follow_up="") & models.Q(owner__isnull=False)),
                name="dispatch_visit_owner",
            ),
        )

    def __str__(self) -> str:
        return f"{self.recipient_id}/{self.day}"


class CareVisitTransition(TransitionRecord):
    record = models.ForeignKey(CareVisit, on_delete=models.CASCADE, related_name="+")


class Visited(models.Model):
    """Somebody who was visited."""

    visit = models.ForeignKey(CareVisit, on_delete=models.CASCADE, related_name="+")
    posting = models.ForeignKey("dispatch.Posting", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("visit", "posting"), name="dispatch_visited_once"),)

    def __str__(self) -> str:
        return f"{self.visit_id}/{self.posting_id}"
