"""Check lists and visits as rows of lists, and what the page of each shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import rules, words
from lianti.contexts.dispatch.domain import care
from lianti.contexts.dispatch.domain.care import HouseItem
from lianti.contexts.dispatch.flow import CHECKS, VISITS
from lianti.contexts.dispatch.models import CareVisit, CheckItem, CheckList, HouseList, Posting, Visited
from lianti.contexts.dispatch.queries.clinics import posting_named
from lianti.contexts.dispatch.states import HERE, LEFT, CheckListState, Side, VisitState
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, PersonFacts
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.saying import listed
from lianti.records import asking
from lianti.records.asking import Asked, Choice, Day, Named, PlaceIs, RecordIs, Through, asks
from lianti.records.cells import Deadline, Link, Pair, Quantity, State
from lianti.records.kinds import Brief, Kind

SIDES = ("sender", "recipient")
MOST_TO_VISIT = 300  # names that a form offers

# Check lists ------------------------------------------------------------------------------------


def check_briefs(rows: Sequence[CheckList]) -> list[Brief]:
    """Return how check lists are named: two queries more, however many."""
    places = _places(rows)
    people = network.people_by_id({row.person_id for row in rows})
    return [
        Brief(row.pk, row.public_id, row.state, row.version,
              f"{people[row.person_id].name} · {words.WHICH_LIST[row.leaving]}", "", "",
              parties=(("", places[row.sender_id]), ("", places[row.recipient_id])))
        for row in rows
    ]  # fmt: skip


def _places(rows: Sequence[CheckList] | Sequence[CareVisit]) -> Mapping[int, InstitutionFacts]:
    return network.institutions_by_id({pk for row in rows for pk in (row.sender_id, row.recipient_id)})


CHECK = Kind(CHECKS, words.CHECK, "/dispatch/checks/", ("checks", "check", "move_check"), check_briefs)
CHECK_FITS = {"open": Q(state=CheckListState.OPEN), "over": ~Q(state=CheckListState.OPEN), "all": Q()}
LISTS = {"arrival": words.WHICH_LIST[False], "leaving": words.WHICH_LIST[True]}


@dataclass(frozen=True)
class CheckAsks(Asked):
    """What the check lists can be asked."""

    show: str = asks(Choice(_("Which"), words=words.CHECKS_SHOWN, fits=CHECK_FITS), default="open")
    list: str | None = asks(
        Choice(words.CHECK.one, words=LISTS, fits={"arrival": Q(leaving=False), "leaving": Q(leaving=True)})
    )
    state: str | None = asks(Choice(_("State"), ("state",), words=words.CHECK.state_words, folded=True))
    place: Named | None = asks(PlaceIs(asking.PLACE, SIDES))
    posting: Named | None = asks(RecordIs(words.POSTING.one, ("posting",), by=posting_named))


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check list as the list draws it; `left`: items still open, of both sides."""

    id: int
    public_id: str
    version: int
    who: Link
    sides: Pair
    left: Quantity
    next: Deadline
    state: State


def check_rows(records: Sequence[CheckList], _actor: Actor, today: date) -> list[CheckRow]:
    """Return check lists as rows: four queries more, however many."""
    places, people = _places(records), network.people_by_id({row.person_id for row in records})
    due: dict[int, list[date]] = defaultdict(list)
    waiting = [row.pk for row in records if row.state == CheckListState.OPEN]
    for pk, day in CheckItem.objects.filter(of__in=waiting, outcome="").values_list("of", "due"):
        due[pk].append(day)
    return [
        CheckRow(
            row.pk,
            row.public_id,
            row.version,
            Link(CHECK.url(row.public_id), people[row.person_id].name, str(words.WHICH_LIST[row.leaving])),
            Pair(places[row.sender_id], places[row.recipient_id]),
            Quantity(Decimal(len(due[row.pk]))),
            Deadline(min(due[row.pk], default=None), bool(due[row.pk]) and min(due[row.pk]) < today),
            words.CHECK.state(row.state),
        )
        for row in records
    ]


@dataclass(frozen=True)
class ItemLine:
    """One item of a list as its page shows it."""

    id: int
    side: str
    owner: Sentence
    name: str
    due: date
    outcome: Sentence
    done_on: date | None
    done_by: Sentence
    note: str


@dataclass(frozen=True)
class CheckPage:
    """What the page of a check list shows. `check` is read only; `own`: open items of the reader's own side."""

    check: CheckList
    posting: Posting
    person: PersonFacts
    items: list[ItemLine]
    own: list[ItemLine]
    late: frozenset[int]


def check_page(actor: Actor, row: CheckList) -> CheckPage:
    """Return what its page shows."""
    rows = list(CheckItem.objects.filter(of=row.pk).order_by("due", "pk"))
    by = network.people_by_principal(one.done_by_id for one in rows if one.done_by_id)
    items = [
        ItemLine(one.pk, one.side, words.OWNERS[one.side], one.name, one.due, words.OUTCOMES.get(one.outcome, ""),
                 one.done_on, by[one.done_by_id].name if one.done_by_id in by else "", one.note)
        for one in rows
    ]  # fmt: skip
    mine = {row.sender_id: Side.SENDER, row.recipient_id: Side.RECIPIENT}.get(actor.tenant_id)
    posting = Posting.objects.get(pk=row.posting_id)
    own = [one for one in items if one.side == mine and one.done_on is None]
    open_ones = frozenset(one.id for one in items if one.done_on is None and row.state == CheckListState.OPEN)
    return CheckPage(row, posting, network.person_by_id(row.person_id), items, own, open_ones)


def house_items(actor: Actor) -> list[HouseItem]:
    """Return what the actor's institution does, as it says itself; else what ships."""
    row = HouseList.objects.filter(institution=actor.tenant_id).first()
    return list(care.SHIPPED) if row is None else care.read(row.items)


def may_keep_house(actor: Actor) -> bool:
    """Say whether the actor's role says what the institution does."""
    return actor.role in rules.SENDERS


# Visits -----------------------------------------------------------------------------------------


def visit_briefs(rows: Sequence[CareVisit]) -> list[Brief]:
    """Return how visits are named: three queries more, however many."""
    places, named = _places(rows), _visited(rows)
    return [
        Brief(row.pk, row.public_id, row.state, row.version, f"{named[row.pk]} · {row.day}", "", row.follow_up,
              parties=(("", places[row.sender_id]), ("", places[row.recipient_id])))
        for row in rows
    ]  # fmt: skip


def _visited(rows: Sequence[CareVisit]) -> Mapping[int, str]:
    """Return the names of who was visited, by visit."""
    pairs = Visited.objects.filter(visit__in=[row.pk for row in rows]).order_by("pk")
    known = list(pairs.values_list("visit", "posting__person"))
    people, found = network.people_by_id(person for _visit, person in known), defaultdict[int, list[str]](list)
    for visit, person in known:
        found[visit].append(str(people[person].name))
    return {row.pk: listed(found[row.pk]) for row in rows}


VISIT = Kind(VISITS, words.VISIT, "/dispatch/visits/", ("visits", "visit", "move_visit"), visit_briefs)
VISIT_FITS = {"all": Q(), "open": Q(state=VisitState.OPEN)}


@dataclass(frozen=True)
class VisitAsks(Asked):
    """What the visits can be asked."""

    show: str = asks(Choice(_("Which"), words=words.VISITS_SHOWN, fits=VISIT_FITS), default="all")
    state: str | None = asks(Choice(_("State"), ("state",), words=words.VISIT.state_words, folded=True))
    place: Named | None = asks(PlaceIs(asking.PLACE, SIDES))
    posting: Named | None = asks(RecordIs(words.POSTING.one, (Through(Visited, "posting", "visit"),), by=posting_named))
    since: date | None = asks(Day(asking.SINCE, ("day",)))
    until: date | None = asks(Day(asking.UNTIL, ("day",), lookup="lte"))


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit as the list draws it."""

    id: int
    public_id: str
    version: int
    who: Link
    sides: Pair
    day: date
    follow_up: str
    due: Deadline
    state: State


def visit_rows(records: Sequence[CareVisit], _actor: Actor, today: date) -> list[VisitRow]:
    """Return visits as rows: four queries more, however many."""
    places, named = _places(records), _visited(records)
    return [
        VisitRow(
            row.pk,
            row.public_id,
            row.version,
            Link(VISIT.url(row.public_id), named[row.pk] or "—", row.visitors),
            Pair(places[row.sender_id], places[row.recipient_id]),
            row.day,
            row.follow_up,
            Deadline(row.due, row.state == VisitState.OPEN and row.due is not None and row.due < today),
            words.VISIT.state(row.state),
        )
        for row in records
    ]


@dataclass(frozen=True)
class VisitPage:
    """What the page of a visit shows. `visit` is read only; `heard` is for the house of the visitors alone."""

    visit: CareVisit
    people: list[tuple[str, PersonFacts]]
    owner: InstitutionFacts | None
    heard: str


def visit_page(actor: Actor, row: CareVisit) -> VisitPage:
    """Return what its page shows."""
    known = Posting.objects.filter(rules.POSTINGS.visible_to(actor))
    ids = known.filter(pk__in=Visited.objects.filter(visit=row.pk).values("posting"))
    found = list(ids.order_by("pk").values_list("public_id", "person"))
    people = network.people_by_id(person for _public_id, person in found)
    return VisitPage(
        row,
        [(public_id, people[person]) for public_id, person in found],
        network.institution_by_id(row.owner_id) if row.owner_id else None,
        row.heard if actor.tenant_id == row.tenant_id else "",
    )


@dataclass(frozen=True)
class ToVisit:
    """Somebody who may be visited, and the two sides of their posting."""

    public_id: str
    person: PersonFacts
    sender: InstitutionFacts
    recipient: InstitutionFacts


def to_visit(actor: Actor) -> list[ToVisit]:
    """Return who is on duty in postings of the actor's institution, and after them who has left."""
    if actor.role not in rules.HOSTS:
        return []
    known = Posting.objects.filter(rules.POSTINGS.visible_to(actor), state__in=HERE | LEFT)
    rows = list(known.order_by("state", "recipient", "-from_date", "pk")[:MOST_TO_VISIT])
    places = network.institutions_by_id({pk for row in rows for pk in (row.sender_id, row.recipient_id)})
    people = network.people_by_id({row.person_id for row in rows})
    return [
        ToVisit(row.public_id, people[row.person_id], places[row.sender_id], places[row.recipient_id]) for row in rows
    ]


def may_visit(actor: Actor) -> bool:
    """Say whether the actor's role lets them note a visit, or keep a check list, at all."""
    return actor.role in rules.HOSTS
