"""The board of a relation: what was promised and what was done, side by side; and what was published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger import words
from lianti.contexts.ledger.domain import kinds
from lianti.contexts.ledger.domain.levels import DEFAULT, Level, Sums
from lianti.contexts.ledger.flow import PUBLICATIONS
from lianti.contexts.ledger.models import Booking, Entry, Publication, RelationSum
from lianti.contexts.ledger.queries.fulfilment import Fulfilment, accounts_of, fulfilments
from lianti.contexts.ledger.rules.tables import between
from lianti.contexts.ledger.states import STANDING
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.records import asking
from lianti.records.asking import Asked, Month, Named, PlaceIs, RecordIs, asks
from lianti.records.cells import Link, Pair
from lianti.records.kinds import Brief, Kind


@dataclass(frozen=True)
class Done:
    """What was done in one kind from one side to another, each entry once however many promises it serves."""

    giver_id: int
    receiver_id: int
    kind: str
    sums: Sums
    entries: int

    @property
    def unit(self) -> str:
        return kinds.unit_of(self.kind).code


@dataclass(frozen=True)
class Board:
    """A relation's promises with what stands in them, and what was done in all."""

    accounts: list[Fulfilment]
    done: list[Done]
    publications: list[Publication]
    houses: dict[int, network.InstitutionFacts]


def for_relation(
    actor: Actor,
    relation_id: int,
    *,
    today: date,
    from_level: Level = DEFAULT,
    first: date | None = None,
    last: date | None = None,
) -> Board:
    """Return the board of a relation as far as the actor may see it, in a fixed number of queries."""
    accounts = fulfilments(accounts_of(actor, relation_id=relation_id), today, from_level)
    done = _done(actor, relation_id, first, last)
    sides: list[Fulfilment | Done] = [*accounts, *done]
    ids = {row.giver_id for row in sides} | {row.receiver_id for row in sides}
    return Board(accounts, done, publications(actor, relation_id), network.institutions_by_id(ids))


@dataclass(frozen=True)
class Spread:
    """Of the entries of one kind and direction with all members: how many activities, how many count elsewhere too."""

    activities: int
    elsewhere: int


def spread(actor: Actor, relation_id: int, lead_id: int) -> dict[tuple[bool, str], Spread]:
    """Return it by whether the lead receives, and by kind; one query, asked where entries are no more than `COUNTED`.

    An activity for several receivers has several entries, so a total over them says how many activities there were.
    """
    # Asked once as a whole: asked entry by entry, SQLite walks the relation's postings for each of them.
    here = Booking.objects.filter(relation_id=relation_id).values("entry_id")
    other = Booking.objects.filter(entry_id=OuterRef("pk")).exclude(relation_id=relation_id)
    rows = Entry.objects.filter(between(actor), pk__in=here, state__in=STANDING).order_by()
    grouped = rows.annotate(to_lead=ExpressionWrapper(Q(receiver_id=lead_id), BooleanField()))
    counted = grouped.values_list("kind", "source_kind", "to_lead").annotate(
        activities=Count("source_id", distinct=True), elsewhere=Count("pk", filter=Exists(other))
    )
    found: dict[tuple[bool, str], Spread] = {}
    for kind, _source, to_lead, activities, elsewhere in counted:
        held = found.get((to_lead, kind), Spread(0, 0))
        found[(to_lead, kind)] = Spread(held.activities + activities, held.elsewhere + elsewhere)
    return found


def _done(actor: Actor, relation_id: int, first: date | None, last: date | None) -> list[Done]:
    rows = RelationSum.objects.filter(between(actor), relation_id=relation_id).exclude(entries=0, quantity=0)
    if first is not None:
        rows = rows.filter(month__gte=first)
    if last is not None:
        rows = rows.filter(month__lte=last)
    sums: dict[tuple[int, int, str], Sums] = defaultdict(Sums)
    entries: dict[tuple[int, int, str], int] = defaultdict(int)
    columns = ("giver_id", "receiver_id", "kind", "level", "quantity", "entries")
    for giver, receiver, kind, level, quantity, count in rows.values_list(*columns):
        sums[(giver, receiver, kind)] = sums[(giver, receiver, kind)].plus(Level(level), quantity)
        entries[(giver, receiver, kind)] += count
    return [Done(*key, found, entries[key]) for key, found in sorted(sums.items())]


def briefs(rows: Sequence[Publication]) -> list[Brief]:
    """Return how publications are named: two queries more, however many."""
    return _briefs(rows, _houses(rows))


def _houses(rows: Iterable[Publication]) -> dict[int, InstitutionFacts]:
    return network.institutions_by_id({pk for row in rows for pk in (row.tenant_id, row.authority_id)})


def _briefs(rows: Sequence[Publication], houses: Mapping[int, InstitutionFacts]) -> list[Brief]:
    relations = network.relation_names({row.relation_id for row in rows})
    return [
        Brief(
            row.pk, row.public_id, row.state, row.version, f"{relations[row.relation_id]} · {row.month:%Y-%m}",
            parties=(("", houses[row.tenant_id]), ("", houses[row.authority_id])),
        )
        for row in rows
    ]  # fmt: skip


KIND = Kind(PUBLICATIONS, words.PUBLICATION, "/ledger/publications/", ("publications", "publication", ""), briefs)


@dataclass(frozen=True)
class PublicationsAsked(Asked):
    """What the list of publications can be asked."""

    month: date | None = asks(Month(_("Month"), ("month",)))
    place: Named | None = asks(PlaceIs(asking.PLACE, ("tenant", "authority")))
    relation: Named | None = asks(RecordIs(_("Relation"), ("relation",), by=network.relation_named))


@dataclass(frozen=True, slots=True)
class PublicationLine:
    """One published month as the list draws it."""

    id: int
    public_id: str
    version: int
    what: Link
    sides: Pair
    published: date


def lines(records: Sequence[Publication], _actor: Actor, _today: date) -> list[PublicationLine]:
    """Return publications as rows, in two queries however many."""
    houses = _houses(records)
    return [
        PublicationLine(
            row.pk,
            row.public_id,
            row.version,
            Link(KIND.url(row.public_id), brief.title, row.note),
            Pair(houses[row.tenant_id], houses[row.authority_id]),
            shanghai_day(row.created_at),
        )
        for row, brief in zip(records, _briefs(records, houses), strict=True)
    ]


def publications(actor: Actor, relation_id: int) -> list[Publication]:
    """Return the published months of a relation, the latest of each month and institution, latest first."""
    rows = KIND.visible(actor).narrowed(Q(relation=relation_id)).all(order=("-month", "-id"), most=200)
    held: dict[tuple[date, int], Publication] = {}
    for row in rows:
        held.setdefault((row.month, row.tenant_id), row)
    return list(held.values())
