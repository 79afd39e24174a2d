"""Needs as lines of a list, at a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from lianti.contexts.ledger.queries import kind_name, unit_name
from lianti.contexts.needs import labels, rules
from lianti.contexts.needs.models import Need
from lianti.contexts.needs.states import OPEN, NeedState
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts
from lianti.kernel.worklist import Card
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.web.paging import keyset
from lianti.lib.web.search import Hit

OLDEST_FIRST = ("priority", "stated_date", "id")
LATEST_FIRST = ("-stated_date", "-id")


@dataclass(frozen=True)
class NeedLine:
    """One need as a list shows it."""

    id: int
    public_id: str
    number: str
    state: str
    text: str
    category: str
    specialty: str
    stater: InstitutionFacts
    addressed: InstitutionFacts
    stated_date: date
    wanted_by: date | None
    amount: Decimal | None
    unit: str
    priority: int
    on_behalf: bool
    group: str
    relation_id: int | None
    account_id: int | None

    @property
    def state_label(self) -> Sentence:
        return labels.STATES[self.state]

    @property
    def tone(self) -> labels.Tone:
        return labels.TONES[self.state]

    @property
    def category_label(self) -> str:
        return kind_name(self.category)

    @property
    def unit_label(self) -> str:
        return unit_name(self.unit)

    @property
    def priority_label(self) -> Sentence:
        return labels.PRIORITIES[self.priority]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


@dataclass(frozen=True)
class NeedLines:
    items: list[NeedLine]
    more: str | None


def visible(actor: Actor) -> QuerySet[Need]:
    """Return the needs that the actor may know of."""
    return Need.objects.filter(rules.TABLE.visible_to(actor))


def needs(
    actor: Actor, *, show: str = "open", side: str = "", category: str = "", after: str | None = None, limit: int = 50
) -> NeedLines:
    """Return needs: open ones by priority and age, others latest first; of one side or of both."""
    rows = visible(actor)
    if show == "open":
        rows = rows.filter(state__in=OPEN)
    elif show == "closed":
        rows = rows.exclude(state__in=OPEN)
    elif show in set(NeedState):
        rows = rows.filter(state=show)
    if side == "stated":
        rows = rows.filter(stater_id=actor.tenant_id)
    elif side == "asked":
        rows = rows.filter(addressed_id=actor.tenant_id)
    if category:
        rows = rows.filter(category=category)
    order = OLDEST_FIRST if show not in ("closed", "all") else LATEST_FIRST
    page = keyset(rows, order=order, after=after, limit=limit)
    return NeedLines(lines(page.items), page.more)


def of_relation(actor: Actor, relation_id: int, *, limit: int = 100) -> list[NeedLine]:
    """Return the needs of a relation that the actor may know of, open ones first."""
    return _of(actor, Q(relation_id=relation_id), limit)


def of_institution(actor: Actor, institution_id: int, *, limit: int = 50) -> list[NeedLine]:
    """Return the needs that an institution stated or was asked to meet, as far as the actor may know."""
    return _of(actor, Q(stater_id=institution_id) | Q(addressed_id=institution_id), limit)


def _of(actor: Actor, which: Q, limit: int) -> list[NeedLine]:
    rows = list(visible(actor).filter(which).order_by("priority", "stated_date", "id")[:limit])
    found = lines(rows)
    return [line for line in found if line.is_open] + [line for line in found if not line.is_open]


def cards(actor: Actor, pks: list[int]) -> dict[int, Card]:
    """Return the worklist cards of needs, in two queries."""
    found = lines(list(visible(actor).filter(pk__in=pks)))
    return {
        line.id: Card(
            title=line.text[:60],
            url=f"/needs/{line.public_id}/",
            counterpart=(line.stater if line.stater.id != actor.tenant_id else line.addressed).short_name,
            detail=line.category_label,
        )
        for line in found
    }


def find_needs(actor: Actor, words: str, limit: int) -> list[Hit]:
    """Return the needs whose number, text or specialty holds the words, open ones first."""
    which = Q(number__iexact=words) | Q(text__icontains=words) | Q(specialty__icontains=words)
    rows = list(visible(actor).filter(which).order_by("-id")[:limit])
    return [
        Hit(
            line.text[:60],
            f"/needs/{line.public_id}/",
            f"{line.stater.short_name} → {line.addressed.short_name}",
            line.number,
        )
        for line in lines(rows)
    ]


def lines(rows: Sequence[Need]) -> list[NeedLine]:
    """Return rows as lines: one query more, however many rows."""
    places = network.institutions_by_id({pk for row in rows for pk in (row.stater_id, row.addressed_id)})
    return [
        NeedLine(
            id=row.pk,
            public_id=row.public_id,
            number=row.number,
            state=row.state,
            text=row.text,
            category=row.category,
            specialty=row.specialty,
            stater=places[row.stater_id],
            addressed=places[row.addressed_id],
            stated_date=row.stated_date,
            wanted_by=row.wanted_by,
            amount=row.amount,
            unit=row.unit,
            priority=row.priority,
            on_behalf=row.tenant_id != row.stater_id,
            group=row.group,
            relation_id=row.relation_id,
            account_id=row.account_id,
        )
        for row in rows
    ]
