"""Reading a document: what the worker does with it, step by step, each in a transaction of its own."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from lianti.contexts.intake.domain.cleaned import Cleaned
from lianti.contexts.intake.domain.known import Known
from lianti.contexts.intake.domain.source import Source
from lianti.contexts.intake.models import Document, Proposal
from lianti.contexts.intake.queries.known import known, ourselves_of
from lianti.contexts.intake.services.drafting import Draft
from lianti.contexts.intake.services.flow import DOCUMENTS, PROPOSALS
from lianti.contexts.intake.services.taking import original
from lianti.contexts.intake.states import DocumentState, Phase
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.errors import Refused
from lianti.lib.roles import Role

# No page needs more; what a text holds beyond is said in the notes.
MOST_PROPOSALS = 400


@dataclass(frozen=True)
class Work:
    """A document to be read: its bytes, and what its institution knows."""

    actor: Actor
    content: bytes
    name: str
    form: str
    known: Known


def begin_reading(*, actor: Actor | None = None, at: datetime, key: str | None = None, document_id: int) -> Work | None:
    """Take a waiting document up and return what there is to do; None when somebody has read or dropped it."""
    del key  # a second beginning begins nothing else
    document = Document.objects.select_related("file").filter(pk=document_id, state=DocumentState.WAITING).first()
    if document is None:
        return None
    Document.objects.filter(pk=document.pk).update(phase=Phase.READING)
    actor = actor or Actor(document.created_by_id, document.tenant_id, Role.SYSTEM)
    try:
        held = original(document, actor, at, "read by the worker")
    except Refused:  # erased, or the store has lost it
        give_up(actor=actor, at=at, document_id=document.pk, reason="gone", values={})
        return None
    return Work(actor, held.content, document.name, document.form, known(actor))


def tell_cleaned(*, actor: Actor, at: datetime, key: str | None = None, document_id: int) -> None:
    """Say to whoever waits that the text is clean and records are being proposed."""
    del actor, at, key
    Document.objects.filter(pk=document_id, state=DocumentState.WAITING).update(phase=Phase.CLEANED)


def keep_reading(
    *,
    actor: Actor,
    at: datetime,
    key: str | None = None,
    document_id: int,
    source: Source,
    cleaned: Cleaned,
    drafts: tuple[Draft, ...],
    extractor: str,
) -> Document:
    """Keep what was read and write its proposals, all or nothing. Raises Conflict when it is no longer waiting."""

    def effect(document: Document) -> None:
        for position, draft in enumerate(drafts[:MOST_PROPOSALS]):
            _propose(document, draft, position, actor, at)

    notes: list[Any] = [list(note) for note in source.notes]
    if len(drafts) > MOST_PROPOSALS:
        notes.append(["too_many", {"most": MOST_PROPOSALS, "found": len(drafts)}])
    fields: dict[str, Any] = {
        "phase": Phase.PROPOSED,
        "source_text": _plain(source.text),
        "clean_text": _plain(cleaned.text),
        "cleaned": _trace(cleaned),
        "title": _plain(cleaned.title or source.title)[:300],
        "published": cleaned.published or source.published,
        "medium": _plain(cleaned.medium or source.medium)[:120],
        "notes": notes,
        "problem": [],
        "extractor": extractor,
    }
    if (ours := ourselves_of(actor.tenant_id)) is not None:
        fields["ourselves_id"] = ours
    read: Document = engine.move(DOCUMENTS, document_id, name="read", actor=actor, at=at, fields=fields, effect=effect)
    return read


def give_up(
    *, actor: Actor, at: datetime, key: str | None = None, document_id: int, reason: str, values: dict[str, Any]
) -> Document:
    """Say why a document could not be read. Raises Conflict when it is no longer waiting."""
    fields = {"problem": [reason, values], "phase": Phase.WAITING}
    failed: Document = engine.move(DOCUMENTS, document_id, name="fail", actor=actor, at=at, key=key, fields=fields)
    return failed


def _propose(document: Document, draft: Draft, position: int, actor: Actor, at: datetime) -> None:
    row = Proposal(
        public_id=ids.new(),
        tenant_id=document.tenant_id,
        document=document,
        field=draft.field,
        position=position,
        proposed=draft.content,
        spans=[list(span) for span in draft.spans],
        confidence=draft.confidence,
        why=list(draft.why),
        ticked=draft.ticked,
    )
    engine.create(PROPOSALS, row, name="propose", actor=actor, at=at, key=None)


def _plain(text: str) -> str:
    """Return the text without the one character that PostgreSQL cannot keep."""
    return text.replace("\0", "")


def _trace(cleaned: Cleaned) -> dict[str, Any]:
    return {
        "reporters": list(cleaned.reporters),
        "repairs": [{**asdict(one), "others": list(one.others), "raw": _plain(one.raw)} for one in cleaned.repairs],
        "lines": [[_plain(one.raw), one.reason, one.start, one.end] for one in cleaned.lines],
        "counts": [list(pair) for pair in cleaned.counts],
    }
