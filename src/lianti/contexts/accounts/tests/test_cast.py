"""The cast itself stands."""

import pytest

from lianti.contexts.accounts import queries
from lianti.lib.roles import Role
from tests.cast import DAY, Cast, a_batch, a_person, signed_in_client

pytestmark = pytest.mark.django_db


def test_every_role_can_act_in_its_house(cast: Cast) -> None:
    for role in (Role.OFFICE, Role.COORDINATOR, Role.LEADER):
        actor = cast.county.actor(role)
        assert queries.acting(actor.principal_id, None, DAY) == actor


def test_posted_expert_acts_for_another_house_than_their_employer(cast: Cast) -> None:
    posted = cast.posted_expert
    assert posted.tenant_id == cast.county.id
    assert queries.acting(posted.principal_id, None, DAY) == posted


def test_batch_holds_its_people(cast: Cast) -> None:
    person = a_person(employer=cast.supporting.institution)
    assert a_batch(cast.supporting.institution, [person]).pk


def test_signed_in_client_acts(cast: Cast) -> None:
    client = signed_in_client(cast.county.coordinator)
    assert client.get("/people/").status_code == 200
