"""What a correction teaches the institution that made it: written down once, kept to the latest word."""

from __future__ import annotations

from datetime import datetime

from lianti.contexts.intake.models import Proposal, Remembered
from lianti.contexts.intake.queries.resolving import OURSELVES
from lianti.contexts.intake.services.case import Case
from lianti.contexts.intake.states import Field, Word
from lianti.contexts.network import queries as network
from lianti.lib.actor import Actor


def remember_alias(case: Case, institution_id: int) -> None:
    """Remember that the name which the document writes means this institution, unless it bears that name itself."""
    written = case.row.proposed.get("name", "")
    place = network.institution_by_id(institution_id)
    if not written or written in (OURSELVES, place.name, place.short_name):
        return
    _keep(case.actor, case.at, Word.ALIAS, written, institution_id=institution_id)


def remember_title(row: Proposal, corrected: str, actor: Actor, at: datetime) -> None:
    """Remember how a title is rightly written."""
    written = row.proposed.get("title", "") if row.field == Field.PERSON else ""
    if written and corrected and written != corrected:
        _keep(actor, at, Word.TITLE, written, meant=corrected)


def remember_ourselves(actor: Actor, at: datetime, institution_id: int) -> None:
    """Remember whom 我院 means in this institution's documents."""
    _keep(actor, at, Word.OURSELVES, OURSELVES, institution_id=institution_id)


def _keep(
    actor: Actor, at: datetime, kind: Word, written: str, *, meant: str = "", institution_id: int | None = None
) -> None:
    Remembered.objects.update_or_create(
        tenant_id=actor.tenant_id,
        kind=kind,
        written=written[:200],
        defaults={"meant": meant[:200], "institution_id": institution_id, "at": at, "by_id": actor.principal_id},
    )
