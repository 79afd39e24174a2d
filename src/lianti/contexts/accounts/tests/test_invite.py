"""Inviting somebody to act for an institution."""

from datetime import date

import pytest
from django.test import Client

from lianti.contexts.accounts import services
from lianti.kernel.models import Principal
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.errors import Invalid, KeyReused, NotAllowed
from lianti.lib.roles import Role
from tests.cast import AT, DAY, PASSWORD, Cast, a_phone, signed_in_client

pytestmark = pytest.mark.django_db


def _invite(actor: Actor, *, key: str | None = None, **changes: object) -> services.Issued:
    facts = {"phone": a_phone(), "name": "钱初来", "role": Role.CLINICIAN, "from_date": DAY, **changes}
    return services.invite(actor=actor, at=AT, key=key, invitation=services.Invitation(**facts))  # type: ignore[arg-type]


def test_new_person_gets_a_code_that_opens_once(cast: Cast) -> None:
    client = signed_in_client(cast.county.coordinator)
    number = a_phone()
    given = {"phone": number, "name": "钱初来", "role": "clinician", "from_date": "2026-01-01", "key": ids.new()}
    shown = client.post("/people/invite/", given)
    assert shown.status_code == 200
    assert shown["Cache-Control"] == "no-store"
    code = shown.context["code"]
    again = client.post("/people/invite/", given)
    assert again.status_code == 303, "the same form sent twice invites once and shows no code again"

    browser = Client()
    first = browser.post("/sign-in/", {"name": number, "password": code})
    assert first["Location"] == "/sign-in/first-password/"
    assert browser.get("/people/").status_code == 302, "nobody works on somebody else's code"
    for weak in ("short", "1234567890123", "password123", number):
        assert browser.post(first["Location"], {"new": weak, "again": weak}).status_code == 422
    assert browser.post(first["Location"], {"new": PASSWORD, "again": "other"}).status_code == 422
    done = browser.post(first["Location"], {"new": PASSWORD, "again": PASSWORD})
    assert (done.status_code, done["Location"]) == (303, "/")
    assert browser.get("/people/").status_code == 200
    assert Client().post("/sign-in/", {"name": number, "password": code}).status_code == 422


def test_code_runs_out(cast: Cast) -> None:
    issued = _invite(cast.county.coordinator)  # at AT, long ago
    answer = Client().post("/sign-in/", {"name": issued.phone, "password": issued.code})
    assert answer.status_code == 422


def test_same_role_twice_is_refused(cast: Cast) -> None:
    issued = _invite(cast.county.coordinator)
    with pytest.raises(Invalid) as refusal:
        _invite(cast.county.coordinator, phone=issued.phone)
    assert set(refusal.value.fields) == {"phone"}


def test_same_key_for_somebody_else_is_refused(cast: Cast) -> None:
    key = ids.new()
    _invite(cast.county.coordinator, key=key)
    with pytest.raises(KeyReused):
        _invite(cast.county.coordinator, key=key)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"phone": "call me"}, "phone"),
        ({"name": "  "}, "name"),
        ({"name": "13900000001"}, "name"),
        ({"role": "king"}, "role"),
        ({"role": Role.SYSTEM}, "role"),
        ({"role": Role.HEALTH_AUTHORITY}, "role"),
        ({"to_date": date(2020, 1, 1)}, "to_date"),
    ],
)
def test_wrong_facts_are_named(cast: Cast, changes: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        _invite(cast.county.coordinator, **changes)
    assert set(refusal.value.fields) == {field}


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.EXPERT, Role.DEPARTMENT_HEAD, Role.LEADER, Role.AUDITOR])
def test_only_desks_and_administrators_invite(cast: Cast, role: Role) -> None:
    with pytest.raises(NotAllowed):
        _invite(cast.county.actor(role))
    assert signed_in_client(cast.county.actor(role)).get("/people/invite/").status_code == 403


def test_nobody_left_behind_by_a_refused_invitation(cast: Cast) -> None:
    number = a_phone()
    with pytest.raises(NotAllowed):
        _invite(cast.county.expert, phone=number)
    assert not Principal.objects.filter(phone=number).exists()


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_a_desk_makes_no_administrator(cast: Cast, role: Role) -> None:
    with pytest.raises(NotAllowed):
        _invite(cast.county.coordinator, role=role)
    assert _invite(cast.county.administrator, role=role).code


def test_a_desk_invites_for_its_own_institution_alone(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        _invite(cast.county.coordinator, institution_id=cast.stranger.id)
    assert _invite(cast.authority.administrator, institution_id=cast.stranger.id).code


def test_the_desk_of_an_authority_gives_its_own_role(cast: Cast) -> None:
    assert _invite(cast.authority.office, role=Role.HEALTH_AUTHORITY).code
