"""The bytes lie in a Django storage under their institution and hash; what is known of them is a record.

The same bytes handed in by two institutions are two files: what one erases is never the other's. Files from before
2026-12 lie under the hash alone, shared; `part` gives each institution its own when one of them is erased.
"""

import hashlib
from contextlib import suppress
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
from lianti.kernel import access, outbox, scope
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, Invalid, NotFound

FILE_FLOW = engine.Flow(spec=FILE, record=File, transitions=FileTransition, table=TABLE)
MEGABYTE = 1024 * 1024
PART = "evidence.part"  # the job that parts bytes which institutions shared


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
    """Keep a file without the place and device data of pictures; an institution keeps the same bytes once.

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
    _put(_path(actor.tenant_id, digest), kept)
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
    return Held(file.name, file.media_type, _get(file))


def read(*, actor: Actor, at: datetime, file_id: str, grant: Grant, why: str) -> bytes:
    """Return the bytes of a file, as `fetch` does."""
    return fetch(actor=actor, at=at, file_id=file_id, grant=grant, why=why).content


def erase(*, actor: Actor, at: datetime, key: str | None, file_id: str, note: str) -> File:
    """Take the bytes and the name of a file away; that there was one stays in the story.

    Raises NotFound, NotAllowed, Conflict, Invalid without a reason.
    """

    def forget(record: File) -> dict[str, object]:
        same = File.objects.filter(tenant_id=record.tenant_id, sha256=record.sha256, state=FileState.KEPT)
        if not same.exclude(pk=record.pk).exists():
            transaction.on_commit(partial(_store().delete, _path(record.tenant_id, record.sha256)))
        if _store().exists(_shared_path(record.sha256)):
            outbox.enqueue(PART, {"sha256": record.sha256}, at=at)
        return {"name": ""}

    file: File = engine.move(FILE_FLOW, file_id, name="erase", actor=actor, at=at, key=key, note=note, effect=forget)
    return file


def _store() -> Storage:
    """Return the store of files: the one called `evidence` in the settings, else the default one."""
    try:
        return storages["evidence"]
    except InvalidStorageError:
        return storages["default"]


def _path(tenant_id: int, digest: str) -> str:
    return f"{tenant_id}/{digest[:2]}/{digest[2:4]}/{digest}"


def _shared_path(digest: str) -> str:
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def part(digest: str) -> None:
    """Give each institution that keeps these bytes its own, and take the shared ones away. As the role of jobs."""
    shared = _shared_path(digest)
    if not _store().exists(shared):
        return
    with _store().open(shared) as stream:
        content = stream.read()
    kept = File.objects.filter(sha256=digest, state=FileState.KEPT)
    for tenant_id in kept.order_by().values_list("tenant_id", flat=True).distinct():
        _put(_path(tenant_id, digest), content)
    _store().delete(shared)


def _put(path: str, content: bytes) -> None:
    files = _store()
    if files.exists(path):
        if files.size(path) == len(content):
            return
        files.delete(path)  # what a crash left half written
    saved = files.save(path, ContentFile(content))
    if saved != path:  # somebody handed in the same bytes at the same moment
        files.delete(saved)


def _get(file: File) -> bytes:
    for path in (_path(file.tenant_id, file.sha256), _shared_path(file.sha256)):
        with suppress(FileNotFoundError), _store().open(path) as stream:
            content: bytes = stream.read()
            if hashlib.sha256(content).hexdigest() == file.sha256:
                return content
    raise Conflict(labels.LOST)
