"""One person stands in the directory once: until the other side has said otherwise, two of one name are one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from lianti.contexts.accounts import services as accounts
from lianti.contexts.ledger import services, words
from lianti.contexts.ledger.domain.verifying import Refusal
from lianti.contexts.ledger.models import MonthSheet
from lianti.contexts.ledger.tests.stage import Stage, fresh, seen
from lianti.contexts.network import services as network
from lianti.contexts.network.models import Person, PersonDoubt
from lianti.contexts.network.services import PersonDraft
from lianti.kernel import outbox, scope, worklist
from lianti.kernel.models import WorkItem
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from lianti.lib.roles import Role
from tests import cast

NAME = "孟子衿"
WRITTEN = "孟 子·衿"


@pytest.fixture
def bound(stage: Stage) -> Stage:
    """Bind giver and receiver; the giver employs somebody, by whom nothing of these entries was done."""
    cast.a_relation(stage.houses["P"], [stage.houses["K"]])
    cast.a_member(Role.CLINICIAN, stage.houses["P"], name=NAME)
    return stage


def invited(stage: Stage, name: str = WRITTEN) -> Actor:
    """Let the receiver's desk invite somebody under a phone that nobody knows, who accepts."""
    facts = {"phone": cast.a_phone(), "name": name, "role": Role.COORDINATOR, "from_date": cast.DAY}
    issued = accounts.invite(actor=stage.desk, at=cast.AT, key=None, invitation=accounts.Invitation(**facts))
    return cast.taken(issued)


def doubt() -> PersonDoubt:
    (found,) = seen(PersonDoubt).all()
    return found


def settle(actor: Actor, how: str = "another") -> Any:
    verb = network.settle_another if how == "another" else network.settle_same
    return verb(actor=actor, at=cast.AT, key=None, doubt_id=doubt().public_id)


def verified(stage: Stage, by: Actor) -> int:
    stage.actors["twin"] = by
    entry = stage.declare()
    return services.verify(actor=by, at=stage.at, key=None, entry_id=entry.pk).level


def test_v14_whom_the_giver_employs_under_another_phone_verifies_nothing(bound: Stage) -> None:
    twin = invited(bound)
    assert doubt().state == "open"
    with pytest.raises(NotAllowed, match=str(words.REFUSALS[Refusal.SAME_PERSON])):
        verified(bound, twin)
    settle(bound.office)
    assert verified(bound, twin) == 2


def test_v14_one_person_is_one_also_when_that_is_settled(bound: Stage) -> None:
    twin = invited(bound)
    settle(bound.office, "same")
    with pytest.raises(NotAllowed):
        verified(bound, twin)


def test_in_doubt_with_somebody_who_may_verify_too_one_verifies(bound: Stage) -> None:
    cast.a_relation(bound.houses["K"], [bound.houses["L"]])
    cast.a_person("何其多", employer=bound.houses["L"])
    assert verified(bound, invited(bound, "何其多")) == 2


def test_a_doubt_goes_on_through_a_third_entry(bound: Stage) -> None:
    """K's twin is in doubt with L's, and L's with the giver's: all three may be one."""
    cast.a_relation(bound.houses["P"], [bound.houses["L"]])
    cast.a_person(NAME, employer=bound.houses["L"], phone="13911112222")
    with scope.system():
        PersonDoubt.objects.filter(person__employer=bound.id("L")).update(state="same")
        gone = PersonDoubt.objects.count()
    assert gone == 1
    twin = cast.a_member(Role.COORDINATOR, bound.houses["K"], name="别名")
    desk = bound.desk
    with scope.system():
        entered = Person.objects.get(pk=twin.person_id)
    network.edit_person(actor=desk, at=cast.AT, key=None, person_id=entered.public_id, fields={"phone": "13911112222"})
    with pytest.raises(NotAllowed):
        verified(bound, twin)


def test_the_declarer_in_a_second_entry_does_not_verify(bound: Stage) -> None:
    """Also when the giver does not employ them: what one of the two has declared the other does not verify."""
    cast.a_relation(bound.houses["K"], [bound.houses["L"]])
    visiting = cast.a_member(Role.CLINICIAN, bound.houses["P"], employer=bound.houses["L"], name="何其多")
    twin = invited(bound, "何其多")
    bound.actors["expert"] = visiting
    with pytest.raises(NotAllowed):
        verified(bound, twin)


def test_who_signs_and_who_gets_a_link_is_held_to_it(bound: Stage) -> None:
    entry = bound.declare()
    twin = cast.a_person(NAME, employer=bound.houses["K"], phone="13900002222")
    sheet = seen(MonthSheet).get()
    with pytest.raises(Invalid) as refused:
        services.make_link(actor=bound.desk, at=bound.at, key=None, sheet_id=sheet.pk, person_id=twin.pk)
    assert refused.value.fields == {"person": words.SIGNATORY[Refusal.SAME_PERSON]}
    assert fresh(entry).state == "declared"


def test_the_side_that_entered_settles_nothing(bound: Stage) -> None:
    twin = invited(bound)
    administrator = cast.a_member(Role.ADMINISTRATOR, bound.houses["K"])
    for actor in (bound.desk, bound.coordinator, twin, administrator):
        with pytest.raises(NotAllowed):
            settle(actor)
    with pytest.raises(NotFound):
        settle(bound.keeper)
    with pytest.raises(NotAllowed):
        settle(bound.second)
    settle(cast.a_member(Role.ADMINISTRATOR, bound.houses["L"]))


def test_nobody_settles_who_they_are_themselves(bound: Stage) -> None:
    cast.a_member(Role.OFFICE, bound.houses["P"], name="何其多")
    both = invited(bound, "何其多")
    with scope.system():
        himself = Person.objects.get(name="何其多", employer=bound.id("P")).principal_id
    with pytest.raises(NotAllowed):
        settle(Actor(himself, bound.id("P"), Role.OFFICE))
    settle(bound.office)
    assert both.person_id


def test_a_doubt_waits_for_the_other_sides_desk_and_is_said_on_both_pages(bound: Stage) -> None:
    twin = invited(bound)
    assert {(w.tenant_id, w.roles) for w in worklist.waiting_on("network.doubt", doubt().pk)} == {
        (bound.id("P"), "|coordinator|office|")
    }
    (waits,) = worklist.items(bound.office)
    office = cast.signed_in_client(bound.office)
    page = office.get(waits.card.url)
    assert {move.name for move in page.context["moves"]} == {"settle_another", "settle_same"}
    desk = cast.signed_in_client(bound.desk)
    assert desk.get(waits.card.url).context["moves"] == []
    for pk in (twin.person_id, doubt().other_id):
        with scope.system():
            address = f"/network/people/{Person.objects.get(pk=pk).public_id}/"
        assert waits.card.url in desk.get(address).content.decode(), "the page of each of the two leads to the doubt"
        assert waits.card.url not in cast.signed_in_client(bound.keeper).get(address).content.decode()
    shown = {"seen": str(doubt().version), "note": "电话核对"}
    assert office.post(f"{waits.card.url}moves/settle_another/", shown).status_code == 303
    assert not WorkItem.objects.filter(kind="network.doubt", closed_at=None).exists()
    stale = office.post(f"{waits.card.url}moves/settle_same/", shown)
    assert stale.status_code == 409
    assert doubt().state == "another"


def test_the_sheet_says_it_in_words(bound: Stage) -> None:
    bound.declare()
    sheet = seen(MonthSheet).get()
    page = cast.signed_in_client(invited(bound)).get(f"/ledger/sheets/{sheet.public_id}/")
    assert "名录中另有一人" in page.content.decode()


@pytest.mark.parametrize("way", ["registered", "renamed", "phone"])
def test_however_somebody_is_entered_the_doubt_is_kept(bound: Stage, way: str) -> None:
    name, phone = {"registered": (WRITTEN, ""), "renamed": ("孟", ""), "phone": ("孟", "13800007777")}[way]
    if way == "phone":
        cast.a_person("孟某", employer=bound.houses["L"], phone=phone)  # wherever that is
    draft = PersonDraft(name=name, employer_id=bound.id("K"), phone=phone)
    made = network.add_person(actor=bound.desk, at=cast.AT, key=None, person=draft)
    if way == "renamed":
        assert not seen(PersonDoubt).exists()
        by = {"actor": bound.desk, "at": cast.AT, "key": None, "person_id": made.public_id}
        network.edit_person(**by, fields={"name": WRITTEN})
    assert (doubt().person_id, doubt().tenant_id) == (made.pk, bound.id("K"))


def test_somebody_who_comes_over_keeps_the_doubt(bound: Stage) -> None:
    made = cast.a_person(NAME, employer=bound.houses["L"])
    administrator = cast.a_member(Role.ADMINISTRATOR, bound.houses["L"])
    by = {"actor": administrator, "at": cast.AT, "key": None, "person_id": made.public_id}
    network.change_employer(**by, employer_id=bound.id("K"), from_date=cast.DAY - timedelta(days=9))
    assert doubt().person_id == made.pk


def test_of_one_name_at_hospitals_that_nothing_binds_there_is_no_doubt(bound: Stage) -> None:
    cast.a_person(NAME, employer=bound.houses["L"])
    assert not seen(PersonDoubt).exists()


def test_a_relation_that_comes_in_force_raises_the_doubts_between_its_sides(stage: Stage) -> None:
    cast.a_person(NAME, employer=stage.houses["P"])
    later = cast.a_person(WRITTEN, employer=stage.houses["L"])
    assert not seen(PersonDoubt).exists()
    draft = network.RelationDraft("结对", "paired_assistance", stage.id("P"), (stage.id("L"),))
    made = network.request_relation(actor=stage.office, at=cast.AT, key=None, relation=draft)
    by = {"at": cast.AT, "key": None, "relation_id": made.public_id}
    network.put_in_force(actor=stage.office, from_date=cast.SINCE, **by)
    network.confirm_relation(actor=stage.keeper, **by)
    with scope.system():
        outbox.work(50, cast.AT + timedelta(minutes=1))
    assert doubt().person_id == later.pk


def test_another_move_over_an_old_version_settles_nothing(bound: Stage) -> None:
    invited(bound)
    found = doubt()
    settle(bound.office, "same")
    by = {"actor": bound.office, "at": cast.AT, "key": None, "doubt_id": found.public_id}
    with pytest.raises(Conflict):
        network.settle_another(**by, version=found.version)
    assert doubt().state == "same"
