"""The cast of docs/ledger-examples.md on the database: hospitals P, K, L and their people, and short moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.db.models import Model, QuerySet

from lianti.contexts.ledger import queries, services, views
from lianti.contexts.ledger.models import Account, Entry
from lianti.contexts.ledger.queries import lists
from lianti.contexts.network.models import Institution
from lianti.kernel import scope, worklist
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.roles import Role
from tests import cast

_sources = count(1)
PEOPLE = {
    "expert": ("P", Role.EXPERT),
    "second": ("P", Role.CLINICIAN),
    "office": ("P", Role.OFFICE),
    "coordinator": ("K", Role.COORDINATOR),
    "head": ("K", Role.DEPARTMENT_HEAD),
    "desk": ("K", Role.OFFICE),
    "keeper": ("L", Role.COORDINATOR),
}


def moment(day: date) -> datetime:
    """Give ten in the morning in Shanghai."""
    return datetime.combine(day, time(2, 0), UTC)


@dataclass
class Stage:
    """Institutions and actors by the names of the examples."""

    houses: dict[str, Institution]
    actors: dict[str, Actor] = field(default_factory=dict)
    today: date = date(2026, 3, 10)

    @classmethod
    def make(cls) -> Stage:
        houses = {"P": cast.a_hospital("省立医院"), "K": cast.a_hospital("甲县医院"), "L": cast.a_hospital("乙县医院")}
        return cls(houses)

    def __getattr__(self, name: str) -> Actor:
        if name not in PEOPLE:
            raise AttributeError(name)
        if name not in self.actors:
            house, role = PEOPLE[name]
            self.actors[name] = cast.a_member(role, self.houses[house])
        return self.actors[name]

    @property
    def at(self) -> datetime:
        return moment(self.today)

    def id(self, house: str) -> int:
        return int(self.houses[house].pk)

    def tomorrow(self, days: int = 1) -> None:
        self.today += timedelta(days=days)

    def person(self, name: str) -> int:
        found = getattr(self, name).person_id
        assert found is not None
        return int(found)

    def account(self, sides: str = "P>K", kinds: str = "lecture", **facts: Any) -> Account:
        """Open an account between two houses."""
        giver, receiver = sides.split(">")
        told = {"label": "约定", "source_kind": "test", "source_id": next(_sources), "source_public_id": ids.new()}
        actor = facts.pop("actor", None) or self.actor_of(giver)
        return services.open_account(
            actor=actor,
            at=self.at,
            key=None,
            account=services.AccountFacts(
                giver_id=self.id(giver),
                receiver_id=self.id(receiver),
                kinds=frozenset(kinds.split()),
                **{**told, **facts},
            ),
        )

    def actor_of(self, house: str) -> Actor:
        return {"P": self.office, "K": self.coordinator, "L": self.keeper}[house]

    def facts(
        self, sides: str = "P>K", kind: str = "lecture", quantity: object = 1, **more: Any
    ) -> services.EntryFacts:
        """Give the facts of an entry, today by the expert unless it says otherwise."""
        giver, receiver = sides.split(">")
        told: dict[str, Any] = {
            "source_kind": "test.activity",
            "source_id": next(_sources),
            "source_public_id": ids.new(),
            "day": self.today,
            "people": [(self.person("expert"), "lead", None)],
        }
        return services.EntryFacts(
            giver_id=self.id(giver),
            receiver_id=self.id(receiver),
            kind=kind,
            quantity=Decimal(str(quantity)),
            **{**told, **more},
        )

    def declare(
        self, sides: str = "P>K", kind: str = "lecture", quantity: object = 1, by: str = "expert", **more: Any
    ) -> Entry:
        """Declare an entry."""
        key = more.pop("key", None)
        facts = self.facts(sides, kind, quantity, **more)
        return services.declare(actor=getattr(self, by), at=self.at, key=key, entry=facts)

    def verify(self, entry: Entry, by: str = "coordinator", **more: Any) -> Entry:
        return services.verify(
            actor=getattr(self, by), at=self.at, key=more.pop("key", None), entry_id=entry.pk, **more
        )

    def page(self, by: Actor, entry: Entry) -> queries.EntryPage:
        """Give what the page of an entry shows to somebody. Raises NotFound."""
        with scope.acting(by):
            return queries.entry_page(by, lists.KIND.visible(by).one(entry.public_id), today=self.today)

    def listed(self, by: Actor, **asked: Any) -> list[lists.EntryLine]:
        """Give the first page of the list of entries."""
        with scope.acting(by):
            return views.entries.LIST.page(by, lists.EntriesAsked(**asked), self.today).items


def fresh(record: Any) -> Any:
    """Read a record again as a job sees it."""
    with scope.system():
        return type(record)._default_manager.get(pk=record.pk)


class Seen:
    """Rows as a job sees them, whatever the second wall hides from whoever acted last."""

    def __init__(self, rows: Any) -> None:
        self._rows = rows

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._rows, name)
        return _in_the_open(found) if callable(found) else found

    def __iter__(self) -> Iterator[Any]:
        with scope.system():
            return iter(list(self._rows))

    def __getitem__(self, index: Any) -> Any:
        with scope.system():
            return list(self._rows)[index]


def _in_the_open(method: Any) -> Any:
    def call(*args: Any, **kwargs: Any) -> Any:
        with scope.system():
            found = method(*args, **kwargs)
            return Seen(found) if isinstance(found, QuerySet) else found

    return call


def seen(model: type[Model]) -> Any:
    """Give the rows of a table."""
    return Seen(model._default_manager.all())


def todo(actor: Actor) -> list[Any]:
    """Give what waits for an actor, read in their own scope."""
    with scope.acting(actor):
        return worklist.items(actor)


def stands(account: Account, today: date) -> queries.Fulfilment:
    """Give promised and done of one account."""
    with scope.system():
        return queries.fulfilment([account.pk], today=today)[account.pk]
