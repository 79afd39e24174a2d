"""Entries as rows of lists, and what a list of them can be asked beside columns of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger import words
from lianti.contexts.ledger.domain import kinds
from lianti.contexts.ledger.domain.due import OPEN
from lianti.contexts.ledger.domain.levels import DEFAULT, Level, Sums
from lianti.contexts.ledger.flow import ENTRIES
from lianti.contexts.ledger.models import Booking, Entry, EntryPerson
from lianti.contexts.ledger.queries.fulfilment import Fulfilment, account_for
from lianti.contexts.ledger.queries.sheet_list import Somebody
from lianti.contexts.ledger.states import STANDING, EntryState
from lianti.contexts.network import queries as network
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.roles import Role
from lianti.lib.web.templatetags.web import quantity
from lianti.records import asking
from lianti.records.asking import Asked, Choice, Control, County, Day, Month, Named, PlaceIs, RecordIs, asks
from lianti.records.cells import Link, Pair, Quantity, State
from lianti.records.kinds import Brief, Kind
from lianti.records.reading import BySides, Visible

GIVEN, RECEIVED, LAID_BEFORE = "given", "received", "arbiter"
SIDES: dict[str, Sentence] = {GIVEN: _("Given by us"), RECEIVED: _("Received by us"), LAID_BEFORE: _("Laid before us")}
SOURCE = BySides(("giver_id", "receiver_id", "arbiter_id"))
COUNTS = Q(level__gt=0)  # what is confirmed in one way or another
FROM = "from_"  # before a level's code: from this level on, which is how figures count
_AT_LEVEL = {at.code: Q(level=at) for at in Level} | {
    f"{FROM}{at.code}": Q(level__gte=at) for at in (Level.PAPER, Level.ONLINE)
}
_STANDING = {"standing": Q(state__in=STANDING)}


def briefs(rows: Sequence[Entry]) -> list[Brief]:
    """Return how entries are named: one query more, however many."""
    houses = network.institutions_by_id({pk for row in rows for pk in (row.giver_id, row.receiver_id)})
    return [
        Brief(
            row.pk, row.public_id, row.state, row.version,
            f"{words.kind_name(row.kind)} {quantity(row.quantity)} {words.unit_name(row.unit)}",
            about=row.day.isoformat(), parties=(("", houses[row.giver_id]), ("", houses[row.receiver_id])),
        )
        for row in rows
    ]  # fmt: skip


KIND = Kind(ENTRIES, words.ENTRY, "/ledger/entries/", ("list", "entry", "move"), briefs)


def _states() -> dict[str, Sentence]:
    return {**words.ENTRY.state_words(), "standing": _("In the books")}


def _levels() -> dict[str, Sentence]:
    from_on = {f"{FROM}{at.code}": word for at, word in words.FROM_LEVEL.items()}
    return {**{level.code: word for level, word in words.LEVELS.items()}, **from_on}


def _units() -> dict[str, Sentence]:
    return {code: words.unit_name(code) for code in kinds.UNITS}


@dataclass(frozen=True)
class AmongPeople(Somebody):
    """Somebody who took part."""

    def narrow(self, value: Named) -> Q:
        return Q(pk__in=EntryPerson.objects.filter(person=value.id).values("entry_id"))


@dataclass(frozen=True)
class InRelation(RecordIs):
    """A relation for one of whose accounts the entry counts."""

    def narrow(self, value: Named) -> Q:
        # A relation holds a good part of what its parties give: walk the list and look each entry up, do not sort all.
        # With its day, which both have, the index by relation leads to the one row instead of all of the relation's.
        same = {"entry_id": OuterRef("pk"), "day": OuterRef("day")}
        return Q(Exists(Booking.objects.filter(relation_id=value.id, **same)))


@dataclass(frozen=True)
class InAccount(RecordIs):
    """An account that the entry counts for."""

    def narrow(self, value: Named) -> Q:
        return Q(pk__in=Booking.objects.filter(account_id=value.id).values("entry_id"))


@dataclass(frozen=True)
class PeriodOf(Day):
    """The period of the account asked for, by its first day; without an account it asks nothing."""

    control: ClassVar[Control] = "hidden"

    def narrow(self, value: date) -> Q:
        return Q()


@dataclass(frozen=True)
class EntriesAsked(Asked):
    """What the list of entries can be asked."""

    side: str | None = asks(Choice(_("Side"), anything=pgettext_lazy("side", "Both"), words=SIDES))
    overdue: str | None = asks(Choice(_("Verification"), words={"1": _("Not verified in time")}))
    late: str | None = asks(Choice(_("Entered"), words={"1": _("Late entries")}, fits={"1": Q(late=True)}, folded=True))
    state: str | None = asks(Choice(_("State"), ("state",), words=_states, fits=_STANDING))
    kind: str | None = asks(Choice(_("What"), ("kind",), words=words.kind_names))
    level: str | None = asks(Choice(pgettext_lazy("verification", "Level"), words=_levels, fits=_AT_LEVEL))
    county: str | None = asks(County(asking.COUNTY, ("giver", "receiver")))
    counterpart: Named | None = asks(PlaceIs(_("With whom")), name="with")
    person: Named | None = asks(AmongPeople(asking.PERSON))
    month: date | None = asks(Month(_("Month"), ("day",)))
    counts: date | None = asks(Month(_("Counts in"), ("count_day",), folded=True))
    since: date | None = asks(Day(asking.SINCE, ("day",)))
    until: date | None = asks(Day(asking.UNTIL, ("day",), lookup="lte"))
    relation: Named | None = asks(InRelation(_("Relation"), by=network.relation_named))
    unit: str | None = asks(Choice(_("Unit"), ("unit",), words=_units, folded=True))
    account: Named | None = asks(InAccount(_("Account"), by=account_for))
    period: date | None = asks(PeriodOf(_("Period of the account from")))

    def narrow(self, rows: Visible[Entry], actor: Actor, today: date) -> Visible[Entry]:
        """Narrow by what is asked: on the side and with the institution asked for, and by the day."""
        rows = super().narrow(self._on_side(rows, actor), actor, today)
        if self.account and self.period:
            counted = Booking.objects.filter(account_id=self.account.id, period=self.period)
            rows = rows.narrowed(Q(pk__in=counted.values("entry_id")))
        return rows.narrowed(Q(state=EntryState.DECLARED, verify_by__lt=today)) if self.overdue else rows

    def _on_side(self, rows: Visible[Entry], actor: Actor) -> Visible[Entry]:
        """Take each side by itself; asked for none: given and received, for an authority what is laid before it too."""
        laid = (LAID_BEFORE,) if actor.role is Role.HEALTH_AUTHORITY else ()
        wanted, other = (self.side,) if self.side else (GIVEN, RECEIVED, *laid), self.counterpart
        gave, got = (Q(giver=other.id), Q(receiver=other.id)) if other else (Q(), Q())
        fits = (got, gave, gave | got)
        return rows.apart(*(which if name in wanted else None for name, which in zip(SIDES, fits, strict=True)))


@dataclass(frozen=True)
class Opened:
    """A number, and where the entries stand that add up to it; '' where there are none."""

    label: Sentence
    number: Decimal
    url: str
    main: bool = False


def by_level(asked: EntriesAsked | None, sums: Sums, at: Level = DEFAULT) -> list[Opened]:
    """Return sums side by side, each opening exactly its entries, and what counts from a level on.

    `asked`: the entries in the books that were added up; None: they are not the reader's to see, or the sums are those
    of a day that is past.
    """
    found = [Opened(words.LEVELS[level], sums.at(level), _opens(asked, sums.at(level), level.code)) for level in Level]
    counted = sums.counted(at)
    return [*found, Opened(_("Counts"), counted, _opens(asked, counted, _from(at)), main=True)]


def _from(at: Level) -> str:
    return at.code if at is Level.SPOT else f"{FROM}{at.code}"


def _opens(asked: EntriesAsked | None, number: Decimal, level: str) -> str:
    return KIND.listed(replace(asked, level=level)) if asked and number else ""


def done_in(found: Fulfilment, unit: str = "") -> str:
    """Return where the entries stand that add up to what an account shows as done: of its current period, if any."""
    current = found.current
    asked = of_account(_named(found), period=current.period.key if current else None, unit=unit or found.unit)
    return KIND.listed(replace(asked, level=_from(found.from_level)))


def all_in(found: Fulfilment) -> str:
    """Return where all entries stand that count for an account, confirmed or not yet."""
    return KIND.listed(of_account(_named(found)))


def _named(found: Fulfilment) -> Named:
    return Named(found.id, found.public_id, found.label)


def of_account(
    account: Named, *, period: date | None = None, unit: str = "", counts: date | None = None
) -> EntriesAsked:
    """Return what asks for the entries in an account: of a period of it, in one unit, counting in one month."""
    asked = EntriesAsked(account=account, state="standing", unit=unit or None, counts=counts)
    return replace(asked, period=period) if period not in (None, OPEN) else asked


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry as the list draws it."""

    id: int
    public_id: str
    version: int
    day: date
    what: Link
    sides: Pair
    people: Sequence[network.PersonFacts]
    amount: Quantity
    level: Sentence
    state: State


def lines(found: Sequence[Entry], _actor: Actor, today: date) -> list[EntryLine]:
    """Return entries as the list draws them, in three queries however many."""
    houses = network.institutions_by_id({e.giver_id for e in found} | {e.receiver_id for e in found})
    people = _persons(found)
    kinds = {code: words.kind_name(code) for code in {entry.kind for entry in found}}
    marks = (gettext("Correction"), gettext("Late entry"))
    levels = {level: str(word) if level else "—" for level, word in words.LEVELS.items()}
    return [
        EntryLine(
            entry.pk,
            entry.public_id,
            entry.version,
            entry.day,
            Link(KIND.url(entry.public_id), kinds[entry.kind], _below(entry, *marks)),
            Pair(houses[entry.giver_id], houses[entry.receiver_id]),
            people.get(entry.pk, ()),
            amount(entry),
            levels[Level(entry.level)],
            words.entry_state(entry.state, overdue=is_overdue(entry, today)),
        )
        for entry in found
    ]


def _below(entry: Entry, correction: str, late: str) -> str:
    note = entry.note if len(entry.note) <= 40 else f"{entry.note[:39]}…"
    return " · ".join(
        part for part in (correction if entry.corrects_id else "", late if entry.late else "", note) if part
    )


def amount(entry: Entry) -> Quantity:
    """Return what counts with its unit; a higher figure that was declared is struck through."""
    was = entry.declared if entry.declared != entry.quantity else None
    return Quantity(entry.quantity, words.unit_name(entry.unit), was)


def is_overdue(entry: Entry, today: date) -> bool:
    """Say whether the entry should have been verified before today."""
    return entry.state == EntryState.DECLARED and entry.verify_by < today


@dataclass(frozen=True)
class EntryRow:
    """An entry as other pages show it."""

    id: int
    public_id: str
    version: int
    kind: str
    unit: str
    quantity: Decimal
    declared: Decimal
    day: date
    state: str
    level: Level
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


def rows_of(found: Iterable[Entry], today: date) -> list[EntryRow]:
    """Return entries with institutions, people and the number of accounts, in four queries."""
    held = list(found)
    people = _persons(held)
    houses = network.institutions_by_id({e.giver_id for e in held} | {e.receiver_id for e in held})
    counted = Booking.objects.filter(entry__in=[e.pk for e in held]).values_list("entry_id").annotate(n=Count("id"))
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
            state=entry.state,
            level=Level(entry.level),
            late=entry.late,
            overdue=is_overdue(entry, today),
            verify_by=entry.verify_by,
            correction=entry.corrects_id is not None,
            giver=houses[entry.giver_id],
            receiver=houses[entry.receiver_id],
            people=people.get(entry.pk, ()),
            accounts=accounts.get(entry.pk, 0),
            note=entry.note,
        )
        for entry in held
    ]


def _persons(entries: Iterable[Entry]) -> dict[int, tuple[network.PersonFacts, ...]]:
    """Return the people of each entry in their order, as they may be shown."""
    named = EntryPerson.objects.filter(entry__in=[e.pk for e in entries], person__isnull=False).order_by("id")
    pairs = list(named.values_list("entry_id", "person_id"))
    known = network.people_by_id(pk for _entry, pk in pairs if pk is not None)
    found: dict[int, list[network.PersonFacts]] = defaultdict(list)
    for entry_id, person_id in pairs:
        if person_id in known:
            found[entry_id].append(known[person_id])
    return {entry_id: tuple(people) for entry_id, people in found.items()}
