"""Coming in by phone number."""

import pytest
from axes.models import AccessAttempt, AccessFailureLog
from django.conf import settings
from django.test import Client
from django.urls import reverse

from lianti.kernel import scope
from lianti.lib.roles import Role
from tests.cast import PASSWORD, Cast, a_member, a_principal, phone_of

pytestmark = pytest.mark.django_db
HERE = "/sign-in/"


def _try(client: Client, name: str, password: str, **more: str) -> object:
    return client.post(HERE, {"name": name, "password": password, **more})


def _is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_phone_number_signs_in_with_blanks_and_prefix(client: Client, cast: Cast) -> None:
    number = phone_of(cast.county.coordinator)
    answer = _try(client, f"+86 {number[:3]} {number[3:7]}-{number[7:]}", PASSWORD)
    assert answer.status_code == 302
    assert answer["Location"] == "/"
    assert _is_in(client)


def test_a_name_signs_nobody_in_and_locks_nobody(client: Client, cast: Cast) -> None:
    number = phone_of(a_member(Role.OFFICE, cast.county.institution, name="司马独一"))
    for _ in range(settings.AXES_FAILURE_LIMIT):
        answer = _try(client, "司马独一", PASSWORD)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["name"])
    assert answer.context["form"].errors == _try(client, "无此人", PASSWORD).context["form"].errors
    assert not _is_in(client)
    _try(client, number, PASSWORD)
    assert _is_in(client)


def test_nothing_typed_at_the_door_is_kept_in_clear(client: Client, cast: Cast) -> None:
    number = phone_of(cast.county.coordinator)
    for typed in ("tall-bamboo-2026", "13000000000", number):
        _try(client, typed, "another secret")
    with scope.system():
        kept = str([list(model.objects.values()) for model in (AccessAttempt, AccessFailureLog)])
        assert AccessAttempt.objects.count() == 2
    assert not [typed for typed in ("bamboo", "13000000000", number, "secret") if typed in kept]


def test_answer_never_says_which_of_the_two_was_wrong(client: Client, cast: Cast) -> None:
    number = phone_of(cast.county.coordinator)
    known = _try(client, number, "wrong").context["form"].errors
    unknown = _try(client, "13000000000", "wrong").context["form"].errors
    assert known == unknown
    assert not _is_in(client)


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\n/evil.example"]
)
def test_next_never_leads_away(client: Client, cast: Cast, onward: str) -> None:
    answer = _try(client, phone_of(cast.county.coordinator), PASSWORD, next=onward)
    assert answer["Location"] == "/"


def test_next_leads_on_within_the_site(client: Client, cast: Cast) -> None:
    answer = _try(client, phone_of(cast.county.coordinator), PASSWORD, next="/ledger/?state=declared")
    assert answer["Location"] == "/ledger/?state=declared"


def test_too_many_failures_lock_out_and_say_how_long(client: Client, cast: Cast) -> None:
    number = phone_of(cast.county.coordinator)
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        assert _try(client, number, "wrong").status_code == 422
    for password in ("wrong", PASSWORD):
        answer = _try(client, number, password)
        assert answer.status_code == 429
        assert answer["Retry-After"] == "900"
        assert "15" in answer.content.decode()
    assert not _is_in(client)


def test_one_locked_person_locks_nobody_else(client: Client, cast: Cast) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT):
        _try(client, phone_of(cast.county.coordinator), "wrong")
    _try(client, phone_of(cast.county.office), PASSWORD)
    assert _is_in(client)


def test_success_forgets_earlier_failures(client: Client, cast: Cast) -> None:
    number = phone_of(cast.county.coordinator)
    for _ in range(2):
        for _ in range(settings.AXES_FAILURE_LIMIT - 1):
            _try(client, number, "wrong")
        _try(client, number, PASSWORD)
        assert _is_in(client)
        client.logout()


def test_somebody_without_membership_stays_out(client: Client) -> None:
    principal = a_principal()
    answer = _try(client, str(principal.phone), PASSWORD)
    assert answer.status_code == 422
    assert not _is_in(client)


def test_closed_sign_in_stays_out(client: Client, cast: Cast) -> None:
    principal = a_principal()
    a_member(Role.OFFICE, cast.county.institution, principal=principal)
    principal.is_active = False
    with scope.system():
        principal.save()
    assert _try(client, str(principal.phone), PASSWORD).status_code == 422
    assert not _is_in(client)


@pytest.mark.parametrize("name", ["", " ", "x" * 10_000, "a\0b", "😀", "' OR 1=1 --"])
def test_nonsense_is_refused_kindly(client: Client, db: None, name: str) -> None:
    assert _try(client, name, "x").status_code == (400 if "\0" in name else 422)


def test_signed_in_reader_is_sent_on(client: Client, cast: Cast) -> None:
    _try(client, phone_of(cast.county.coordinator), PASSWORD)
    assert client.get(HERE + "?next=/people/")["Location"] == "/people/"


def test_sign_out_needs_a_post(client: Client, cast: Cast) -> None:
    _try(client, phone_of(cast.county.coordinator), PASSWORD)
    assert client.get(reverse("accounts:sign_out")).status_code == 405
    assert _is_in(client)
    assert client.post(reverse("accounts:sign_out")).status_code == 303
    assert not _is_in(client)


def test_page_asks_nobody_for_anything_but_the_two(client: Client, db: None) -> None:
    page = client.get(HERE + "?next=/people/").content.decode()
    assert 'name="name"' in page
    assert 'name="password"' in page
    assert 'value="/people/"' in page
