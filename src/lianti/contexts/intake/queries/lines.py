"""Documents as lines of a list, at a constant number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext

from lianti.contexts.intake import labels, rules
from lianti.contexts.intake.models import Document, Proposal
from lianti.contexts.intake.queries.masking import Mask
from lianti.contexts.intake.queries.words import said
from lianti.contexts.intake.states import DocumentState, Phase, ProposalState
from lianti.contexts.network import queries as network
from lianti.kernel.worklist import Card
from lianti.lib.actor import Actor
from lianti.lib.errors import NotFound, Sentence
from lianti.lib.web.paging import keyset
from lianti.lib.web.search import Hit, Typed
from lianti.records.finding import numbered

ORDER = ("-id",)
OPEN = (DocumentState.WAITING, DocumentState.READ)


@dataclass(frozen=True)
class DocumentLine:
    """One document as a list shows it; `counts`: its proposals by state."""

    id: int
    public_id: str
    number: str
    title: str
    name: str
    form: str
    state: str
    phase: str
    published: date | None
    medium: str
    taken_at: datetime
    batch: str
    relation_id: int | None
    problem: tuple[Any, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return self.title or self.name

    @property
    def state_label(self) -> Sentence:
        return labels.STATES[self.state]

    @property
    def tone(self) -> labels.Tone:
        return labels.TONES[self.state]

    @property
    def phase_label(self) -> Sentence:
        return labels.PHASES[self.phase]

    @property
    def problem_words(self) -> str:
        """Why it could not be read, in words."""
        return said(self.problem) if self.problem else ""

    @property
    def is_waiting(self) -> bool:
        return self.state == DocumentState.WAITING

    @property
    def open(self) -> int:
        return self.counts.get(ProposalState.PROPOSED, 0)

    @property
    def accepted(self) -> int:
        return self.counts.get(ProposalState.ACCEPTED, 0) + self.counts.get(ProposalState.MERGED, 0)

    @property
    def rejected(self) -> int:
        return self.counts.get(ProposalState.REJECTED, 0)


@dataclass(frozen=True)
class DocumentLines:
    items: list[DocumentLine]
    more: str | None


@dataclass(frozen=True)
class BatchPage:
    """The documents that came in one move, and how many of them are read."""

    batch: str
    lines: list[DocumentLine]

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def done(self) -> int:
        return sum(not line.is_waiting for line in self.lines)

    @property
    def is_done(self) -> bool:
        return self.done == self.total


def visible(actor: Actor) -> QuerySet[Document]:
    """Return the documents that the actor may know of, without their texts."""
    rows = Document.objects.filter(rules.DOCUMENTS.visible_to(actor))
    return rows.defer("source_text", "clean_text", "cleaned")


def find(actor: Actor, public_id: str) -> Document:
    """Find a document, whole, that the actor may know of. Raises NotFound."""
    row = Document.objects.filter(rules.DOCUMENTS.visible_to(actor), public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def documents(actor: Actor, *, show: str = "open", after: str | None = None, limit: int = 50) -> DocumentLines:
    """Return documents, latest first: to review, not readable, reviewed, or all that were not dropped."""
    rows = visible(actor)
    if show == "open":
        rows = rows.filter(state__in=OPEN)
    elif show in (DocumentState.FAILED, DocumentState.CLOSED):
        rows = rows.filter(state=show)
    else:
        rows = rows.exclude(state=DocumentState.DROPPED)
    page = keyset(rows, order=ORDER, after=after, limit=limit)
    return DocumentLines(lines(page.items), page.more)


def batch(actor: Actor, batch_id: str) -> BatchPage:
    """Return the documents that came in one move, in its order. Raises NotFound."""
    rows = list(visible(actor).filter(batch=batch_id).order_by("position", "id"))
    if not rows:
        raise NotFound
    return BatchPage(batch_id, lines(rows))


def document_line(actor: Actor, public_id: str) -> DocumentLine:
    """Return one document as a line. Raises NotFound."""
    row = visible(actor).filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return lines([row])[0]


def of_relation(actor: Actor, relation_id: int, *, limit: int = 20) -> list[DocumentLine]:
    """Return the documents dropped on a relation that the actor may know of, latest first."""
    rows = visible(actor).filter(relation_id=relation_id).exclude(state=DocumentState.DROPPED)
    return lines(list(rows.order_by("-id")[:limit]))


def cards(actor: Actor, pks: list[int]) -> dict[int, Card]:
    """Return the worklist cards of documents, at a constant number of queries."""
    found = lines(list(visible(actor).filter(pk__in=pks)))
    return {line.id: Card(line.label, f"/intake/{line.public_id}/", detail=_matter(line)) for line in found}


def _matter(line: DocumentLine) -> str:
    return " · ".join(text for text in (gettext("Document"), line.number, line.medium) if text)


def find_documents(actor: Actor, words: Typed, limit: int) -> list[Hit]:
    """Return the documents whose number, title, file name or medium holds each of the words."""
    which = Q()
    for part in words.parts:
        which &= Q(title__icontains=part) | Q(name__icontains=part) | Q(medium__icontains=part) | numbered(part)
    rows = list(visible(actor).filter(which).exclude(state=DocumentState.DROPPED).order_by("-id")[:limit])
    return [Hit(line.label, f"/intake/{line.public_id}/", line.medium, line.number) for line in lines(rows)]


def lines(rows: Sequence[Document]) -> list[DocumentLine]:
    """Return rows as lines, in two queries more; a title shows the name of nobody who is hidden."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    found = Proposal.objects.filter(document__in=rows).values_list("document", "state").annotate(count=Count("pk"))
    for document_id, state, count in found:
        counts[document_id][state] = count
    mask = Mask(network.withheld_names())
    return [line_of(row, counts[row.pk], mask) for row in rows]


def line_of(row: Document, counts: Mapping[str, int], mask: Mask) -> DocumentLine:
    """Return one row as a line."""
    return DocumentLine(
        id=row.pk,
        public_id=row.public_id,
        number=row.number,
        title=mask.text(row.title),
        name=str(labels.PASTED) if row.form == "paste" else mask.text(row.name),
        form=row.form,
        state=row.state,
        phase=row.phase if row.state == DocumentState.WAITING else Phase.PROPOSED,
        published=row.published,
        medium=row.medium,
        taken_at=row.created_at,
        batch=row.batch,
        relation_id=row.relation_id,
        problem=tuple(row.problem),
        counts=counts,
    )
