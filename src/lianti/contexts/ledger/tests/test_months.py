"""Closing and reopening months, spot checks, publishing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from lianti.contexts.ledger import queries, services
from lianti.contexts.ledger.models import Closing, Entry, SpotCheck
from lianti.contexts.ledger.tests.recount import sums_are_kept
from lianti.contexts.ledger.tests.stage import Stage, fresh, seen, stands, todo
from lianti.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from lianti.lib.roles import Role
from tests import cast

MONTH = date(2026, 3, 1)


def month_of(stage: Stage, **more: Any) -> dict[str, Any]:
    told = {"at": stage.at, "key": None, "giver_id": stage.id("P"), "receiver_id": stage.id("K"), "month": MONTH}
    return {**told, **more}


def closed(stage: Stage) -> None:
    stage.today = date(2026, 4, 2)
    services.close_month(actor=stage.office, **month_of(stage))
    services.close_month(actor=stage.desk, **month_of(stage))


def test_a_month_is_closed_by_both_offices(stage: Stage) -> None:
    stage.today = date(2026, 4, 2)
    services.close_month(actor=stage.office, **month_of(stage))
    with pytest.raises(Conflict):
        services.close_month(actor=stage.office, **month_of(stage))
    assert services.close_month(actor=stage.desk, **month_of(stage)).state == "closed"


def test_a_month_that_is_not_over_is_not_closed(stage: Stage) -> None:
    with pytest.raises(Conflict):
        services.close_month(actor=stage.office, **month_of(stage))


def test_others_do_not_close_a_month(stage: Stage) -> None:
    stage.today = date(2026, 4, 2)
    for who in (stage.keeper, stage.expert):
        with pytest.raises(NotAllowed):
            services.close_month(actor=who, **month_of(stage))


def test_nothing_is_declared_into_a_closed_month(stage: Stage) -> None:
    entry = stage.declare(day=MONTH)
    closed(stage)
    with pytest.raises(Conflict):
        stage.declare(day=MONTH)
    with pytest.raises(Conflict):
        services.redeclare(actor=stage.expert, at=stage.at, key=None, entry_id=entry.pk, day=date(2026, 3, 2))


def test_a_counted_entry_of_a_closed_month_does_not_rise(stage: Stage) -> None:
    entry = services.adopt_entry(
        actor=stage.office, at=stage.at, key=None, entry=stage.facts(day=MONTH), state="counted", level=1, source="x"
    )
    closed(stage)
    with pytest.raises(Conflict):
        stage.verify(entry, "head")


def test_unverified_and_late_entries_keep_their_day_and_count_in_the_open_month(stage: Stage) -> None:
    account = stage.account(unit="session", amount=Decimal(4), period="month", from_date=MONTH)
    entry = stage.declare(day=date(2026, 3, 9))
    closed(stage)
    late = stage.declare(day=date(2026, 3, 20), late=True)
    stage.verify(entry)
    found = fresh(entry)
    assert (found.day, found.count_day) == (date(2026, 3, 9), date(2026, 4, 1))
    assert (late.day, late.count_day, late.late) == (date(2026, 3, 20), date(2026, 4, 1), True)
    periods = stands(account, stage.today).periods
    assert [period.done for period in periods] == [0, 1]
    sums_are_kept()


def test_a_later_correction_is_dated_in_the_open_period(stage: Stage) -> None:
    old = stage.verify(stage.declare(day=date(2026, 3, 9), quantity=3))
    closed(stage)
    made = services.correct(
        actor=stage.office, at=stage.at, key=None, entry_id=old.pk, difference=Decimal(-1), note="重复"
    )
    assert (made.corrects_id, made.day, made.count_day) == (old.pk, date(2026, 4, 2), date(2026, 4, 2))


def test_a_month_is_reopened_by_both_with_a_reason(stage: Stage) -> None:
    stage.declare(day=MONTH)
    closed(stage)
    with pytest.raises(Invalid):
        services.reopen_month(actor=stage.office, note="", **month_of(stage))
    services.reopen_month(actor=stage.office, note="漏报", **month_of(stage))
    with pytest.raises(Conflict):
        services.reopen_month(actor=stage.office, note="漏报", **month_of(stage))
    with pytest.raises(Conflict):
        stage.declare(day=MONTH)
    assert services.reopen_month(actor=stage.desk, note="同意", **month_of(stage)).state == "reopened"
    assert stage.declare(day=MONTH).count_day == MONTH
    services.close_month(actor=stage.desk, **month_of(stage))
    assert services.close_month(actor=stage.office, **month_of(stage)).state == "closed"
    assert seen(Closing).count() == 1


def test_a_month_that_was_never_closed_is_not_reopened(stage: Stage) -> None:
    with pytest.raises(NotFound):
        services.reopen_month(actor=stage.office, note="?", **month_of(stage))


# Spot checks.


def drawn(stage: Stage, entry: Entry, by: Any) -> SpotCheck:
    return services.spot_draw_entry(actor=by, at=stage.at, key=None, entry_id=entry.pk)


def test_without_an_authority_the_receivers_office_draws_and_judges(stage: Stage) -> None:
    entry = stage.verify(stage.declare())
    with pytest.raises(NotAllowed):
        drawn(stage, entry, stage.office)
    check = drawn(stage, entry, stage.desk)
    assert "ledger.judge" in [item.item.verb for item in todo(stage.desk)]
    services.spot_judge(actor=stage.desk, at=stage.at, key=None, check_id=check.pk)
    assert (fresh(entry).level, fresh(check).state) == (3, "passed")
    with pytest.raises(Conflict):
        services.spot_judge(actor=stage.desk, at=stage.at, key=None, check_id=check.pk)
    sums_are_kept()


def test_the_authority_of_a_relation_draws_and_judges(stage: Stage) -> None:
    authority = cast.a_health_authority()
    relation = cast.a_relation(stage.houses["P"], [stage.houses["K"]], authority=authority)
    judge = cast.a_member(Role.HEALTH_AUTHORITY, authority)
    account = stage.account(relation_id=relation.pk)
    entries = [stage.verify(stage.declare(quantity=3)) for _ in range(3)]
    with pytest.raises(NotFound):
        stage.page(judge, entries[0])
    with pytest.raises(NotAllowed):
        services.spot_draw(actor=stage.desk, count=1, **month_of(stage))
    checks = services.spot_draw(actor=judge, count=2, **month_of(stage))
    assert len(checks) == 2
    assert len(todo(judge)) == 2
    drawn = {check.entry_id for check in checks}
    assert {row.id for row in stage.listed(judge)} == {row.id for row in stage.listed(judge, side="arbiter")} == drawn
    page = stage.page(judge, next(entry for entry in entries if entry.pk in drawn))
    assert [(part.share, part.sheet_public_id) for part in page.people] == [(3, "")]
    first, second = checks
    services.spot_judge(actor=judge, at=stage.at, key=None, check_id=first.pk)
    services.spot_judge(actor=judge, at=stage.at, key=None, check_id=second.pk, found=Decimal(1), note="两场无签到")
    made = seen(Entry).get(corrects__isnull=False)
    assert (made.quantity, made.level, made.state, made.created_by_id) == (-2, 2, "counted", judge.principal_id)
    assert stands(account, stage.today).done == 7
    sums_are_kept()


@pytest.mark.parametrize(("found", "note"), [(Decimal(5), "多"), (Decimal(-1), "负"), (Decimal(1), "")])
def test_a_failed_check_needs_a_lower_figure_and_a_reason(stage: Stage, found: Decimal, note: str) -> None:
    check = drawn(stage, stage.verify(stage.declare(quantity=3)), stage.desk)
    with pytest.raises(Invalid):
        services.spot_judge(actor=stage.desk, at=stage.at, key=None, check_id=check.pk, found=found, note=note)


def test_who_has_a_part_in_an_entry_neither_draws_nor_judges_it(stage: Stage) -> None:
    entry = stage.verify(stage.declare(by="desk"))
    with pytest.raises(NotAllowed):
        drawn(stage, entry, stage.desk)
    with pytest.raises(NotAllowed):
        services.spot_draw(actor=stage.desk, count=1, **month_of(stage))
    check = drawn(stage, entry, stage.coordinator)
    with pytest.raises(NotAllowed):
        services.spot_judge(actor=stage.desk, at=stage.at, key=None, check_id=check.pk)


def test_a_correction_is_not_drawn(stage: Stage) -> None:
    old = stage.verify(stage.declare(quantity=3))
    told: dict[str, Any] = {"actor": stage.office, "at": stage.at, "key": None}
    made = stage.verify(services.correct(**told, entry_id=old.pk, difference=Decimal(-1), note="漏"))
    with pytest.raises(Conflict):
        drawn(stage, made, stage.desk)


def test_nothing_is_drawn_where_nothing_is_verified(stage: Stage) -> None:
    stage.declare()
    with pytest.raises(Conflict):
        services.spot_draw(actor=stage.desk, count=3, **month_of(stage))


# Publishing.


def test_only_a_party_publishes_and_only_to_a_named_authority(stage: Stage) -> None:
    bare = cast.a_relation(stage.houses["P"], [stage.houses["K"]])
    told: dict[str, Any] = {"at": stage.at, "key": None, "month": MONTH}
    with pytest.raises(Conflict):
        services.publish_month(actor=stage.office, relation_id=bare.pk, **told)
    watched = cast.a_relation(stage.houses["P"], [stage.houses["K"]], authority=cast.a_health_authority())
    for who in (stage.keeper, stage.expert):
        with pytest.raises(NotAllowed):
            services.publish_month(actor=who, relation_id=watched.pk, **told)
    with pytest.raises(Conflict):
        services.publish_month(
            actor=stage.office, relation_id=watched.pk, at=stage.at, key=None, month=date(2026, 4, 1)
        )


def test_what_was_published_stays_as_it_was_and_a_later_one_takes_its_place(stage: Stage) -> None:
    authority = cast.a_health_authority()
    relation = cast.a_relation(stage.houses["P"], [stage.houses["K"]], authority=authority)
    watcher = cast.a_member(Role.HEALTH_AUTHORITY, authority)
    stage.account(relation_id=relation.pk, unit="session", amount=Decimal(9), period="year")
    stage.verify(stage.declare(quantity=2))
    assert queries.publications(watcher, relation.pk) == []
    told: dict[str, Any] = {"actor": stage.office, "at": stage.at, "relation_id": relation.pk, "month": MONTH}
    services.publish_month(key=None, **told)
    stage.verify(stage.declare(quantity=3))
    (found,) = queries.publications(watcher, relation.pk)
    assert found.figures["kinds"][0]["online"] == "2"
    services.publish_month(key=None, **told)
    (found,) = queries.publications(watcher, relation.pk)
    assert found.figures["kinds"][0]["online"] == "5"
    assert found.figures["accounts"][0]["amount"] == "9"
    assert queries.for_relation(watcher, relation.pk, today=stage.today).accounts == []
