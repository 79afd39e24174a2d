"""Batches as rows of a list, and what the page of one shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import rules, words
from lianti.contexts.dispatch.flow import BATCHES
from lianti.contexts.dispatch.models import Batch, Posting
from lianti.contexts.dispatch.queries.quotas import QuotaShown, quotas_of
from lianti.contexts.dispatch.states import BEFORE_ORDER, OPEN, BatchState, PostingState
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, PersonFacts, RelationFacts
from lianti.lib.actor import Actor
from lianti.lib.errors import NotAllowed, Sentence
from lianti.records import asking
from lianti.records.asking import Asked, Choice, Day, Named, PlaceIs, RecordIs, asks
from lianti.records.cells import Link, Quantity, Span, State
from lianti.records.directory import Place
from lianti.records.kinds import Brief, Kind
from lianti.records.reading import visible


def briefs(rows: Sequence[Batch]) -> list[Brief]:
    """Return how batches are named: two queries more, however many rows."""
    places = network.institutions_by_id({row.sender_id for row in rows})
    relations = network.relation_names({row.relation_id for row in rows})
    return [
        Brief(row.pk, row.public_id, row.state, row.version, row.name, row.number, relations[row.relation_id],
              parties=(("", places[row.sender_id]),))
        for row in rows
    ]  # fmt: skip


BATCH = Kind(
    BATCHES,
    words.BATCH,
    "/dispatch/batches/",
    ("batches", "batch", "move_batch"),
    briefs,
    ("number", "name", "letter_number"),
)


def batch_named(actor: Actor, public_id: str) -> Named:
    """Find a batch that the actor may know of. Raises NotFound."""
    row = visible(BATCHES, actor).one(public_id)
    return Named(row.pk, row.public_id, row.name)


_OPEN = Q(state__in={*BEFORE_ORDER, BatchState.ORDERED})
FITS = {"open": _OPEN, "closed": ~_OPEN, "all": Q()}


@dataclass(frozen=True)
class BatchAsks(Asked):
    """What the list of batches can be asked."""

    show: str = asks(Choice(_("Which"), words=words.BATCHES_SHOWN, fits=FITS), default="open")
    state: str | None = asks(Choice(_("State"), ("state",), words=words.BATCH.state_words, folded=True))
    kind: str | None = asks(Choice(_("Kind"), ("kind",), words=words.KINDS, folded=True))
    place: Named | None = asks(PlaceIs(_("Sender"), ("sender",)))
    since: date | None = asks(Day(asking.SINCE, ("from_date",)))
    until: date | None = asks(Day(asking.UNTIL, ("from_date",), lookup="lte"))
    relation: Named | None = asks(RecordIs(_("Relation"), ("relation",), by=network.relation_named))


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One batch as the list draws it."""

    id: int
    public_id: str
    version: int
    batch: Link
    sender: Place
    kind: Sentence
    time: Span
    people: Quantity
    state: State


def rows(records: Sequence[Batch], actor: Actor, _today: date) -> list[BatchRow]:
    """Return batches as rows: two queries more, however many. People are those whom the reader may know of."""
    places = network.institutions_by_id({row.sender_id for row in records})
    counted = _counted(actor, [row.pk for row in records])
    return [
        BatchRow(
            row.pk,
            row.public_id,
            row.version,
            Link(
                BATCH.url(row.public_id), row.name, " · ".join(part for part in (row.number, row.letter_number) if part)
            ),
            places[row.sender_id],
            words.KINDS[row.kind],
            Span(row.from_date, row.to_date),
            Quantity(Decimal(counted.get(row.pk, 0))),
            words.BATCH.state(row.state),
        )
        for row in records
    ]


def _counted(actor: Actor, batches: Sequence[int]) -> Mapping[int, int]:
    known = Posting.objects.filter(rules.POSTINGS.visible_to(actor), batch__in=batches)
    going = known.exclude(state=PostingState.DROPPED).order_by()
    return dict(going.values_list("batch").annotate(n=Count("pk")))


@dataclass(frozen=True)
class Going:
    """Somebody of a batch, for the forms that make exceptions."""

    public_id: str
    who: PersonFacts
    where: InstitutionFacts


@dataclass(frozen=True)
class StaffBatchPage:
    """What the page of a batch shows. `batch` is read only."""

    batch: Batch
    relation: RelationFacts
    leader: PersonFacts | None
    nominated: list[Going]
    expected: list[Going]
    recipients: list[InstitutionFacts]
    colleagues: list[PersonFacts]
    own: bool  # the reader's institution sends it: how it came to the letter is for them alone
    quotas: list[QuotaShown] = field(default_factory=list)


def batch_page(actor: Actor, row: Batch) -> StaffBatchPage:
    """Return what its page shows, and for its forms whom the sender employs and whom it can send them to."""
    relation = network.relation_by_id(row.relation_id)
    open_ones = Posting.objects.filter(rules.POSTINGS.visible_to(actor), batch=row.pk, state__in=OPEN).order_by("pk")
    going = list(open_ones)
    mine = actor.tenant_id == row.sender_id
    colleagues = network.people_of(row.sender_id) if mine and row.state in BEFORE_ORDER else []
    people = network.people_by_id({one.person_id for one in going} | ({row.leader_id} if row.leader_id else set()))
    places = network.institutions_by_id({one.recipient_id for one in going})
    lines = [(one, Going(one.public_id, people[one.person_id], places[one.recipient_id])) for one in going]
    here = actor.tenant_id
    return StaffBatchPage(
        row,
        relation,
        people.get(row.leader_id or 0),
        [line for one, line in lines if one.state == PostingState.NOMINATED],
        [line for one, line in lines if one.state == PostingState.ORDERED and one.recipient_id == here],
        [party for party in (relation.lead, *relation.members) if party.id != row.sender_id],
        colleagues,
        mine,
        quotas_of([row.pk]) if mine else [],
    )


def batch_to_fill(actor: Actor, public_id: str, *, posted: bool) -> StaffBatchPage:
    """Return a batch for the page on which its people are named from a table; what comes is its namers' alone.

    Raises NotFound, NotAllowed.
    """
    row = BATCH.visible(actor).one(public_id)
    if posted and (why := rules.BATCHES.refusal(actor, "dispatch.nominate", row)) is not None:
        raise NotAllowed(why)
    return batch_page(actor, row)


def may_fill(actor: Actor, page: StaffBatchPage) -> bool:
    """Say whether the actor may name people of a batch now."""
    named = rules.BATCHES.refusal(actor, "dispatch.nominate", page.batch) is None
    return named and page.batch.state in BEFORE_ORDER


def relations_to_send(actor: Actor) -> list[RelationFacts]:
    """Return the relations in which the actor's institution can send people."""
    return [
        relation
        for relation in network.relations_of(actor)
        if relation.state != "ended" and actor.tenant_id in relation.party_ids
    ]


def may_plan(actor: Actor) -> bool:
    """Say whether the actor's role lets them plan a batch at all."""
    return actor.role in rules.SENDERS
