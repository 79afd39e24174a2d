"""Who verifies, what it does, and what waits until then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from lianti.contexts.ledger import queries, services
from lianti.contexts.ledger.domain.verifying import Deed, Refusal, Verifier, refusal
from lianti.contexts.ledger.models import AccountSum, Entry, EntryTransition, MonthSheet
from lianti.contexts.ledger.tests.recount import sums_are_kept
from lianti.contexts.ledger.tests.stage import Stage, fresh, seen, todo
from lianti.lib import ids, workdays
from lianti.lib.actor import Actor
from lianti.lib.dates import end_of
from lianti.lib.errors import Conflict, Invalid, NotAllowed
from lianti.lib.roles import Role
from tests import cast

DAY = date(2026, 3, 10)
DEED = Deed(
    giver_id=1,
    receiver_id=2,
    declared_by=frozenset({10, 15}),
    declarers=frozenset({11}),
    people=frozenset({12}),
    groups=frozenset({(5, DAY)}),
)
WHO = Verifier(acting_for=2, principal_id=20, person_id=21, employers=frozenset({2}))


@pytest.mark.parametrize(
    ("who", "why"),
    [
        (WHO, None),
        (replace(WHO, acting_for=1), Refusal.OTHER_SIDE),
        (replace(WHO, person_id=None), Refusal.UNKNOWN_PERSON),
        (replace(WHO, principal_id=10), Refusal.OWN_DECLARATION),
        (replace(WHO, principal_id=15), Refusal.OWN_DECLARATION),
        (replace(WHO, person_id=11), Refusal.OWN_DECLARATION),
        (replace(WHO, person_id=12), Refusal.AMONG_PEOPLE),
        (replace(WHO, employers=frozenset({2, 1})), Refusal.EMPLOYED_BY_GIVER),
        (replace(WHO, groups=frozenset({(5, DAY), (6, DAY)})), Refusal.SAME_GROUP),
        (replace(WHO, groups=frozenset({(6, DAY)})), None),
        (replace(WHO, groups=frozenset({(5, DAY + timedelta(days=1))})), None),
    ],
)
def test_who_may_verify(who: Verifier, why: Refusal | None) -> None:
    """Someone acting for the receiver who has no part in what was given."""
    assert refusal(who, DEED) is why


def test_receiver_verifies_a_declared_entry(stage: Stage) -> None:
    entry = stage.declare()
    stage.verify(entry)
    found = fresh(entry)
    assert (found.state, found.level, found.via) == ("counted", 2, "online")
    sums_are_kept()


@pytest.mark.parametrize("who", ["office", "expert"])
def test_the_giver_does_not_verify(stage: Stage, who: str) -> None:
    with pytest.raises(NotAllowed):
        stage.verify(stage.declare(by="second"), who)


def test_the_declarer_does_not_verify_for_the_receiver(stage: Stage) -> None:
    entry = stage.declare(by="coordinator")
    with pytest.raises(NotAllowed):
        stage.verify(entry)
    assert stage.verify(entry, "head").state == "counted"


def test_a_posted_president_does_not_verify_what_home_gave(stage: Stage) -> None:
    """The receiver may be the giver: the county's president is often the supporter's own posted doctor."""
    posted = cast.a_member(Role.LEADER, stage.houses["K"], employer=stage.houses["P"])
    with pytest.raises(NotAllowed):
        services.verify(actor=posted, at=stage.at, key=None, entry_id=stage.declare().pk)


def test_a_member_of_the_same_batch_does_not_verify(stage: Stage) -> None:
    """A dispatch batch is a people group; whoever is in it on that day has a part in it."""
    third = cast.a_hospital("丙医院")
    helper = cast.a_person(employer=third)
    leader = cast.a_member(Role.LEADER, stage.houses["K"], employer=third)
    batch_members = [helper, _person(leader)]
    entry = stage.declare(people=[(helper.pk, "lead", None)])
    cast.a_batch(stage.houses["P"], batch_members, since=stage.today + timedelta(days=1))
    assert services.verify(actor=leader, at=stage.at, key=None, entry_id=entry.pk).state == "counted"
    later = stage.declare(people=[(helper.pk, "lead", None)])
    cast.a_batch(stage.houses["P"], batch_members, since=stage.today)
    with pytest.raises(NotAllowed):
        services.verify(actor=leader, at=stage.at, key=None, entry_id=later.pk)


def _person(actor: Actor) -> Any:
    from lianti.contexts.network.models import Person

    return seen(Person).get(pk=actor.person_id)


def test_a_sign_in_without_a_person_does_not_verify(stage: Stage) -> None:
    nobody = cast.a_member(Role.COORDINATOR, stage.houses["K"], person=False)
    with pytest.raises(NotAllowed):
        services.verify(actor=nobody, at=stage.at, key=None, entry_id=stage.declare().pk)


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.EXPERT, Role.AUDITOR, Role.ADMINISTRATOR])
def test_other_roles_of_the_receiver_do_not_verify(stage: Stage, role: Role) -> None:
    with pytest.raises(NotAllowed):
        services.verify(
            actor=cast.a_member(role, stage.houses["K"]), at=stage.at, key=None, entry_id=stage.declare().pk
        )


def test_a_level_only_rises(stage: Stage) -> None:
    entry = stage.verify(stage.declare())
    with pytest.raises(Conflict):
        stage.verify(entry, "head")
    assert seen(EntryTransition).filter(record=entry, name="verify").count() == 1


def test_the_same_key_verifies_once(stage: Stage) -> None:
    entry, key = stage.declare(), ids.new()
    stage.verify(entry, key=key)
    stage.verify(entry, key=key)
    assert seen(EntryTransition).filter(record=entry, name="verify").count() == 1


def test_a_version_that_was_not_seen_is_a_conflict(stage: Stage) -> None:
    entry = stage.declare()
    with pytest.raises(Conflict):
        stage.verify(entry, version=entry.version + 1)


@pytest.mark.parametrize("quantity", ["5", "6", "-1", "0.001"])
def test_a_lower_quantity_is_lower(stage: Stage, quantity: str) -> None:
    entry = stage.declare(quantity=5)
    with pytest.raises(Invalid):
        services.lower(
            actor=stage.coordinator, at=stage.at, key=None, entry_id=entry.pk, quantity=Decimal(quantity), note="少"
        )


def test_lowering_needs_a_reason_and_may_go_to_nothing(stage: Stage) -> None:
    entry = stage.declare(quantity=5)
    told: dict[str, Any] = {"actor": stage.coordinator, "at": stage.at, "key": None, "entry_id": entry.pk}
    with pytest.raises(Invalid):
        services.lower(**told, quantity=Decimal(0), note=" ")
    services.lower(**told, quantity=Decimal(0), note="未发生")
    assert (fresh(entry).quantity, fresh(entry).declared) == (0, 5)


def test_anything_else_is_returned_with_a_reason(stage: Stage) -> None:
    entry = stage.declare()
    told: dict[str, Any] = {"actor": stage.coordinator, "at": stage.at, "key": None, "entry_id": entry.pk}
    with pytest.raises(Invalid):
        services.return_(**told, note="")
    assert services.return_(**told, note="补签到表").state == "returned"


def test_nothing_verifies_itself_and_overdue_is_counted_apart(stage: Stage, settings: Any) -> None:
    """After N working days (a setting) unverified: overdue."""
    settings.OVERDUE_DAYS = 3
    entry = stage.declare()
    assert entry.verify_by == workdays.add(date(2026, 3, 31), 3)
    stage.today = entry.verify_by
    assert stage.listed(stage.office, overdue="1") == []
    stage.today += timedelta(days=1)
    assert [row.state.tone for row in stage.listed(stage.office, overdue="1")] == ["late"]
    assert fresh(entry).state == "declared"


def test_one_item_waits_for_a_whole_sheet(stage: Stage) -> None:
    """The unit people work with is the month sheet."""
    entries = [stage.declare() for _ in range(3)]
    (waiting,) = todo(stage.coordinator)
    assert (waiting.item.verb, waiting.item.due) == ("ledger.verify_sheet", end_of(entries[0].verify_by))
    for entry in entries:
        assert len(todo(stage.head)) == 1
        stage.verify(entry)
    assert todo(stage.coordinator) == todo(stage.head) == []
    stage.declare()
    assert len(todo(stage.coordinator)) == 1


def test_a_sheet_is_verified_for_what_was_seen(stage: Stage) -> None:
    shown = [stage.declare() for _ in range(2)]
    unseen = stage.declare()
    outcome = services.verify_sheet(
        actor=stage.coordinator,
        at=stage.at,
        key=ids.new(),
        sheet_id=seen(MonthSheet).get().pk,
        seen={entry.public_id: entry.version for entry in shown},
    )
    assert sorted(outcome.verified) == sorted(entry.public_id for entry in shown)
    assert fresh(unseen).state == "declared"
    sums_are_kept()


def test_a_sheet_leaves_what_its_verifier_declared(stage: Stage) -> None:
    mine, others = stage.declare(by="coordinator"), stage.declare()
    sheet = seen(MonthSheet).get()
    outcome = services.verify_sheet(
        actor=stage.coordinator,
        at=stage.at,
        key=None,
        sheet_id=sheet.pk,
        seen={mine.public_id: mine.version, others.public_id: others.version},
    )
    assert outcome.refused == {mine.public_id: Refusal.OWN_DECLARATION}
    assert (fresh(mine).state, fresh(others).state) == ("declared", "counted")
    with pytest.raises(NotAllowed):
        services.verify_sheet(
            actor=stage.coordinator, at=stage.at, key=None, sheet_id=sheet.pk, seen={mine.public_id: mine.version}
        )


def test_an_entry_of_two_people_is_verified_on_the_first_sheet_and_shown_so_on_the_other(stage: Stage) -> None:
    people = [(stage.person("expert"), "lead", None), (stage.person("second"), "assist", None)]
    entry = stage.declare(quantity=2, people=people)
    first, second = seen(MonthSheet).order_by("id")
    services.verify_sheet(
        actor=stage.coordinator, at=stage.at, key=None, sheet_id=first.pk, seen={entry.public_id: entry.version}
    )
    page = queries.sheet(stage.coordinator, second.public_id, today=stage.today)
    assert (page.waiting, [line.row.state for line in page.lines]) == (0, ["counted"])


def test_every_refusal_leaves_the_books_alone(stage: Stage) -> None:
    stage.account()
    entry = stage.declare()
    kept = seen(AccountSum).values_list("level", "quantity", "entries")[:]
    for who in ("office", "expert", "second"):
        with pytest.raises(NotAllowed):
            stage.verify(entry, who)
    assert seen(AccountSum).values_list("level", "quantity", "entries")[:] == kept
    assert seen(Entry).get().version == entry.version
