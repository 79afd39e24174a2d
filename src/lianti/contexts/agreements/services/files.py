"""Scans and drafts of a paper."""

from collections.abc import Iterable
from datetime import datetime

from lianti.contexts.activities.services import Upload
from lianti.contexts.agreements.models import Agreement, AgreementFile
from lianti.contexts.agreements.queries import KIND, agreement_file
from lianti.contexts.evidence import services as evidence
from lianti.contexts.evidence.services import Held
from lianti.lib.actor import Actor

__all__ = ["Upload", "fetch_file", "keep"]


def keep(row: Agreement, uploads: Iterable[Upload], *, actor: Actor, at: datetime) -> None:
    """Keep the files and tie them to the agreement, inside the move that brings them. Raises Invalid."""
    for upload in uploads:
        file = evidence.store(actor=actor, at=at, key=None, name=upload.name, content=upload.content)
        AgreementFile.objects.create(agreement=row, file=file, added_at=at, added_by_id=actor.principal_id)


def fetch_file(*, actor: Actor, at: datetime, key: str | None, agreement_id: str, file_id: str) -> Held:
    """Hand out a file of an agreement to whoever may see the agreement. Raises NotFound, Conflict."""
    del key  # reading the same file twice is no second act
    stored = agreement_file(actor, agreement_id, file_id)
    grant = evidence.Grant(KIND.code, agreement_id)
    return evidence.fetch(actor=actor, at=at, file_id=stored, grant=grant, why="agreement")
