"""What is known of files. Call only for files of records that the reader has been let into."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from lianti.contexts.evidence.models import File
from lianti.contexts.evidence.states import FileState
from lianti.lib.errors import NotFound
from lianti.lib.web.parts import Attachment


@dataclass(frozen=True)
class FileFacts:
    """One file as a page lists it."""

    id: int
    public_id: str
    name: str
    size: int
    media_type: str
    sha256: str
    stored_at: datetime
    erased: bool

    @property
    def is_picture(self) -> bool:
        """Say whether it is a picture."""
        return self.media_type.startswith("image/")


@dataclass(frozen=True)
class Tied:
    """A file of a record: under which id the record's room hands it out, and what is known of it."""

    public_id: str
    file: FileFacts


def file(public_id: str) -> FileFacts:
    """Find one file. Raises NotFound."""
    row = File.objects.filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return _facts(row)


def files(pks: Iterable[int]) -> dict[int, FileFacts]:
    """Return the facts of several files, by key, in one query."""
    wanted = set(pks)
    return {row.pk: _facts(row) for row in File.objects.filter(pk__in=wanted)} if wanted else {}


def tied(links: Iterable[Any]) -> list[Tied]:
    """Return the files that these rows tie to a record, in one query."""
    links = list(links)
    known = files(link.file_id for link in links)
    return [Tied(link.public_id, known[link.file_id]) for link in links]


def attachments(files: Iterable[Tied], address: str, record_id: str) -> list[Attachment]:
    """Return the files of a record as a page lists them; `address`: the name of the one that hands them out."""
    return [
        Attachment(one.file.name or "—", reverse(address, args=[record_id, one.public_id]), one.file.size)
        for one in files
    ]


def _facts(row: File) -> FileFacts:
    return FileFacts(
        id=row.pk,
        public_id=row.public_id,
        name=row.name,
        size=row.size,
        media_type=row.media_type,
        sha256=row.sha256,
        stored_at=row.created_at,
        erased=row.state == FileState.ERASED,
    )
