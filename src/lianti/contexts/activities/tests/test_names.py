"""One person, one record: a name is the same however it is written, and two of one name can be told apart."""

import pytest

from lianti.contexts.activities import queries
from lianti.contexts.activities.tests.builders import an_activity
from lianti.contexts.network.models import Person
from lianti.kernel import scope
from tests.cast import Cast, a_hospital, a_person, a_relation, signed_in_client
from tests.offers import BOX, offered

pytestmark = pytest.mark.django_db
WRITTEN = (
    "阿布都热依木·吐尔逊",
    "阿布都热依木•吐尔逊",
    "阿布都热依木・吐尔逊",
    "阿布都热依木．吐尔逊",
    "阿布都热依木 吐尔逊",
    "阿布都热依木吐尔逊\u3000",
)


def test_v14_the_same_name_in_one_institution_is_asked_about(cast: Cast) -> None:
    house = cast.county.institution
    known = a_person(WRITTEN[0], employer=house, department="内科")
    client = signed_in_client(cast.county.office)
    address = f"/network/institutions/{house.public_id}/people/new/"
    for name in WRITTEN:
        asked = client.post(address, {"name": name, "title_level": ""})
        assert asked.status_code == 422
        assert f"/network/people/{known.public_id}/" in asked.content.decode()
    with scope.system():
        assert Person.objects.filter(employer=house, name__startswith="阿布都").count() == 1
    question = asked.context["form"].question
    again = {"name": WRITTEN[1], "title_level": "", question.name: question.value}
    assert client.post(address, again).status_code == 303, "two of one name are two when somebody says so"


def test_v14_the_same_phone_is_asked_about(cast: Cast) -> None:
    house = cast.county.institution
    a_person("周芳", employer=house, phone="13800004321")
    client = signed_in_client(cast.county.office)
    address = f"/network/institutions/{house.public_id}/people/new/"
    sent = {"name": "周方", "phone": "13800004321", "title_level": ""}
    assert client.post(address, sent).status_code == 422
    assert client.post(address, {**sent, "phone": "13800004322"}).status_code == 303


def test_field_5_a_name_is_found_however_it_is_written(cast: Cast) -> None:
    person = a_person(WRITTEN[0], employer=cast.county.institution)
    with scope.system():
        for name in (*WRITTEN, f" {WRITTEN[0]} "):
            assert queries.people([cast.county.id], typed=[name]).person(name) == person.pk


def test_field_5_two_of_one_name_in_one_house_are_told_apart(cast: Cast) -> None:
    house = cast.county.institution
    first = a_person("张伟明", employer=house, department="内科")
    second = a_person("张伟明", employer=house, department="外科")
    twins = [a_person("李小明", employer=house, department="内科") for _ in range(2)]
    with scope.system():
        found = queries.people([house.pk])
        assert found.person("张伟明") is None
        by_name = {found.person(name) for name in found.named}
    assert {first.pk, second.pk, *(one.pk for one in twins)} <= by_name
    assert len(set(found.named)) == len(found.named)


def test_field_8_a_receiver_that_is_not_ones_own_is_said_at_the_field(cast: Cast) -> None:
    other = a_hospital()
    a_relation(cast.supporting.institution, [other, cast.county.institution])
    with scope.system():
        public_id = other.public_id
    sent = {
        "kind": "lecture",
        "day": "2026-03-10",
        "quantity": "1",
        "giver": cast.supporting.institution.public_id,
        "receivers": [public_id],
        "extra_topic": "卒中",
    }
    answer = signed_in_client(cast.county.office).post("/activities/new/", sent)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"receivers"}


def test_field_8_only_receivers_for_whom_one_may_record_can_be_ticked(cast: Cast) -> None:
    other = a_hospital()
    a_relation(cast.supporting.institution, [other, cast.county.institution])
    page = signed_in_client(cast.posted_expert).get("/activities/new/").content.decode()
    with scope.system():
        own, foreign, giver = (one.public_id for one in (cast.county.institution, other, cast.supporting.institution))
    assert offered(page) == {(giver, own), (foreign, own), (own, foreign), (own, giver)}
    boxes = {box: "disabled" in rest for box, rest in BOX.findall(page)}
    assert boxes == {own: False, foreign: True, giver: True}, "the giver is preset"


def test_field_8_one_receiver_among_several_that_is_not_ones_own_is_said_at_the_field(cast: Cast) -> None:
    other = a_hospital()
    a_relation(cast.supporting.institution, [other, cast.county.institution])
    activity = an_activity(cast, title="讲座")
    with scope.system():
        both = [other.public_id, cast.county.institution.public_id]
    sent = {
        "kind": "lecture",
        "day": "2026-03-10",
        "quantity": "1",
        "giver": cast.supporting.institution.public_id,
        "receivers": both,
        "extra_topic": "卒中",
    }
    recorder = signed_in_client(cast.posted_expert)
    for address in ("/activities/new/", f"/activities/{activity.public_id}/edit/"):
        answer = recorder.post(address, {**sent, "seen": activity.version})
        assert answer.status_code == 422, address
        assert set(answer.context["form"].errors) == {"receivers"}
