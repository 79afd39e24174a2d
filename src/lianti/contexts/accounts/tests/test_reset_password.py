"""A new one-time code from one's own coordinator."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from lianti.contexts.accounts import queries, services
from lianti.lib.actor import Actor
from lianti.lib.errors import NotAllowed, NotFound
from lianti.lib.roles import Role
from tests.cast import AT, DAY, PASSWORD, Cast, a_member, a_principal, phone_of, signed_in_client

pytestmark = pytest.mark.django_db


def _seat(actor: Actor) -> str:
    held = queries.memberships(actor.principal_id, DAY)
    return next(m.public_id for m in held if (m.institution_id, m.role) == (actor.tenant_id, actor.role))


def _reset(actor: Actor, member: Actor) -> services.Issued:
    return services.reset_password(actor=actor, at=timezone.now(), key=None, membership_id=_seat(member))


def test_reset_ends_sessions_and_gives_a_code(cast: Cast) -> None:
    expert = cast.county.expert
    working = signed_in_client(expert)
    shown = signed_in_client(cast.county.coordinator).post(f"/people/{_seat(expert)}/reset-password/")
    assert shown.status_code == 200
    assert working.get("/people/").status_code == 302
    browser = Client()
    number = phone_of(expert)
    assert browser.post("/sign-in/", {"name": number, "password": PASSWORD}).status_code == 422
    answer = browser.post("/sign-in/", {"name": number, "password": shown.context["code"]})
    assert answer["Location"] == "/sign-in/first-password/"


def test_another_institution_cannot_reset(cast: Cast) -> None:
    with pytest.raises(NotFound):
        _reset(cast.stranger.coordinator, cast.county.expert)


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.LEADER, Role.AUDITOR])
def test_colleagues_cannot_reset(cast: Cast, role: Role) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        _reset(cast.county.actor(role), cast.county.expert)


def test_a_host_cannot_take_over_a_guest(cast: Cast) -> None:
    principal = a_principal()
    a_member(Role.LEADER, cast.supporting.institution, principal=principal)
    guest = a_member(Role.EXPERT, cast.county.institution, principal=principal)
    with pytest.raises(NotAllowed):
        _reset(cast.county.coordinator, guest)
    assert _reset(cast.authority.administrator, guest).code


def test_a_desk_cannot_take_over_an_administrator(cast: Cast) -> None:
    principal = a_principal()
    a_member(Role.ADMINISTRATOR, cast.county.institution, principal=principal)
    clinician = a_member(Role.CLINICIAN, cast.county.institution, principal=principal)
    with pytest.raises(NotAllowed):
        _reset(cast.county.coordinator, clinician)


def test_nobody_resets_their_own(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        _reset(cast.county.coordinator, cast.county.coordinator)


def test_administrator_unlocks_at_once(cast: Cast) -> None:
    number = phone_of(cast.county.expert)
    for _ in range(settings.AXES_FAILURE_LIMIT):
        Client().post("/sign-in/", {"name": number, "password": "wrong"})
    administrator = signed_in_client(cast.authority.administrator)
    page = administrator.get(f"/people/{_seat(cast.county.expert)}/")
    assert [move.name for move in page.context["moves"]] == [
        "reset_password",
        "change_phone",
        "unlock",
        "end_membership",
    ]
    assert administrator.post(f"/people/{_seat(cast.county.expert)}/unlock/").status_code == 303
    browser = Client()
    assert browser.post("/sign-in/", {"name": number, "password": PASSWORD}).status_code == 302
    with pytest.raises(NotAllowed):
        services.unlock(actor=cast.county.coordinator, at=AT, key=None, membership_id=_seat(cast.county.expert))


def test_own_password_is_changed_knowing_the_old_one(cast: Cast) -> None:
    actor = cast.county.expert
    client, other = signed_in_client(actor), signed_in_client(actor)
    new = "another-tall-bamboo"
    assert client.post("/password/", {"old": "no", "new": new, "again": new}).status_code == 422
    assert client.post("/password/", {"old": PASSWORD, "new": PASSWORD, "again": PASSWORD}).status_code == 422
    assert client.post("/password/", {"old": PASSWORD, "new": new, "again": new}).status_code == 303
    assert client.get("/people/").status_code == 200
    assert other.get("/people/").status_code == 302
    assert Client().post("/sign-in/", {"name": phone_of(actor), "password": new}).status_code == 302
