"""One line of a document that holds two promises: the second becomes a proposal of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from lianti.contexts.intake.models import Proposal
from lianti.contexts.intake.services.amounts import amount_of
from lianti.contexts.intake.services.flow import PROPOSALS
from lianti.contexts.intake.services.naming import promise_kind
from lianti.contexts.intake.states import Field
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.errors import Invalid
from lianti.lib.roles import Role


def add_second(row: Proposal, text: str, actor: Actor, at: datetime) -> Proposal:
    """Propose a second promise between the same two, from the same place. Raises Invalid for another sort of record."""
    if row.field != Field.COMMITMENT:
        raise Invalid({"second": _("Only a promise is parted in two.")})
    kind = promise_kind("", text) or row.content["kind"]
    last = Proposal.objects.filter(document=row.document_id).aggregate(last=Max("position"))["last"]
    second = Proposal(
        public_id=ids.new(),
        tenant_id=row.tenant_id,
        document_id=row.document_id,
        field=row.field,
        position=last + 1,
        proposed={**row.content, "kind": kind, "text": text.strip()[:400], **amount_of(kind, text)},
        spans=row.spans,
        confidence=row.confidence,
        why=row.why,
    )
    # Proposing is the worker's; who reviews the document parts what it has proposed.
    return engine.create(PROPOSALS, second, name="propose", actor=replace(actor, role=Role.SYSTEM), at=at, key=None)
