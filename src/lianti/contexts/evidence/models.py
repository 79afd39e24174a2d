"""What is known of a file; its bytes lie in the file store under their hash."""

from typing import ClassVar

from django.db import models

from lianti.contexts.evidence.states import FileState
from lianti.kernel.models import Record, TransitionRecord


class File(Record):
    """One file as somebody handed it in; the same bytes handed in twice are kept once."""

    sha256 = models.CharField(max_length=64, db_index=True, editable=False)
    name = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField(editable=False)
    media_type = models.CharField(max_length=100, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=list(FileState)), name="evidence_file_state")
        ]

    def __str__(self) -> str:
        return self.public_id


class FileTransition(TransitionRecord):
    """What happened to a file."""

    record = models.ForeignKey(File, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.record_id} {self.name}"
