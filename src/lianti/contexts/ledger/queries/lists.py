"""The list of entries: read by side and merged, since 'giver or receiver is mine' would use no index."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lianti.contexts.ledger.domain.due import add_months
from lianti.contexts.ledger.domain.levels import Level
from lianti.contexts.ledger.models import Entry, EntryPerson, Posting
from lianti.contexts.ledger.states import EntryState
from lianti.contexts.network import queries as network
from lianti.lib.actor import Actor

GIVEN, RECEIVED, LAID_BEFORE = "given", "received", "arbiter"
_COLUMN = {GIVEN: "giver_id", RECEIVED: "receiver_id", LAID_BEFORE: "arbiter_id"}


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; every part may be left out."""

    side: str = ""
    state: str = ""
    kind: str = ""
    level: Level | None = None
    counterpart_id: int | None = None
    month: date | None = None
    relation_id: int | None = None
    person_id: int | None = None
    account_id: int | None = None
    overdue: bool = False
    late: bool = False


@dataclass(frozen=True)
class EntryRow:
    """An entry as a line of a list."""

    id: int
    public_id: str
    version: int
    kind: str
    unit: str
    quantity: Decimal
    declared: Decimal
    day: date
    day_to: date | None
    count_day: date
    state: str
    level: Level
    via: str
    late: bool
    overdue: bool
    verify_by: date
    correction: bool
    giver: network.InstitutionFacts
    receiver: network.InstitutionFacts
    people: tuple[network.PersonFacts, ...]
    accounts: int
    note: str

    @property
    def lowered(self) -> bool:
        return self.quantity != self.declared


@dataclass(frozen=True)
class Listed:
    """Some entries, and the token after which the next ones begin."""

    rows: list[EntryRow]
    more: str | None


def entries(
    actor: Actor, filters: Filters | None = None, *, today: date, after: str | None = None, limit: int = 50
) -> Listed:
    """Return the entries the actor's institution gave or received, latest first, narrowed by `filters`."""
    wanted = filters or Filters()
    sides = [wanted.side] if wanted.side in _COLUMN else [GIVEN, RECEIVED]
    beyond = _beyond(after)
    parts = [
        list(_side(actor, side, wanted, today).filter(beyond).order_by("-day", "-id")[: limit + 1]) for side in sides
    ]
    merged = heapq.merge(*parts, key=lambda entry: (entry.day, entry.pk), reverse=True)
    found = list(islice(merged, limit + 1))
    more = _token(found[limit - 1]) if len(found) > limit else None
    return Listed(rows_of(found[:limit], today), more)


def _side(actor: Actor, side: str, wanted: Filters, today: date) -> QuerySet[Entry]:
    rows = Entry.objects.filter(**{_COLUMN[side]: actor.tenant_id})
    if wanted.counterpart_id is not None:
        other = "receiver_id" if side == GIVEN else "giver_id"
        rows = rows.filter(**{other: wanted.counterpart_id})
    if wanted.overdue:
        rows = rows.filter(state=EntryState.DECLARED, verify_by__lt=today)
    elif wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.month is not None:
        rows = rows.filter(day__gte=wanted.month, day__lt=add_months(wanted.month, 1))
    return _narrowed(rows, wanted)


def _narrowed(rows: QuerySet[Entry], wanted: Filters) -> QuerySet[Entry]:
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.level is not None:
        rows = rows.filter(level=wanted.level)
    if wanted.late:
        rows = rows.filter(late=True)
    if wanted.person_id is not None:
        rows = rows.filter(pk__in=EntryPerson.objects.filter(person_id=wanted.person_id).values("entry_id"))
    if wanted.relation_id is not None:
        # A relation holds a good part of what its parties give: walk the list and look each entry up, do not sort all.
        rows = rows.filter(Exists(Posting.objects.filter(entry_id=OuterRef("pk"), relation_id=wanted.relation_id)))
    if wanted.account_id is not None:
        rows = rows.filter(pk__in=Posting.objects.filter(account_id=wanted.account_id).values("entry_id"))
    return rows


def account_entries(account_id: int, *, today: date, after: str | None = None, limit: int = 50) -> Listed:
    """Return the entries that count for an account, latest first. The caller has asked who may see the account."""
    postings = Posting.objects.filter(account_id=account_id)
    if (start := _start(after)) is not None:
        day, pk = start
        postings = postings.filter(Q(day__lt=day) | Q(day=day, entry_id__lt=pk), day__lte=day)
    held = list(postings.order_by("-day", "-entry_id").values_list("entry_id", flat=True)[: limit + 1])
    known = {entry.pk: entry for entry in Entry.objects.filter(pk__in=held)}
    found = [known[pk] for pk in held if pk in known]
    more = _token(found[limit - 1]) if len(found) > limit else None
    return Listed(rows_of(found[:limit], today), more)


def rows_of(found: Iterable[Entry], today: date) -> list[EntryRow]:
    """Return entries as lines, with institutions, people and the number of accounts, in four queries."""
    held = list(found)
    pks = [entry.pk for entry in held]
    people = people_of(pks)
    persons = network.people_by_id(person for named in people.values() for person in named)
    houses = network.institutions_by_id({e.giver_id for e in held} | {e.receiver_id for e in held})
    counted = Posting.objects.filter(entry__in=pks).values_list("entry_id").annotate(n=Count("id"))
    accounts = dict(counted.values_list("entry_id", "n"))
    return [
        EntryRow(
            id=entry.pk,
            public_id=entry.public_id,
            version=entry.version,
            kind=entry.kind,
            unit=entry.unit,
            quantity=entry.quantity,
            declared=entry.declared,
            day=entry.day,
            day_to=entry.day_to,
            count_day=entry.count_day,
            state=entry.state,
            level=Level(entry.level),
            via=entry.via,
            late=entry.late,
            overdue=entry.state == EntryState.DECLARED and entry.verify_by < today,
            verify_by=entry.verify_by,
            correction=entry.corrects_id is not None,
            giver=houses[entry.giver_id],
            receiver=houses[entry.receiver_id],
            people=tuple(persons[pk] for pk in people.get(entry.pk, ()) if pk in persons),
            accounts=accounts.get(entry.pk, 0),
            note=entry.note,
        )
        for entry in held
    ]


def people_of(entry_ids: Iterable[int]) -> dict[int, list[int]]:
    """Return the people of each entry."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = EntryPerson.objects.filter(entry__in=list(entry_ids), person__isnull=False).order_by("id")
    for entry_id, person_id in rows.values_list("entry_id", "person_id"):
        if person_id is not None:
            found[entry_id].append(person_id)
    return found


def _token(entry: Entry) -> str:
    return f"{entry.day:%Y%m%d}.{entry.pk}"


def _start(token: str | None) -> tuple[date, int] | None:
    day, _, pk = (token or "").partition(".")
    try:
        found = date(int(day[:4]), int(day[4:6]), int(day[6:8])), int(pk)
    except ValueError:
        return None
    return found if 0 <= found[1] < 1 << 62 else None


def _beyond(token: str | None) -> Q:
    start = _start(token)
    if start is None:
        return Q()
    day, pk = start
    return Q(day__lte=day) & (Q(day__lt=day) | Q(day=day, pk__lt=pk))
