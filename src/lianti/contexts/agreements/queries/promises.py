"""Promises as rows with what was done beside them, and how one is named elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lianti.contexts.agreements import words
from lianti.contexts.agreements.flow import COMMITMENTS
from lianti.contexts.agreements.models import Agreement, Commitment
from lianti.contexts.agreements.queries import papers
from lianti.contexts.agreements.queries.progress import PromiseProgress, progress
from lianti.contexts.agreements.states import CommitmentState
from lianti.contexts.ledger.queries import kind_name, kinds, unit_name
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.records import asking
from lianti.records.asking import Asked, Choice, County, Named, PlaceIs, RecordIs, asks
from lianti.records.cells import Link, Pair, Progress, Quantity, State, several
from lianti.records.kinds import Brief, Kind

SIDES = ("giver", "receiver")
MOST = 100  # promises that the page of a relation reads
NOT_ENDED = ~Q(state=CommitmentState.ENDED)


def briefs(rows: Sequence[Commitment]) -> list[Brief]:
    """Return how promises are named: one query more, however many rows."""
    places = _places(rows)
    return [
        Brief(
            row.pk, row.public_id, row.state, row.version, row.text, "", kind_name(row.kind),
            (("", places[row.giver_id]), ("", places[row.receiver_id])),
        )
        for row in rows
    ]  # fmt: skip


PROMISE = Kind(
    COMMITMENTS, words.PROMISE, "/agreements/promises/", ("promises", "commitment", "move_promise"), briefs, ("text",)
)


def _places(rows: Iterable[Commitment]) -> dict[int, InstitutionFacts]:
    return network.institutions_by_id({pk for row in rows for pk in (row.giver_id, row.receiver_id)})


def promise_kinds() -> dict[str, Sentence]:
    """Return every kind of promise by name."""
    return {row.code: kind_name(row.code) for row in kinds.promises()}


@dataclass(frozen=True)
class PromiseAsks(Asked):
    """What the list of promises can be asked."""

    show: str = asks(
        Choice(
            _("Which"), words=words.OPEN, fits={"open": NOT_ENDED, "ended": Q(state=CommitmentState.ENDED), "all": Q()}
        ),
        default="open",
    )
    kind: str | None = asks(Choice(_("Kind"), ("kind",), words=promise_kinds))
    state: str | None = asks(Choice(_("State"), ("state",), words=words.PROMISE.state_words, folded=True))
    county: str | None = asks(County(asking.COUNTY, SIDES))
    place: Named | None = asks(PlaceIs(asking.PLACE, SIDES))
    relation: Named | None = asks(RecordIs(_("Relation"), ("relation",), by=network.relation_named))
    agreement: Named | None = asks(RecordIs(_("Agreement"), ("agreement",), by=papers.paper))


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One promise as the list draws it, with what was done beside it."""

    id: int
    public_id: str
    version: int
    promise: Link
    sides: Pair
    promised: Quantity
    done: Progress | None
    paper: Link
    state: State


def rows(records: Sequence[Commitment], actor: Actor, today: date) -> list[PromiseRow]:
    """Return promises as rows: a constant number of queries, however many."""
    found = progress(actor, [row.pk for row in records], today=today)
    places, rests = _places(records), papers_of(records)
    return [
        PromiseRow(
            row.pk,
            row.public_id,
            row.version,
            Link(PROMISE.url(row.public_id), f"{kind_name(row.kind)} · {row.text}", _dates(row)),
            Pair(places[row.giver_id], places[row.receiver_id]),
            Quantity(row.amount, per(row)),
            found[row.pk].drawn if row.pk in found else None,
            rests[row.pk],
            _state(row, found.get(row.pk)),
        )
        for row in records
    ]


def _state(row: Commitment, given: PromiseProgress | None) -> State:
    """Return the state, and how what was done stands beside what was promised."""
    state = words.PROMISE.state(row.state)
    if given is None:
        return state
    return State(state.code, f"{state.word} · {given.state.word}", given.state.tone if given.open else state.tone)


def per(row: Commitment) -> str:
    """Return what an amount is counted in, and for how long it is promised."""
    return f"{unit_name(row.unit)} {words.PERIODS.get(row.period, '')}".strip() if row.amount is not None else ""


def _dates(row: Commitment) -> str:
    days = [day.isoformat() if day else "…" for day in (row.from_date, row.to_date)]
    return " – ".join(days) if row.from_date or row.to_date else ""


def papers_of(records: Sequence[Commitment]) -> dict[int, Link]:
    """Return the agreement (or, without an address, the document) that each promise rests on: two queries."""
    rests = Agreement.objects.in_bulk({row.agreement_id for row in records if row.agreement_id})
    bases = network.document_titles({row.basis_id for row in records if row.basis_id and not row.agreement_id})
    links = {pk: Link(papers.KIND.url(paper.public_id), paper.title) for pk, paper in rests.items()}
    return {row.pk: links.get(row.agreement_id or 0) or Link("", bases.get(row.basis_id or 0, "")) for row in records}


def together(actor: Actor, relation: Named) -> tuple[list[PromiseRow], bool]:
    """Return the promises of a relation that have not ended, and whether there are more than are read for one page.

    Those of one wording to several receivers are one row.
    """
    of_relation = Q(relation_id=relation.id) & NOT_ENDED
    found = PROMISE.visible(actor).narrowed(of_relation).page(order=("id",), after=None, limit=MOST)
    records = found.items
    places, rests = _places(records), papers_of(records)
    same: dict[tuple[object, ...], list[Commitment]] = defaultdict(list)
    for row in records:
        same[row.kind, row.text, row.giver_id, row.amount, row.unit, row.period, row.state].append(row)
    drawn = [
        PromiseRow(
            first.pk,
            first.public_id,
            first.version,
            Link(_address(group, relation), f"{kind_name(first.kind)} · {first.text}", _dates(first)),
            Pair(places[first.giver_id], several([places[row.receiver_id] for row in group])),
            Quantity(first.amount, per(first)),
            None,
            _rest_on(group, rests),
            words.PROMISE.state(first.state),
        )
        for group in same.values()
        for first in group[:1]
    ]
    return drawn, found.more is not None


def _address(group: Sequence[Commitment], relation: Named) -> str:
    if len(group) == 1:
        return PROMISE.url(group[0].public_id)
    return PROMISE.listed(PromiseAsks(kind=group[0].kind, relation=relation))


def _rest_on(group: Sequence[Commitment], rests: dict[int, Link]) -> Link:
    first, more = rests[group[0].pk], len({rests[row.pk] for row in group}) - 1
    others = ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more}
    return Link(first.url, first.title, others if more else "")


@dataclass(frozen=True)
class CommitmentLine:
    """One promise as other rooms compare it."""

    public_id: str
    state: str
    kind: str
    text: str
    giver: InstitutionFacts
    receiver: InstitutionFacts

    @property
    def kind_label(self) -> str:
        return kind_name(self.kind)


def commitments_of_relation(actor: Actor, relation_id: int) -> list[CommitmentLine]:
    """Return the promises of a relation that the actor may know of and that have not ended."""
    return _lines(actor, Q(relation_id=relation_id) & NOT_ENDED)


def commitments_of_agreement(actor: Actor, agreement_id: int) -> list[CommitmentLine]:
    """Return all promises of an agreement."""
    return _lines(actor, Q(agreement_id=agreement_id))


def of_agreement(actor: Actor, agreement_id: int) -> list[Commitment]:
    """Return all promises of an agreement, to be drawn as rows."""
    return _all(actor, Q(agreement_id=agreement_id))


def _all(actor: Actor, which: Q) -> list[Commitment]:
    return [row for chunk in PROMISE.visible(actor).narrowed(which).chunks(order=("id",)) for row in chunk]


def _lines(actor: Actor, which: Q) -> list[CommitmentLine]:
    found = _all(actor, which)
    places = _places(found)
    return [
        CommitmentLine(row.public_id, row.state, row.kind, row.text, places[row.giver_id], places[row.receiver_id])
        for row in found
    ]
