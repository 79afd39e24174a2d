"""Changing and withdrawing while nobody has verified."""

from datetime import date
from decimal import Decimal

import pytest

from lianti.contexts.activities import services
from lianti.contexts.activities.models import Activity, ActivityReceiver
from lianti.contexts.activities.tests.builders import an_activity, facts
from lianti.contexts.ledger import services as ledger
from lianti.contexts.ledger.models import Entry
from lianti.kernel import scope
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, NotAllowed, NotFound
from lianti.lib.roles import Role
from tests.cast import AT, Cast, a_hospital, a_member, signed_in_client

pytestmark = pytest.mark.django_db


def change(
    cast: Cast, activity: Activity, *, by: Actor | None = None, key: str | None = None, **other: object
) -> Activity:
    actor = by or cast.posted_expert
    with scope.acting(actor):
        return services.edit(actor=actor, at=AT, key=key, activity_id=activity.public_id, activity=facts(cast, **other))


def entries(activity: Activity) -> list[Entry]:
    with scope.system():
        return list(Entry.objects.filter(source_id=activity.pk).order_by("id"))


def verify(cast: Cast, activity: Activity) -> None:
    (entry,) = entries(activity)
    with scope.acting(cast.county.coordinator):
        ledger.verify(actor=cast.county.coordinator, at=AT, key=None, entry_id=entry.public_id)


def test_another_quantity_is_declared_anew_on_the_same_entry(cast: Cast) -> None:
    activity = an_activity(cast)
    change(cast, activity, quantity=Decimal(3), day=date(2026, 3, 8))
    (entry,) = entries(activity)
    assert (entry.state, entry.quantity, entry.day) == ("declared", Decimal(3), date(2026, 3, 8))


def test_another_kind_takes_the_entry_back_and_declares_a_new_one(cast: Cast) -> None:
    activity = an_activity(cast)
    change(cast, activity, kind="teaching_round", extra={"learners": 5})
    old, new = entries(activity)
    assert (old.state, new.state, new.kind) == ("withdrawn", "declared", "teaching_round")
    with scope.acting(cast.posted_expert):
        assert ActivityReceiver.objects.get(activity=activity).entry_id == new.pk


def test_receivers_come_and_go_with_their_entries(cast: Cast) -> None:
    other = a_hospital()
    activity = an_activity(cast, by=cast.supporting.office)
    change(cast, activity, by=cast.supporting.office, receiver_ids=(other.pk,))
    old, new = entries(activity)
    assert (old.state, new.state, new.receiver_id) == ("withdrawn", "declared", other.pk)


def test_verified_activity_is_not_changed_nor_withdrawn(cast: Cast) -> None:
    activity = an_activity(cast)
    verify(cast, activity)
    with pytest.raises(Conflict):
        change(cast, activity, quantity=Decimal(9))
    with pytest.raises(Conflict), scope.acting(cast.posted_expert):
        services.withdraw(actor=cast.posted_expert, at=AT, key=None, activity_id=activity.public_id, note="记错了")
    with scope.system():
        assert Activity.objects.get(pk=activity.pk).quantity == Decimal(1)


def test_withdrawing_takes_the_entry_back(cast: Cast) -> None:
    activity = an_activity(cast)
    with scope.acting(cast.posted_expert):
        services.withdraw(actor=cast.posted_expert, at=AT, key=None, activity_id=activity.public_id, note="记错了")
    assert [entry.state for entry in entries(activity)] == ["withdrawn"]


def test_colleague_changes_nothing_but_the_office_of_the_house_does(cast: Cast) -> None:
    activity = an_activity(cast)
    with pytest.raises(NotAllowed):
        change(cast, activity, by=cast.county.clinician, quantity=Decimal(2))
    with pytest.raises(NotAllowed):
        change(cast, activity, by=cast.supporting.office, quantity=Decimal(2))
    with pytest.raises(NotFound):
        change(cast, activity, by=cast.stranger.office, quantity=Decimal(2))
    change(cast, activity, by=cast.county.office, quantity=Decimal(2))
    assert entries(activity)[0].quantity == Decimal(2)


def test_same_change_sent_twice_is_made_once(cast: Cast) -> None:
    activity, key = an_activity(cast), ids.new()
    change(cast, activity, key=key, quantity=Decimal(2))
    verify(cast, activity)
    change(cast, activity, key=key, quantity=Decimal(2))
    assert entries(activity)[0].state == "counted"


def test_v11_a_receiver_taken_out_sees_no_longer_what_comes_after(cast: Cast) -> None:
    other = a_hospital()
    reader = a_member(Role.OFFICE, other)
    activity = an_activity(cast, by=cast.supporting.office, receiver_ids=(cast.county.id, other.pk))
    page = f"/activities/{activity.public_id}/"
    assert signed_in_client(reader).get(page).status_code == 200
    change(cast, activity, by=cast.supporting.office, receiver_ids=(cast.county.id,), note="给双方看的话")
    assert signed_in_client(reader).get(page).status_code == 404
    assert signed_in_client(cast.county.office).get(page).status_code == 200
    change(cast, activity, by=cast.supporting.office, receiver_ids=(cast.county.id, other.pk))
    assert signed_in_client(reader).get(page).status_code == 200


def test_who_recorded_a_deed_verifies_no_entry_that_another_declared_in_its_place(cast: Cast) -> None:
    """A changed kind or receiver takes the entry back and declares a new one: it is still the first one's word."""
    recorder, colleague = cast.county.coordinator, cast.county.office
    activity = an_activity(cast, by=recorder)
    change(cast, activity, by=colleague, kind="teaching_round", extra={"learners": 5})
    change(cast, activity, by=recorder, kind="lecture")
    *_old, new = entries(activity)
    assert new.created_by_id == recorder.principal_id
    for who in (recorder, colleague):
        with pytest.raises(NotAllowed), scope.acting(who):
            ledger.verify(actor=who, at=AT, key=None, entry_id=new.public_id)
    head = cast.county.department_head
    with scope.acting(head):
        assert ledger.verify(actor=head, at=AT, key=None, entry_id=new.public_id).level == 2
