"""Proof: files tied to an activity, handed out to whoever may see it."""

from collections.abc import Iterable
from datetime import datetime

from lianti.contexts.activities.domain import Upload
from lianti.contexts.activities.models import Activity, ActivityFile
from lianti.contexts.activities.queries import activity_file
from lianti.contexts.activities.rules import KIND
from lianti.contexts.evidence import services as evidence
from lianti.contexts.evidence.services import Held
from lianti.lib.actor import Actor


def keep(row: Activity, uploads: Iterable[Upload], *, actor: Actor, at: datetime) -> None:
    """Keep the files and tie them to the activity, inside the move that brings them. Raises Invalid."""
    for upload in uploads:
        file = evidence.store(actor=actor, at=at, key=None, name=upload.name, content=upload.content)
        ActivityFile.objects.create(activity=row, file=file, added_at=at, added_by_id=actor.principal_id)


def fetch_file(*, actor: Actor, at: datetime, key: str | None, activity_id: str, file_id: str) -> Held:
    """Hand out a proof of an activity to whoever may see the activity. Raises NotFound, Conflict."""
    del key  # reading the same file twice is no second act
    stored = activity_file(actor, activity_id, file_id)
    grant = evidence.Grant(KIND, activity_id)
    return evidence.fetch(actor=actor, at=at, file_id=stored, grant=grant, why="activity")
