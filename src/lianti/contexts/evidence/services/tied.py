"""Files tied to a record of another room: kept with it, handed out to whoever was let into it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.http import HttpResponse

from lianti.contexts.evidence.queries import Tied
from lianti.contexts.evidence.services.files import Grant, fetch, store
from lianti.contexts.evidence.services.handing import response
from lianti.lib.actor import Actor
from lianti.lib.errors import NotFound


@dataclass(frozen=True)
class Upload:
    """A file as somebody hands it in."""

    name: str
    content: bytes


def uploads(came: Iterable[Any] | None) -> tuple[Upload, ...]:
    """Return the files that came with a form as services take them."""
    return tuple(Upload(file.name, file.read()) for file in came or ())


def keep(*, actor: Actor, at: datetime, uploads: Iterable[Upload], links: type[Model], of: Mapping[str, Model]) -> None:
    """Keep files inside the move that brings them; a row of `links` ties each to the record that it is `of`.

    Raises Invalid.
    """
    for upload in uploads:
        file = store(actor=actor, at=at, key=None, name=upload.name, content=upload.content)
        links._default_manager.create(**of, file=file, added_at=at, added_by_id=actor.principal_id)


def hand_out(*, actor: Actor, at: datetime, files: Iterable[Tied], file_id: str, grant: Grant) -> HttpResponse:
    """Return the answer that downloads one of the files of a record that the actor was let into.

    Raises NotFound, Conflict.
    """
    for one in files:
        if one.public_id == file_id:
            held = fetch(actor=actor, at=at, file_id=one.file.public_id, grant=grant, why=grant.kind)
            return response(held)
    raise NotFound
