"""Taking documents in: kept with their hash, recognised when they come again, put before the reader."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lianti.contexts.evidence import services as evidence
from lianti.contexts.evidence.services import Held, Upload
from lianti.contexts.intake import rules
from lianti.contexts.intake.models import Document
from lianti.contexts.intake.queries.lines import find
from lianti.contexts.intake.services.flow import DOCUMENTS
from lianti.contexts.intake.states import DocumentState
from lianti.contexts.network import queries as network
from lianti.kernel import numbers, outbox, scope
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.errors import Invalid

SERIES = "WD"
MOST_AT_ONCE = 50
LONGEST_PASTED = 400_000
FORMS = {
    "txt": "txt",
    "html": "html",
    "htm": "html",
    "docx": "docx",
    "pdf": "pdf",
    "eml": "eml",
    "jpg": "image",
    "jpeg": "image",
    "png": "image",
}
READ_JOB = "intake.read"


@dataclass(frozen=True)
class TakenIn:
    """A document, and whether it had been taken in before."""

    document: Document
    known: bool


def take_in(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    files: tuple[Upload, ...] = (),
    text: str = "",
    relation_id: str = "",
) -> list[TakenIn]:
    """Keep files or a pasted text and let the worker read them; what came before is not stored again.

    `relation_id`: public id of the relation they were dropped on. Raises NotAllowed, Invalid, NotFound, KeyReused.
    """
    uploads = list(files)
    if text.strip():
        uploads.append(Upload("pasted.txt", text.replace("\r\n", "\n").strip().encode()))
    _check(uploads, text)
    rules.DOCUMENTS.may(actor, "intake.take_in", Document(tenant_id=actor.tenant_id))
    relation = network.relation_for(actor, relation_id).id if relation_id else None
    batch = ids.new()
    with scope.acting(actor), transaction.atomic():
        return [
            _take(upload, position, batch, relation, actor, at, f"{key}-{position}"[-64:] if key else None)
            for position, upload in enumerate(uploads)
        ]


def fetch_original(*, actor: Actor, at: datetime, key: str | None, document_id: str) -> Held:
    """Hand out a document as it came to whoever may see it. Raises NotFound, Conflict."""
    del key  # reading the same file twice is no second act
    document = find(actor, document_id)
    return original(document, actor, at, "document")


def original(document: Document, actor: Actor, at: datetime, why: str) -> Held:
    """Return the bytes of a document for an actor who has been let into it."""
    grant = evidence.Grant(DOCUMENTS.kind, document.public_id)
    return evidence.fetch(actor=actor, at=at, file_id=document.file.public_id, grant=grant, why=why)


def ask_to_read(document: Document, at: datetime) -> None:
    """Put a document before the worker."""
    outbox.enqueue(READ_JOB, {"document": document.pk}, at=at)


def _check(uploads: list[Upload], text: str) -> None:
    if not uploads:
        raise Invalid({"uploads": _("Choose at least one file, or paste a text.")})
    if len(uploads) > MOST_AT_ONCE:
        raise Invalid({"uploads": _("At most %(most)s files at once.") % {"most": MOST_AT_ONCE}})
    if len(text) > LONGEST_PASTED:
        raise Invalid({"text": _("This is too long to paste. Save it as a file and hand that in.")})
    for upload in uploads:
        if _ending(upload.name) not in FORMS:
            raise Invalid(
                {"uploads": _("“%(name)s” is no document that can be read here. Taken are: %(taken)s.")
                 % {"name": upload.name, "taken": ", ".join(FORMS)}}
            )  # fmt: skip


def _ending(name: str) -> str:
    return PurePosixPath(name.lower()).suffix.removeprefix(".")


def _take(
    upload: Upload, position: int, batch: str, relation: int | None, actor: Actor, at: datetime, key: str | None
) -> TakenIn:
    digest = hashlib.sha256(upload.content).hexdigest()
    if (before := _known(actor, digest)) is not None:
        return TakenIn(before, known=True)
    file = evidence.store(actor=actor, at=at, key=None, name=upload.name, content=upload.content)
    pasted = upload.name == "pasted.txt"
    document = Document(
        public_id=ids.new(),
        number=numbers.take(SERIES, at),
        batch=batch,
        position=position,
        file=file,
        name=file.name,
        form="paste" if pasted else FORMS[_ending(upload.name)],
        digest=digest,
        relation_id=relation,
    )
    body = [digest, relation]
    try:
        saved = engine.create(
            DOCUMENTS,
            document,
            name="take_in",
            actor=actor,
            at=at,
            key=key,
            body=body,
            effect=lambda row: ask_to_read(row, at),
        )
    except IntegrityError:  # somebody handed the same in at the same moment
        before = _known(actor, digest)
        if before is None:
            raise
        return TakenIn(before, known=True)
    return TakenIn(saved, known=saved is not document)


def _known(actor: Actor, digest: str) -> Document | None:
    rows = Document.objects.filter(tenant_id=actor.tenant_id, digest=digest)
    return rows.exclude(state=DocumentState.DROPPED).first()
