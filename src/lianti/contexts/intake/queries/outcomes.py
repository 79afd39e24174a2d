"""What became of a proposal, and what a record's page shows of the documents that it came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lianti.contexts.intake import rules
from lianti.contexts.intake.models import Document, Proposal
from lianti.contexts.intake.queries.existing import Existing, Records
from lianti.contexts.intake.queries.masking import Mask
from lianti.contexts.intake.queries.resolving import SETTLED
from lianti.contexts.intake.queries.showing import lines_of
from lianti.contexts.network import queries as network
from lianti.lib.actor import Actor

# Where the page of a record stands, by its kind.
_PAGES = {
    "institution": "/network/institutions/%s/",
    "relation": "/network/relations/%s/",
    "agreement": "/agreements/%s/",
    "commitment": "/agreements/promises/%s/",
    "activity": "/activities/%s/",
    "person": "/network/people/%s/",
    "need": "/needs/%s/",
}


def outcome_of(records: Records, row: Proposal) -> Existing:
    """Return the record that acceptance made, or that it was merged with: where its page stands."""
    title, _detail = lines_of(row.field, row.content)
    if row.outcome_kind in _PAGES:
        return Existing(row.outcome_kind, row.outcome_id, _PAGES[row.outcome_kind] % row.outcome_id, title)
    url = _PAGES["relation"] % records.relation.public_id if records.relation is not None else ""
    return Existing(row.outcome_kind, row.outcome_id, url, title)


@dataclass(frozen=True)
class Quote:
    """What a document says that a record rests on."""

    document_id: str
    proposal_id: str
    title: str
    medium: str
    published: date | None
    text: str


def quotes(actor: Actor, outcome_kind: str, outcome_ids: list[str], *, limit: int = 30) -> list[Quote]:
    """Return the places of documents that these records were accepted from, as far as the actor may see them."""
    rows = Proposal.objects.filter(
        rules.PROPOSALS.visible_to(actor), outcome_kind=outcome_kind, outcome_id__in=outcome_ids, state__in=SETTLED
    )
    found = list(rows.order_by("-pk")[:limit])
    if not found:
        return []
    papers = {one.pk: one for one in Document.objects.filter(pk__in=[row.document_id for row in found])}
    mask = Mask(network.withheld_names())
    return [_quote(row, papers[row.document_id], mask) for row in found]


def _quote(row: Proposal, document: Document, mask: Mask) -> Quote:
    start, end = row.spans[0] if row.spans else (0, 0)
    return Quote(
        document_id=document.public_id,
        proposal_id=row.public_id,
        title=mask.text(document.title or document.name),
        medium=document.medium,
        published=document.published,
        text=mask.text(document.clean_text[start:end]),
    )
