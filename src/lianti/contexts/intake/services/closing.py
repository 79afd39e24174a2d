"""The document as a whole: read again, say who 我院 is, close, open again, drop."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianti.contexts.intake.models import Document, Proposal
from lianti.contexts.intake.queries.resolving import SETTLED
from lianti.contexts.intake.services.drafting import renamed
from lianti.contexts.intake.services.flow import DOCUMENTS, PROPOSALS
from lianti.contexts.intake.services.remembering import remember_ourselves
from lianti.contexts.intake.services.taking import ask_to_read
from lianti.contexts.intake.states import ProposalState
from lianti.contexts.network import queries as network
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict


def retry(*, actor: Actor, at: datetime, key: str | None, document_id: str) -> Document:
    """Let a document be read again that could not be. Raises NotFound, NotAllowed, Conflict."""
    return _move("retry", actor, at, key, document_id, effect=lambda document: ask_to_read(document, at))


def close(*, actor: Actor, at: datetime, key: str | None, document_id: str) -> Document:
    """Say that a document's review is finished; what is still proposed stays as it is.

    Raises NotFound, NotAllowed, Conflict.
    """
    return _move("close", actor, at, key, document_id)


def reopen(*, actor: Actor, at: datetime, key: str | None, document_id: str) -> Document:
    """Take a reviewed document up again. Raises NotFound, NotAllowed, Conflict."""
    return _move("reopen", actor, at, key, document_id)


def drop(*, actor: Actor, at: datetime, key: str | None, document_id: str, note: str) -> Document:
    """Leave a document aside, with a reason; its file is kept. Raises NotFound, NotAllowed, Conflict, Invalid."""

    def effect(document: Document) -> None:
        if Proposal.objects.filter(document=document, state__in=SETTLED).exists():
            raise Conflict(_("Records rest on this document. Undo what was accepted first."))

    return _move("drop", actor, at, key, document_id, note=note, effect=effect)


def say_ourselves(*, actor: Actor, at: datetime, key: str | None, document_id: str, institution_id: str) -> Document:
    """Say whom 我院 means in a document; it is remembered for the next ones. Raises NotFound, NotAllowed, Conflict."""
    place = network.institution(institution_id)

    def effect(document: Document) -> None:
        remember_ourselves(actor, at, place.id)
        for row in Proposal.objects.filter(document=document, state=ProposalState.PROPOSED).order_by("position"):
            content = renamed(row.field, row.content, place.name)
            if content != row.content:
                engine.move(PROPOSALS, row.pk, name="correct", actor=actor, at=at, fields={"corrected": content})

    return _move("say_ourselves", actor, at, key, document_id, fields={"ourselves_id": place.id}, effect=effect)


def _move(name: str, actor: Actor, at: datetime, key: str | None, document_id: str, **more: Any) -> Document:
    moved: Document = engine.move(DOCUMENTS, document_id, name=name, actor=actor, at=at, key=key, **more)
    return moved
