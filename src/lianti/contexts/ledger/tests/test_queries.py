"""Reading: lists page by page, in a fixed number of queries."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from lianti.contexts.ledger import queries, services
from lianti.contexts.ledger.models import MonthSheet
from lianti.contexts.ledger.tests.stage import Stage, seen, stands
from lianti.kernel import scope
from tests import cast


def several(stage: Stage, count: int) -> None:
    people = [(stage.person("expert"), "lead", None), (stage.person("second"), "assist", None)]
    for n in range(count):
        stage.declare(day=stage.today - timedelta(days=n % 9), quantity=2, people=people)


def test_pages_follow_each_other_without_gap_or_repeat(stage: Stage) -> None:
    several(stage, 7)
    stage.declare("K>P", "mentoring", by="coordinator", people=[])
    seen: list[int] = []
    after: str | None = ""
    while after is not None:
        page = queries.entries(stage.coordinator, today=stage.today, after=after, limit=3)
        seen += [row.id for row in page.rows]
        after = page.more
    days = [row.day for row in queries.entries(stage.coordinator, today=stage.today).rows]
    assert (len(seen), len(set(seen))) == (8, 8)
    assert days == sorted(days, reverse=True)


FILTERS: list[tuple[dict[str, Any], int]] = [
    ({}, 3),
    ({"side": "given"}, 1),
    ({"side": "received"}, 2),
    ({"kind": "operation"}, 1),
    ({"state": "counted"}, 1),
    ({"level": queries.Level.ONLINE}, 1),
    ({"month": date(2026, 2, 1)}, 1),
    ({"late": True}, 1),
    ({"overdue": True}, 0),
]


@pytest.mark.parametrize(("narrowed", "count"), FILTERS)
def test_the_list_narrows(stage: Stage, narrowed: dict[str, Any], count: int) -> None:
    stage.verify(stage.declare())
    stage.declare(kind="operation", day=date(2026, 2, 3))
    stage.declare("K>P", "mentoring", by="coordinator", people=[])
    found = queries.entries(stage.coordinator, queries.Filters(**narrowed), today=stage.today)
    assert len(found.rows) == count


def test_the_list_narrows_to_person_account_relation_and_counterpart(stage: Stage) -> None:
    relation = cast.a_relation(stage.houses["P"], [stage.houses["K"]])
    account = stage.account(relation_id=relation.pk)
    stage.declare()
    stage.declare("P>L", people=[(stage.person("second"), "lead", None)])

    def found(**narrowed: Any) -> int:
        return len(queries.entries(stage.office, queries.Filters(**narrowed), today=stage.today).rows)

    assert found(person_id=stage.person("expert")) == 1
    assert found(account_id=account.pk) == found(relation_id=relation.pk) == 1
    assert found(counterpart_id=stage.id("L")) == 1


@pytest.mark.parametrize("count", [3, 30])
def test_queries_do_not_grow_with_rows(stage: Stage, count: int, django_assert_max_num_queries: Any) -> None:
    relation = cast.a_relation(stage.houses["P"], [stage.houses["K"]])
    account = stage.account(relation_id=relation.pk, from_date=date(2026, 1, 1))
    several(stage, count)
    entry = queries.entries(stage.office, today=stage.today).rows[0]
    sheet = seen(MonthSheet).filter(month=date(2026, 3, 1)).order_by("id").first()
    assert sheet is not None
    actor, told = stage.coordinator, {"today": stage.today}
    for most, read in (
        (7, lambda: queries.entries(actor, **told)),
        (22, lambda: queries.entry(actor, entry.public_id, **told)),
        (14, lambda: queries.account(actor, account.public_id, **told)),
        (14, lambda: queries.sheet(actor, sheet.public_id, **told)),
        (6, lambda: queries.for_relation(actor, relation.pk, **told)),
        (2, lambda: queries.workload(actor, stage.person("expert"), date(2026, 3, 1))),
        (4, lambda: queries.sheet_cards(actor, [sheet.pk])),
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
    from decimal import Decimal

    stage.declare(day=date(2025, 11, 3))
    account = stage.account(unit="session", amount=Decimal(2), period="year")
    found = stands(account, stage.today)
    assert [period.period.first for period in found.periods] == [date(2025, 1, 1), date(2026, 1, 1)]
    assert found.standing.value == "late"
