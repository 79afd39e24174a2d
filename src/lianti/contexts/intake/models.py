"""Tables of what was taken in: documents, what each proposes, and what an institution's corrections taught."""

from typing import Any

from django.db import models

from lianti.contexts.intake.states import DocumentState, Field, Phase, ProposalState, Word
from lianti.kernel.models import Record, TransitionRecord


class Document(Record):
    """One file or pasted text that an institution took in, what it said, and what cleaning made of it.

    `digest`: SHA-256 of the bytes as they came. `source_text`: the text as it stood there; `clean_text`: the story
    alone; `cleaned`: title, medium, reporters, repairs, lines and counts as JSON. `notes` and `problem`: pairs of
    the reader's key and its values. `ourselves`: whom 我院 stands for.
    """

    number = models.CharField(max_length=24, unique=True)
    # Files that came in one move carry one batch.
    batch = models.CharField(max_length=26, db_index=True)
    position = models.PositiveSmallIntegerField(default=0)
    file = models.ForeignKey("evidence.File", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    form = models.CharField(max_length=8, blank=True, default="")
    digest = models.CharField(max_length=64)
    phase = models.CharField(max_length=12, default=Phase.WAITING)
    source_text = models.TextField(blank=True, default="")
    clean_text = models.TextField(blank=True, default="")
    cleaned = models.JSONField(default=dict)
    title = models.CharField(max_length=300, blank=True, default="")
    published = models.DateField(null=True)
    medium = models.CharField(max_length=120, blank=True, default="")
    notes = models.JSONField(default=list)
    problem = models.JSONField(default=list)
    extractor = models.CharField(max_length=40, blank=True, default="")
    relation = models.ForeignKey("network.Relation", on_delete=models.PROTECT, null=True, related_name="+")
    ourselves = models.ForeignKey("network.Institution", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=list(DocumentState)), name="intake_document_state"),
            models.CheckConstraint(condition=models.Q(phase__in=list(Phase)), name="intake_document_phase"),
            models.UniqueConstraint(
                fields=("tenant", "digest"),
                condition=~models.Q(state=DocumentState.DROPPED),
                name="intake_document_once",
            ),
        )
        indexes = (models.Index(fields=("tenant", "state", "id"), name="intake_document_open"),)

    def __str__(self) -> str:
        return self.number


class DocumentTransition(TransitionRecord):
    record = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")


# Keys that documents read before they were asked for do not hold.
_LATER: dict[str, dict[str, Any]] = {Field.COMMITMENT: {"amount": "", "unit": "", "period": ""}}


class Proposal(Record):
    """A record that a document proposes: its content as read, as corrected, where it stands, and what became of it.

    `spans`: places [start, end) of the clean text, the first to be quoted. `outcome_kind` and `outcome_id` name the
    record that acceptance made, or the one that it was merged with; they stay when that is undone.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=16)
    position = models.PositiveSmallIntegerField(default=0)
    proposed = models.JSONField(default=dict)
    corrected = models.JSONField(null=True)
    spans = models.JSONField(default=list)
    confidence = models.FloatField(default=0.5)
    why = models.JSONField(default=list)
    ticked = models.BooleanField(default=False)
    outcome_kind = models.CharField(max_length=40, blank=True, default="")
    outcome_id = models.CharField(max_length=26, blank=True, default="")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=list(ProposalState)), name="intake_proposal_state"),
            models.CheckConstraint(condition=models.Q(field__in=list(Field)), name="intake_proposal_field"),
            models.CheckConstraint(
                condition=~models.Q(state__in=(ProposalState.ACCEPTED, ProposalState.MERGED))
                | ~models.Q(outcome_id=""),
                name="intake_proposal_outcome",
            ),
        )
        indexes = (
            models.Index(fields=("document", "position"), name="intake_proposal_of"),
            models.Index(fields=("outcome_kind", "outcome_id"), name="intake_proposal_made"),
        )

    def __str__(self) -> str:
        return self.public_id

    @property
    def content(self) -> dict[str, Any]:
        """What it says now: as corrected, else as read."""
        found: dict[str, Any] = self.proposed if self.corrected is None else self.corrected
        return {**_LATER.get(self.field, {}), **found}


class ProposalTransition(TransitionRecord):
    record = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="+")


class Remembered(models.Model):
    """What a correction taught an institution: whom a name means, how a title is rightly written, who 我院 is."""

    tenant = models.ForeignKey("kernel.Tenant", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    written = models.CharField(max_length=200)
    meant = models.CharField(max_length=200, blank=True, default="")
    institution = models.ForeignKey("network.Institution", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey("kernel.Principal", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("tenant", "kind", "written"), name="intake_remembered_once"),
            models.CheckConstraint(condition=models.Q(kind__in=list(Word)), name="intake_remembered_kind"),
        )

    def __str__(self) -> str:
        return self.written
