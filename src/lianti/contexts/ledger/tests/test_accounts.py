"""Accounts: what is owed, and the entries they take in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from lianti.contexts.ledger import queries, services, views
from lianti.contexts.ledger.models import Account, Booking
from lianti.contexts.ledger.queries import accounts
from lianti.contexts.ledger.tests.recount import sums_are_kept
from lianti.contexts.ledger.tests.stage import Stage, fresh, seen, stands
from lianti.kernel import scope
from lianti.lib import ids
from lianti.lib.errors import Conflict, Invalid, KeyReused, NotFound
from lianti.records.asking import Named
from tests import cast


def done(stage: Stage, account: Account) -> dict[str, Decimal]:
    found = stands(account, stage.today)
    return {unit: sums.declared + sums.counted() for unit, sums in found.by_unit.items()}


def test_no_amount_shows_count_and_last_date_and_never_a_percentage(stage: Stage) -> None:
    """'No amount agreed': count and last date."""
    account = stage.account()
    stage.verify(stage.declare(quantity=2))
    found = stands(account, stage.today)
    assert (found.promised, found.standing.value) == (None, "no_amount")
    assert found.units == [("session", Decimal(2))]
    with scope.system():
        assert queries.last_days([account.pk]) == {account.pk: stage.today}


def test_a_missing_date_is_open_on_that_side(stage: Stage) -> None:
    account = stage.account(to_date=stage.today)
    stage.declare(day=date(1999, 1, 1))
    assert done(stage, account) == {"session": Decimal(1)}


@pytest.mark.parametrize(
    ("more", "fits"),
    [({}, True), ({"kind": "operation"}, False), ({"sides": "P>L"}, False), ({"day": date(2026, 2, 1)}, False)],
)
def test_an_entry_is_posted_where_giver_receiver_kind_and_dates_fit(
    stage: Stage, more: dict[str, Any], fits: bool
) -> None:
    account = stage.account(from_date=date(2026, 3, 1))
    stage.declare(**more)
    assert bool(done(stage, account)) is fits


def test_every_account_that_fits_counts_the_full_quantity(stage: Stage) -> None:
    first, second = stage.account(), stage.account(kinds="lecture operation")
    stage.declare(quantity=3)
    assert done(stage, first) == done(stage, second) == {"session": Decimal(3)}


def test_an_entry_shows_where_else_it_counts(stage: Stage) -> None:
    """Every total shows where else an entry counts."""
    first, second = stage.account(label="甲"), stage.account(label="乙")
    entry = stage.declare()
    page = stage.page(stage.office, entry)
    assert [posting.account.public_id for posting in page.counts] == [first.public_id, second.public_id]


def test_closed_accounts_take_nothing_more_and_keep_what_they_have(stage: Stage) -> None:
    account = stage.account()
    stage.declare()
    services.close_account(actor=stage.office, at=stage.at, key=None, account_id=account.pk)
    stage.declare()
    assert done(stage, account) == {"session": Decimal(1)}
    with pytest.raises(Conflict):
        services.redate_account(
            actor=stage.office, at=stage.at, key=None, account_id=account.pk, from_date=None, to_date=None
        )


def test_a_named_entry_stays_when_the_account_is_dated_away(stage: Stage) -> None:
    account = stage.account(kinds="")
    stage.declare(account_ids=[account.pk])
    services.redate_account(
        actor=stage.office,
        at=stage.at,
        key=None,
        account_id=account.pk,
        from_date=stage.today + timedelta(days=5),
        to_date=None,
    )
    assert seen(Booking).filter(account=account).count() == 1
    sums_are_kept()


def test_a_relation_counts_an_entry_once_through_several_accounts(stage: Stage) -> None:
    relation = cast.a_relation(stage.houses["P"], [stage.houses["K"]])
    first = stage.account(relation_id=relation.pk)
    stage.verify(stage.declare(quantity=2))
    stage.account(relation_id=relation.pk, kinds="lecture operation")
    board = queries.for_relation(stage.office, relation.pk, today=stage.today)
    assert [(row.kind, row.sums.counted(), row.entries) for row in board.done] == [("lecture", Decimal(2), 1)]
    services.redate_account(
        actor=stage.office,
        at=stage.at,
        key=None,
        account_id=first.pk,
        from_date=stage.today + timedelta(days=1),
        to_date=None,
    )
    sums_are_kept()
    again = queries.for_relation(stage.office, relation.pk, today=stage.today)
    assert [(row.sums.counted(), row.entries) for row in again.done] == [(Decimal(2), 1)]


def test_one_hospital_of_a_relation_opens_the_accounts_of_all(stage: Stage) -> None:
    entry = stage.declare("P>L")
    account = stage.account("P>L", actor=stage.coordinator)
    assert seen(Booking).filter(account=account, entry=entry).exists()


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"receiver_id": 1, "giver_id": 1}, "receiver"),
    ({"kinds": frozenset({"signing"})}, "kinds"),
    ({"kinds": frozenset({"x"})}, "kinds"),
    ({"unit": "miles"}, "unit"),
    ({"amount": Decimal(3)}, "unit"),
    ({"amount": Decimal("0.001"), "unit": "session"}, "amount"),
    ({"period": "week"}, "period"),
    ({"from_date": date(2026, 2, 1), "to_date": date(2026, 1, 1)}, "to_date"),
]


@pytest.mark.parametrize(("wrong", "name"), WRONG)
def test_wrong_facts_are_refused_with_a_sentence_each(stage: Stage, wrong: dict[str, Any], name: str) -> None:
    facts = services.AccountFacts(stage.id("P"), stage.id("K"), frozenset({"lecture"}), "test", 1, ids.new(), "约定")
    with pytest.raises(Invalid) as refused:
        services.open_account(actor=stage.office, at=stage.at, key=None, account=replace(facts, **wrong))
    assert name in refused.value.fields
    assert not seen(Account).exists()


def test_redating_backwards_is_refused(stage: Stage) -> None:
    account = stage.account()
    with pytest.raises(Invalid):
        services.redate_account(
            actor=stage.office,
            at=stage.at,
            key=None,
            account_id=account.pk,
            from_date=date(2026, 2, 1),
            to_date=date(2026, 1, 1),
        )


def test_the_same_key_opens_one_account(stage: Stage) -> None:
    facts = services.AccountFacts(stage.id("P"), stage.id("K"), frozenset({"lecture"}), "test", 1, ids.new(), "约定")
    key = ids.new()
    one = services.open_account(actor=stage.office, at=stage.at, key=key, account=facts)
    two = services.open_account(actor=stage.office, at=stage.at, key=key, account=facts)
    assert one.public_id == two.public_id
    with pytest.raises(KeyReused):
        services.open_account(actor=stage.office, at=stage.at, key=key, account=replace(facts, label="别的"))


def test_strangers_do_not_see_an_account(stage: Stage) -> None:
    account = stage.account()
    with pytest.raises(NotFound):
        queries.account_for(stage.keeper, account.public_id)
    assert fresh(account).label == "约定"


@pytest.mark.parametrize(
    ("today", "standing"), [(date(2026, 1, 5), "on_course"), (date(2026, 3, 1), "behind"), (date(2027, 1, 1), "late")]
)
def test_the_list_of_accounts_says_how_each_stands(stage: Stage, today: date, standing: str) -> None:
    relation = cast.a_relation(stage.houses["P"], [stage.houses["K"]])
    told: dict[str, Any] = {"relation_id": relation.pk, "unit": "session", "amount": Decimal(2)}
    account = stage.account(**told, from_date=date(2026, 1, 1), to_date=date(2026, 12, 31))
    asked = accounts.AccountsAsked(side="given", relation=Named.of(relation))
    with scope.acting(stage.office):
        (row,) = views.accounts.LIST.page(stage.office, asked, today).items
    assert (row.id, row.standing.code, row.done.promised) == (account.pk, standing, 2)


def test_a_need_and_a_commitment_find_their_account(stage: Stage) -> None:
    stage.account(source_kind="needs.need", source_id=7)
    stage.account(source_kind="agreements.commitment", source_id=8)
    stage.declare()
    for kind, ident in (("needs.need", 7), ("agreements.commitment", 8)):
        assert queries.for_source(stage.office, kind, [ident], today=stage.today)[ident].entries == 1
        assert queries.for_source(stage.keeper, kind, [ident], today=stage.today) == {}


def test_persons_posted_and_their_days_never_stand_in_one_account(stage: Stage) -> None:
    """'The two never stand in one account.'"""
    with pytest.raises(Invalid):
        stage.account(kinds="posting dispatch")
    persons, days, other = (stage.account(kinds=kinds) for kinds in ("posting", "dispatch", "lecture"))
    posted, dispatched = stage.declare(kind="posting", quantity=1), stage.declare(kind="dispatch", quantity=20)
    assert [done(stage, account) for account in (persons, days, other)] == [{"person": 1}, {"person_day": 20}, {}]
    for entry, account in ((posted, days), (posted, other), (dispatched, persons)):
        with pytest.raises(Invalid):
            services.name_account(
                actor=stage.office, at=stage.at, key=None, entry_id=entry.public_id, account_id=account.pk
            )
