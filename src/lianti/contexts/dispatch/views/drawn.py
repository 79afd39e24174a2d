"""Papers of a batch: as pages to print, and as documents by the template of whoever writes them."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation

from lianti.contexts.dispatch import queries
from lianti.contexts.dispatch.queries import BATCH, PaperOfBatch
from lianti.contexts.dispatch.words.papers import REPORT
from lianti.contexts.evidence import services as evidence
from lianti.contexts.papers import queries as papers
from lianti.contexts.papers import services as drawing
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import NotFound, Sentence
from lianti.lib.web.doors import Request, door


@dataclass(frozen=True)
class Document:
    """A document to take away: for whom, and where."""

    word: Sentence
    url: str


@dataclass(frozen=True)
class Offered:
    """A kind of paper that a batch has: its print, and a document for each recipient."""

    title: Sentence
    print: str
    documents: list[Document] = field(default_factory=list)


def links(request: Request, public_id: str) -> list[Offered]:
    """Return which papers of a batch can be drawn."""
    found: dict[str, Offered] = {}
    for number, one in enumerate(queries.papers_of_batch(request.actor, public_id)):
        printed_at = reverse("dispatch:batch_paper", args=[public_id, one.paper])
        offered = found.setdefault(one.paper, Offered(papers.title_of(one.paper), printed_at))
        url = reverse("dispatch:batch_document", args=[public_id, one.paper, number])
        offered.documents.append(Document(_word(one), url))
    if found:
        at = reverse("dispatch:batch_paper", args=[public_id, REPORT])
        own = Document(papers.title_of(REPORT), reverse("dispatch:batch_document", args=[public_id, REPORT, 0]))
        found[REPORT] = Offered(papers.title_of(REPORT), at, [own])
    return list(found.values())


def _of_kind(request: Request, public_id: str, paper: str) -> list[PaperOfBatch]:
    """Return the papers of a batch at their numbers, or its report alone: figures are added up only when asked for."""
    if paper != REPORT:
        return queries.papers_of_batch(request.actor, public_id)
    sender, content = queries.report_of_batch(request.actor, public_id, shanghai_day(timezone.now()))
    return [PaperOfBatch(REPORT, sender, None, content)]


def _word(one: PaperOfBatch) -> Sentence:
    number = one.content.get("letter_number", "") if one.paper.endswith("change") else ""
    place = one.recipient.short_name if one.recipient else one.issuer.short_name
    return " ".join(part for part in (place, number) if part)


@door()
def printed(request: Request, public_id: str, paper: str) -> HttpResponse:
    """Show the papers of one kind as they go on paper."""
    found = [one for one in _of_kind(request, public_id, paper) if one.paper == paper]
    if not found:
        raise NotFound
    with translation.override("zh-hans"):
        title = str(papers.title_of(paper))
        sheets = [papers.laid(papers.kind(paper), {**one.content, "title": title}) for one in found]
    context = {
        "title": title,
        "subtitle": found[0].content.get("batch", ""),
        "number": "",
        "back": BATCH.url(public_id),
        "sheets": sheets,
        "valid": True,
    }
    return render(request, "papers/print.html", context)


@door()
def document(request: Request, public_id: str, paper: str, number: int) -> HttpResponse:
    """Hand out one paper of a batch as a document."""
    found = _of_kind(request, public_id, paper)
    if number >= len(found) or found[number].paper != paper:
        raise NotFound
    one, now = found[number], timezone.now()
    held = drawing.draw(
        actor=request.actor, at=now, paper=paper, issuer_id=one.issuer.id, day=shanghai_day(now), content=one.content
    )
    return evidence.response(held)
