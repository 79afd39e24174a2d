"""Appraisals as rows of a list, what the page of one shows, and what stands on its paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Count, Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import rules, words
from lianti.contexts.dispatch.flow import APPRAISALS
from lianti.contexts.dispatch.models import Appraisal, Posting
from lianti.contexts.dispatch.queries.people_counted import counted_of_people
from lianti.contexts.dispatch.queries.rulebook import PROMOTION
from lianti.contexts.dispatch.states import AppraisalState, Grade
from lianti.contexts.dispatch.words import iso
from lianti.contexts.evidence import queries as evidence
from lianti.contexts.evidence.queries import FileFacts
from lianti.contexts.ledger import queries as ledger
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, PersonFacts
from lianti.lib.actor import Actor
from lianti.lib.errors import NotFound
from lianti.records import asking
from lianti.records.asking import Asked, Choice, Day, Named, PersonIs, PlaceIs, asks
from lianti.records.cells import Link, Pair, State
from lianti.records.kinds import Brief, Kind

SIDES = ("sender", "recipient")
EXCELLENT_AT_MOST = Fraction(1, 5)  # usual, 15 to 20 per cent; unverified, it warns and forbids nothing


def briefs(rows: Sequence[Appraisal]) -> list[Brief]:
    """Return how appraisals are named: two queries more, however many."""
    places = network.institutions_by_id({pk for row in rows for pk in (row.sender_id, row.recipient_id)})
    people = network.people_by_id({row.person_id for row in rows})
    return [
        Brief(row.pk, row.public_id, row.state, row.version, people[row.person_id].name, row.number,
              words.APPRAISAL.one, (("", places[row.sender_id]), ("", places[row.recipient_id])))
        for row in rows
    ]  # fmt: skip


APPRAISAL = Kind(
    APPRAISALS, words.APPRAISAL, "/dispatch/appraisals/", ("appraisals", "appraisal", "move_appraisal"), briefs,
    ("number",),
)  # fmt: skip
_DONE = {AppraisalState.CONCLUDED, AppraisalState.FILED, AppraisalState.WITHDRAWN}
FITS = {"open": ~Q(state__in=_DONE), "done": Q(state__in=_DONE - {AppraisalState.WITHDRAWN}), "all": Q()}


@dataclass(frozen=True)
class AppraisalAsks(Asked):
    """What the list of appraisals can be asked."""

    show: str = asks(Choice(_("Which"), words=words.APPRAISALS_SHOWN, fits=FITS), default="open")
    state: str | None = asks(Choice(_("State"), ("state",), words=words.APPRAISAL.state_words, folded=True))
    place: Named | None = asks(PlaceIs(asking.PLACE, SIDES))
    person: Named | None = asks(PersonIs(asking.PERSON, ("person",)))
    since: date | None = asks(Day(asking.SINCE, ("begun",)))
    until: date | None = asks(Day(asking.UNTIL, ("begun",), lookup="lte"))


@dataclass(frozen=True, slots=True)
class AppraisalRow:
    """One appraisal as the list draws it."""

    id: int
    public_id: str
    version: int
    who: Link
    sides: Pair
    grade: str
    begun: date
    state: State


def appraisal_rows(records: Sequence[Appraisal], _actor: Actor, _today: date) -> list[AppraisalRow]:
    """Return appraisals as rows: two queries more, however many."""
    places = network.institutions_by_id({pk for row in records for pk in (row.sender_id, row.recipient_id)})
    people = network.people_by_id({row.person_id for row in records})
    return [
        AppraisalRow(
            row.pk,
            row.public_id,
            row.version,
            Link(APPRAISAL.url(row.public_id), people[row.person_id].name, f"{people[row.person_id].department}"),
            Pair(places[row.sender_id], places[row.recipient_id]),
            _graded(row.supporter_grade or row.recipient_grade),
            row.begun,
            words.APPRAISAL.state(row.state),
        )
        for row in records
    ]


def _graded(grade: str) -> str:
    return str(words.GRADES[grade]) if grade else ""


@dataclass(frozen=True)
class ExcellentShare:
    """How many of those concluded at one recipient are excellent."""

    excellent: int
    of: int

    @property
    def percent(self) -> int:
        """The share in whole per cent."""
        return round(100 * self.excellent / self.of) if self.of else 0

    @property
    def many(self) -> bool:
        """Say whether it is more than usual."""
        return self.of > 0 and Fraction(self.excellent, self.of) > EXCELLENT_AT_MOST


@dataclass(frozen=True)
class AppraisalPage:
    """What the page of an appraisal shows. `appraisal` and `posting` are read only."""

    appraisal: Appraisal
    posting: Posting
    person: PersonFacts
    sender: InstitutionFacts
    recipient: InstitutionFacts
    reviewer: PersonFacts | None
    figures: list[tuple[str, str, str]]
    counted_days: int | None
    share: ExcellentShare
    signers: list[PersonFacts]  # of the recipient, where its stamped form may be booked


def appraisal_page(actor: Actor, row: Appraisal) -> AppraisalPage:
    """Return what its page shows, and for its forms what counts."""
    people = network.people_by_id({row.person_id, *([row.reviewed_by_id] if row.reviewed_by_id else [])})
    places = network.institutions_by_id({row.sender_id, row.recipient_id})
    posting = Posting.objects.get(pk=row.posting_id)
    on_paper = actor.tenant_id == row.sender_id and row.state in {AppraisalState.WRITTEN, AppraisalState.REVIEWED}
    return AppraisalPage(
        row,
        posting,
        people[row.person_id],
        places[row.sender_id],
        places[row.recipient_id],
        people.get(row.reviewed_by_id or 0),
        named(row.figures),
        _counted(actor, posting, row) if row.state not in _DONE else row.days,
        share(actor, row.recipient_id),
        network.people_of(row.recipient_id) if on_paper else [],
    )


def share(actor: Actor, recipient_id: int) -> ExcellentShare:
    """Return how many of a recipient's graded appraisals are excellent, as far as the actor knows of them."""
    known = Appraisal.objects.filter(rules.APPRAISALS.visible_to(actor), recipient=recipient_id)
    graded = known.exclude(recipient_grade="").exclude(state=AppraisalState.WITHDRAWN).order_by()
    counted = dict(graded.values_list("recipient_grade").annotate(n=Count("pk")))
    return ExcellentShare(counted.get(Grade.EXCELLENT, 0), sum(counted.values()))


def _counted(actor: Actor, posting: Posting, row: Appraisal) -> int | None:
    """Return how many days of the posting count for promotion up to its last day."""
    last = posting.left or row.begun
    found = counted_of_people(actor, [posting.person_id], PROMOTION, max(last, row.begun), last)
    stretches = found[posting.person_id].stretches if posting.person_id in found else ()
    return next((one.days for one in stretches if one.key == posting.pk), None)


def figures(actor: Actor, row: Appraisal, today: date) -> list[dict[str, str]]:
    """Return somebody's own shares by kind on the days of their posting, as the ledger has them, late ones too."""
    posting = Posting.objects.get(pk=row.posting_id)
    first, last = posting.arrived or posting.from_date, min(posting.left or today, today)
    done: dict[tuple[str, str], Fraction] = {}
    for one in ledger.shares(actor, row.person_id):
        if first <= one.day <= last and one.kind not in {"posting", "dispatch"}:
            done[one.kind, one.unit] = done.get((one.kind, one.unit), Fraction(0)) + one.share
    return [{"kind": kind, "unit": unit, "amount": f"{float(total):g}"} for (kind, unit), total in sorted(done.items())]


def named(rows: Sequence[dict[str, str]]) -> list[tuple[str, str, str]]:
    """Return figures in words: kind, amount, unit."""
    return [(ledger.kind_name(one["kind"]), one["amount"], ledger.unit_name(one["unit"])) for one in rows]


def appraisal_content(actor: Actor, public_id: str) -> tuple[Appraisal, dict[str, Any]]:
    """Return an appraisal and what stands on its paper, in Chinese. Raises NotFound."""
    row: Appraisal = APPRAISAL.visible(actor).one(public_id)
    with translation.override("zh-hans"):
        return row, _content(appraisal_page(actor, row))


def _content(page: AppraisalPage) -> dict[str, Any]:
    row, posting = page.appraisal, page.posting
    return {
        "name": str(page.person.name),
        "unit": page.sender.name,
        "department": page.person.department,
        "person_title": str(page.person.title_label),
        "recipient": page.recipient.name,
        "there": posting.department,
        "first": iso(posting.arrived),
        "last": iso(posting.left) or iso(posting.to_date),
        "days": "" if row.days is None else str(row.days),
        "self_text": row.self_text,
        **{code: str(getattr(row, code) or "") for code in words.ITEMS},
        "department_text": row.department_text,
        "reviewed_by": str(page.reviewer.name) if page.reviewer else "",
        "recipient_grade": _graded(row.recipient_grade),
        "graded": f"{page.recipient.name} {iso(row.graded_on)}".strip(),
        "supporter_grade": _graded(row.supporter_grade),
        "concluded": f"{page.sender.name} {iso(row.concluded_on)}".strip(),
        "filed": row.filed_with,
        "figures": [{"kind": kind, "amount": amount, "unit": unit} for kind, amount, unit in page.figures],
    }


def appraisal_scan(actor: Actor, public_id: str) -> FileFacts:
    """Return the scan of the recipient's stamped form. Raises NotFound."""
    row = APPRAISAL.visible(actor).one(public_id)
    if row.scan_id is None:
        raise NotFound
    return evidence.files([row.scan_id])[row.scan_id]


def appraisals_of(actor: Actor, posting_ids: Sequence[int]) -> dict[int, tuple[str, State]]:
    """Return the address and state of the appraisal of each of these postings that was not withdrawn."""
    rows = Appraisal.objects.filter(rules.APPRAISALS.visible_to(actor), posting__in=posting_ids)
    rows = rows.exclude(state=AppraisalState.WITHDRAWN)
    return {row.posting_id: (APPRAISAL.url(row.public_id), words.APPRAISAL.state(row.state)) for row in rows}


def may_appraise(actor: Actor) -> bool:
    """Say whether the actor's role begins appraisals."""
    return actor.role in rules.CONSENTERS
