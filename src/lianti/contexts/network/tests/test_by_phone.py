"""People are found by phone by whoever sees that phone, and by nobody else; no number comes into an address."""

import pytest
from django.test import Client

from lianti.contexts.network import queries
from lianti.lib.actor import Actor
from lianti.lib.roles import Role
from tests.cast import Cast, a_person, signed_in_client

pytestmark = pytest.mark.django_db
PHONE = "139 1111 2222"


def _finds(actor: Actor, typed: str) -> bool:
    answer = signed_in_client(actor).post("/search/", {"q": typed}, follow=True)
    return answer.status_code == 200 and "沈启衡" in answer.content.decode()


@pytest.fixture
def person_id(cast: Cast) -> int:
    return a_person("沈启衡", employer=cast.supporting.institution, phone=PHONE).pk


def test_a_number_is_found_by_exactly_those_who_see_it(cast: Cast, person_id: int) -> None:
    readers = [
        *(cast.supporting.actor(role) for role in (Role.CLINICIAN, Role.OFFICE)),
        *(cast.county.actor(role) for role in (Role.OFFICE, Role.LEADER, Role.CLINICIAN, Role.EXPERT)),
        *(cast.stranger.actor(role) for role in (Role.OFFICE, Role.LEADER, Role.ADMINISTRATOR)),
        cast.authority.actor(Role.HEALTH_AUTHORITY),
    ]
    found = {(actor.tenant_id, actor.role): _finds(actor, "13911112222") for actor in readers}
    seen = {(actor.tenant_id, actor.role): queries.phone_for(actor, person_id) == PHONE for actor in readers}
    assert found == seen
    assert found[cast.supporting.id, Role.CLINICIAN]
    assert found[cast.county.id, Role.LEADER]
    assert not found[cast.county.id, Role.EXPERT]
    assert not found[cast.stranger.id, Role.OFFICE]


@pytest.mark.parametrize("typed", ["2222", "11112222", "+86 139-1111-2222", "139 1111 2222"])
def test_the_last_four_digits_are_enough(cast: Cast, person_id: int, typed: str) -> None:
    assert _finds(cast.supporting.clinician, typed)


@pytest.mark.parametrize("typed", ["222", "1391111", "3911", "32222"])
def test_fewer_or_other_digits_find_nobody(cast: Cast, person_id: int, typed: str) -> None:
    assert not _finds(cast.supporting.clinician, typed)


def test_a_hidden_person_is_not_found(cast: Cast, person_id: int) -> None:
    from lianti.contexts.network import services
    from tests.cast import AT

    public_id = queries.person_by_id(person_id).public_id
    services.hide_person(actor=cast.supporting.office, at=AT, key=None, person_id=public_id)
    assert not _finds(cast.supporting.clinician, "13911112222")


def test_no_number_comes_into_an_address(cast: Cast, person_id: int) -> None:
    client: Client = signed_in_client(cast.supporting.clinician)
    named = client.post("/search/", {"q": "沈启"})
    assert named.status_code == 303
    assert named["Location"].startswith("/search/?words=0")
    assert "沈启衡" in client.get(named["Location"]).content.decode()
    page = client.get("/search/").content.decode()
    assert page.count('role="search" method="post"') + page.count('method="post" role="search"') == 2
