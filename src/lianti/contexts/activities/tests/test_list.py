"""The list of activities: what it can be asked, what it adds up, and what every kind of record is held to."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from lianti.contexts.activities import services, views
from lianti.contexts.activities.domain import EventFacts, Taking
from lianti.contexts.activities.models import Activity
from lianti.contexts.activities.queries import ActivityAsks
from lianti.contexts.activities.tests.builders import an_activity, facts
from lianti.kernel import scope
from lianti.kernel.models import Audience
from lianti.lib import ids
from lianti.lib.actor import Actor
from tests.cast import AT, Cast, a_hospital, a_person, signed_in_client, the_system
from tests.records import DeclarationTests, RecordTests

pytestmark = pytest.mark.django_db


class TestActivities(DeclarationTests, RecordTests):
    LIST, PAGE = views.LIST, views.PAGE

    def make(self, cast: Cast) -> Activity:
        return an_activity(cast, title="卒中讲座")

    def everything(self) -> ActivityAsks:
        return ActivityAsks(whose="house")


def shown(actor: Actor, query: str) -> list[str]:
    """Return the public ids that the list shows for a query, in its order."""
    answer = signed_in_client(actor).get(f"/activities/?{query}")
    assert answer.status_code == 200, query
    return [row.public_id for row in answer.context["rows"]]


def test_mine_is_what_i_recorded_or_had_a_part_in(cast: Cast) -> None:
    expert, office = cast.posted_expert, cast.county.office
    own = an_activity(cast)
    with_me = an_activity(cast, by=office, people=(Taking(expert.person_id or 0),))
    other = an_activity(cast, by=office)
    assert set(shown(expert, "")) == {own.public_id, with_me.public_id}
    assert set(shown(expert, "whose=house")) == {own.public_id, with_me.public_id, other.public_id}


def test_each_filter_narrows_to_what_it_names(cast: Cast) -> None:
    office, elsewhere = cast.supporting.office, a_hospital(region="云南省/远山市/远山县")
    person = a_person(employer=cast.supporting.institution)
    march = an_activity(cast, by=office, people=(Taking(person.pk),), relation_id=cast.relation.pk)
    january = an_activity(cast, by=office, kind="ward_round", extra={}, day=date(2026, 1, 5))
    away = an_activity(cast, by=office, receiver_ids=(elsewhere.pk,), day=date(2026, 2, 2))
    for query, found in (
        ("month=2026-03", [march]),
        ("kind=ward_round", [january]),
        (f"place={elsewhere.public_id}", [away]),
        (f"place={cast.county.institution.public_id}", [march, january]),
        (f"county={elsewhere.region}", [away]),
        (f"person={person.public_id}", [march]),
        (f"relation={cast.relation.public_id}", [march]),
        ("since=2026-02-01&until=2026-02-28", [away]),
        ("state=withdrawn", []),
        ("order=entered", [away, january, march]),
        ("", [march, away, january]),
    ):
        assert shown(office, query) == [one.public_id for one in found], query


def test_quantities_add_up_by_unit_and_withdrawn_ones_count_for_nothing(cast: Cast) -> None:
    expert = cast.posted_expert
    an_activity(cast, quantity=Decimal(2))
    an_activity(cast, kind="teaching_round", extra={}, quantity=Decimal(3))
    gone = an_activity(cast, quantity=Decimal(9))
    with scope.acting(expert):
        services.withdraw(actor=expert, at=AT, key=None, activity_id=gone.public_id, note="重复登记")
    tally = signed_in_client(expert).get("/activities/").context["tally"]
    assert tally.count == 3
    assert sum(number for number, _unit in tally.sums) == Decimal(5)


def test_what_was_recorded_twice_is_withdrawn_at_once(cast: Cast) -> None:
    first, second = an_activity(cast), an_activity(cast)
    client = signed_in_client(cast.posted_expert)
    given: dict[str, Any] = {"key": ids.new(), "move": "withdraw", "note": "照上周登记了两次"}
    ticked = [f"{one.public_id}.{one.version}" for one in (first, second)]
    answer = client.post("/activities/bulk/", {**given, "row": ticked})
    assert answer.status_code == 200
    assert answer.context["done"] == 2
    with scope.system():
        assert set(Activity.objects.values_list("state", flat=True)) == {"withdrawn"}


def test_changed_day_moves_it_in_the_list(cast: Cast) -> None:
    activity, expert = an_activity(cast), cast.posted_expert
    with scope.acting(expert):
        changed = facts(cast, day=date(2026, 2, 1))
        services.edit(actor=expert, at=AT, key=None, activity_id=activity.public_id, activity=changed)
    with scope.system():
        days = Audience.objects.filter(kind="activities.activity", record_pk=activity.pk).values_list("day", flat=True)
    assert set(days) == {date(2026, 2, 1)}


def test_event_names_the_first_of_those_who_took_part(cast: Cast) -> None:
    houses = [a_hospital() for _n in range(5)]
    with scope.system():
        services.adopt_event(
            actor=the_system(),
            at=AT,
            key=None,
            source="某医院网站 2024-07-05",
            event=EventFacts(
                "signing",
                date(2024, 7, 5),
                (cast.county.id, *(house.pk for house in houses)),
                visited=("儿科",),
                attendance=40,
            ),
        )
    (row,) = signed_in_client(cast.county.office).get("/activities/?whose=house").context["rows"]
    assert row.sides.first.short_name.endswith("… (6)")
    assert row.sides.second is None
    assert "儿科" in row.activity.sub
    assert "40" in row.activity.sub
