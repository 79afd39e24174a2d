"""A seat may be in one department of its institution."""

from datetime import date

import pytest

from lianti.contexts.accounts import queries, services
from lianti.contexts.accounts.models import Membership
from lianti.contexts.accounts.services import Invitation
from lianti.contexts.network import queries as network
from lianti.kernel import scope
from lianti.kernel.models import Principal
from lianti.lib.errors import Invalid
from lianti.lib.roles import Role
from tests.cast import AT, DAY, Cast, a_person, signed_in_client, taken

pytestmark = pytest.mark.django_db


def department(cast: Cast, name: str = "心内科") -> int:
    a_person(employer=cast.county.institution, department=name)
    with scope.system():
        return {found: pk for pk, found in network.departments(cast.county.id)}[name]


def invite(cast: Cast, department_id: int | None, phone: str = "13912345678") -> services.Issued:
    given = Invitation(phone, "高主任", "department_head", date(2026, 1, 1), department_id=department_id)
    return services.invite(actor=cast.county.office, at=AT, key=None, invitation=given)


def test_a_head_acts_for_their_department(cast: Cast) -> None:
    unit, other = department(cast), department(cast, "儿科")
    issued = invite(cast, unit)
    whole = invite(cast, None, "13912345679")
    for one in (issued, whole):
        taken(one)
    principal, everywhere = issued.membership.principal_id, whole.membership.principal_id
    with scope.system():
        actor = queries.acting(principal, issued.membership.public_id, DAY)
        assert actor == queries.seat(principal, cast.county.id, Role.DEPARTMENT_HEAD, DAY)
        assert actor is not None
        assert actor.unit_id == unit
        heads = (Role.DEPARTMENT_HEAD,)
        assert queries.recipients(cast.county.id, heads, DAY, unit) == [principal, everywhere]
        assert queries.recipients(cast.county.id, heads, DAY, other) == [everywhere]
        assert queries.recipients(cast.county.id, heads, DAY) == [principal, everywhere]
        assert queries.seat(principal, cast.stranger.id, Role.DEPARTMENT_HEAD, DAY) is None


def test_a_department_of_another_house_is_refused(cast: Cast) -> None:
    a_person(employer=cast.stranger.institution, department="骨科")
    with scope.system():
        ((foreign, _name),) = network.departments(cast.stranger.id)
    with pytest.raises(Invalid) as refused:
        invite(cast, foreign)
    assert set(refused.value.fields) == {"department_id"}


def test_the_form_offers_departments_where_there_are_any(cast: Cast) -> None:
    client = signed_in_client(cast.county.office)
    assert "department_id" not in client.get("/people/invite/").content.decode()
    unit = department(cast)
    assert f'<option value="{unit}">心内科</option>' in client.get("/people/invite/").content.decode()
    sent = {"phone": "13912345678", "name": "高主任", "role": "department_head", "from_date": "2026-01-01"}
    answer = client.post("/people/invite/", {**sent, "department_id": unit, "key": "k"}, follow=True)
    assert answer.status_code == 200
    with scope.system():
        seat_id = Membership.objects.latest("pk").public_id
        invited = queries.invitation(Principal.objects.get(phone="13912345678").pk, seat_id)
    assert invited is not None
    services.accept(actor=invited.actor, at=AT, key=None, membership_id=seat_id, code=answer.context["code"])
    with scope.system():
        principal = Principal.objects.get(phone="13912345678")
        seat = queries.seat(principal.pk, cast.county.id, Role.DEPARTMENT_HEAD, DAY)
        public_id = queries.memberships(principal.pk, DAY)[0].public_id
    assert seat is not None
    assert seat.unit_id == unit
    assert "心内科" in client.get(f"/people/{public_id}/").content.decode()
