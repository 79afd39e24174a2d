"""Tables of papers: what was issued under a number, and the templates that institutions brought."""

from django.db import models

from lianti.contexts.papers.states import IssuedPaperState, TemplateState
from lianti.kernel.models import Record, TransitionRecord


class Template(Record):
    """An institution's own form of one kind of paper; in force from a day on, until one that came later."""

    paper = models.CharField(max_length=40)  # the kind of paper
    holder = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=60, blank=True, default="")  # what the paper is called there
    file = models.ForeignKey("evidence.File", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()  # the how-manieth of its kind at its holder
    from_date = models.DateField()
    until = models.DateField(null=True)  # the last day on which it was in force

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=list(TemplateState)), name="papers_template_state"),
            models.CheckConstraint(
                condition=models.Q(state="kept", until__isnull=True) | models.Q(state="ended", until__isnull=False),
                name="papers_template_until",
            ),
            models.UniqueConstraint(fields=("holder", "paper", "number"), name="papers_template_once"),
        )

    def __str__(self) -> str:
        return f"{self.paper} {self.number}"


class TemplateTransition(TransitionRecord):
    record = models.ForeignKey(Template, on_delete=models.CASCADE, related_name="+")


class IssuedPaper(Record):
    """A paper that was issued: its content as it went out, never changed."""

    number = models.CharField(max_length=24)
    paper = models.CharField(max_length=40)  # the kind
    title = models.CharField(max_length=60)
    issuer = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=26)  # public id of the record that it is about
    content = models.JSONField()
    shown = models.JSONField()  # what whoever types the code is shown
    digest = models.CharField(max_length=64)  # SHA-256 of the content
    code = models.CharField(max_length=14)
    code_hash = models.CharField(max_length=64, unique=True)
    issued_on = models.DateField()
    ended_on = models.DateField(null=True)
    template = models.ForeignKey(Template, on_delete=models.PROTECT, null=True, related_name="+")
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=list(IssuedPaperState)), name="papers_paper_state"),
            models.CheckConstraint(
                condition=models.Q(state="valid", ended_on__isnull=True)
                | (~models.Q(state="valid") & models.Q(ended_on__isnull=False)),
                name="papers_paper_ended",
            ),
            models.UniqueConstraint(fields=("issuer", "number"), name="papers_paper_once"),
        )
        indexes = (models.Index(fields=("subject_kind", "subject_id"), name="papers_paper_of"),)

    def __str__(self) -> str:
        return self.number


class IssuedPaperTransition(TransitionRecord):
    record = models.ForeignKey(IssuedPaper, on_delete=models.CASCADE, related_name="+")
