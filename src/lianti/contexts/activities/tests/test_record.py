"""Recording what was done, and declaring it in one transaction."""

from datetime import date
from decimal import Decimal

import pytest

from lianti.contexts.activities import services
from lianti.contexts.activities.domain import Taking
from lianti.contexts.activities.models import Activity, ActivityReceiver, ActivityTransition
from lianti.contexts.activities.tests.builders import an_activity, facts
from lianti.contexts.ledger.models import Entry
from lianti.kernel import scope
from lianti.lib import ids
from lianti.lib.errors import Invalid, KeyReused, NotAllowed
from tests.cast import AT, Cast, a_hospital

pytestmark = pytest.mark.django_db


def test_posted_expert_records_a_lecture_and_its_entry_is_declared(cast: Cast) -> None:
    activity = an_activity(cast)
    with scope.system():
        entry = Entry.objects.get(source_kind="activities.activity", source_id=activity.pk)
    assert (entry.giver_id, entry.receiver_id, entry.quantity) == (cast.supporting.id, cast.county.id, Decimal(1))
    assert entry.state == "declared"
    with scope.acting(cast.posted_expert):
        assert ActivityReceiver.objects.get(activity=activity).entry_id == entry.pk
        assert ActivityTransition.objects.get(record=activity).name == "record"


def test_three_receivers_make_three_entries_of_one_activity(cast: Cast) -> None:
    two = [a_hospital(), a_hospital()]
    activity = an_activity(cast, by=cast.supporting.office, receiver_ids=(cast.county.id, two[0].pk, two[1].pk))
    with scope.system():
        entries = Entry.objects.filter(source_id=activity.pk)
        assert entries.count() == 3
        assert {entry.quantity for entry in entries} == {Decimal(1)}


def test_what_the_ledger_refuses_leaves_no_activity(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        an_activity(cast, day=date(1989, 12, 31))
    assert "day" in refused.value.fields
    with scope.system():
        assert not Activity.objects.exists()
        assert not Entry.objects.exists()


def test_record_later_than_a_week_is_a_late_entry(cast: Cast) -> None:
    assert an_activity(cast, day=date(2026, 3, 2)).late_days == 8
    assert an_activity(cast, day=date(2026, 3, 3)).late_days == 0
    assert an_activity(cast, day=date(2026, 3, 9), late=True).late_days == 1


def test_stranger_and_auditor_record_nothing(cast: Cast) -> None:
    for actor in (cast.stranger.office, cast.county.auditor, cast.supporting.administrator):
        with pytest.raises(NotAllowed):
            an_activity(cast, by=actor)


def test_same_form_sent_twice_records_once(cast: Cast) -> None:
    key = ids.new()
    first, again = an_activity(cast, key=key), an_activity(cast, key=key)
    assert again.pk == first.pk
    with pytest.raises(KeyReused):
        an_activity(cast, key=key, quantity=Decimal(2))
    with scope.system():
        assert (Activity.objects.count(), Entry.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "working_meeting"}, "kind"),
        ({"kind": "training"}, "kind"),
        ({"quantity": Decimal(0)}, "quantity"),
        ({"quantity": Decimal("0.001")}, "quantity"),
        ({"day": date(2026, 3, 11)}, "day"),
        ({"day_to": date(2026, 3, 8)}, "day_to"),
        ({"receiver_ids": ()}, "receivers"),
        ({"people": (Taking(10**9),)}, "people"),
        ({"extra": {"topic": "长" * 201}}, "extra_topic"),
        ({"extra": {"beds": 3}}, "extra_beds"),
        ({"title": "长" * 201}, "title"),
    ],
)
def test_wrong_fields_are_named(cast: Cast, wrong: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        an_activity(cast, **wrong)
    assert field in refused.value.fields


def test_nobody_gives_help_to_the_own_institution(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        an_activity(cast, receiver_ids=(cast.supporting.id,))
    assert "receivers" in refused.value.fields


def test_week_is_recorded_whole_or_not_at_all(cast: Cast) -> None:
    good, bad = facts(cast), facts(cast, quantity=Decimal(-1))
    with pytest.raises(Invalid) as refused, scope.acting(cast.posted_expert):
        services.record_week(actor=cast.posted_expert, at=AT, key=ids.new(), activities=(good, bad))
    assert list(refused.value.fields) == ["1-quantity"]
    with scope.system():
        assert not Activity.objects.exists()
    key = ids.new()
    with scope.acting(cast.posted_expert):
        two = services.record_week(actor=cast.posted_expert, at=AT, key=key, activities=(good, good))
        again = services.record_week(actor=cast.posted_expert, at=AT, key=key, activities=(good, good))
    assert [a.pk for a in again] == [a.pk for a in two]
