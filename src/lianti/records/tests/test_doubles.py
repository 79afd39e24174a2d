"""Doubles: what is there already is shown before it is booked, to whoever may see it, and asked once."""

from dataclasses import replace
from typing import Any

import pytest

from lianti.contexts.activities.models import Activity
from lianti.contexts.needs.models import Need
from lianti.contexts.needs.tests.test_pages import typed
from lianti.kernel import scope
from lianti.records import doubles
from lianti.records.tests.test_kept import NEW, lecture
from tests.cast import Cast, signed_in_client

pytestmark = pytest.mark.django_db


def count(model: Any) -> int:
    with scope.system():
        return int(model.objects.count())


def test_same_need_is_pointed_out_and_booked_after_a_yes(cast: Cast) -> None:
    client = signed_in_client(cast.county.coordinator)
    first = client.post("/needs/new/", typed(cast, cast.county.coordinator))["Location"]
    asked = client.post("/needs/new/", typed(cast, cast.county.coordinator, text="再派一人带教腹腔镜"))
    assert asked.status_code == 422
    text = asked.content.decode()
    assert f'href="{first}"' in text
    assert "再派一人带教腹腔镜" in text
    question = asked.context["form"].question
    assert f'name="{question.name}" value="{question.value}"' in text
    assert count(Need) == 1
    yes = client.post(
        "/needs/new/",
        typed(cast, cast.county.coordinator, text="再派一人带教腹腔镜", **{question.name: question.value}),
    )
    assert yes.status_code == 303
    assert count(Need) == 2


def test_another_need_is_not_asked_about(cast: Cast) -> None:
    client = signed_in_client(cast.county.coordinator)
    client.post("/needs/new/", typed(cast, cast.county.coordinator))
    for other in ({"specialty": "心内科"}, {"category": "referral", "amount_number": "", "amount_unit": ""}):
        assert client.post("/needs/new/", typed(cast, cast.county.coordinator, **other)).status_code == 303


def test_yes_holds_for_what_was_shown_and_for_whoever_saw_it(cast: Cast) -> None:
    office, coordinator = signed_in_client(cast.supporting.office), signed_in_client(cast.supporting.coordinator)
    office.post(NEW, lecture(cast))
    yes = {doubles.ANSWER: office.post(NEW, lecture(cast)).context["form"].question.value}
    coordinator.post(NEW, lecture(cast))
    assert coordinator.post(NEW, lecture(cast, **yes)).status_code == 422
    assert office.post(NEW, lecture(cast, **{doubles.ANSWER: "forged"})).status_code == 422
    assert office.post(NEW, lecture(cast, **yes)).status_code == 303
    assert office.post(NEW, lecture(cast, **yes)).status_code == 422  # there are two now


def test_of_one_day_many_people_may_be_entered_without_a_question(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    experts = [cast.supporting.expert, cast.supporting.clinician]
    with scope.system():
        from lianti.contexts.network.models import Person

        names = [Person.objects.get(pk=actor.person_id).name for actor in experts]
    for name in names:
        assert client.post(NEW, lecture(cast, person_0=name, part_0="lead")).status_code == 303
    assert client.post(NEW, lecture(cast, person_0=names[0], part_0="lead")).status_code == 422
    assert count(Activity) == 2


def test_at_most_five_are_shown(cast: Cast) -> None:
    client = signed_in_client(cast.supporting.office)
    client.post(NEW, lecture(cast))
    for _ in range(6):
        question = client.post(NEW, lecture(cast)).context["form"].question
        assert client.post(NEW, lecture(cast, **{question.name: question.value})).status_code == 303
    assert len(client.post(NEW, lecture(cast)).context["form"].question.links) == doubles.MOST


def test_what_a_stranger_booked_is_shown_to_nobody_else(cast: Cast) -> None:
    client = signed_in_client(cast.county.coordinator)
    client.post("/needs/new/", typed(cast, cast.county.coordinator))
    with scope.acting(cast.stranger.office):
        from lianti.contexts.needs.domain import NeedFacts
        from lianti.contexts.needs.queries import KIND

        need = NeedFacts(
            stater_id=cast.county.id,
            addressed_id=cast.supporting.id,
            relation_id=cast.relation.pk,
            category="training",
            specialty="普外科",
            text="x",
        )
        assert doubles.of(KIND, cast.stranger.office, need) == []
    with scope.acting(cast.county.coordinator):
        assert len(doubles.of(KIND, cast.county.coordinator, need)) == 1
        assert doubles.of(replace(KIND, same_as=None), cast.county.coordinator, need) == []  # it knows no doubles
