"""Objections to a lower quantity, and how they end."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from lianti.contexts.ledger import services
from lianti.contexts.ledger.models import Entry
from lianti.contexts.ledger.tests.recount import sums_are_kept
from lianti.contexts.ledger.tests.stage import Stage, fresh, seen, stands, todo
from lianti.lib import workdays
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from lianti.lib.roles import Role
from tests import cast


def lowered(stage: Stage, to: int = 8) -> Entry:
    entry = stage.declare(kind="outpatient", quantity=10)
    return services.lower(
        actor=stage.coordinator, at=stage.at, key=None, entry_id=entry.pk, quantity=Decimal(to), note="登记簿"
    )


def objected(stage: Stage) -> Entry:
    entry = lowered(stage)
    return services.object_(actor=stage.expert, at=stage.at, key=None, entry_id=entry.pk, note="有签到表")


def settle(stage: Stage, entry: Entry, actor: Actor, quantity: int) -> Entry:
    return services.settle(
        actor=actor, at=stage.at, key=None, entry_id=entry.pk, quantity=Decimal(quantity), note="商定"
    )


def test_the_lower_figure_counts_at_once_and_meanwhile(stage: Stage) -> None:
    account = stage.account(kinds="outpatient")
    objected(stage)
    assert stands(account, stage.today).done == 8


@pytest.mark.parametrize(("days", "allowed"), [(10, True), (11, False)])
def test_the_declarer_objects_within_ten_working_days(stage: Stage, days: int, allowed: bool) -> None:
    entry = lowered(stage)
    stage.today = workdays.add(stage.today, days)
    told: dict[str, Any] = {"actor": stage.expert, "at": stage.at, "key": None, "entry_id": entry.pk, "note": "有"}
    assert ("object_" not in services.held_back(actor=stage.expert, entry=entry, today=stage.today)) is allowed
    if allowed:
        assert services.object_(**told).state == "objected"
    else:
        with pytest.raises(Conflict):
            services.object_(**told)


def test_nothing_is_objected_to_that_counts_as_declared(stage: Stage) -> None:
    entry = stage.verify(stage.declare())
    with pytest.raises(Conflict):
        services.object_(actor=stage.expert, at=stage.at, key=None, entry_id=entry.pk, note="?")


def test_both_offices_are_asked_to_talk(stage: Stage) -> None:
    objected(stage)
    for actor in (stage.office, stage.coordinator):
        assert "ledger.settle" in [item.item.verb for item in todo(actor)]


def test_the_declaring_side_may_accept_the_lower_figure(stage: Stage) -> None:
    assert settle(stage, objected(stage), stage.office, 8).state == "settled"
    assert all(item.item.verb != "ledger.settle" for item in todo(stage.coordinator))


def test_the_receiver_may_agree_to_more_but_the_giver_may_not_take_it(stage: Stage) -> None:
    entry = objected(stage)
    with pytest.raises(NotAllowed):
        settle(stage, entry, stage.office, 9)
    assert settle(stage, entry, stage.desk, 9).quantity == 9
    sums_are_kept()


@pytest.mark.parametrize("quantity", [7, 11])
def test_settlement_lies_between_the_two_figures(stage: Stage, quantity: int) -> None:
    with pytest.raises(Invalid):
        settle(stage, objected(stage), stage.desk, quantity)


def test_whoever_has_a_part_in_it_does_not_agree_to_more(stage: Stage) -> None:
    posted = cast.a_member(Role.OFFICE, stage.houses["K"], employer=stage.houses["P"])
    with pytest.raises(NotAllowed):
        settle(stage, objected(stage), posted, 10)


def test_where_no_authority_is_named_the_lower_figure_stands(stage: Stage) -> None:
    entry = objected(stage)
    with pytest.raises(Conflict):
        services.refer(actor=stage.office, at=stage.at, key=None, entry_id=entry.pk)
    assert settle(stage, entry, stage.desk, 8).quantity == 8


def test_the_authority_named_by_a_relation_settles_if_they_cannot(stage: Stage) -> None:
    authority = cast.a_health_authority()
    cast.a_relation(stage.houses["P"], [stage.houses["K"]], authority=authority)
    judge = cast.a_member(Role.HEALTH_AUTHORITY, authority)
    account = stage.account(kinds="outpatient")
    entry = objected(stage)
    with pytest.raises(NotFound):
        settle(stage, entry, judge, 9)
    with pytest.raises(NotAllowed):
        settle(stage, entry, stage.desk, 8)
    assert todo(judge) == []
    services.refer(actor=stage.office, at=stage.at, key=None, entry_id=entry.pk, note="未能商定")
    with pytest.raises(Conflict):
        services.refer(actor=stage.office, at=stage.at, key=None, entry_id=entry.pk)
    (waiting,) = todo(judge)
    assert waiting.item.verb == "ledger.settle"
    assert settle(stage, entry, judge, 9).state == "settled"
    assert stands(account, stage.today).done == 9
    sums_are_kept()


def test_a_settled_entry_is_not_objected_to_again(stage: Stage) -> None:
    entry = settle(stage, objected(stage), stage.office, 8)
    with pytest.raises(Conflict):
        services.object_(actor=stage.expert, at=stage.at, key=None, entry_id=entry.pk, note="再")


def test_a_month_with_an_open_objection_is_not_closed(stage: Stage) -> None:
    objected(stage)
    month = stage.today.replace(day=1)
    stage.today = date(2026, 4, 2)
    told: dict[str, Any] = {
        "at": stage.at,
        "key": None,
        "giver_id": stage.id("P"),
        "receiver_id": stage.id("K"),
        "month": month,
    }
    services.close_month(actor=stage.office, **told)
    with pytest.raises(Conflict):
        services.close_month(actor=stage.desk, **told)
    assert fresh(seen(Entry).get()).count_day == month + timedelta(days=9)
