"""Whose word counts: no declarer's in any turn, no borrowed seat's, nor that of a link or authority of one side."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from lianti.contexts.accounts import queries as accounts_queries
from lianti.contexts.accounts import services as accounts
from lianti.contexts.ledger import services
from lianti.contexts.ledger.models import Entry, MonthSheet
from lianti.contexts.ledger.tests.recount import sums_are_kept
from lianti.contexts.ledger.tests.stage import Stage, fresh, seen
from lianti.contexts.network import services as network
from lianti.contexts.network.models import Person
from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from lianti.lib.roles import Role
from tests import cast

SEAL = b"%PDF-1.4\n%%EOF\n"


def sheet() -> MonthSheet:
    found = seen(MonthSheet).order_by("id").first()
    assert found is not None
    return found


def again(stage: Stage, entry: Entry, by: Actor, quantity: int) -> None:
    services.redeclare(actor=by, at=stage.at, key=None, entry_id=entry.pk, quantity=Decimal(quantity))


def reset(desk: Actor, member: Actor, at: datetime | None = None) -> None:
    (seat,) = (held.public_id for held in accounts_queries.memberships(member.principal_id, timezone.localdate()))
    accounts.reset_password(actor=desk, at=at or timezone.now(), key=None, membership_id=seat)


def a_host(stage: Stage) -> Person:
    return cast.a_person(employer=stage.houses["K"], phone="13900002222")


def linked(stage: Stage, by: Actor, host: Person) -> services.Made:
    return services.make_link(actor=by, at=stage.at, key=None, sheet_id=sheet().pk, person_id=host.pk)


def used(stage: Stage, made: services.Made, *entries: Entry, **more: Any) -> services.Outcome:
    told = {one.public_id: fresh(one).version for one in entries}
    return services.use_link(token=made.token, code=made.code, at=stage.at, key=None, seen=told, **more)


def scanned(stage: Stage, by: Actor, signatory: int) -> services.Outcome:
    made = services.print_sheet(actor=stage.office, at=stage.at, key=None, sheet_id=sheet().pk)
    told = {"print_id": made.pk, "signatory_id": signatory, "name": "章.pdf", "content": SEAL}
    return services.confirm_scan(actor=by, at=stage.at, key=None, **told)


# Who declared it ----------------------------------------------------------------------------------


def test_whoever_mended_an_entry_between_others_does_not_verify_it(stage: Stage) -> None:
    entry = stage.declare(by="head", people=[])
    again(stage, entry, stage.coordinator, 99)
    again(stage, entry, stage.desk, 98)
    with pytest.raises(NotAllowed):
        stage.verify(entry, by="coordinator")
    with pytest.raises(NotAllowed):
        stage.verify(entry, by="head")


def test_the_first_declarer_signs_no_paper_of_what_another_mended(stage: Stage) -> None:
    entry = stage.declare(by="head", people=[])
    again(stage, entry, stage.desk, 99)
    with pytest.raises(Invalid):
        scanned(stage, stage.office, stage.person("head"))


def test_the_first_declarer_opens_no_link_to_what_another_mended(stage: Stage) -> None:
    host = cast.a_principal("甲县的人", phone="13900002222")
    head = cast.a_member(Role.DEPARTMENT_HEAD, stage.houses["K"], principal=host, person=False)
    person = cast.a_person("甲县的人", employer=stage.houses["K"], principal=host, phone="13900002222")
    entry = services.declare(
        actor=Actor(head.principal_id, head.tenant_id, head.role, person.pk),
        at=stage.at, key=None, entry=stage.facts(people=[]),
    )  # fmt: skip
    again(stage, entry, stage.desk, 99)
    with pytest.raises(Refused):
        used(stage, linked(stage, stage.coordinator, person), entry)
    assert fresh(entry).state == "declared"


def test_who_withdrew_and_declared_anew_is_one_of_its_declarers(stage: Stage) -> None:
    entry = stage.declare(by="desk", people=[])
    again(stage, entry, stage.desk, 2)
    assert stage.verify(entry, by="head").level == 2


# A borrowed seat ----------------------------------------------------------------------------------


def test_who_reset_two_passwords_does_not_declare_by_one_and_verify_by_the_other(stage: Stage) -> None:
    stage.today = timezone.localdate()
    reset(stage.desk, stage.coordinator, at=stage.at - timedelta(hours=1))
    reset(stage.desk, stage.head, at=stage.at - timedelta(hours=1))
    entry = stage.declare(by="head", people=[])
    with pytest.raises(NotAllowed):
        stage.verify(entry, by="coordinator")


def test_a_chain_of_resets_is_one_hand(stage: Stage) -> None:
    entry = stage.declare(by="desk", people=[])
    reset(stage.desk, stage.coordinator)
    reset(stage.coordinator, stage.head)
    with pytest.raises(NotAllowed):
        stage.verify(entry, by="head")


def test_the_hand_that_declared_does_not_verify_when_its_seven_days_are_over(stage: Stage) -> None:
    stage.today = timezone.localdate() - timedelta(days=10)
    reset(stage.desk, stage.coordinator, at=stage.at - timedelta(days=1))
    entry = stage.declare(by="coordinator", people=[])
    stage.today = timezone.localdate()
    with pytest.raises(NotAllowed):
        stage.verify(entry, by="desk")
    assert stage.verify(entry, by="head").level == 2


def test_what_was_declared_before_a_reset_is_no_act_of_that_hand(stage: Stage) -> None:
    stage.today = timezone.localdate() - timedelta(days=20)
    entry = stage.declare(by="coordinator", people=[])
    reset(stage.desk, stage.coordinator, at=stage.at + timedelta(days=1))
    stage.today = timezone.localdate()
    assert stage.verify(entry, by="desk").level == 2


def test_the_declarers_hand_books_no_scan(stage: Stage) -> None:
    stage.declare(by="desk", people=[])
    reset(stage.desk, stage.coordinator)
    with pytest.raises(NotAllowed):
        scanned(stage, stage.coordinator, a_host(stage).pk)


def test_a_declarer_in_between_books_no_scan(stage: Stage) -> None:
    entry = stage.declare(by="head", people=[])
    again(stage, entry, stage.coordinator, 99)
    again(stage, entry, stage.desk, 98)
    with pytest.raises(NotAllowed):
        scanned(stage, stage.coordinator, a_host(stage).pk)


# Links --------------------------------------------------------------------------------------------


def test_a_declarer_who_saw_link_and_code_confirms_nothing_by_it(stage: Stage) -> None:
    own, other = stage.declare(by="desk"), stage.declare()
    outcome = used(stage, linked(stage, stage.desk, a_host(stage)), own, other)
    assert (list(outcome.refused), outcome.verified) == ([own.public_id], [other.public_id])
    assert (fresh(own).state, fresh(other).level) == ("declared", 2)
    sums_are_kept()


def test_a_link_to_the_makers_own_declarations_alone_is_not_made(stage: Stage) -> None:
    stage.declare(by="desk", people=[])
    with pytest.raises(Refused):
        linked(stage, stage.desk, a_host(stage))


def test_a_link_of_a_desk_that_the_giver_employs_counts_as_paper(stage: Stage) -> None:
    posted = cast.a_member(Role.OFFICE, stage.houses["K"], employer=stage.houses["P"])
    entry = stage.declare()
    used(stage, linked(stage, posted, a_host(stage)), entry)
    assert (fresh(entry).level, fresh(entry).via) == (1, "link_giver")
    sums_are_kept()


@pytest.mark.parametrize("how", ["left", "hidden"])
def test_who_is_no_longer_in_the_receivers_directory_opens_no_link(stage: Stage, how: str) -> None:
    host, entry = a_host(stage), stage.declare()
    made = linked(stage, stage.desk, host)
    told: dict[str, Any] = {"actor": cast.the_system(), "at": stage.at, "key": None, "person_id": host.public_id}
    with scope.system():
        if how == "left":
            network.change_employer(**told, employer_id=stage.id("L"), from_date=stage.today)
        else:
            network.hide_person(**told)
    with pytest.raises(NotFound):
        services.open_link(token=made.token, code=made.code, at=stage.at)
    with pytest.raises(NotFound):
        used(stage, made, entry)
    assert fresh(entry).state == "declared"


# Authorities --------------------------------------------------------------------------------------


def objected(stage: Stage, **more: Any) -> Entry:
    entry = stage.declare(kind="outpatient", quantity=10, **more)
    told: dict[str, Any] = {"at": stage.at, "key": None, "entry_id": entry.pk}
    services.lower(actor=stage.coordinator, quantity=Decimal(8), note="少两例", **told)
    services.object_(actor=stage.office, note="十例有据", **told)
    return fresh(entry)


def related(stage: Stage, judge: Actor, *, answered: bool) -> None:
    """Let the giver make a relation with an authority that confirms it; the receiver answers or does not."""
    draft = network.RelationDraft(
        "自立", "paired_assistance", stage.id("P"), (stage.id("K"),), authority_id=judge.tenant_id,
        from_date=cast.SINCE,
    )  # fmt: skip
    told: dict[str, Any] = {"at": stage.at, "key": None}
    made = network.request_relation(actor=stage.office, relation=draft, **told)
    network.put_in_force(actor=stage.office, relation_id=made.public_id, from_date=cast.SINCE, **told)
    network.confirm_relation(actor=judge, relation_id=made.public_id, **told)
    if answered:
        network.confirm_relation(actor=stage.coordinator, relation_id=made.public_id, **told)


def test_an_authority_of_a_relation_that_the_receiver_never_answered_settles_nothing(stage: Stage) -> None:
    judge = cast.a_member(Role.OFFICE, cast.a_health_authority())
    related(stage, judge, answered=False)
    entry = objected(stage)
    with pytest.raises(Conflict):
        services.refer(actor=stage.office, at=stage.at, key=None, entry_id=entry.pk)


def settled_by(stage: Stage, judge: Actor, entry: Entry) -> None:
    services.refer(actor=stage.office, at=stage.at, key=None, entry_id=entry.pk)
    told: dict[str, Any] = {"at": stage.at, "key": None, "entry_id": entry.pk, "quantity": Decimal(10), "note": "定"}
    services.settle(actor=judge, **told)


def test_an_authority_that_both_answered_settles(stage: Stage) -> None:
    judge = cast.a_member(Role.OFFICE, cast.a_health_authority())
    related(stage, judge, answered=True)
    entry = objected(stage)
    settled_by(stage, judge, entry)
    assert (fresh(entry).state, fresh(entry).quantity) == ("settled", 10)


@pytest.mark.parametrize("part", ["declarer", "employed", "among"])
def test_whoever_has_a_part_in_an_entry_does_not_settle_it_from_a_second_seat(stage: Stage, part: str) -> None:
    bureau = cast.a_health_authority()
    if part == "employed":
        judge = cast.a_member(Role.OFFICE, bureau, employer=stage.houses["P"])
    else:
        judge = cast.a_member(Role.OFFICE, bureau)
    related(stage, judge, answered=True)
    if part == "declarer":
        clerk = replace(judge, tenant_id=stage.id("P"))
        facts = stage.facts(kind="outpatient", quantity=10)
        entry = services.declare(actor=clerk, at=stage.at, key=None, entry=facts)
        told: dict[str, Any] = {"at": stage.at, "key": None, "entry_id": entry.pk}
        services.lower(actor=stage.coordinator, quantity=Decimal(8), note="少两例", **told)
        services.object_(actor=stage.office, note="十例有据", **told)
    else:
        entry = objected(stage, people=[(judge.person_id, "lead", None)] if part == "among" else [])
    with pytest.raises(NotAllowed):
        settled_by(stage, judge, entry)
    assert fresh(entry).quantity == 8
