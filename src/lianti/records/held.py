"""Files of a form that was refused: held for their sender, form and field until the form is sent again.

A file that comes with a form gets the key under which it will be held before the view draws the form, and is
written only when the form was refused: what is taken at once costs nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from lianti.kernel import outbox
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.records.models import HeldFile, KeptForm, Sought, UploadCode

COOKIE = "lianti_kept"  # a browser that has sent a form which is kept
FIELD = "held-"  # before a field's name: the keys of its held files, as its ticked boxes send them
LIVES = timedelta(days=1)
MOST = 10  # files of one form
OF_ONE = 30  # files held for one person; what came first goes first
REFUSED = frozenset({409, 422})
SWEEP = "records.sweep"

if TYPE_CHECKING:
    _File = UploadedFile[bytes]
else:
    _File = UploadedFile


class HeldUpload(_File):
    """A file as forms take it, with the key under which it is held, or will be."""

    def __init__(self, file: Any, name: str, media_type: str, size: int, held: str, *, fresh: bool) -> None:
        super().__init__(file, name, media_type, size)
        self.held, self.fresh = held, fresh


def limit() -> int:
    """Return how many bytes one file may have."""
    return int(settings.UPLOAD_MEGABYTES) * 1024 * 1024


def take_up(request: HttpRequest, actor: Actor, at: datetime) -> None:
    """Put the held files whose boxes are ticked among the form's files, and name those that come with it."""
    files, count = request.FILES, 0
    for field, came in list(files.lists()):
        wrapped: list[_File] = []
        for file in came:
            count += 1
            fits = count <= MOST and (file.size or 0) <= limit()
            key = ids.new() if fits else ""
            wrapped.append(HeldUpload(file, file.name or "", file.content_type or "", file.size or 0, key, fresh=True))
        files.setlist(field, wrapped)
    for row in ticked(request, actor, at)[: MOST - count if count < MOST else 0]:
        files.appendlist(row.field, _Stored(None, row.name, row.media_type, row.size, row.public_id, fresh=False))


def ticked(request: HttpRequest, actor: Actor, at: datetime) -> list[HeldFile]:
    """Return the person's own held files that this form names, each at its own field."""
    named = {(name[len(FIELD) :], key) for name, keys in request.POST.lists() if name.startswith(FIELD) for key in keys}
    if not named:
        return []
    rows = HeldFile.objects.filter(
        principal=actor.principal_id,
        address=request.path,
        public_id__in=[key for _field, key in named][: MOST * 2],
        expires_at__gt=at,
    )
    return [row for row in rows.order_by("pk") if (row.field, row.public_id) in named]


def settle(request: HttpRequest, response: HttpResponseBase, actor: Actor, at: datetime) -> None:
    """Hold the files of a form that was refused; let go of what belonged to one that was taken."""
    if response.status_code in REFUSED:
        for field, came in request.FILES.lists():
            for file in came:
                if isinstance(file, HeldUpload) and file.fresh and file.held:
                    hold(file, actor.principal_id, request.path, field, at, key=file.held)
    elif response.status_code in (302, 303):
        forget(ticked(request, actor, at))
        if COOKIE in request.COOKIES:  # no other browser has a form that is kept
            KeptForm.objects.filter(principal=actor.principal_id, address__startswith=request.path).delete()


def hold(
    file: Any,
    principal_id: int,
    address: str,
    field: str,
    at: datetime,
    *,
    key: str = "",
    code: UploadCode | None = None,
) -> HeldFile:
    """Keep one file for a day."""
    before = HeldFile.objects.filter(principal=principal_id).order_by("-pk")
    forget(list(before[OF_ONE - 1 :]))
    row = HeldFile(
        public_id=key or ids.new(),
        principal_id=principal_id,
        address=address[:400],
        field=field[:80],
        name=(file.name or "")[-255:],
        size=file.size,
        media_type=(file.content_type or "")[:100],
        code=code,
        expires_at=at + LIVES,
    )
    file.seek(0)
    storages["default"].save(_path(row.public_id), file)
    row.save(force_insert=True)
    return row


def forget(rows: list[Any]) -> None:
    """Take held files away, bytes and all."""
    for row in rows:
        row.delete()
        transaction.on_commit(partial(storages["default"].delete, _path(row.public_id)))


@outbox.job(SWEEP)
def sweep(payload: dict[str, Any], *, at: datetime, task_id: int) -> None:
    """Take away whatever has outlived its day."""
    del payload, task_id
    forget(list(HeldFile.objects.filter(expires_at__lte=at)))
    KeptForm.objects.filter(expires_at__lte=at).delete()
    Sought.objects.filter(expires_at__lte=at).delete()
    UploadCode.objects.filter(expires_at__lte=at - LIVES).delete()


class _Stored(HeldUpload):
    """A file that lies in the store; its bytes are read when somebody asks for them: drawing its name does not."""

    _read: BytesIO | None = None

    @property
    def file(self) -> Any:
        """The bytes."""
        if self._read is None:
            with storages["default"].open(_path(self.held)) as stored:
                self._read = BytesIO(stored.read())
        return self._read

    @file.setter
    def file(self, value: Any) -> None:
        self._read = value


def _path(key: str) -> str:
    return f"held/{key}"
