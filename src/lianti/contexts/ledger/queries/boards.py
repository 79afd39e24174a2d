"""The board of a relation: what was promised and what was done, side by side; and what was published."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lianti.contexts.ledger import rules
from lianti.contexts.ledger.domain import kinds
from lianti.contexts.ledger.domain.levels import DEFAULT, Level, Sums
from lianti.contexts.ledger.models import Publication, RelationSum
from lianti.contexts.ledger.queries.fulfilment import Fulfilment, _fulfilments, accounts_of
from lianti.contexts.ledger.rules.tables import between
from lianti.contexts.network import queries as network
from lianti.lib.actor import Actor
from lianti.lib.errors import NotFound


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
class PublicationFacts:
    """One published month: who published it when, and the figures as they stood."""

    public_id: str
    relation_id: int
    month: date
    at: datetime
    institution: network.InstitutionFacts
    authority: network.InstitutionFacts
    figures: dict[str, Any]
    note: str


@dataclass(frozen=True)
class Board:
    """A relation's promises with what stands in them, and what was done in all."""

    accounts: list[Fulfilment]
    done: list[Done]
    publications: list[PublicationFacts]
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
    accounts = _fulfilments(accounts_of(actor, relation_id=relation_id), today, from_level)
    done = _done(actor, relation_id, first, last)
    sides: list[Fulfilment | Done] = [*accounts, *done]
    ids = {row.giver_id for row in sides} | {row.receiver_id for row in sides}
    return Board(accounts, done, publications(actor, relation_id), network.institutions_by_id(ids))


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


def publications(actor: Actor, relation_id: int | None = None) -> list[PublicationFacts]:
    """Return the published months the actor may see, the latest of each month and institution, latest first."""
    rows = Publication.objects.filter(rules.PUBLICATIONS.visible_to(actor))
    if relation_id is not None:
        rows = rows.filter(relation_id=relation_id)
    held: dict[tuple[int, date, int], Publication] = {}
    for row in rows.order_by("-month", "-id")[:200]:
        held.setdefault((row.relation_id, row.month, row.tenant_id), row)
    houses = network.institutions_by_id({r.tenant_id for r in held.values()} | {r.authority_id for r in held.values()})
    return [_publication(row, houses) for row in held.values()]


def publication(actor: Actor, public_id: str) -> PublicationFacts:
    """Return one published month. Raises NotFound."""
    row = Publication.objects.filter(rules.PUBLICATIONS.visible_to(actor), public_id=public_id).first()
    if row is None:
        raise NotFound
    return _publication(row, network.institutions_by_id({row.tenant_id, row.authority_id}))


def _publication(row: Publication, houses: dict[int, network.InstitutionFacts]) -> PublicationFacts:
    return PublicationFacts(
        public_id=row.public_id,
        relation_id=row.relation_id,
        month=row.month,
        at=row.created_at,
        institution=houses[row.tenant_id],
        authority=houses[row.authority_id],
        figures=row.figures,
        note=row.note,
    )
