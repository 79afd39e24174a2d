"""The books: accounts of what is owed, entries of what was given, and what they add up to."""

from __future__ import annotations

from fractions import Fraction

from django.db import models

from lianti.contexts.ledger.domain.due import OPEN, Per, Terms
from lianti.contexts.ledger.domain.fits import Given, Wanted
from lianti.contexts.ledger.models.fields import Quantity, party, states
from lianti.contexts.ledger.states import AccountState, EntryState
from lianti.kernel.models import Record, TransitionRecord


class Account(Record):
    """Something owed by one institution to another. `kinds` fulfil it by themselves; others when a person names it."""

    giver = party(db_index=False)
    receiver = party(db_index=False)
    kinds = models.JSONField(default=list)
    unit = models.CharField(max_length=20, blank=True, default="")
    amount = Quantity(null=True)  # type: ignore[misc]  # the stubs know no optional form of a custom field
    per = models.CharField(max_length=8, default=Per.ONCE)
    from_date = models.DateField(null=True)
    to_date = models.DateField(null=True)
    since = models.DateField()
    source_kind = models.CharField(max_length=40)
    source_id = models.BigIntegerField()
    source_public_id = models.CharField(max_length=26)
    relation = models.ForeignKey("network.Relation", on_delete=models.PROTECT, null=True, related_name="+")
    label = models.CharField(max_length=200)

    class Meta:
        constraints = (
            states("ledger_account_state", AccountState),
            models.CheckConstraint(condition=~models.Q(giver=models.F("receiver")), name="ledger_account_sides"),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | (models.Q(amount__gt=0) & ~models.Q(unit="")),
                name="ledger_account_amount_has_unit",
            ),
            models.CheckConstraint(condition=models.Q(per__in=list(Per)), name="ledger_account_per"),
            models.CheckConstraint(
                condition=models.Q(from_date__isnull=True)
                | models.Q(to_date__isnull=True)
                | models.Q(to_date__gte=models.F("from_date")),
                name="ledger_account_dates",
            ),
        )
        indexes = (
            models.Index(fields=("giver", "receiver", "state"), name="ledger_account_pair"),
            models.Index(fields=("receiver", "id"), name="ledger_account_receiver"),
            models.Index(fields=("source_kind", "source_id"), name="ledger_account_source"),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def terms(self) -> Terms:
        """What is owed when, for the arithmetic."""
        return Terms(self.amount, Per(self.per), self.from_date, self.to_date, self.since)

    @property
    def wanted(self) -> Wanted:
        """What the account takes."""
        return Wanted(
            self.giver_id,
            self.receiver_id,
            frozenset(self.kinds),
            self.unit or None,
            self.from_date,
            self.to_date,
            self.state == AccountState.OPEN,
        )


class AccountTransition(TransitionRecord):
    record = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")


class Entry(Record):
    """What one activity gave to one receiver. `tenant` is the institution its declarer acted for.

    `declared` is the quantity as last declared, `quantity` what counts now. `count_day` is the day it counts on:
    its own, or the first of the open month when its month was closed. `fit_day` decides which accounts' dates
    fit: its own day, for a correction that of the entry it corrects. `arbiter`: the authority that may see it,
    since it drew it or was asked; `referred`: the one that was asked to settle an objection.
    """

    giver = party(db_index=False)
    receiver = party(db_index=False)
    arbiter = party(null=True, db_index=False)
    referred = party(null=True, db_index=False)
    kind = models.CharField(max_length=40)
    unit = models.CharField(max_length=20)
    quantity = Quantity()
    declared = Quantity()
    day = models.DateField()
    day_to = models.DateField(null=True)
    fit_day = models.DateField()
    count_day = models.DateField()
    level = models.SmallIntegerField(default=0)
    via = models.CharField(max_length=12, blank=True, default="")
    late = models.BooleanField(default=False)
    verify_by = models.DateField()
    lowered_on = models.DateField(null=True)
    declarer = models.ForeignKey("network.Person", on_delete=models.PROTECT, null=True, related_name="+")
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    source_kind = models.CharField(max_length=40)
    source_id = models.BigIntegerField()
    source_public_id = models.CharField(max_length=26)
    note = models.CharField(max_length=500, blank=True, default="")

    # The sheets it stands on, kept by whoever has read them already in the same move.
    # Who declared the same deed in an entry that this one replaces, as who signs in, and when: [key, moment] each.
    before = models.JSONField(default=list)
    sheet_ids: frozenset[int] | None = None
    passed_by: object = None  # who passed the test of who verifies, since this row was read

    class Meta:
        constraints = (
            states("ledger_entry_state", EntryState),
            models.CheckConstraint(condition=~models.Q(giver=models.F("receiver")), name="ledger_entry_sides"),
            models.CheckConstraint(
                condition=models.Q(corrects__isnull=False) | models.Q(quantity__gte=0), name="ledger_entry_sign"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["counted", "objected", "settled"], level__gte=1, level__lte=3)
                | models.Q(state__in=["declared", "returned", "withdrawn"], level=0),
                name="ledger_entry_level",
            ),
        )
        # The list is read by side, since 'giver or receiver is mine' uses no index.
        indexes = (
            models.Index(fields=("giver", "-day", "-id"), name="ledger_given"),
            models.Index(fields=("receiver", "-day", "-id"), name="ledger_received"),
            models.Index(
                fields=("arbiter", "-day", "-id"), condition=models.Q(arbiter__isnull=False), name="ledger_laid_before"
            ),
            models.Index(fields=("giver", "state", "-day", "-id"), name="ledger_given_state"),
            models.Index(fields=("receiver", "state", "-day", "-id"), name="ledger_received_state"),
            models.Index(fields=("giver", "receiver", "kind", "fit_day"), name="ledger_entry_pair"),
            models.Index(fields=("source_kind", "source_id"), name="ledger_entry_source"),
        )

    def __str__(self) -> str:
        return self.public_id

    @property
    def given(self) -> Given:
        """What decides where the entry is posted."""
        return Given(self.giver_id, self.receiver_id, self.kind, self.fit_day)

    @property
    def activity(self) -> str:
        """The activity the entry came from; an activity for several receivers makes several entries."""
        return f"{self.source_kind}:{self.source_id}"


class EntryTransition(TransitionRecord):
    record = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")


class EntryPerson(models.Model):
    """A person of an entry with part and own share, on their month sheet; without people one row with none.

    The own share is `share` ÷ `share_parts`, exactly: what a correction takes from thirds is no whole hundredth.
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    sheet = models.ForeignKey("ledger.MonthSheet", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("network.Person", on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    part = models.CharField(max_length=10, blank=True, default="")
    share = Quantity()
    share_parts = models.BigIntegerField(default=1)
    month = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("entry", "person"), name="ledger_person_once"),)
        indexes = (models.Index(fields=("person", "month"), name="ledger_person_month"),)

    def __str__(self) -> str:
        return f"{self.entry_id}/{self.person_id}"

    @property
    def exact(self) -> Fraction:
        """The own share, unrounded."""
        return Fraction(self.share) / self.share_parts


class Booking(models.Model):
    """An entry counts towards an account. `period`: the account's period it counts in; `relation`: the account's.

    Not a posting, which is a person sent somewhere (dispatch); its table keeps the name that it had before.
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, db_index=False, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, db_index=False, related_name="+")
    relation = models.ForeignKey(
        "network.Relation", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    named = models.BooleanField(default=False)
    day = models.DateField()
    period = models.DateField(default=OPEN)

    class Meta:
        db_table = "ledger_posting"
        constraints = (models.UniqueConstraint(fields=("entry", "account"), name="ledger_posting_once"),)
        indexes = (
            models.Index(fields=("account", "-day", "-entry"), name="ledger_posting_account"),
            models.Index(fields=("relation", "-day", "-entry"), name="ledger_posting_relation"),
        )

    def __str__(self) -> str:
        return f"{self.entry_id}/{self.account_id}"


class AccountSum(models.Model):
    """What stands in an account by period, month, unit and level; kept by the difference each move makes."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, db_index=False, related_name="+")
    period = models.DateField()
    month = models.DateField()
    unit = models.CharField(max_length=20)
    level = models.SmallIntegerField()
    quantity = Quantity()
    entries = models.IntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("account", "period", "month", "unit", "level"), name="ledger_sum_once"),
        )

    def __str__(self) -> str:
        return f"{self.account_id} {self.month} {self.unit} {self.level}"


class RelationSum(models.Model):
    """What stands in all accounts of a relation together between two institutions, each entry counted once."""

    relation = models.ForeignKey("network.Relation", on_delete=models.CASCADE, db_index=False, related_name="+")
    giver = party(db_index=False)
    receiver = party(db_index=False)
    month = models.DateField()
    kind = models.CharField(max_length=40)
    level = models.SmallIntegerField()
    quantity = Quantity()
    entries = models.IntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("relation", "giver", "receiver", "month", "kind", "level"), name="ledger_relation_sum_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.relation_id} {self.month} {self.kind} {self.level}"
