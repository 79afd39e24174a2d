"""Needs as rows of a list, and how one is named elsewhere, at a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger.queries import kind_name
from lianti.contexts.needs import words
from lianti.contexts.needs.domain import NeedFacts
from lianti.contexts.needs.flow import FLOW
from lianti.contexts.needs.models import Need, NeedPerson
from lianti.contexts.needs.states import OPEN
from lianti.contexts.network import queries as network
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.records import asking
from lianti.records.asking import Asked, Choice, County, Day, Named, PersonIs, PlaceIs, RecordIs, Through, asks
from lianti.records.cells import Link, Pair, State
from lianti.records.kinds import Brief, Kind
from lianti.records.reading import Visible

SIDES = ("stater", "addressed")


def briefs(rows: Sequence[Need]) -> list[Brief]:
    """Return how needs are named: one query more, however many rows."""
    places = network.institutions_by_id({pk for row in rows for pk in (row.stater_id, row.addressed_id)})
    return [
        Brief(
            row.pk, row.public_id, row.state, row.version, row.text, row.number, kind_name(row.category),
            (("", places[row.stater_id]), ("", places[row.addressed_id])),
        )
        for row in rows
    ]  # fmt: skip


def same_as(_actor: Actor, draft: NeedFacts) -> Q:
    """Say which needs a draft may repeat: between the same two, of the same kind and specialty, still open."""
    return Q(
        stater=draft.stater_id,
        addressed=draft.addressed_id,
        category=draft.category,
        specialty=draft.specialty,
        state__in=OPEN,
    )


KIND = Kind(FLOW, words.WORDS, "/needs/", ("list", "need", "move"), briefs, ("number", "text", "specialty"), same_as)


@dataclass(frozen=True)
class Asks(Asked):
    """What the list of needs can be asked."""

    show: str = asks(
        Choice(
            _("Which"), words=words.SHOWN, fits={"open": Q(seen__open=True), "closed": Q(seen__open=False), "all": Q()}
        ),
        default="open",
    )
    side: str | None = asks(Choice(_("Side"), anything=words.BOTH_SIDES, words=words.SIDES))
    category: str | None = asks(Choice(_("About"), ("category",), words=words.categories))
    state: str | None = asks(Choice(_("State"), ("state",), words=words.WORDS.state_words))
    county: str | None = asks(County(asking.COUNTY, SIDES))
    place: Named | None = asks(PlaceIs(asking.PLACE, SIDES))
    person: Named | None = asks(PersonIs(asking.PERSON, (Through(NeedPerson, "person", "need"),)))
    since: date | None = asks(Day(asking.SINCE, ("stated_date",)))
    until: date | None = asks(Day(asking.UNTIL, ("stated_date",), lookup="lte"))
    relation: Named | None = asks(RecordIs(_("Relation"), ("relation",), by=network.relation_named))

    def order(self) -> str:
        """Open ones by priority and age, others latest first."""
        return "age" if self.show == "open" else "latest"

    def narrow(self, rows: Visible[Need], actor: Actor, today: date) -> Visible[Need]:
        """Narrow by what is asked, and by the side on which the reader's institution stands."""
        rows = super().narrow(rows, actor, today)
        if self.side is None:
            return rows
        return rows.narrowed(Q(**{"stater" if self.side == "stated" else "addressed": actor.tenant_id}))


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One need as the list draws it."""

    id: int
    public_id: str
    version: int
    need: Link
    about: Sentence
    sides: Pair
    priority: Sentence
    state: State
    stated: date
    wanted: date | None


def rows(records: Sequence[Need], _actor: Actor, _today: date) -> list[NeedRow]:
    """Return needs as rows: one query more, however many."""
    places = network.institutions_by_id({pk for row in records for pk in (row.stater_id, row.addressed_id)})
    behalf, priorities = gettext("entered on its behalf"), {code: str(word) for code, word in words.PRIORITIES.items()}
    return [
        NeedRow(
            row.pk,
            row.public_id,
            row.version,
            Link(KIND.url(row.public_id), _short(row.text), _below(row, behalf)),
            kind_name(row.category),
            Pair(places[row.stater_id], places[row.addressed_id]),
            priorities[row.priority],
            words.WORDS.state(row.state),
            row.stated_date,
            row.wanted_by,
        )
        for row in records
    ]


def _short(text: str) -> str:
    return text if len(text) <= 46 else f"{text[:45]}…"


def _below(row: Need, behalf: str) -> str:
    parts = (row.number, row.specialty, behalf if row.tenant_id != row.stater_id else "")
    return " · ".join(part for part in parts if part)


@dataclass(frozen=True)
class NeedLine:
    """One need as other rooms compare it."""

    id: int
    public_id: str
    stater_id: int
    text: str
    category: str
    specialty: str
    state: str

    @property
    def state_label(self) -> str:
        return words.WORDS.state(self.state).word


def line(row: Need) -> NeedLine:
    """Return what other rooms are told of a need."""
    return NeedLine(row.pk, row.public_id, row.stater_id, row.text, row.category, row.specialty, row.state)


def need(actor: Actor, public_id: str) -> NeedLine:
    """Find a need that the actor may know of. Raises NotFound."""
    return line(KIND.visible(actor).one(public_id))


def open_needs(actor: Actor, *, relation_id: int | None = None, institution_id: int | None = None) -> list[NeedLine]:
    """Return the open needs of a relation, or those that an institution stated or was asked to meet."""
    which = Q(state__in=OPEN)
    if relation_id is not None:
        which &= Q(relation_id=relation_id)
    if institution_id is not None:
        which &= Q(stater_id=institution_id) | Q(addressed_id=institution_id)
    found = KIND.visible(actor).narrowed(which).all(order=("priority", "stated_date", "id"), most=100)
    return [line(row) for row in found]
