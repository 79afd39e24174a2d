"""Rates and allowance sheets as rows of lists, and what the page of each shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from lianti.contexts.dispatch import rules, words
from lianti.contexts.dispatch.flow import ALLOWANCES, RATES
from lianti.contexts.dispatch.models import AllowanceDeduction, AllowanceLine, AllowanceRate, AllowanceSheet, Posting
from lianti.contexts.dispatch.queries import paid
from lianti.contexts.dispatch.states import AllowanceState, RateState
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import InstitutionFacts, PersonFacts
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.records.asking import Asked, Choice, asks
from lianti.records.cells import Link, Money, Quantity, Span, State
from lianti.records.kinds import Brief, Kind

HUNDRED = Decimal(100)


def yuan(cents: int) -> Decimal:
    """Return cents as yuan."""
    return Decimal(cents) / HUNDRED


# Rates ------------------------------------------------------------------------------------------


def rate_words(row: AllowanceRate) -> str:
    """Return for whom a rate holds: kind and region."""
    kind = str(words.KINDS[row.kind]) if row.kind else _("Every kind of posting")
    return " · ".join(filter(None, (kind, row.region.replace("/", " "))))


def rate_briefs(rows: Sequence[AllowanceRate]) -> list[Brief]:
    """Return how rates are named."""
    return [
        Brief(row.pk, row.public_id, row.state, row.version, f"{rate_words(row)} · ¥ {yuan(row.cents):.2f}")
        for row in rows
    ]


RATE = Kind(RATES, words.RATE, "/dispatch/rates/", ("rates", "rate", "move_rate"), rate_briefs)
RATE_FITS = {"kept": Q(state=RateState.KEPT), "all": Q()}


@dataclass(frozen=True)
class RateAsks(Asked):
    """What the list of rates can be asked."""

    show: str = asks(Choice(gettext_lazy("Which"), words=words.RATES_SHOWN, fits=RATE_FITS), default="kept")
    state: str | None = asks(Choice(gettext_lazy("State"), ("state",), words=words.RATE.state_words, folded=True))


@dataclass(frozen=True, slots=True)
class RateRow:
    """One rate as the list draws it."""

    id: int
    public_id: str
    version: int
    what: Link
    yuan: Money
    time: Span
    basis: str
    state: State


def rate_rows(records: Sequence[AllowanceRate], _actor: Actor, _today: date) -> list[RateRow]:
    """Return rates as rows."""
    return [
        RateRow(row.pk, row.public_id, row.version, Link(RATE.url(row.public_id), rate_words(row)),
                Money(yuan(row.cents)), Span(row.from_date, row.to_date), row.basis, words.RATE.state(row.state))
        for row in records
    ]  # fmt: skip


def rate_page(_actor: Actor, row: AllowanceRate) -> AllowanceRate:
    """Return what the page of a rate shows: itself, read only."""
    return row


# Sheets -----------------------------------------------------------------------------------------


def briefs(rows: Sequence[AllowanceSheet]) -> list[Brief]:
    """Return how sheets are named: one query more, however many."""
    places = network.institutions_by_id({row.sender_id for row in rows})
    return [
        Brief(row.pk, row.public_id, row.state, row.version, f"{words.ALLOWANCE.one} {row.month:%Y-%m}", row.number,
              parties=(("", places[row.sender_id]),))
        for row in rows
    ]  # fmt: skip


ALLOWANCE = Kind(
    ALLOWANCES, words.ALLOWANCE, "/dispatch/allowances/", ("allowances", "allowance", "move_allowance"), briefs
)


@dataclass(frozen=True)
class AllowanceAsks(Asked):
    """What the list of sheets can be asked."""

    state: str | None = asks(Choice(gettext_lazy("State"), ("state",), words=words.ALLOWANCE.state_words))


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One sheet as the list draws it."""

    id: int
    public_id: str
    version: int
    sheet: Link
    people: Quantity
    yuan: Money
    issued: date | None
    state: State


def sheet_rows(records: Sequence[AllowanceSheet], _actor: Actor, _today: date) -> list[SheetRow]:
    """Return sheets as rows: two queries more, however many."""
    keys = [row.pk for row in records]
    lines = AllowanceLine.objects.filter(sheet__in=keys).values_list("sheet")
    told = {
        pk: (people, cents) for pk, people, cents in lines.annotate(n=Count("person", distinct=True), c=Sum("cents"))
    }
    kept = AllowanceDeduction.objects.filter(sheet__in=keys).values_list("sheet").annotate(c=Sum("cents"))
    back = dict(kept)
    return [
        SheetRow(
            row.pk,
            row.public_id,
            row.version,
            Link(ALLOWANCE.url(row.public_id), f"{row.month:%Y-%m}", row.number),
            Quantity(Decimal(told.get(row.pk, (0, 0))[0])),
            Money(yuan(told.get(row.pk, (0, 0))[1] - back.get(row.pk, 0))),
            row.issued,
            words.ALLOWANCE.state(row.state),
        )
        for row in records
    ]


@dataclass(frozen=True)
class PaidLine:
    """One line: counted days at a rate; `difference`: of an earlier month, what differs from what was issued."""

    posting_id: str
    place: InstitutionFacts
    month: date
    days: int
    rate: Decimal
    amount: Decimal
    difference: bool


@dataclass(frozen=True)
class PaidPerson:
    """Somebody on a sheet: their lines, what is kept back, what is left."""

    person: PersonFacts
    lines: list[PaidLine]
    kept_back: Decimal
    note: str

    @property
    def amount(self) -> Decimal:
        """What the lines come to."""
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def total(self) -> Decimal:
        """What is left after what is kept back."""
        return self.amount - self.kept_back

    @property
    def days(self) -> int:
        """The days of the lines, differences among them."""
        return sum(line.days for line in self.lines)


@dataclass(frozen=True)
class PayPage:
    """What the page of a sheet shows. `sheet` is read only."""

    sheet: AllowanceSheet
    sender: InstitutionFacts
    people: list[PaidPerson]
    changed: bool  # days or rates are otherwise now than when it was counted

    @property
    def total(self) -> Decimal:
        """What the sheet comes to."""
        return sum((one.total for one in self.people), Decimal(0))

    @property
    def without_rate(self) -> int:
        """Lines of days that no rate speaks of."""
        return sum(line.rate == 0 for one in self.people for line in one.lines)


def sheet_page(actor: Actor, row: AllowanceSheet, today: date) -> PayPage:
    """Return what its page shows."""
    lines = list(AllowanceLine.objects.filter(sheet=row.pk).order_by("person", "month", "posting", "rate"))
    changed = False
    if row.state == AllowanceState.DRAFTED:
        stands = {(line.posting_id, line.month, line.rate): line.days for line in lines}
        changed = stands != paid.open_lines(actor, row.sender_id, row.month, today)
    return PayPage(row, network.institution_by_id(row.sender_id), _people(row, lines), changed)


def _people(row: AllowanceSheet, lines: Sequence[AllowanceLine]) -> list[PaidPerson]:
    postings = {one.pk: one for one in Posting.objects.filter(pk__in={line.posting_id for line in lines})}
    places = network.institutions_by_id({one.recipient_id for one in postings.values()})
    people = network.people_by_id({line.person_id for line in lines})
    back = {one.person_id: one for one in AllowanceDeduction.objects.filter(sheet=row.pk)}
    found: dict[int, list[PaidLine]] = defaultdict(list)
    for line in lines:
        posting = postings[line.posting_id]
        found[line.person_id].append(
            PaidLine(posting.public_id, places[posting.recipient_id], line.month, line.days, yuan(line.rate),
                     yuan(line.cents), line.month != row.month)
        )  # fmt: skip
    ordered = sorted(found, key=lambda pk: (people[pk].department, str(people[pk].name), pk))
    return [
        PaidPerson(people[pk], found[pk], yuan(back[pk].cents) if pk in back else Decimal(0),
                   back[pk].note if pk in back else "")
        for pk in ordered
    ]  # fmt: skip


def for_finance(page: PayPage) -> Iterator[list[object]]:
    """Yield the lines of the file for finance, the head first, with a column for the signature."""
    yield [pgettext("letter", "No."), _("Name"), _("Department"), _("Receiving hospital"), _("Month"),
           pgettext("papers", "Days"), _("Yuan a day"), _("Amount in yuan"), _("Kept back"), _("To be paid"), _("Note"),
           _("Signature")]  # fmt: skip
    for number, one in enumerate(page.people, start=1):
        for turn, line in enumerate(one.lines):
            first = turn == 0
            note = _("Difference to what was issued") if line.difference else (one.note if first else "")
            yield [number if first else None, str(one.person.name), one.person.department, line.place.short_name,
                   f"{line.month:%Y-%m}", line.days, line.rate, line.amount, one.kept_back if first else None,
                   one.total if first else None, note, ""]  # fmt: skip
    yield [None, _("Sum of the sheet"), *[None] * 7, page.total, "", ""]


def may_pay(actor: Actor) -> bool:
    """Say whether the actor's role keeps rates and sheets."""
    return actor.role in rules.SENDERS


def known_regions(actor: Actor) -> list[tuple[str, Sentence]]:
    """Return the regions to which the actor's institution sends people, and those around them."""
    places = Posting.objects.filter(rules.POSTINGS.visible_to(actor), sender=actor.tenant_id)
    found: Mapping[int, InstitutionFacts] = network.institutions_by_id(
        set(places.values_list("recipient", flat=True).distinct())
    )
    paths = {
        "/".join(parts[: n + 1])
        for place in found.values()
        if place.region
        for parts in [place.region.split("/")]
        for n in range(len(parts))
    }
    return [(path, path.replace("/", " ")) for path in sorted(paths)]
