"""What one institution sent, and what stands of it, as the rows of a network file say it (docs/network-format.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lianti.contexts.dispatch import rules
from lianti.contexts.dispatch.flow import CERTIFICATES
from lianti.contexts.dispatch.models import Attendance, Batch, Certificate, PastService, Posting
from lianti.contexts.dispatch.queries import months
from lianti.contexts.dispatch.states import HERE, STANDS, BatchState, CertificateState, Duty, PastState, PostingState
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import PersonFacts
from lianti.contexts.papers import queries as papers
from lianti.lib.actor import Actor

Rows = list[dict[str, Any]]
EARLIEST = date(1990, 1, 1)  # before it nothing is counted
_GONE = {PostingState.FINISHED, PostingState.RECALLED, PostingState.REPLACED, PostingState.HANDED_OVER}
_EARLY = {PostingState.RECALLED, PostingState.REPLACED}


@dataclass
class SentRows:
    """Rows by the list in which they stand; `relations` and `institutions`: keys of those that they name."""

    batches: Rows = field(default_factory=list)
    postings: Rows = field(default_factory=list)
    attendance: Rows = field(default_factory=list)
    services: Rows = field(default_factory=list)
    certificates: Rows = field(default_factory=list)
    titles: Rows = field(default_factory=list)
    relations: set[int] = field(default_factory=set)
    institutions: set[int] = field(default_factory=set)


def told_of_sender(actor: Actor, sender_id: int) -> SentRows:
    """Return what one institution sent, as far as the actor knows of it: letters of sealed months, no leave.

    Who is nominated only is not told; whoever is on leave is on duty, who was replaced was recalled.
    """
    made = SentRows(institutions={sender_id})
    batches = Batch.objects.filter(rules.BATCHES.visible_to(actor), sender=sender_id)
    sent = list(batches.filter(state__in=[BatchState.ORDERED, BatchState.CLOSED]).order_by("pk"))
    known = Posting.objects.filter(rules.POSTINGS.visible_to(actor), batch__in=[row.pk for row in sent])
    postings = list(known.filter(state__in=[PostingState.ORDERED, *HERE, *_GONE]).order_by("pk"))
    past = PastService.objects.filter(rules.PASTS.visible_to(actor), sender=sender_id, state=PastState.NOTED)
    services = list(past.order_by("pk"))
    rows = Certificate.objects.filter(rules.CERTIFICATES.visible_to(actor), sender=sender_id)
    issued = list(rows.filter(state__in=[CertificateState.ISSUED, CertificateState.REPORTED]).order_by("pk"))
    made.relations |= {row.relation_id for row in sent}
    made.institutions |= {row.recipient_id for row in postings}
    made.institutions |= {row.recipient_id for row in services if row.recipient_id is not None}
    codes = {pk: one.code for pk, one in network.institutions_by_id(made.institutions).items()}
    people = {row.person_id for found in (postings, services, issued) for row in found}
    known_people = network.people_by_id(people)
    names = {pk: str(one.name) for pk, one in known_people.items()}
    relations = network.relations_by_id(made.relations)
    numbers = {row.pk: row.number for row in sent}
    made.batches = [_batch(row, relations[row.relation_id].code, codes[sender_id]) for row in sent]
    made.postings = [_posting(row, numbers[row.batch_id], names[row.person_id], codes) for row in postings]
    made.attendance = _months(actor, sender_id, postings, numbers, names, codes)
    made.services = [_service(row, names[row.person_id], codes) for row in services]
    made.certificates = _certificates(actor, issued, names, codes[sender_id])
    made.titles = _titles(known_people.values(), codes[sender_id])
    return made


def _said(**values: Any) -> dict[str, Any]:
    """Return a row without what is empty."""
    return {name.rstrip("_"): value for name, value in values.items() if value not in (None, "")}


def _batch(row: Batch, relation: str, sender: str) -> dict[str, Any]:
    return _said(
        code=row.number,
        relation=relation,
        sender=sender,
        kind=row.kind,
        name=row.name,
        from_=row.from_date,
        to=row.to_date,
        letter=row.letter_number,
        letter_date=row.letter_date if row.letter_number else None,
        status=str(row.state),
    )


def _posting(row: Posting, batch: str, name: str, codes: Mapping[int, str]) -> dict[str, Any]:
    state = PostingState.ON_DUTY if row.state in HERE else PostingState(row.state)
    if state == PostingState.HANDED_OVER and not row.handover.strip():
        state = PostingState.FINISHED  # what was handed over stands on a sheet of its own, which no file holds
    return _said(
        batch=batch,
        person=name,
        recipient=codes[row.recipient_id],
        duty=row.duty if row.duty != Duty.MEMBER else "",
        department=row.department,
        specialty=row.specialty,
        from_=row.from_date,
        to=row.to_date,
        arrived=row.arrived,
        left=row.left,
        handover=row.handover.strip() if state == PostingState.HANDED_OVER else "",
        status=str(PostingState.RECALLED if state in _EARLY else state),
    )


def _months(
    actor: Actor,
    sender_id: int,
    postings: Iterable[Posting],
    numbers: Mapping[int, str],
    names: Mapping[int, str],
    codes: Mapping[int, str],
) -> Rows:
    """Return a row for each posting and month, as its sealed letters stand by now."""
    known, rows = {row.pk: row for row in postings}, []
    sheets = Attendance.objects.filter(rules.ATTENDANCES.visible_to(actor), sender=sender_id, corrects=None)
    for sheet in sheets.filter(state__in=STANDS).order_by("month", "pk"):
        for pk, line in sorted(months.standing_lines(sheet).items()):
            if (row := known.get(pk)) is not None:
                rows.append(
                    {
                        "batch": numbers[row.batch_id],
                        "person": names[row.person_id],
                        "recipient": codes[row.recipient_id],
                        "month": sheet.month,
                        "days": line.letters,
                    }
                )
    return rows


def _service(row: PastService, name: str, codes: Mapping[int, str]) -> dict[str, Any]:
    return _said(
        sender=codes[row.sender_id],
        person=name,
        place=row.place,
        recipient=codes[row.recipient_id] if row.recipient_id is not None else None,
        kind=row.kind,
        department=row.department,
        from_=row.first,
        to=row.last,
        letter=row.letter_number,
        certified=row.certified,
    )


def _titles(people: Iterable[PersonFacts], employer: str) -> Rows:
    """Return from when each bears, or bore, which title; the first that is known from as far back as days go."""
    known = list(people)
    past = network.past_titles([one.id for one in known])
    return [
        {"employer": employer, "person": str(one.name), "title": title, "since": since or EARLIEST}
        for one in known
        for since, title in _borne(one, past.get(one.id, ()))
        if title
    ]


def _borne(one: PersonFacts, past: Iterable[tuple[date, str]]) -> Iterable[tuple[date | None, str]]:
    since: date | None = None
    for until, title in past:
        yield since, title
        since = until
    yield since, one.title_level


def _certificates(actor: Actor, rows: list[Certificate], names: Mapping[int, str], sender: str) -> Rows:
    drawn = papers.papers_of(actor, CERTIFICATES.kind, [row.public_id for row in rows])
    made = []
    for row in rows:
        paper = next(iter(drawn.get(row.public_id, ())), None)
        number, issued = (paper.number, paper.issued_on) if paper else (row.told_number, row.told_on)
        if number and issued:
            told = {"until": row.until, "days": row.days, "months": row.months, "title": row.title}
            made.append(_said(sender=sender, person=names[row.person_id], number=number, issued=issued, **told))
    return made
