"""One proposal that is being decided: who decides, its document, and whom its names mean."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianti.contexts.evidence.services import Upload
from lianti.contexts.intake.models import Document, Proposal
from lianti.contexts.intake.queries.existing import Records
from lianti.contexts.intake.queries.masking import SIGN, Mask, mask_of
from lianti.contexts.intake.queries.readiness import lacking
from lianti.contexts.intake.queries.resolving import Parties, proposals_of
from lianti.contexts.intake.queries.showing import lines_of
from lianti.contexts.intake.services.taking import original
from lianti.contexts.intake.states import DocumentState
from lianti.contexts.network.queries import InstitutionFacts, RelationFacts
from lianti.contexts.network.services import DocumentDraft
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, Invalid

NOT_THERE = _("“%(name)s” is not in the directory yet. Accept it first, or merge it with the institution it is.")


class Case:
    """A locked proposal with all that its acceptance, merging or undoing needs."""

    def __init__(self, row: Proposal, actor: Actor, at: datetime) -> None:
        self.row, self.actor, self.at = row, actor, at
        self.document: Document = Document.objects.select_related("file").get(pk=row.document_id)
        if self.document.state != DocumentState.READ:
            raise Conflict(_("This document is not under review. Open its review again first."))

    @cached_property
    def content(self) -> dict[str, Any]:
        """What the proposal says; the name of somebody hidden goes into no record."""
        found: dict[str, Any] = self.mask.content(self.row.content)
        return found

    @cached_property
    def mask(self) -> Mask:
        """Takes out the names of people who are hidden in the directory."""
        return mask_of(self.parties, self.proposals)

    @property
    def named(self) -> dict[str, str]:
        """How sentences name the proposal."""
        return {"name": lines_of(self.row.field, self.content)[0][:60]}

    @property
    def by(self) -> dict[str, Any]:
        """What every service below is told; the proposal's own key holds for all of them."""
        return {"actor": self.actor, "at": self.at, "key": None}

    @cached_property
    def proposals(self) -> list[Proposal]:
        """All proposals of the document."""
        return proposals_of(self.document)

    @cached_property
    def parties(self) -> Parties:
        """The institutions of the document by name."""
        return Parties(self.document, self.proposals)

    @cached_property
    def records(self) -> Records:
        """The records that the document's proposals touch."""
        return Records(self.actor, self.parties, self.proposals)

    def check(self) -> None:
        """Pass when nothing is lacking; raise Invalid with a sentence per key, Conflict for somebody hidden."""
        if SIGN in self.content.get("name", ""):
            raise Conflict(_("This person is hidden in the directory."))
        if wrong := lacking(self.row.field, self.content, self.records):
            raise Invalid(wrong)

    def place(self, key: str) -> InstitutionFacts:
        """Return the institution that a key of the content names. Raises Invalid when it is not known yet."""
        name = self.content.get(key, "")
        found = self.parties.of(name)
        if found is None:
            raise Invalid({key: NOT_THERE % {"name": name}})
        return found

    def places(self, key: str) -> list[InstitutionFacts]:
        """Return the institutions that a key of the content lists. Raises Invalid when one is not known yet."""
        names = self.content.get(key, ())
        if unknown := self.parties.unknown(names):
            raise Invalid({key: NOT_THERE % {"name": unknown[0]}})
        return self.parties.all_of(names)

    def bond(self) -> RelationFacts:
        """Return the relation that the record belongs to. Raises Conflict when there is none yet."""
        if self.records.relation is None:
            raise Conflict(_("Accept the relation first: this belongs to it."))
        return self.records.relation

    @property
    def quote(self) -> str:
        """The words of the document that this rests on."""
        start, end = self.row.spans[0] if self.row.spans else (0, 0)
        return self.mask.text(self.document.clean_text[start:end])

    @cached_property
    def upload(self) -> Upload:
        """The document as it came, to be attached as evidence."""
        held = original(self.document, self.actor, self.at, f"attached by {self.row.field}")
        return Upload(held.name, held.content)

    def holds_it(self, digests: Iterable[str]) -> bool:
        """Say whether this very document is among the files with these hashes."""
        return self.document.file.sha256 in set(digests)

    def paper(self) -> DocumentDraft:
        """Return the document as the network writes down a paper that something rests on."""
        return DocumentDraft(
            title=self.mask.text(self.document.title or self.document.name)[:300],
            kind="report",
            date=self.document.published,
            medium=self.document.medium,
            file_id=self.document.file_id,
        )
