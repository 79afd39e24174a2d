"""Declaring, mending, withdrawing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from lianti.contexts.ledger import services
from lianti.contexts.ledger.models import Booking, Entry, EntryPerson, MonthSheet
from lianti.contexts.ledger.tests.recount import sums_are_kept
from lianti.contexts.ledger.tests.stage import Stage, fresh, seen, stands, todo
from lianti.lib import ids
from lianti.lib.errors import Conflict, Invalid, KeyReused, NotAllowed, NotFound


def test_an_activity_for_several_receivers_makes_an_entry_each(stage: Stage) -> None:
    entries = [stage.declare(sides, source_id=77) for sides in ("P>K", "P>L")]
    assert len({entry.pk for entry in entries}) == 2
    assert len({entry.activity for entry in entries}) == 1


@pytest.mark.parametrize("who", ["expert", "second", "office", "coordinator", "head"])
def test_people_of_either_side_declare(stage: Stage, who: str) -> None:
    assert stage.declare(by=who).state == "declared"


def test_strangers_do_not_declare(stage: Stage) -> None:
    with pytest.raises(NotAllowed):
        stage.declare(by="keeper")


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"quantity": Decimal(0)}, "quantity"),
    ({"quantity": Decimal(-1)}, "quantity"),
    ({"quantity": Decimal("0.001")}, "quantity"),
    ({"quantity": Decimal("NaN")}, "quantity"),
    ({"quantity": Decimal("1e30")}, "quantity"),
    ({"kind": "signing"}, "kind"),
    ({"kind": "?"}, "kind"),
    ({"day": date(2999, 1, 1)}, "day"),
    ({"day": date(1900, 1, 1)}, "day"),
    ({"day_to": date(2020, 1, 1)}, "day_to"),
    ({"day_to": date(2026, 3, 11)}, "day_to"),
    ({"people": [(1, "lead", Decimal(99))]}, "people"),
    ({"people": [(1, "lead", None), (1, "assist", None)]}, "people"),
]


@pytest.mark.parametrize(("wrong", "name"), WRONG)
def test_wrong_facts_are_refused_with_a_sentence_each(stage: Stage, wrong: dict[str, Any], name: str) -> None:
    facts = replace(stage.facts(), **wrong)
    with pytest.raises(Invalid) as refused:
        services.declare(actor=stage.expert, at=stage.at, key=None, entry=facts)
    assert set(refused.value.fields) == {name}
    assert not seen(Entry).exists()


def test_the_same_key_declares_once(stage: Stage) -> None:
    facts, key = stage.facts(), ids.new()
    first = services.declare(actor=stage.expert, at=stage.at, key=key, entry=facts)
    again = services.declare(actor=stage.expert, at=stage.at, key=key, entry=facts)
    assert first.public_id == again.public_id
    with pytest.raises(KeyReused):
        services.declare(actor=stage.expert, at=stage.at, key=key, entry=replace(facts, quantity=Decimal(9)))
    assert seen(Entry).count() == 1


def test_a_named_account_of_others_is_refused(stage: Stage) -> None:
    other = stage.account("P>L", "")
    with pytest.raises(Invalid):
        stage.declare(account_ids=[other.pk])
    assert not seen(Entry).exists()


def test_an_account_can_be_named_later(stage: Stage) -> None:
    account = stage.account(kinds="")
    entry = stage.verify(stage.declare(quantity=2))
    told: dict[str, Any] = {"actor": stage.expert, "at": stage.at, "key": None, "entry_id": entry.pk}
    services.name_account(**told, account_id=account.pk)
    found = stands(account, stage.today)
    assert found.units == [("session", Decimal(2))]
    with pytest.raises(Conflict):
        services.name_account(**told, account_id=account.pk)
    with pytest.raises(Invalid):
        services.name_account(**told, account_id=0)
    sums_are_kept()


def test_shares_not_given_are_divided_evenly(stage: Stage) -> None:
    people = [(stage.person("expert"), "lead", None), (stage.person("second"), "assist", None)]
    entry = stage.declare(quantity="0.05", people=people)
    shares = seen(EntryPerson).filter(entry=entry).order_by("id").values_list("share", flat=True)
    assert list(shares) == [Decimal("0.03"), Decimal("0.02")]


def test_an_entry_that_names_nobody_stands_on_a_sheet_of_its_own(stage: Stage) -> None:
    entry = stage.declare(people=[])
    sheet = seen(MonthSheet).get()
    assert (sheet.person_id, sheet.waiting) == (None, 1)
    assert seen(EntryPerson).get(entry=entry).share == 1


def test_who_enters_late_is_marked(stage: Stage) -> None:
    """Late entry (补录): more than the working days for verification after the day."""
    assert not stage.declare(day=stage.today).late
    assert stage.declare(day=stage.today - timedelta(days=30)).late


def test_a_declared_entry_can_be_mended_before_anybody_verifies(stage: Stage) -> None:
    account = stage.account(from_date=date(2026, 3, 1))
    entry = stage.declare(quantity=2)
    services.redeclare(
        actor=stage.expert,
        at=stage.at,
        key=None,
        entry_id=entry.pk,
        quantity=Decimal(5),
        day=date(2026, 2, 20),
        people=[(stage.person("second"), "lead", None)],
    )
    found = fresh(entry)
    assert (found.state, found.quantity, found.day) == ("declared", 5, date(2026, 2, 20))
    assert not seen(Booking).filter(account=account).exists()
    assert seen(EntryPerson).get(entry=entry).person_id == stage.person("second")
    sums_are_kept()


def test_only_the_declarer_or_their_office_mends_and_withdraws(stage: Stage) -> None:
    entry = stage.declare(by="second")
    told: dict[str, Any] = {"at": stage.at, "key": None, "entry_id": entry.pk}
    for who in (stage.expert, stage.coordinator):
        with pytest.raises(NotAllowed):
            services.withdraw(actor=who, **told)
    assert services.withdraw(actor=stage.office, **told).state == "withdrawn"
    with pytest.raises(Conflict):
        services.redeclare(actor=stage.second, **told)


@pytest.mark.parametrize(("day", "error"), [(date(2999, 1, 1), Invalid)])
def test_mending_to_a_day_that_has_not_come_is_refused(stage: Stage, day: date, error: type[Exception]) -> None:
    entry = stage.declare()
    with pytest.raises(error):
        services.redeclare(actor=stage.expert, at=stage.at, key=None, entry_id=entry.pk, day=day)


def test_a_returned_entry_waits_for_its_declarer_only(stage: Stage) -> None:
    entry = stage.declare()
    services.return_(actor=stage.coordinator, at=stage.at, key=None, entry_id=entry.pk, note="缺签到表")
    assert [item.item.verb for item in todo(stage.expert)] == ["ledger.redeclare"]
    assert todo(stage.second) == []
    services.redeclare(actor=stage.expert, at=stage.at, key=None, entry_id=entry.pk)
    assert todo(stage.expert) == []


def test_both_sides_having_moved_is_verification_online(stage: Stage) -> None:
    """A closed referral or a delivered opinion is verified by whoever acknowledged it."""
    entry = stage.declare(kind="referral", acknowledged_by=stage.coordinator)
    assert (entry.state, entry.level, entry.via) == ("counted", 2, "both_sides")
    own = stage.declare(kind="referral", by="coordinator", acknowledged_by=stage.coordinator)
    assert own.state == "declared"


def test_strangers_find_no_entry(stage: Stage) -> None:
    entry = stage.declare()
    for name in ("withdraw", "redeclare", "verify"):
        with pytest.raises(NotFound):
            getattr(services, name)(actor=stage.keeper, at=stage.at, key=None, entry_id=entry.public_id)


@pytest.mark.parametrize(("state", "level"), [("declared", 0), ("counted", 1), ("settled", 2)])
def test_an_import_takes_in_entries_in_the_state_they_are_in(stage: Stage, state: str, level: int) -> None:
    account = stage.account()
    entry = services.adopt_entry(
        actor=stage.office, at=stage.at, key=None, entry=stage.facts(), state=state, level=level, source="HIS"
    )
    assert (entry.state, entry.level) == (state, level)
    assert stands(account, stage.today).entries == 1
    sums_are_kept()


def test_whoever_declares_again_has_declared_it(stage: Stage) -> None:
    entry = stage.declare(by="head")
    told: dict[str, Any] = {"at": stage.at, "key": None, "entry_id": entry.pk}
    services.redeclare(actor=stage.coordinator, **told, quantity=Decimal(2))
    for actor in (stage.head, stage.coordinator):
        with pytest.raises(NotAllowed):
            services.verify(actor=actor, **told)
    services.verify(actor=stage.desk, **told)
