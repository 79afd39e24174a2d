"""Who sees the members of an institution."""

import pytest

from lianti.contexts.accounts import labels, queries
from lianti.contexts.accounts.states import MEMBERSHIP, MembershipState
from lianti.lib.roles import Role
from tests.cast import AT, Cast, a_member, signed_in_client

pytestmark = pytest.mark.django_db


def test_table_is_sound() -> None:
    assert list(MEMBERSHIP.problems()) == []
    assert set(labels.STATES) == set(MembershipState)
    assert set(labels.ROLES) == set(Role)


def test_desks_see_all_others_themselves(cast: Cast) -> None:
    office, expert = cast.county.office, cast.county.expert
    assert {m.principal_id for m in queries.members(office, AT)} == {office.principal_id, expert.principal_id}
    assert {m.principal_id for m in queries.members(expert, AT)} == {expert.principal_id}


def test_another_house_is_not_there(cast: Cast) -> None:
    place = cast.county.institution
    assert signed_in_client(cast.stranger.office).get(f"/people/?institution={place.public_id}").status_code == 404
    page = signed_in_client(cast.authority.administrator).get(f"/people/?institution={place.public_id}")
    assert page.status_code == 200
    assert place.name in page.content.decode()


@pytest.mark.parametrize("count", [3, 30])
def test_page_costs_the_same_for_few_and_many(cast: Cast, count: int, django_assert_max_num_queries: object) -> None:
    for _ in range(count):
        a_member(Role.CLINICIAN, cast.county.institution)
    client = signed_in_client(cast.county.office)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert client.get("/people/").status_code == 200
