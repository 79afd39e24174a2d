"""One institution in one role at a time."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lianti.contexts.accounts import queries, services
from lianti.kernel import scope
from lianti.kernel.models import Principal
from lianti.lib.dates import shanghai_day
from lianti.lib.roles import Role
from tests.cast import AT, DAY, PASSWORD, SINCE, Cast, a_member, a_principal, phone_of, signed_in_client, the_system

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(cast: Cast) -> Principal:
    """Somebody who coordinates in the county and is an expert of the supporting hospital."""
    principal = a_principal()
    a_member(Role.COORDINATOR, cast.county.institution, principal=principal)
    a_member(Role.EXPERT, cast.supporting.institution, principal=principal)
    return principal


def _here(client: Client) -> int:
    return int(client.get("/people/").wsgi_request.actor.tenant_id)  # type: ignore[attr-defined]


def test_switching_changes_institution_and_role(both: Principal, cast: Cast) -> None:
    choices = queries.memberships(both.pk, DAY)
    assert [choice.institution_id for choice in choices] == [cast.county.id, cast.supporting.id]
    client = Client()
    client.post("/sign-in/", {"name": both.phone, "password": PASSWORD})
    assert _here(client) == cast.county.id
    answer = client.post("/acting/", {"membership": choices[1].public_id, "next": "/people/"})
    assert (answer.status_code, answer["Location"]) == (303, "/people/")
    assert _here(client) == cast.supporting.id


def test_next_sign_in_starts_where_the_last_one_was(both: Principal, cast: Cast) -> None:
    actor = queries.memberships(both.pk, DAY)[1].actor(both.pk)
    assert actor is not None
    services.take_seat(actor=actor, at=timezone.now(), key=None)
    client = Client()
    client.post("/sign-in/", {"name": both.phone, "password": PASSWORD})
    assert _here(client) == cast.supporting.id


def test_switching_in_one_session_leaves_the_other(both: Principal, cast: Cast) -> None:
    desk, phone = Client(), Client()
    for client in (desk, phone):
        client.post("/sign-in/", {"name": both.phone, "password": PASSWORD})
    phone.post("/acting/", {"membership": queries.memberships(both.pk, DAY)[1].public_id})
    assert (_here(desk), _here(phone)) == (cast.county.id, cast.supporting.id)


@pytest.mark.parametrize("nonsense", ["", "x", "0" * 26, "😀", "9" * 10_000, "a\0b"])
def test_nobody_switches_to_what_is_not_theirs(both: Principal, cast: Cast, nonsense: str) -> None:
    stranger = cast.stranger.office
    client = signed_in_client(cast.county.office)
    for chosen in (nonsense, queries.memberships(stranger.principal_id, DAY)[0].public_id):
        assert client.post("/acting/", {"membership": chosen}).status_code in {400, 422}
        assert _here(client) == cast.county.id


def test_sessions_of_an_ended_membership_stop_at_once(both: Principal, cast: Cast) -> None:
    client = Client()
    client.post("/sign-in/", {"name": both.phone, "password": PASSWORD})
    first = queries.memberships(both.pk, DAY)[0]
    services.end_membership(
        actor=the_system(), at=timezone.now() - timedelta(days=1), key=None, membership_id=first.public_id
    )
    answer = client.get("/people/")
    assert (answer.status_code, answer["Location"]) == (302, "/acting/?next=%2Fpeople%2F")
    page = client.get("/acting/").content.decode()
    assert cast.supporting.institution.name in page
    assert cast.county.institution.name not in page


def test_membership_holds_from_its_first_to_its_last_day(cast: Cast) -> None:
    actor = a_member(Role.OFFICE, cast.county.institution, since=DAY)
    day = timedelta(days=1)
    assert queries.acting(actor.principal_id, None, DAY - day) is None
    assert queries.acting(actor.principal_id, None, DAY) == actor
    found = queries.memberships(actor.principal_id, DAY)[0]
    services.end_membership(actor=the_system(), at=AT, key=None, membership_id=found.public_id)
    assert queries.acting(actor.principal_id, None, DAY + day) is None


def test_acting_costs_one_query(cast: Cast, django_assert_num_queries: object) -> None:
    actor = cast.county.office
    with django_assert_num_queries(1):  # type: ignore[operator]
        queries.acting(actor.principal_id, None, DAY)


def test_recipients_are_those_who_bear_the_role_today(cast: Cast) -> None:
    office, coordinator = cast.county.office, cast.county.coordinator
    assert queries.recipients(cast.county.id, [Role.OFFICE], DAY) == [office.principal_id]
    both_roles = queries.recipients(cast.county.id, [Role.OFFICE, Role.COORDINATOR], DAY)
    assert both_roles == sorted([office.principal_id, coordinator.principal_id])
    assert queries.recipients(cast.county.id, [Role.OFFICE], SINCE - timedelta(days=1)) == []


def test_nobody_is_sent_to_sign_in(client: Client, db: None) -> None:
    answer = client.get("/people/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/?next=")
    assert client.get("/acting/")["Location"] == "/sign-in/"


def test_language_is_kept_with_the_person(cast: Cast) -> None:
    actor = cast.county.office
    client = signed_in_client(actor)
    answer = client.post("/language/", {"language": "en", "next": "/people/"})
    assert (answer.status_code, answer["Location"]) == (303, "/people/")
    with scope.system():
        assert Principal.objects.get(pk=actor.principal_id).language == "en"
    assert "Members" in client.get("/people/").content.decode()
    client.post("/language/", {"language": "tlh"})
    with scope.system():
        assert Principal.objects.get(pk=actor.principal_id).language == "en"


def test_language_before_sign_in_stays_in_the_browser(client: Client, db: None) -> None:
    client.post("/language/", {"language": "en", "next": "//evil.example"})
    assert "Sign in" in client.get("/sign-in/").content.decode()


def test_phone_signs_in_for_the_shanghai_day(cast: Cast) -> None:
    actor = a_member(Role.OFFICE, cast.county.institution, since=shanghai_day(timezone.now()))
    client = Client()
    client.post("/sign-in/", {"name": phone_of(actor), "password": PASSWORD})
    assert _here(client) == cast.county.id
