"""Promised and done side by side: accounts with what stands in them, and when they are behind or late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from lianti.contexts.ledger import rules
from lianti.contexts.ledger.domain.due import OPEN, Per, Period, Standing, Terms, due, period_of, periods, standing
from lianti.contexts.ledger.domain.fits import Counted, Total
from lianti.contexts.ledger.domain.fits import totals as add_up
from lianti.contexts.ledger.domain.levels import DEFAULT, Level, Sums
from lianti.contexts.ledger.models import Account, AccountSum, Booking, Entry
from lianti.contexts.ledger.states import STANDING, AccountState
from lianti.lib.actor import Actor
from lianti.lib.errors import NotFound

_NOTHING = Sums()


@dataclass(frozen=True)
class PeriodStanding:
    """One period of an account: what is due by today, what stands by unit and level, and how that is."""

    period: Period
    due: Fraction
    standing: Standing
    by_unit: dict[str, Sums]
    unit: str
    over: bool = False

    @property
    def done(self) -> Decimal:
        """What is counted for the amount, from the default level on."""
        return self.by_unit.get(self.unit, _NOTHING).counted()


@dataclass(frozen=True)
class Fulfilment:
    """An account with what stands in it. No amount: only what was done by unit and when last."""

    id: int
    public_id: str
    version: int
    label: str
    giver_id: int
    receiver_id: int
    relation_id: int | None
    kinds: tuple[str, ...]
    unit: str
    amount: Decimal | None
    per: str
    from_date: date | None
    to_date: date | None
    open: bool
    source_kind: str
    source_id: int
    source_public_id: str
    periods: tuple[PeriodStanding, ...]
    by_unit: dict[str, Sums]
    months: dict[tuple[date, str], Sums]
    entries: int
    last_day: date | None
    from_level: Level = DEFAULT

    @property
    def current(self) -> PeriodStanding | None:
        """The period that today lies in, or the last one."""
        return self.periods[-1] if self.periods else None

    @property
    def standing(self) -> Standing:
        """How it stands now: late when the period that ended last fell short, else as the current one stands.

        What fell short further back is said beside it: one bad month of long ago does not colour a promise for ever.
        """
        ended = self._ended
        if ended and ended[-1].standing is Standing.LATE:
            return Standing.LATE
        if self.current is None:
            return Standing.NO_AMOUNT if self.amount is None else Standing.ON_COURSE
        return self.current.standing

    @property
    def earlier_short(self) -> int:
        """How many periods before the one that ended last fell short."""
        return sum(period.standing is Standing.LATE for period in self._ended[:-1])

    @property
    def _ended(self) -> list[PeriodStanding]:
        return [period for period in self.periods if period.over]

    @property
    def done(self) -> Decimal:
        """What counts in the current period in the account's unit; without one, in the only unit that stands there."""
        standing = self.current.by_unit if self.current else {}
        unit = self.unit or (next(iter(standing)) if len(standing) == 1 else "")
        return standing.get(unit, _NOTHING).counted(self.from_level)

    @property
    def promised(self) -> Fraction | None:
        """What is owed for the current period; None: no amount agreed."""
        return self.current.period.owed if self.current else None if self.amount is None else Fraction(self.amount)

    def on(self, day: date) -> tuple[Period, Decimal]:
        """Return the period in which a day counts, begun or not, and what is counted for the amount of it so far."""
        terms = Terms(self.amount, Per(self.per), self.from_date, self.to_date, self.from_date or day)
        period = period_of(terms, day)
        done = next((one.done for one in self.periods if one.period.key == period.key), Decimal(0))
        return period, done

    @property
    def units(self) -> list[tuple[str, Decimal]]:
        """What counts in all, unit by unit."""
        return [(unit, sums.counted(self.from_level)) for unit, sums in sorted(self.by_unit.items())]


@dataclass
class _Stands:
    by_period: dict[date, dict[str, Sums]] = field(default_factory=lambda: defaultdict(dict))
    by_unit: dict[str, Sums] = field(default_factory=dict)
    months: dict[tuple[date, str], Sums] = field(default_factory=dict)
    entries: int = 0

    def add(self, period: date, month: date, unit: str, level: int, quantity: Decimal, entries: int) -> None:
        at = Level(level)
        by_period = self.by_period[period]
        by_period[unit] = by_period.get(unit, _NOTHING).plus(at, quantity)
        self.by_unit[unit] = self.by_unit.get(unit, _NOTHING).plus(at, quantity)
        self.months[(month, unit)] = self.months.get((month, unit), _NOTHING).plus(at, quantity)
        self.entries += entries


def fulfilment(account_ids: Iterable[int], *, today: date, from_level: Level | str = DEFAULT) -> dict[int, Fulfilment]:
    """Return promised and done of these accounts by key, in three queries; lateness always by the default level."""
    accounts = list(Account.objects.filter(pk__in=set(account_ids)).order_by("id"))
    return {row.id: row for row in fulfilments(accounts, today, _level(from_level))}


def _level(told: Level | str) -> Level:
    return told if isinstance(told, Level) else Level[told.upper()]


def fulfilments(accounts: Sequence[Account], today: date, from_level: Level = DEFAULT) -> list[Fulfilment]:
    """Return promised and done of these accounts in their order, in two queries."""
    pks = [account.pk for account in accounts]
    stands: dict[int, _Stands] = defaultdict(_Stands)
    sums = AccountSum.objects.filter(account__in=pks).exclude(entries=0, quantity=0)
    columns = ("account_id", "period", "month", "unit", "level", "quantity", "entries")
    for account_id, *row in sums.values_list(*columns):
        stands[account_id].add(*row)
    last = last_days(pks)
    return [_one(account, stands[account.pk], last.get(account.pk), today, from_level) for account in accounts]


def last_days(account_ids: Iterable[int]) -> dict[int, date]:
    """Return the last day on which something was given that counts in each account and is not corrected to nothing."""
    counted = Entry.objects.filter(corrects=OuterRef("entry"), level__gte=DEFAULT).values("corrects")
    taken = Coalesce(Subquery(counted.annotate(sum=Sum("quantity")).values("sum")), 0)
    # From the latest posting of each account back, so that few are looked at.
    rows = Booking.objects.filter(account=OuterRef("pk"), entry__level__gte=DEFAULT, entry__corrects=None)
    latest = (
        rows.alias(left=F("entry__quantity") + taken).filter(left__gt=0).order_by("-day", "-entry_id").values("day")
    )
    accounts = Account.objects.filter(pk__in=set(account_ids)).annotate(last=Subquery(latest[:1]))
    return {pk: last for pk, last in accounts.values_list("pk", "last") if last is not None}


def _one(account: Account, stands: _Stands, last_day: date | None, today: date, from_level: Level) -> Fulfilment:
    return Fulfilment(
        id=account.pk,
        public_id=account.public_id,
        version=account.version,
        label=account.label,
        giver_id=account.giver_id,
        receiver_id=account.receiver_id,
        relation_id=account.relation_id,
        kinds=tuple(account.kinds),
        unit=account.unit,
        amount=account.amount,
        per=account.per,
        from_date=account.from_date,
        to_date=account.to_date,
        open=account.state == AccountState.OPEN,
        source_kind=account.source_kind,
        source_id=account.source_id,
        source_public_id=account.source_public_id,
        periods=tuple(_periods(account.terms, account.unit, stands, today)),
        by_unit=dict(stands.by_unit),
        months=dict(sorted(stands.months.items())),
        entries=stands.entries,
        last_day=last_day,
        from_level=from_level,
    )


def _periods(terms: Terms, unit: str, stands: _Stands, today: date) -> Iterable[PeriodStanding]:
    begun = periods(terms, today)
    known = {period.key for period in begun}
    if terms.start is None and terms.amount is not None:
        # No beginning is agreed: the amount is owed from the period in which the first entry counts.
        earlier = sorted(
            key
            for key, by_unit in stands.by_period.items()
            if key not in known and key != OPEN and key < terms.since and any(s.counted() for s in by_unit.values())
        )
        if earlier:
            begun = periods(Terms(terms.amount, terms.per, None, terms.end, earlier[0]), today)
    for period in begun:
        by_unit = dict(stands.by_period.get(period.key, {}))
        counted = by_unit.get(unit, _NOTHING).counted()
        over = period.last is not None and today > period.last
        yield PeriodStanding(period, due(period, today), standing(period, counted, today), by_unit, unit, over)


def totals(account_ids: Iterable[int], *, first: date | None = None, last: date | None = None) -> dict[str, Total]:
    """Add up several accounts by unit, each entry once however many of them it counts for."""
    rows = Entry.objects.filter(
        pk__in=Booking.objects.filter(account__in=set(account_ids)).values("entry_id"), state__in=STANDING
    )
    if first is not None:
        rows = rows.filter(count_day__gte=first)
    if last is not None:
        rows = rows.filter(count_day__lte=last)
    columns = ("id", "source_kind", "source_id", "unit", "level", "quantity")
    return add_up(
        Counted(pk, f"{kind}:{source}", unit, level, quantity)
        for pk, kind, source, unit, level, quantity in rows.values_list(*columns)
    )


def account_for(actor: Actor, public_id: str) -> Account:
    """Find an account the actor may see. Raises NotFound."""
    found = Account.objects.filter(rules.ACCOUNTS.visible_to(actor), public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


def accounts_of(
    actor: Actor, *, source_kind: str | None = None, source_ids: Iterable[int] = (), relation_id: int | None = None
) -> list[Account]:
    """Return the accounts the actor may see, of these sources or of one relation."""
    rows = Account.objects.filter(rules.ACCOUNTS.visible_to(actor))
    if source_kind is not None:
        rows = rows.filter(source_kind=source_kind, source_id__in=set(source_ids))
    if relation_id is not None:
        rows = rows.filter(relation_id=relation_id)
    return list(rows.order_by("id"))


def for_source(actor: Actor, source_kind: str, source_ids: Iterable[int], *, today: date) -> dict[int, Fulfilment]:
    """Return promised and done by the key of what they come from (a commitment, a need), three queries."""
    rows = fulfilments(accounts_of(actor, source_kind=source_kind, source_ids=source_ids), today)
    return {row.source_id: row for row in rows}


def open_accounts_between(actor: Actor, giver_id: int, receiver_id: int) -> list[Account]:
    """Return the open accounts between two sides that the actor may see: those that a person can name."""
    rows = Account.objects.filter(
        rules.ACCOUNTS.visible_to(actor), giver_id=giver_id, receiver_id=receiver_id, state=AccountState.OPEN
    )
    return list(rows.order_by("label", "id"))
