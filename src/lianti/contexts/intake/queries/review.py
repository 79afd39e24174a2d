"""All that the review page of one document says: the story, where each proposal stands in it, what is there already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianti.contexts.evidence import queries as evidence
from lianti.contexts.evidence.queries import FileFacts
from lianti.contexts.intake import labels, rules
from lianti.contexts.intake.models import Document, DocumentTransition, Proposal
from lianti.contexts.intake.queries.existing import Existing, Records, existing, repeated
from lianti.contexts.intake.queries.lines import DocumentLine, find, line_of
from lianti.contexts.intake.queries.marking import Mark, Paragraph, RepairShown, paragraphs
from lianti.contexts.intake.queries.masking import Mask, mask_of
from lianti.contexts.intake.queries.outcomes import outcome_of
from lianti.contexts.intake.queries.readiness import barred, lacking
from lianti.contexts.intake.queries.resolving import OURSELVES, Parties, proposals_of
from lianti.contexts.intake.queries.resting import rests_on
from lianti.contexts.intake.queries.showing import facts_of, lines_of
from lianti.contexts.intake.queries.words import reasons, said
from lianti.contexts.intake.states import DOCUMENT, PROPOSAL, DocumentState, Field, ProposalState
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, RelationFacts
from lianti.kernel.workflow.spec import Transition
from lianti.lib.actor import Actor
from lianti.lib.errors import NotFound, Sentence


@dataclass(frozen=True)
class ProposalLine:
    """One proposal as the review page shows it; content and texts show the name of nobody who is hidden."""

    public_id: str
    field: str
    state: str
    version: int
    content: dict[str, Any]
    proposed: dict[str, Any]
    is_corrected: bool
    title: str
    detail: str
    facts: list[tuple[Sentence, str]]
    quote: str
    start: int | None
    end: int | None
    confidence: float
    why: list[str]
    ticked: bool
    lacks: list[Sentence]
    barred: Sentence
    existing: list[Existing]
    outcome: Existing | None
    moves: list[str]
    doubts: list[RepairShown]
    needs: list[str]
    rests: list[str]
    held: bool = False

    @property
    def state_label(self) -> Sentence:
        return labels.PROPOSAL_STATES[self.state]

    @property
    def tone(self) -> labels.Tone:
        return labels.PROPOSAL_TONES[self.state]

    @property
    def confidence_label(self) -> Sentence:
        return labels.confidence_label(self.confidence)

    @property
    def is_open(self) -> bool:
        return self.state == ProposalState.PROPOSED

    @property
    def tickable(self) -> bool:
        """Say whether a tick does something: accept it, or merge it with the record that it repeats."""
        if self.held:
            return False
        if self.repeats is not None:
            return "merge" in self.moves
        return "accept" in self.moves and not any(one.same for one in self.existing)

    @property
    def repeats(self) -> Existing | None:
        """The one record that this would only repeat: then merging is offered first."""
        return repeated(self.existing)


@dataclass(frozen=True)
class Group:
    """The proposals of one sort."""

    field: str
    proposals: list[ProposalLine]

    @property
    def label(self) -> Sentence:
        return labels.FIELDS[self.field]

    @property
    def open(self) -> int:
        return sum(one.is_open for one in self.proposals)


@dataclass(frozen=True)
class SourceLine:
    """One line of the document as it came; what is left of it in the clean text, or why it was left out."""

    text: str
    reason: str
    clean: str = ""

    @property
    def kept(self) -> bool:
        return not self.reason

    @property
    def reason_label(self) -> Sentence:
        return labels.REASONS.get(self.reason, self.reason)


@dataclass(frozen=True)
class ReviewPage:
    """One document with its story, proposals, repairs and the moves open to the actor."""

    line: DocumentLine
    version: int
    relation: RelationFacts | None
    ourselves: InstitutionFacts | None
    asks_ourselves: bool
    paragraphs: list[Paragraph]
    source: list[SourceLine]
    repairs: list[RepairShown]
    counts: list[tuple[Sentence, int]]
    notes: list[str]
    groups: list[Group]
    file: FileFacts
    story: list[DocumentTransition]
    open_moves: list[Transition]
    may_review: bool

    @property
    def proposals(self) -> list[ProposalLine]:
        """All proposals, in the order of the groups."""
        return [one for group in self.groups for one in group.proposals]

    def paragraph_of(self, proposal: ProposalLine) -> Paragraph | None:
        """The paragraph that a proposal stands in; one of the story rather than its first line, mostly the title."""
        found = [one for one in self.paragraphs if any(proposal.public_id in piece.marks for piece in one.stretches)]
        return next((one for one in found if one.number > 1), found[0] if found else None)


@dataclass(frozen=True)
class _Sight:
    """What every line of one page is made with."""

    actor: Actor
    document: Document
    records: Records
    mask: Mask
    repairs: list[RepairShown]

    def doubts(self, row: Proposal) -> list[RepairShown]:
        """The repairs of names, numbers and dates, not proven, on which a proposal nobody has corrected rests."""
        if row.corrected is not None or row.state != ProposalState.PROPOSED:
            return []
        return [
            one
            for one in self.repairs
            if one.sensitive
            and one.status != "exact"
            and any(start < one.end and one.start < end for start, end in row.spans)
        ]


def review(actor: Actor, public_id: str) -> ReviewPage:
    """Return everything that the review page of a document shows. Raises NotFound."""
    document = find(actor, public_id)
    rows = proposals_of(document)
    parties = Parties(document, rows)
    mask = mask_of(parties, rows)
    repairs = _repairs(document, mask)
    sight = _Sight(actor, document, Records(actor, parties, rows), mask, repairs)
    lines = _following([_line(sight, row, rows) for row in rows])
    relation_id = document.relation_id
    return ReviewPage(
        line=line_of(document, Counter(row.state for row in rows), sight.mask),
        version=document.version,
        relation=network.relations_by_id([relation_id]).get(relation_id) if relation_id is not None else None,
        ourselves=parties.of(OURSELVES),
        asks_ourselves=_asks(rows, parties),
        paragraphs=paragraphs(sight.mask.text(document.clean_text), _marks(rows), repairs),
        source=_source(document, sight.mask),
        repairs=[one for one in repairs if one.status != "exact"],
        counts=[(labels.REPAIRS.get(kind, kind), n) for kind, n in document.cleaned.get("counts", ()) if n],
        notes=[said(note) for note in document.notes],
        groups=_groups(lines),
        file=evidence.files([document.file_id])[document.file_id],
        story=list(
            DocumentTransition.objects.filter(record=document).select_related("principal", "tenant").order_by("-id")
        ),
        open_moves=_moves(actor, document, rows),
        may_review=rules.DOCUMENTS.refusal(actor, "intake.review", document) is None,
    )


def proposal_line(actor: Actor, document_id: str, proposal_id: str) -> ProposalLine:
    """Return one proposal of a document, as the review page shows it. Raises NotFound."""
    document = find(actor, document_id)
    rows = proposals_of(document)
    row = next((one for one in rows if one.public_id == proposal_id), None)
    if row is None:
        raise NotFound
    parties = Parties(document, rows)
    mask = mask_of(parties, rows)
    return _line(_Sight(actor, document, Records(actor, parties, rows), mask, _repairs(document, mask)), row, rows)


def _following(lines: Sequence[ProposalLine]) -> list[ProposalLine]:
    """Return the lines in the order of acceptance: what rests on something is ticked with it, and held up with it."""
    order = list(Field)
    known: dict[str, ProposalLine] = {}
    for one in sorted(lines, key=lambda line: order.index(Field(line.field))):
        below = [known[ident] for ident in one.needs]
        known[one.public_id] = replace(
            one, ticked=one.ticked and all(line.ticked for line in below), held=not all(line.tickable for line in below)
        )
    return list(known.values())


def _groups(lines: Sequence[ProposalLine]) -> list[Group]:
    return [Group(field, found) for field in Field if (found := [one for one in lines if one.field == field])]


def _line(sight: _Sight, row: Proposal, rows: Sequence[Proposal]) -> ProposalLine:
    content = sight.mask.content(row.content)
    title, detail = lines_of(row.field, content)
    start, end = row.spans[0] if row.spans else (None, None)
    is_open = row.state == ProposalState.PROPOSED
    lacks = list(lacking(row.field, row.content, sight.records).values()) if is_open else []
    below = rests_on(sight.records, row, rows) if is_open else []
    names = {one.public_id: lines_of(one.field, sight.mask.content(one.content))[0] for one in below}
    lacks += [
        _("It rests on “%(name)s”, which is rejected.") % {"name": names[one.public_id]}
        for one in below
        if one.state == ProposalState.REJECTED
    ]
    why_not = barred(sight.actor, row.field, row.content, sight.records) if is_open else ""
    there = existing(sight.records, row.field, row.content) if is_open else []
    doubts = sight.doubts(row)
    return ProposalLine(
        public_id=row.public_id,
        field=row.field,
        state=row.state,
        version=row.version,
        content=content,
        proposed=sight.mask.content(row.proposed),
        is_corrected=row.corrected is not None,
        title=title,
        detail=detail,
        facts=facts_of(row.field, content),
        quote=sight.mask.text(sight.document.clean_text[start:end]) if start is not None else "",
        start=start,
        end=end,
        confidence=row.confidence,
        why=reasons(row.why),
        ticked=is_open and row.ticked and not doubts and _is_sure(there, held_up=bool(lacks or why_not)),
        lacks=lacks,
        barred=why_not,
        existing=there,
        outcome=outcome_of(sight.records, row) if row.outcome_id and not is_open else None,
        moves=_open_to(sight, row, bool(lacks or why_not)),
        doubts=doubts,
        needs=[one.public_id for one in below if one.state == ProposalState.PROPOSED],
        rests=[names[one.public_id] for one in below if one.state == ProposalState.PROPOSED],
    )


def _is_sure(there: Sequence[Existing], *, held_up: bool) -> bool:
    """Say whether a tick leaves nothing open: one record that is the same, or none that may be it."""
    return repeated(there) is not None if len(there) == 1 else not there and not held_up


def _open_to(sight: _Sight, row: Proposal, held_up: bool) -> list[str]:
    if sight.document.state != DocumentState.READ:
        return []
    names = [
        one.name for one in PROPOSAL.allowed(row.state) if rules.PROPOSALS.refusal(sight.actor, one.action, row) is None
    ]
    return [name for name in names if not (name == "accept" and held_up)]


def _moves(actor: Actor, document: Document, rows: Sequence[Proposal]) -> list[Transition]:
    found = [
        one
        for one in DOCUMENT.allowed(document.state)
        if rules.DOCUMENTS.refusal(actor, one.action, document) is None and one.name not in ("read", "fail")
    ]
    kept = any(one.state in (ProposalState.ACCEPTED, ProposalState.MERGED) for one in rows)
    return [one for one in found if one.name != ("drop" if kept else "take_back")]


def _asks(rows: Sequence[Proposal], parties: Parties) -> bool:
    named = {row.content.get("name", "") for row in rows if row.field == Field.INSTITUTION}
    return OURSELVES in named and parties.of(OURSELVES) is None


def _source(document: Document, mask: Mask) -> list[SourceLine]:
    text = mask.text(document.clean_text)
    lines = document.cleaned.get("lines", ())
    return [SourceLine(mask.text(raw), reason, text[start:end]) for raw, reason, start, end in lines]


def _marks(rows: Sequence[Proposal]) -> list[Mark]:
    shown = [row for row in rows if row.state != ProposalState.REJECTED]
    return [Mark(start, end, row.public_id, row.field) for row in shown for start, end in row.spans]


def _repairs(document: Document, mask: Mask) -> list[RepairShown]:
    text = mask.text(document.clean_text)
    return [
        RepairShown(
            start=one["start"],
            end=one["end"],
            text=text[one["start"] : one["end"]],
            raw=mask.text(one["raw"]),
            kind=one["kind"],
            status=one["status"],
            sensitive=one["sensitive"],
            others=tuple(map(mask.text, one["others"])),
        )
        for one in document.cleaned.get("repairs", ())
    ]
