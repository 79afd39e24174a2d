"""Reading: lists page by page, in a fixed number of queries."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl

import pytest

from lianti.contexts.ledger import queries, services, views
from lianti.contexts.ledger.models import Entry, MonthSheet
from lianti.contexts.ledger.queries import accounts, lists, sheet_list
from lianti.contexts.ledger.tests.stage import Stage, seen, stands
from lianti.contexts.network import queries as network
from lianti.kernel import scope
from lianti.records.asking import NotUnderstood
from lianti.records.lists import tally
from tests import cast

LIST = views.entries.LIST


def several(stage: Stage, count: int) -> None:
    people = [(stage.person("expert"), "lead", None), (stage.person("second"), "assist", None)]
    for n in range(count):
        stage.declare(day=stage.today - timedelta(days=n % 9), quantity=2, people=people)


def test_pages_follow_each_other_without_gap_or_repeat(stage: Stage) -> None:
    several(stage, 7)
    stage.declare("K>P", "mentoring", by="coordinator", people=[])
    actor, seen, after = stage.coordinator, list[int](), None
    with scope.acting(actor):
        for _page in range(3):
            page = LIST.page(actor, lists.EntriesAsked(), stage.today, after=after, limit=3)
            seen, after = [*seen, *(row.id for row in page.items)], page.more
    days = [row.day for row in stage.listed(actor)]
    assert (len(seen), len(set(seen)), after) == (8, 8, None)
    assert days == sorted(days, reverse=True)


FILTERS: list[tuple[str, int]] = [
    ("", 3),
    ("side=given", 1),
    ("side=received", 2),
    ("side=arbiter", 0),
    ("state=counted", 1),
    ("state=standing", 3),
    ("kind=operation", 1),
    ("level=online", 1),
    ("month=2026-02", 1),
    ("counts=2026-03", 2),
    ("since=2026-03-01", 2),
    ("until=2026-02-28", 1),
    ("late=1", 1),
    ("overdue=1", 0),
]


@pytest.mark.parametrize(("address", "count"), FILTERS)
def test_the_list_narrows(stage: Stage, address: str, count: int) -> None:
    stage.verify(stage.declare())
    stage.declare(kind="operation", day=date(2026, 2, 3))
    stage.declare("K>P", "mentoring", by="coordinator", people=[])
    asked = lists.EntriesAsked.read(dict(parse_qsl(address)), stage.coordinator)
    assert asked.address() == address
    with scope.acting(stage.coordinator):
        assert len(LIST.page(stage.coordinator, asked, stage.today).items) == count
        assert tally(LIST, stage.coordinator, asked, stage.today).count == count


def test_the_list_narrows_to_person_account_relation_and_counterpart(stage: Stage) -> None:
    relation = cast.a_relation(stage.houses["P"], [stage.houses["K"]])
    account = stage.account(relation_id=relation.pk)
    stage.declare()
    stage.declare("P>L", people=[(stage.person("second"), "lead", None)])
    with scope.system():
        expert = network.person_by_id(stage.person("expert")).public_id
    for address in (
        f"person={expert}",
        f"account={account.public_id}",
        f"relation={relation.public_id}",
        f"with={stage.houses['L'].public_id}",
    ):
        with scope.acting(stage.office):
            asked = lists.EntriesAsked.read(dict(parse_qsl(address)), stage.office)
            assert asked.address() == address
            assert len(LIST.page(stage.office, asked, stage.today).items) == 1
    with pytest.raises(NotUnderstood):
        lists.EntriesAsked.read({"account": account.public_id}, stage.keeper)


def test_sums_above_the_list_leave_out_what_is_only_declared(stage: Stage) -> None:
    stage.verify(stage.declare(quantity=2))
    stage.declare(quantity=5)
    stage.verify(stage.declare(kind="outpatient", quantity=Decimal("0.5")))
    with scope.acting(stage.office):
        found = tally(LIST, stage.office, lists.EntriesAsked(), stage.today)
    assert (found.count, sorted(number for number, _unit in found.sums)) == (3, [Decimal("0.5"), Decimal(2)])


@pytest.mark.parametrize("count", [3, 30])
def test_queries_do_not_grow_with_rows(stage: Stage, count: int, django_assert_max_num_queries: Any) -> None:
    relation = cast.a_relation(stage.houses["P"], [stage.houses["K"]])
    account = stage.account(relation_id=relation.pk, from_date=date(2026, 1, 1))
    several(stage, count)
    entry = seen(Entry).order_by("id").first()
    sheet = seen(MonthSheet).filter(month=date(2026, 3, 1)).order_by("id").first()
    assert sheet is not None
    actor, told = stage.coordinator, {"today": stage.today}
    for most, read in (
        (5, lambda: LIST.page(actor, lists.EntriesAsked(), stage.today)),
        (2, lambda: tally(LIST, actor, lists.EntriesAsked(), stage.today)),
        (14, lambda: queries.entry_page(actor, entry, **told)),
        (2, lambda: queries.account_page(account, **told)),
        (4, lambda: views.accounts.LIST.page(actor, accounts.AccountsAsked(), stage.today)),
        (4, lambda: views.sheets.LIST.page(actor, sheet_list.SheetsAsked(), stage.today)),
        (14, lambda: queries.sheet(actor, sheet.public_id, **told)),
        (6, lambda: queries.for_relation(actor, relation.pk, **told)),
        (2, lambda: queries.workload(actor, stage.person("expert"), date(2026, 3, 1))),
        (5, lambda: sheet_list.KIND.cards(actor, [sheet.pk])),
    ):
        with scope.acting(actor), django_assert_max_num_queries(most):
            read()


def test_a_verification_is_few_statements(stage: Stage, django_assert_max_num_queries: Any) -> None:
    """The hot path: what one verification costs the database."""
    relation = cast.a_relation(stage.houses["P"], [stage.houses["K"]])
    for _ in range(3):
        stage.account(relation_id=relation.pk)
    first, second = stage.declare(), stage.declare()
    stage.verify(first)
    actor = stage.coordinator
    with scope.acting(actor), django_assert_max_num_queries(15):
        services.verify(actor=actor, at=stage.at, key=None, entry_id=second.pk)


def test_workload_shows_levels_apart(stage: Stage) -> None:
    stage.verify(stage.declare(quantity=2))
    stage.declare(quantity=5)
    load = queries.workload(stage.office, stage.person("expert"), date(2026, 3, 1))
    assert load.months() == [date(2026, 3, 1)]
    assert load.counted("session") == 2
    assert load.rows[(date(2026, 3, 1), "lecture", "session")] == (5, 0, 2, 0)


def test_periods_before_the_account_was_opened_show_what_was_done(stage: Stage) -> None:
    stage.verify(stage.declare(day=date(2025, 11, 3)))
    account = stage.account(unit="session", amount=Decimal(2), period="year")
    found = stands(account, stage.today)
    assert [period.period.first for period in found.periods] == [date(2025, 1, 1), date(2026, 1, 1)]
    assert found.standing.value == "late"
