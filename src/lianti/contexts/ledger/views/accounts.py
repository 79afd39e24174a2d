"""The list of accounts, and the page of one: what was promised, what was done, by period, month and level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger import queries, words
from lianti.contexts.ledger.queries import AccountPage, EntriesAsked, PeriodStanding
from lianti.contexts.ledger.queries import accounts as rows
from lianti.contexts.ledger.views import entries
from lianti.contexts.ledger.views.moving import source_url, today
from lianti.lib.actor import Actor
from lianti.lib.web.doors import Request
from lianti.lib.web.parts import Fact, Head
from lianti.records import cells, listing, lists
from lianti.records.asking import Named
from lianti.records.cells import Progress
from lianti.records.lists import Column, Order, RecordList
from lianti.records.pages import RecordPage
from lianti.records.reading import Plain

LIST = lists.register(
    RecordList(
        rows.KIND,
        columns=(
            Column("promise", _("Promise"), cells.RECORD),
            Column("sides", _("From and to"), cells.PAIR),
            Column("done", _("Done"), cells.PROGRESS),
            Column("standing", _("Standing"), cells.STATE),
            Column("last", _("Last given"), cells.DAY, wide=True),
        ),
        asked=rows.AccountsAsked,
        orders={"latest": Order(lists.LATEST_FIRST, ("-id",))},
        source=Plain(),
        rows=rows.lines,
        empty=(_("No account here"), _("What is owed opens an account: a promise in force, a need that was accepted.")),
    )
)


def _read(_actor: Actor, row: Any) -> AccountPage:
    return queries.account_page(row, today=today())


def _head(_actor: Actor, page: AccountPage, head: Head) -> Head:
    state = words.standing(page.account.standing)
    source = source_url(page.account.source_kind, page.account.source_public_id)
    head = replace(head, state=state.code, label=state.word, tone=state.tone)
    return replace(head, back=source, back_label=_("Where it comes from")) if source else head


def _facts(page: AccountPage) -> list[Fact]:
    found = page.account
    kinds = "、".join(words.kind_name(code) for code in found.kinds)
    return [
        Fact(_("Promised"), queries.promise_words(found)),
        Fact(_("From"), found.from_date or _("not agreed")),
        Fact(_("To"), found.to_date or _("not agreed")),
        Fact(_("Fulfilled by"), kinds or _("only entries that name it"), wide=True),
        Fact(_("Earlier periods that fell short"), found.earlier_short or ""),
        Fact(_("Last given"), found.last_day),
        Fact(_("State"), words.ACCOUNT.state(page.row.state).word),
    ]


def _figures(page: AccountPage) -> list[tuple[str, Progress]]:
    """Give done beside promised for each unit, the account's own first."""
    found = page.account
    if found.amount is not None:
        promised, tone = rows.decimal(found.promised), words.standing(found.standing).tone
        return [(words.unit_name(found.unit), Progress(found.done, promised, "", queries.done_in(found), tone))]
    return [
        (words.unit_name(unit), Progress(done, None, "", queries.done_in(found, unit))) for unit, done in found.units
    ]


def _period(page: AccountPage, period: PeriodStanding) -> dict[str, Any]:
    sums, unit = period.by_unit.get(page.account.unit, queries.Sums()), page.account.unit
    asked = queries.of_account(Named.of(page.row), period=period.period.key, unit=unit)
    return {
        "first": period.period.first,
        "last": period.period.last,
        "owed": rows.decimal(period.period.owed),
        "due": rows.decimal(period.due),
        "by_level": queries.by_level(asked, sums),
        "standing": words.standing(period.standing),
    }


def _more(request: Request, page: AccountPage) -> Mapping[str, Any]:
    found, here = page.account, Named.of(page.row)
    return {
        "figures": _figures(page),
        "periods": [_period(page, one) for one in reversed(found.periods)] if found.amount is not None else [],
        "months": [
            {
                "month": month,
                "url": entries.KIND.listed(queries.of_account(here, counts=month)),
                "unit": words.unit_name(unit),
                "by_level": queries.by_level(queries.of_account(here, unit=unit, counts=month), sums),
            }
            for (month, unit), sums in sorted(found.months.items(), reverse=True)
        ],
        "entries": listing.part(request, entries.LIST, EntriesAsked(account=here), even_empty=True),
    }


PAGE: RecordPage[AccountPage] = RecordPage(
    rows.KIND,
    template="ledger/account.html",
    ident="account_id",
    read=_read,
    facts=_facts,
    acts={},
    more=_more,
    head=_head,
)
