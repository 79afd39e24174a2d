"""The pages of needs, through HTTP."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from lianti.contexts.needs import queries, services
from lianti.contexts.needs.models import Need
from lianti.contexts.needs.states import NeedState
from lianti.contexts.needs.tests.builders import a_need
from lianti.kernel import scope
from lianti.lib import ids
from lianti.lib.actor import Actor
from tests.cast import Cast, signed_in_client

pytestmark = pytest.mark.django_db


def typed(cast: Cast, actor: Actor, **other: Any) -> dict[str, Any]:
    with scope.acting(actor):
        address = queries.addresses(actor)[0].key
    return {
        "key": ids.new(),
        "address": address,
        "category": "training",
        "specialty": "普外科",
        "text": "请派人带教腹腔镜",
        "amount_number": "12",
        "amount_unit": "session",
        "wanted_by": "",
        "signed_off_duty": "院长",
        "signed_off_day": "2026-03-09",
        **other,
    }


def the_need() -> Need:
    with scope.system():
        return Need.objects.get()


def test_coordinator_states_a_need_and_the_office_accepts_answers_and_the_county_closes(cast: Cast) -> None:
    county, office = signed_in_client(cast.county.coordinator), signed_in_client(cast.supporting.office)
    answer = county.post("/needs/new/", typed(cast, cast.county.coordinator))
    assert answer.status_code == 303
    need = the_need()
    assert answer["Location"] == f"/needs/{need.public_id}/"
    assert (need.signed_off_duty, need.unit) == ("院长", "session")

    page = office.get(f"/needs/{need.public_id}/")
    assert "接受" in page.content.decode() or "Accept" in page.content.decode()
    assert post(office, need, "accept", priority="1").status_code == 303
    plan = {"plan_text": "派两人", "people": "张三、李四", "plan_to": "2026-12-31"}
    assert post(office, need, "answer", **plan).status_code == 303
    assert "派两人" in county.get(f"/needs/{need.public_id}/").content.decode()
    assert post(county, need, "close", note="").status_code == 303
    assert the_need().state == NeedState.CLOSED


def post(client: Client, need: Need, name: str, **typed: str) -> Any:
    return client.post(f"/needs/{need.public_id}/moves/{name}/", {"key": ids.new(), **typed})


def test_what_was_typed_is_kept_when_the_form_is_wrong(cast: Cast) -> None:
    client = signed_in_client(cast.county.coordinator)
    answer = client.post("/needs/new/", typed(cast, cast.county.coordinator, amount_unit="", text="腹腔镜带教"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "腹腔镜带教" in page
    assert 'value="12"' in page
    assert not Need.objects.exists()


def test_unit_that_cannot_meet_the_need_is_refused_at_its_field(cast: Cast) -> None:
    client = signed_in_client(cast.county.coordinator)
    answer = client.post("/needs/new/", typed(cast, cast.county.coordinator, amount_unit="case"))
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"amount"}


def test_form_asks_for_seven_things_at_most(cast: Cast) -> None:
    answer = signed_in_client(cast.county.coordinator).get("/needs/new/")
    assert len(answer.context["form"].fields) == 7


def test_office_is_offered_to_enter_on_behalf_of_its_members(cast: Cast) -> None:
    page = signed_in_client(cast.supporting.office).get("/needs/new/")
    labels = [str(label) for _value, label in page.context["form"].fields["address"].choices]
    assert any(cast.county.institution.short_name in label for label in labels)
    assert len(labels) == 2


def test_return_without_reason_keeps_the_form_open(cast: Cast) -> None:
    need = a_need(cast)
    answer = post(signed_in_client(cast.supporting.office), need, "return", note=" ")
    assert answer.status_code == 422
    assert '<details class="move" open' in answer.content.decode()


def test_illegal_jump_is_a_conflict_page(cast: Cast) -> None:
    need = a_need(cast)
    answer = post(signed_in_client(cast.county.coordinator), need, "close", note="")
    assert answer.status_code == 409
    assert post(signed_in_client(cast.county.coordinator), need, "nothing").status_code == 409


def test_stranger_finds_no_such_page(cast: Cast) -> None:
    need = a_need(cast)
    client = signed_in_client(cast.stranger.office)
    assert client.get(f"/needs/{need.public_id}/").status_code == 404
    assert post(client, need, "accept", priority="2").status_code == 404


def test_wrong_side_is_told_who_may(cast: Cast) -> None:
    need = a_need(cast)
    assert post(signed_in_client(cast.county.coordinator), need, "accept", priority="2").status_code == 403


@pytest.mark.parametrize("rows", [3, 30])
def test_list_asks_the_same_number_of_questions(
    cast: Cast, rows: int, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for _n in range(rows):
        a_need(cast)
    client = signed_in_client(cast.supporting.office)
    client.get("/needs/")
    with django_assert_max_num_queries(20):
        answer = client.get("/needs/")
    assert answer.status_code == 200
    assert len(answer.context["rows"]) == rows


def test_lists_and_panels_show_the_need_to_both_sides(cast: Cast) -> None:
    need = a_need(cast)
    for actor in (cast.supporting.office, cast.county.coordinator, cast.county.clinician):
        client = signed_in_client(actor)
        for address in (
            "/needs/",
            "/needs/?show=all&side=stated" if actor.tenant_id == cast.county.id else "/needs/?side=asked",
            f"/network/relations/{cast.relation.public_id}/",
            f"/network/institutions/{cast.county.institution.public_id}/",
        ):
            assert need.number in client.get(address).content.decode(), address


def test_returned_need_is_stated_again_with_what_was_added(cast: Cast) -> None:
    need = a_need(cast, NeedState.RETURNED)
    client = signed_in_client(cast.county.coordinator)
    filled = typed(cast, cast.county.coordinator, text="请派两人带教腹腔镜", note="补充了人数")
    answer = client.post(f"/needs/{need.public_id}/moves/restate/", filled)
    assert answer.status_code == 303
    assert (the_need().state, the_need().text) == (NeedState.STATED, "请派两人带教腹腔镜")


def test_hidden_person_in_a_plan_shows_no_name(cast: Cast) -> None:
    from lianti.contexts.network import services as network
    from tests.cast import AT, a_person, the_system

    person = a_person("欧阳文", employer=cast.supporting.institution)
    need = a_need(cast, NeedState.ACCEPTED)
    office = signed_in_client(cast.supporting.office)
    assert post(office, need, "answer", plan_text="派一人", people="欧阳文").status_code == 303
    assert "欧阳文" in office.get(f"/needs/{need.public_id}/").content.decode()
    with scope.system():
        network.hide_person(actor=the_system(), at=AT, key=None, person_id=person.public_id)
    assert "欧阳文" not in office.get(f"/needs/{need.public_id}/").content.decode()
    assert services.FLOW.kind == "needs.need"
