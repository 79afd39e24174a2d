"""The bytes lie in a Django storage under their hash; what is known of them is a record."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.core.files.storage.handler import InvalidStorageError
from django.db import transaction

from lianti.contexts.evidence import domain, labels
from lianti.contexts.evidence.models import File, FileTransition
from lianti.contexts.evidence.rules import TABLE
from lianti.contexts.evidence.states import FILE, FileState
from lianti.kernel import access, scope
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, Invalid, NotFound

FILE_FLOW = engine.Flow(spec=FILE, record=File, transitions=FileTransition, table=TABLE)
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Grant:
    """What lets somebody read a file: the record that it belongs to, which its context has let them into."""

    kind: str
    public_id: str


@dataclass(frozen=True)
class Held:
    """A file with its bytes."""

    name: str
    media_type: str
    content: bytes


def store(*, actor: Actor, at: datetime, key: str | None, name: str, content: bytes) -> File:
    """Keep a file without the place and device data of pictures; the same bytes are kept once.

    Raises Invalid at the field `files` with the reason: too large, empty, of no allowed kind, not what it says.
    """
    shown = domain.clean_name(name)
    most = settings.UPLOAD_MEGABYTES
    if len(content) > most * MEGABYTE:
        size = -(-len(content) // MEGABYTE)
        raise Invalid({"files": labels.TOO_LARGE % {"name": shown, "size": size, "most": most}})
    try:
        kind = domain.judge(shown, content)
        kept = domain.strip(kind.media_type, content)
    except domain.Unfit as unfit:
        raise Invalid({"files": labels.UNFIT[unfit.code] % {"name": shown, "taken": labels.TAKEN}}) from unfit
    digest = hashlib.sha256(kept).hexdigest()
    _put(digest, kept)
    file = File(sha256=digest, name=shown, size=len(kept), media_type=kind.media_type)
    return engine.create(FILE_FLOW, file, name="store", actor=actor, at=at, key=key, body=[shown, digest])


def fetch(*, actor: Actor, at: datetime, file_id: str, grant: Grant, why: str) -> Held:
    """Hand out a file to whom a record's context lets read it, and write that down.

    Raises NotFound, and Conflict when it was erased or the store no longer holds it as it came.
    """
    with scope.acting(actor):
        file = File.objects.filter(public_id=file_id).first()
        if file is None:
            raise NotFound
        if file.state == FileState.ERASED:
            raise Conflict(labels.GONE)
        access.note(actor, kind=grant.kind, public_id=grant.public_id, why=f"file {file.public_id}: {why}", at=at)
    return Held(file.name, file.media_type, _get(file.sha256))


def read(*, actor: Actor, at: datetime, file_id: str, grant: Grant, why: str) -> bytes:
    """Return the bytes of a file, as `fetch` does."""
    return fetch(actor=actor, at=at, file_id=file_id, grant=grant, why=why).content


def erase(*, actor: Actor, at: datetime, key: str | None, file_id: str, note: str) -> File:
    """Take the bytes and the name of a file away; that there was one stays in the story.

    Raises NotFound, NotAllowed, Conflict, Invalid without a reason.
    """

    def forget(record: File) -> dict[str, object]:
        if not File.objects.filter(sha256=record.sha256, state=FileState.KEPT).exclude(pk=record.pk).exists():
            transaction.on_commit(partial(_store().delete, _path(record.sha256)))
        return {"name": ""}

    file: File = engine.move(FILE_FLOW, file_id, name="erase", actor=actor, at=at, key=key, note=note, effect=forget)
    return file


def _store() -> Storage:
    """Return the store of files: the one called `evidence` in the settings, else the default one."""
    try:
        return storages["evidence"]
    except InvalidStorageError:
        return storages["default"]


def _path(digest: str) -> str:
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def _put(digest: str, content: bytes) -> None:
    files, path = _store(), _path(digest)
    if files.exists(path):
        if files.size(path) == len(content):
            return
        files.delete(path)  # what a crash left half written
    saved = files.save(path, ContentFile(content))
    if saved != path:  # somebody handed in the same bytes at the same moment
        files.delete(saved)


def _get(digest: str) -> bytes:
    try:
        with _store().open(_path(digest)) as stream:
            content: bytes = stream.read()
    except FileNotFoundError:
        raise Conflict(labels.LOST) from None
    if hashlib.sha256(content).hexdigest() != digest:
        raise Conflict(labels.LOST)
    return content
