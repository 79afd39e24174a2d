"""What waits for whom, until when: the first screen of everyone. Written by the engine, read by the portal."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from lianti.kernel.models import WorkItem
from lianti.lib import rooms
from lianti.lib.actor import Actor
from lianti.lib.dates import end_of
from lianti.lib.errors import Sentence
from lianti.lib.roles import Role


@dataclass(frozen=True)
class Wait:
    """Something that waits for people of these roles at an institution (or for one principal) until `due`.

    A `due` day lasts to its end. `unit`: of the roles only those whose seat carries that department, or none.
    """

    tenant_id: int
    roles: tuple[Role, ...]
    verb: str
    due: date | datetime | None = None
    principal_id: int | None = None
    unit: int | None = None

    @property
    def until(self) -> datetime | None:
        """Return the last moment that is in time."""
        return self.due if self.due is None or isinstance(self.due, datetime) else end_of(self.due)

    @property
    def whom(self) -> tuple[int, str, str, int | None, int | None]:
        """Return what tells two waits on a record apart."""
        return self.tenant_id, packed(self.roles), self.verb, self.principal_id, self.unit


@dataclass(frozen=True)
class Card:
    """What to-do shows of a record, made by its context by the batch; `sides`: between whom; `detail`: kind, number."""

    title: Sentence
    url: str
    sides: str = ""
    detail: Sentence = ""


@dataclass(frozen=True)
class Waiting:
    """An open item with its card; the list hands these to the page."""

    item: WorkItem
    card: Card


Cards = Callable[[Actor, list[int]], dict[int, Card]]

_cards: dict[str, Cards] = {}
_verbs: dict[str, Sentence] = {}


def register_card(kind: str, cards: Cards, verbs: dict[str, Sentence] | None = None) -> None:
    """Let `cards(actor, record_pks)` describe the records of `kind`, and `verbs` name what is to be done."""
    _cards[kind] = cards
    _verbs.update(verbs or {})


def verb_label(verb: str) -> Sentence:
    """Return the words for what is to be done."""
    return _verbs.get(verb, verb)


def packed(roles: Iterable[Role]) -> str:
    """Return roles as the table keeps them: |office|coordinator|."""
    return "|" + "|".join(sorted(roles)) + "|" if roles else ""


def replace(kind: str, record_pk: int, waits: Iterable[Wait], at: datetime) -> None:
    """Close what waits on a record and open `waits` instead; what is the same stays as it was."""
    wanted = {w.whom: w for w in waits}
    stale = []
    for item in WorkItem.objects.filter(kind=kind, record_pk=record_pk, closed_at__isnull=True):
        wait = wanted.pop((item.tenant_id, item.roles, item.verb, item.principal_id, item.unit), None)
        if wait is None or wait.until != item.due:
            stale.append(item.pk)
            if wait is not None:
                wanted[wait.whom] = wait
    if stale:
        WorkItem.objects.filter(pk__in=stale).update(closed_at=at)
    if wanted:
        WorkItem.objects.bulk_create(
            WorkItem(
                tenant_id=w.tenant_id,
                kind=kind,
                record_pk=record_pk,
                verb=w.verb,
                roles=packed(w.roles),
                principal_id=w.principal_id,
                unit=w.unit,
                due=w.until,
                opened_at=at,
            )
            for w in wanted.values()
        )


def open_items(actor: Actor) -> QuerySet[WorkItem]:
    """Return the open items that wait for the actor's role at their institution, or for the actor in person."""
    role = Q(principal_id__isnull=True, roles__contains=f"|{actor.role}|")
    if actor.unit_id is not None:
        role &= Q(unit__isnull=True) | Q(unit=actor.unit_id)
    mine = Q(principal_id=actor.principal_id) | role
    return rooms.shown(WorkItem.objects.filter(mine, tenant_id=actor.tenant_id, closed_at__isnull=True))


def is_for(item: WorkItem, actor: Actor) -> bool:
    """Say whether an open item waits for the actor, as `open_items` has it."""
    if item.tenant_id != actor.tenant_id:
        return False
    if item.principal_id is not None:
        return item.principal_id == actor.principal_id
    elsewhere = None not in (item.unit, actor.unit_id) and item.unit != actor.unit_id
    return f"|{actor.role}|" in item.roles and not elsewhere


def items(
    actor: Actor, *, limit: int = 50, verb: str = "", after: tuple[datetime | None, int] | None = None
) -> list[Waiting]:
    """Return what waits for the actor, earliest deadline first, each with its card; constant queries per kind.

    `after` is the (due, id) of the last item already shown.
    """
    found = open_items(actor)
    if verb:
        found = found.filter(verb=verb)
    if after is not None:
        found = found.filter(_later_than(*after))
    rows = list(found.order_by(F("due").asc(nulls_last=True), "id")[:limit])
    pks: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        pks[row.kind].append(row.record_pk)
    cards = {k: _cards[k](actor, v) for k, v in pks.items() if k in _cards}
    return [Waiting(row, cards[row.kind][row.record_pk]) for row in rows if row.record_pk in cards.get(row.kind, {})]


def _later_than(due: datetime | None, pk: int) -> Q:
    if due is None:
        return Q(due__isnull=True, id__gt=pk)
    return Q(due__gt=due) | Q(due=due, id__gt=pk) | Q(due__isnull=True)


def waiting_on(kind: str, record_pk: int) -> list[WorkItem]:
    """Return whose turn it is on a record: its open items with their institutions."""
    return list(
        WorkItem.objects.filter(kind=kind, record_pk=record_pk, closed_at__isnull=True).select_related("tenant")
    )


def hand_over(principal_id: int, tenant_id: int, to_principal_id: int | None) -> int:
    """Move the open items of a principal at an institution to another, or to their roles; return how many."""
    found = WorkItem.objects.filter(principal_id=principal_id, tenant_id=tenant_id, closed_at__isnull=True)
    return found.update(principal_id=to_principal_id)
