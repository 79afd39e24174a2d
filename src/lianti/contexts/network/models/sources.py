"""Where each fact of the network came from: papers, loaded files, and what they said of a record."""

from django.db import models

from lianti.contexts.network.states import DocumentKind
from lianti.lib import ids


class Document(models.Model):
    """A paper that something rests on: a directive, an agreement, minutes, a public report."""

    public_id = models.CharField(max_length=26, unique=True, default=ids.new, editable=False)
    kind = models.CharField(max_length=32)
    title = models.CharField(max_length=300)
    number = models.CharField(max_length=120, blank=True, default="")
    date = models.DateField(null=True, blank=True)
    publisher = models.CharField(max_length=200, blank=True, default="")
    medium = models.CharField(max_length=120, blank=True, default="")
    file_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(kind__in=list(DocumentKind)), name="network_document_kind"),
        )

    def __str__(self) -> str:
        return self.title


class Source(models.Model):
    """A loaded file: its own id, and the report that it was made from."""

    public_id = models.CharField(max_length=26, unique=True, default=ids.new, editable=False)
    code = models.CharField(max_length=120, unique=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code


class LoadedRecord(models.Model):
    """What one source said of one record, so that a second load can tell new, same, changed and disputed."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    public_id = models.CharField(max_length=26, db_index=True)
    facts = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("source", "kind", "key"), name="network_loaded_once"),)
        indexes = (models.Index(fields=("kind", "key"), name="network_loaded_key"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"
