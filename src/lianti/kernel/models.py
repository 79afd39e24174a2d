"""Tables of the kernel: who acts, what waits, what happened, what goes out."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.lookups import Exact
from django.db.models.query_utils import PathInfo
from django.db.models.sql.where import WhereNode
from django.utils import timezone

from lianti.lib import ids
from lianti.lib.walled import WalledText


class Tenant(models.Model):
    """An institution as the kernel knows it: a number and a label."""

    label = models.CharField(max_length=200)


class Principal(AbstractBaseUser):
    """Whoever can act: a user, a client program, a job, the holder of a one-time link."""

    class Kind(models.TextChoices):
        USER = "user"
        CLIENT = "client"
        JOB = "job"
        LINK = "link"

    public_id = models.CharField(max_length=26, unique=True, default=ids.new, editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.USER)
    password = WalledText("password", max_length=128)
    phone = WalledText(max_length=20, unique=True, null=True, blank=True)
    name = models.CharField(max_length=80, db_index=True)
    language = models.CharField(max_length=10, blank=True)
    is_active = models.BooleanField(default=True)

    objects = BaseUserManager["Principal"]()

    USERNAME_FIELD = "phone"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name  # Django would say the phone number


if TYPE_CHECKING:
    ToMany = models.ForeignObject[Any, Any]
else:
    ToMany = models.ForeignObject


class Seen(ToMany):
    """The way from a record to the audience rows of its own kind, of which a query picks one institution's.

    A list so reads its order off the audience's index: `filter(seen__tenant_id=…).order_by("seen__day", …)`.
    """

    kinds: ClassVar[dict[type[models.Model], str]] = {}  # a record's table → the name of its flow
    many_to_one, one_to_many = False, True  # Django leaves a relation to many out of a row's own values

    def __init__(self) -> None:
        super().__init__(
            "kernel.Audience", models.DO_NOTHING, ["id"], ["record_pk"], related_name="+", name="seen", editable=False
        )

    def __deepcopy__(self, memo: Any) -> "Seen":
        return type(self)()  # a field of its own for each table of records

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False, **more: Any) -> None:
        """Stand beside the columns of a table, not among them."""
        super().contribute_to_class(cls, name, private_only=True, **more)

    def get_path_info(self, filtered_relation: Any = None) -> list[PathInfo]:
        """Say how to join: one row at most, and the audience's own columns are what is read."""
        here, there = self.model._meta, self.remote_field.model._meta
        return [PathInfo(here, there, self.foreign_related_fields, self, False, False, filtered_relation)]

    def get_extra_restriction(self, alias: Any, related_alias: str | None) -> WhereNode:
        """Keep to the rows of the record's own kind."""
        kind: Any = self.remote_field.model._meta.get_field("kind")
        own: Any = Exact(kind.get_col(alias), self.kinds[self.model])
        return WhereNode([own])


class Record(models.Model):
    """What a workflow moves. Only the engine writes `state`, `version` and `chain`.

    `tenant` is the institution that its maker acted for; `chain` the head of its journal.
    """

    public_id = models.CharField(max_length=26, unique=True, default=ids.new, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+", editable=False)
    state = models.CharField(max_length=20, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    chain = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(editable=False)
    created_by = models.ForeignKey(Principal, on_delete=models.PROTECT, related_name="+", editable=False)
    seen = Seen()

    class Meta:
        abstract = True


class TransitionRecord(models.Model):
    """One move of a record as the product shows it. A concrete class adds `record`, a foreign key.

    `version` is that of the record after the move.
    """

    name = models.CharField(max_length=40)
    source = models.CharField(max_length=20, blank=True)
    target = models.CharField(max_length=20)
    at = models.DateTimeField()
    principal = models.ForeignKey(Principal, on_delete=models.PROTECT, related_name="+")
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class Audience(models.Model):
    """Which institutions may see a record (scope.py), its own among them. Written by the engine, one row each.

    `day`, `open` (its state is not final) and `rank` repeat what lists of the kind go by, so that an index has it.
    """

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    record_pk = models.BigIntegerField()
    day = models.DateField()
    open = models.BooleanField(default=True)
    rank = models.SmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "record_pk", "tenant"], name="audience_once")]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "kind", "record_pk"], name="audience_by_tenant"),
            models.Index(fields=["tenant", "kind", "day", "record_pk"], name="audience_by_day"),
            models.Index(fields=["tenant", "kind", "open", "rank", "day", "record_pk"], name="audience_by_rank"),
            models.Index(fields=["tenant", "kind", "rank", "day", "record_pk"], name="audience_all_by_rank"),
        ]


class Answer(models.Model):
    """What a request with an idempotency key was answered, so that sending it twice does it once."""

    principal = models.ForeignKey(Principal, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    body = models.CharField(max_length=64)
    record = models.CharField(max_length=26)  # public id
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["principal", "key"], name="answer_once")]


class JournalEvent(models.Model):
    """One change, for investigators: ids, verb, field names and a keyed hash per value, never the values."""

    kind = models.CharField(max_length=40)
    record = models.CharField(max_length=26)  # public id
    seq = models.PositiveIntegerField()
    at = models.DateTimeField(db_index=True)
    principal_id = models.BigIntegerField()
    tenant_id = models.BigIntegerField()
    verb = models.CharField(max_length=40)
    fields = models.JSONField(default=dict)
    mac = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["record", "seq"], name="journal_seq_once")]


class Seal(models.Model):
    """The journal up to the end of a day, pressed into one chained value: all heads of the window, and counts."""

    until = models.DateTimeField(unique=True)
    since = models.DateTimeField(null=True)
    events = models.BigIntegerField()
    records = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    mac = models.CharField(max_length=64)


class AccessEvent(models.Model):
    """Who looked at what, and why: people's data, evidence, exports."""

    at = models.DateTimeField(db_index=True)
    principal_id = models.BigIntegerField()
    tenant_id = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    record = models.CharField(max_length=26)
    why = models.CharField(max_length=80)


class WorkItem(models.Model):
    """What waits for whom, until when. Opened and closed by the engine in the move's own transaction.

    `unit`: the department that it waits for; without, every bearer of the roles.
    """

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    record_pk = models.BigIntegerField()
    verb = models.CharField(max_length=40)
    roles = models.CharField(max_length=120)  # |office|coordinator|
    principal = models.ForeignKey(Principal, null=True, on_delete=models.SET_NULL, related_name="+")
    unit = models.BigIntegerField(null=True)
    due = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["tenant", "due", "id"], name="work_open", condition=models.Q(closed_at__isnull=True)),
            models.Index(fields=["kind", "record_pk"], name="work_of", condition=models.Q(closed_at__isnull=True)),
        ]


class Notice(models.Model):
    """One line in somebody's inbox; its words are made from `text_key` and `params` when it is read."""

    principal = models.ForeignKey(Principal, on_delete=models.CASCADE, related_name="+")
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    text_key = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    kind = models.CharField(max_length=40)
    record = models.CharField(max_length=26)  # public id of what it is about
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    task_id = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["principal", "-id"], name="notice_inbox")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["task_id", "principal"], name="notice_once")]


class OutboxTask(models.Model):
    """A job written in the transaction that asks for it; the worker leases, runs, retries.

    `lane`: whom it waits behind. A job asked for by a person names `principal`, `tenant` and `role` it runs as, shows
    them `title`, `done` of `total`, and leaves its `result` (a file's name); they may ask it to stop.
    """

    class State(models.TextChoices):
        READY = "ready"
        DONE = "done"
        FAILED = "failed"
        STOPPED = "stopped"

    name = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.READY)
    lane = models.CharField(max_length=8, default="quick")
    priority = models.SmallIntegerField(default=0)
    run_after = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    unique = models.CharField(max_length=80, null=True, unique=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    principal = models.ForeignKey(Principal, null=True, on_delete=models.CASCADE, related_name="+")
    tenant = models.ForeignKey(Tenant, null=True, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=120, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    stop_asked_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["lane", "-priority", "run_after", "id"], name="outbox_ready", condition=models.Q(state="ready")
            ),
            models.Index(fields=["principal", "-id"], name="outbox_mine", condition=models.Q(principal__isnull=False)),
        ]


class Series(models.Model):
    """The last number given out in a yearly series; in the year 0 a figure that is kept."""

    name = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["name", "year"], name="series_once")]
