"""The first people of a site come in by the command line."""

import pytest

from lianti.contexts.accounts import queries as accounts
from lianti.contexts.network import queries as network
from lianti.journeys import inviting
from lianti.kernel import scope
from lianti.lib.errors import Invalid
from lianti.lib.roles import Role
from tests.cast import AT, DAY, a_hospital, a_person, taken

pytestmark = pytest.mark.django_db


def first(**given: str) -> inviting.FirstOne:
    facts = {"phone": "13900001234", "name": "林初", "role": Role.ADMINISTRATOR.value, "institution": "新医院"}
    return inviting.FirstOne(**{**facts, **given})


def test_the_first_administrator_of_an_empty_site_gets_a_code_and_a_person():
    issued = inviting.invite(at=AT, first=first(kind="hospital"))
    assert issued is not None
    assert issued.code
    taken(issued)
    with scope.system():
        actor = accounts.acting(issued.membership.principal_id, None, DAY)
        assert actor is not None
        assert actor.role is Role.ADMINISTRATOR
        person = network.person_of(issued.membership.principal_id)
    assert person is not None
    assert actor.person_id == person.id


def test_an_unknown_institution_is_not_made_by_mistake():
    assert inviting.invite(at=AT, first=first()) is None


def test_somebody_in_the_directory_keeps_their_employer():
    away, here = a_hospital(), a_hospital()
    posted = a_person("驻点人", employer=away, phone="13900005678")
    issued = inviting.invite(
        at=AT, first=first(phone="13900005678", name="驻点人", role="expert", institution=here.name)
    )
    assert issued is not None
    taken(issued)
    with scope.system():
        person = network.person_of(issued.membership.principal_id)
    assert person is not None
    assert person.id == posted.pk
    assert person.employer.id == away.pk


def test_a_number_that_is_none_is_refused():
    with pytest.raises(Invalid):
        inviting.invite(at=AT, first=first(phone="abc", kind="hospital"))


def test_the_first_administrator_is_also_the_office_and_is_made_once():
    assert not inviting.settled(at=AT)
    issued = inviting.settle(at=AT, first=first(kind="hospital"))
    assert issued is not None
    assert issued.code
    taken(issued)
    with scope.system():
        held = accounts.memberships(issued.membership.principal_id, DAY)
    assert [facts.role for facts in held] == [Role.ADMINISTRATOR, Role.OFFICE]
    assert len({facts.institution_id for facts in held}) == 1
    assert inviting.settled(at=AT)
    assert inviting.settle(at=AT, first=first(phone="13900005678", institution="另一医院", kind="hospital")) is None
    with scope.system():
        assert not network.institutions(text="另一医院")
