"""A file's rows as records to be: each with what makes it the same, and what may change in it."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lianti.journeys.loader.content import At, Content, listed
from lianti.journeys.loader.problems import Path
from lianti.journeys.loader.shape import (
    AttendanceRow,
    BatchRow,
    CertificateRow,
    CommitmentRow,
    EventRow,
    FigureRow,
    GoalRow,
    NeedRow,
    PostingRow,
    RelationRow,
    ServiceRow,
    TitleRow,
    WorkstationRow,
)

Facts = dict[str, Any]


@dataclass(frozen=True)
class Item:
    """One record that the file speaks of.

    `facts` is what may change from load to load (institutions by code, days in ISO form); `row` the line of the
    file; `bundle` the line's own path, so that what stands in one line is held together.
    """

    kind: str
    same_as: str
    label: str
    row: Any
    path: Path
    facts: Facts = field(default_factory=dict)
    relation: str = ""
    institution: str = ""


def digest(kind: str, *parts: Any) -> str:
    """Return the digest of what makes a record the same."""
    text = json.dumps([kind, *parts], ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def items(content: Content) -> Iterator[Item]:
    """Yield the records of a file in the order in which they can be written."""
    yield from _institutions(content)
    for relation in content.relations:
        yield _relation(relation)
    for relation in content.relations:
        yield from _agreements(relation)
    yield from map(_event, content.events)
    for need in content.needs:
        yield from _needs(need)
    for commitment in content.commitments:
        yield from _commitments(commitment)
    yield from map(_goal, content.goals)
    first = content.relations[0].row.code if content.relations else ""
    for figure in content.figures:
        yield _figure(figure, first)
    yield from _papers(content, first)
    yield from map(_batch, content.batches)
    relations = {at.row.code: at.row.relation for at in content.batches}
    for posting in content.postings:
        yield _posting(posting, relations[posting.row.batch])
    yield from map(_workstation, content.workstations)
    yield from _months(content)
    yield from map(_service, content.services)
    yield from map(_certificate, content.certificates)
    # The earlier first: each title ends the one before it.
    yield from map(_title, sorted(content.titles, key=lambda at: at.row.since))


def _institutions(content: Content) -> Iterator[Item]:
    for at in content.institutions:
        row = at.row
        facts = {"kind": row.kind, "region": row.region, "short_name": row.short_name, "level": row.level}
        stated = {name: value for name, value in facts.items() if value is not None}
        yield Item("institution", digest("institution", row.code), row.name, row, at.path, stated)


def _relation(at: At[RelationRow]) -> Item:
    row = at.row
    facts = {
        "kind": row.kind,
        "name": row.name,
        "lead": row.lead,
        "members": row.members,
        "authority": row.authority,
        "specialties": specialties(row),
        "status": row.status,
        "from": _day(row.from_date),
        "to": _day(row.to_date),
    }
    return Item("relation", digest("relation", row.code), row.name, row, at.path, facts, relation=row.code)


def specialties(row: RelationRow) -> list[str]:
    """Return a relation's specialties, given as one or as a list, each once."""
    return list(dict.fromkeys([*([row.specialty] if row.specialty else []), *row.specialties]))


def _agreements(at: At[RelationRow]) -> Iterator[Item]:
    row = at.row
    if row.signed:
        facts = {"signed": _day(row.signed)}
        same_as = digest("agreement", row.code, "signed")
        yield Item("agreement", same_as, row.name, row, (*at.path, "signed"), facts, relation=row.code)
    for n, document in enumerate(row.documents):
        same_as = digest("agreement", row.code, "document", document.title)
        path = (*at.path, "documents", n)
        yield Item("agreement", same_as, document.title, document, path, relation=row.code)


def _event(at: At[EventRow]) -> Item:
    row = at.row
    facts = {
        "participants": row.participants,
        "visited": row.visited,
        "purpose": row.purpose,
        "attendance": row.attendance,
    }
    same_as = digest("event", row.relation, row.kind, row.date, row.place)
    return Item("event", same_as, f"{row.kind} {row.date}", row, at.path, facts, relation=row.relation)


def _needs(at: At[NeedRow]) -> Iterator[Item]:
    row = at.row
    for code in listed(row.institution):
        same_as = digest("need", row.relation, row.category, code, row.text)
        facts = {"specialty": row.specialty or ""}
        yield Item("need", same_as, row.text, row, at.path, facts, relation=row.relation, institution=code)


def _commitments(at: At[CommitmentRow]) -> Iterator[Item]:
    row = at.row
    for code in listed(row.to):
        same_as = digest("commitment", row.relation, row.kind, row.giver, code, row.text)
        yield Item("commitment", same_as, row.text, row, at.path, relation=row.relation, institution=code)


def _goal(at: At[GoalRow]) -> Item:
    row = at.row
    same_as = digest("goal", row.relation, row.kind, row.institution, row.text)
    return Item("goal", same_as, row.text, row, at.path, relation=row.relation, institution=row.institution or "")


def _figure(at: At[FigureRow], first: str) -> Item:
    row = at.row
    relation = "" if row.institution else first
    facts = {"value": str(row.value), "comparison": row.comparison or "", "examples": row.examples}
    same_as = digest("figure", row.institution, relation, row.label)
    return Item("figure", same_as, row.label, row, at.path, facts, relation, row.institution or "")


def batch_key(code: str) -> str:
    """Return the digest of what makes a batch the same: its code."""
    return digest("batch", code)


def _batch(at: At[BatchRow]) -> Item:
    row = at.row
    facts = {
        "kind": row.kind,
        "name": row.name,
        "from": _day(row.from_date),
        "to": _day(row.to_date),
        "letter": row.letter or "",
        "status": row.status,
    }
    return Item("batch", batch_key(row.code), row.name, row, at.path, facts, row.relation, row.sender)


def _posting(at: At[PostingRow], relation: str) -> Item:
    row = at.row
    facts = {
        "duty": row.duty or "",
        "department": row.department or "",
        "arrived": _day(row.arrived),
        "left": _day(row.left),
        "status": row.status,
    }
    return Item("posting", posting_key(row), row.person, row, at.path, facts, relation, row.recipient)


def _workstation(at: At[WorkstationRow]) -> Item:
    row = at.row
    facts = {
        "name": row.name,
        "approved": _day(row.approved),
        "number": row.number or "",
        "plaque": _day(row.plaque),
        "status": row.status,
    }
    same_as = digest("workstation", row.relation, row.institution, row.specialty)
    return Item("workstation", same_as, row.name, row, at.path, facts, row.relation, row.institution)


def posting_key(row: Any) -> str:
    """Return the digest of what makes a posting the same: its batch, person and recipient."""
    return digest("posting", row.batch, row.person, row.recipient)


def _months(content: Content) -> Iterator[Item]:
    """Yield the months of each pair, all its lines together: they are one sheet, sealed at once."""
    batches = {at.row.code: at.row for at in content.batches}
    sheets: dict[tuple[str, str, Any], list[At[AttendanceRow]]] = defaultdict(list)
    for at in content.attendance:
        sheets[batches[at.row.batch].sender, at.row.recipient, at.row.month].append(at)
    for (sender, recipient, month), lines in sheets.items():
        rows = [at.row for at in lines]
        facts = {"days": sorted([row.person, row.days] for row in rows)}
        label, same_as = f"{sender} → {recipient} {month:%Y-%m}", digest("attendance", sender, recipient, month)
        relation = batches[rows[0].batch].relation
        yield Item("attendance", same_as, label, rows, lines[0].path, facts, relation, recipient)


def _service(at: At[ServiceRow]) -> Item:
    row = at.row
    facts = {
        "place": row.place,
        "recipient": row.recipient,
        "kind": row.kind,
        "to": _day(row.to_date),
        "letter": row.letter,
        "department": row.department or "",
        "certified": row.certified,
    }
    same_as = digest("service", row.sender, row.person, row.from_date)
    return Item("service", same_as, f"{row.person} {row.from_date}", row, at.path, facts, institution=row.sender)


def _certificate(at: At[CertificateRow]) -> Item:
    row = at.row
    facts = {
        "person": row.person,
        "issued": _day(row.issued),
        "until": _day(row.until),
        "days": row.days,
        "months": row.months or "",
        "title": row.title or "",
    }
    same_as = digest("certificate", row.sender, row.number)
    return Item("certificate", same_as, f"{row.person} {row.number}", row, at.path, facts, institution=row.sender)


def _title(at: At[TitleRow]) -> Item:
    row = at.row
    same_as = digest("title", row.employer, row.person, row.since)
    facts = {"title": row.title}
    return Item("title", same_as, f"{row.person} {row.since}", row, at.path, facts, institution=row.employer)


def _papers(content: Content, first: str) -> Iterator[Item]:
    plan = content.plan
    if plan is not None:
        facts = {"approach": plan.approach or "", "first_step": plan.first_step or "", "must_have": plan.must_have}
        yield Item("plan", digest("plan", first), plan.approach or first, plan, ("plan",), facts, relation=first)
    if content.review_areas:
        facts = {"areas": content.review_areas}
        same_as, path = digest("review_areas", first), ("review_areas",)
        yield Item("review_areas", same_as, "、".join(content.review_areas), None, path, facts, relation=first)


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
