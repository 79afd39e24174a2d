"""Accounts as rows of a list, and what the page of one says: promised and done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger import words
from lianti.contexts.ledger.domain.due import Standing
from lianti.contexts.ledger.flow import ACCOUNTS
from lianti.contexts.ledger.models import Account
from lianti.contexts.ledger.queries.fulfilment import Fulfilment, fulfilments
from lianti.contexts.ledger.queries.lists import done_in
from lianti.contexts.ledger.states import AccountState
from lianti.contexts.network import queries as network
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.web.templatetags.web import quantity
from lianti.records import asking
from lianti.records.asking import Asked, Choice, County, Named, PlaceIs, RecordIs, asks
from lianti.records.cells import Link, Pair, Progress, State
from lianti.records.kinds import Brief, Kind
from lianti.records.reading import Visible

SIDES = ("giver", "receiver")
GIVEN, RECEIVED = "given", "received"
SIDE_WORDS: dict[str, Sentence] = {GIVEN: _("Promised by us"), RECEIVED: _("Promised to us")}
_HUNDREDTH = Decimal("0.01")


def briefs(rows: Sequence[Account]) -> list[Brief]:
    """Return how accounts are named: one query more, however many."""
    houses = network.institutions_by_id({pk for row in rows for pk in (row.giver_id, row.receiver_id)})
    return [
        Brief(
            row.pk, row.public_id, row.state, row.version, row.label,
            parties=(("", houses[row.giver_id]), ("", houses[row.receiver_id])),
        )
        for row in rows
    ]  # fmt: skip


KIND = Kind(ACCOUNTS, words.ACCOUNT, "/ledger/accounts/", ("accounts", "account", ""), briefs)


@dataclass(frozen=True)
class AccountsAsked(Asked):
    """What the list of accounts can be asked."""

    show: str = asks(
        Choice(
            _("Which"),
            words={**words.ACCOUNT.state_words(), "all": pgettext_lazy("accounts", "All")},
            fits={**{state.value: Q(state=state) for state in AccountState}, "all": Q()},
        ),
        default="open",
    )
    side: str | None = asks(Choice(_("Side"), anything=pgettext_lazy("side", "Both"), words=SIDE_WORDS))
    county: str | None = asks(County(asking.COUNTY, SIDES))
    place: Named | None = asks(PlaceIs(asking.PLACE, SIDES))
    relation: Named | None = asks(RecordIs(_("Relation"), ("relation",), by=network.relation_named))

    def narrow(self, rows: Visible[Account], actor: Actor, today: date) -> Visible[Account]:
        """Narrow by what is asked, and by the side on which the reader's institution stands."""
        rows = super().narrow(rows, actor, today)
        if self.side is None:
            return rows
        return rows.narrowed(Q(**{"giver" if self.side == GIVEN else "receiver": actor.tenant_id}))


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account as the list draws it."""

    id: int
    public_id: str
    version: int
    promise: Link
    sides: Pair
    done: Progress
    standing: State
    last: date | None


def lines(records: Sequence[Account], _actor: Actor, today: date) -> list[AccountLine]:
    """Return accounts as rows, in three queries however many."""
    return lines_of(fulfilments(records, today))


def lines_of(found: Sequence[Fulfilment]) -> list[AccountLine]:
    """Return what stands in accounts as rows."""
    houses = network.institutions_by_id({pk for row in found for pk in (row.giver_id, row.receiver_id)})
    return [
        AccountLine(
            row.id,
            row.public_id,
            row.version,
            Link(KIND.url(row.public_id), row.label, " · ".join((promise_words(row), *_declared(row)))),
            Pair(houses[row.giver_id], houses[row.receiver_id]),
            progress(row),
            words.standing(row.standing),
            row.last_day,
        )
        for row in found
    ]


def _declared(found: Fulfilment) -> list[str]:
    declared = ((sums.declared, unit) for unit, sums in sorted(found.by_unit.items()) if sums.declared)
    return [
        gettext("declared only: %(n)s %(unit)s") % {"n": quantity(number), "unit": words.unit_name(unit)}
        for number, unit in declared
    ]


def promise_words(found: Fulfilment) -> str:
    """Say what is owed: 12 sessions a year, or that no amount is agreed."""
    if found.amount is None:
        return words.standing(Standing.NO_AMOUNT).word
    return f"{quantity(found.amount)} {words.unit_name(found.unit)} {words.PERIODS[found.per]}"


def progress(found: Fulfilment) -> Progress:
    """Return done beside promised; without an amount each unit stands by itself."""
    tone = words.standing(found.standing).tone
    if found.amount is not None:
        return Progress(found.done, decimal(found.promised), words.unit_name(found.unit), done_in(found), tone)
    (unit, done), *more = found.units or [("", Decimal(0))]
    others = (f"{quantity(number)} {words.unit_name(code)}" for code, number in more)
    return Progress(done, None, " · ".join((words.unit_name(unit), *others)), done_in(found, unit), tone)


def decimal(value: Any) -> Decimal | None:
    """Give an exact fraction as a number for the eye."""
    return None if value is None else (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_HUNDREDTH)


@dataclass(frozen=True)
class AccountPage:
    """All that the page of an account says beside head and story. `row` is read only."""

    row: Account
    account: Fulfilment


def account_page(row: Account, *, today: date) -> AccountPage:
    """Return promised and done of an account, by period, month and level."""
    return AccountPage(row, fulfilments([row], today)[0])
