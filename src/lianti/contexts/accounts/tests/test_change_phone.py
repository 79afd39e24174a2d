"""Another number to sign in with: by oneself, or by who looks after one's sign-in."""

import pytest
from django.test import Client
from django.utils import timezone

from lianti.contexts.accounts import queries, services
from lianti.contexts.network.models import Person
from lianti.kernel import journal, outbox, scope
from lianti.kernel.models import Notice, Principal
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.errors import Invalid, NotAllowed, NotFound
from lianti.lib.roles import Role
from tests.cast import AT, DAY, PASSWORD, Cast, a_member, a_principal, phone_of, signed_in_client

pytestmark = pytest.mark.django_db
NEW = "13700001234"


def _seat(actor: Actor) -> str:
    held = queries.memberships(actor.principal_id, DAY)
    return next(m.public_id for m in held if (m.institution_id, m.role) == (actor.tenant_id, actor.role))


def _change(actor: Actor, member: Actor, phone: str = NEW) -> None:
    services.change_phone(actor=actor, at=AT, key=None, membership_id=_seat(member), phone=phone)


def _signs_in(number: str, password: str = PASSWORD) -> bool:
    return Client().post("/sign-in/", {"name": number, "password": password}).status_code == 302


def _told(key: str) -> dict[int, str]:
    with scope.system():
        outbox.work(100, timezone.now())
        return {row.principal_id: str(row.params) for row in Notice.objects.filter(text_key=key)}


def test_own_number_is_changed_knowing_the_password(cast: Cast) -> None:
    expert = cast.county.expert
    client, before = signed_in_client(expert), phone_of(expert)
    assert client.get("/phone/").status_code == 200
    assert client.post("/phone/", {"phone": NEW, "password": "no"}).status_code == 422
    assert client.post("/phone/", {"phone": "123", "password": PASSWORD}).status_code == 422
    assert client.post("/phone/", {"phone": "137 0000-1234", "password": PASSWORD}).status_code == 303
    assert _signs_in(NEW)
    assert not _signs_in(before)
    assert client.get("/people/").status_code == 200
    assert queries.hands(expert.principal_id, timezone.now()) == set()


def test_the_owner_and_the_desks_of_their_house_are_told_of_an_own_change(cast: Cast) -> None:
    expert, desk = cast.county.expert, cast.county.coordinator
    services.change_own_phone(actor=expert, at=AT, key=None, password=PASSWORD, phone=NEW)
    told = _told("accounts.own_phone_changed")
    assert {expert.principal_id, desk.principal_id} <= set(told)
    assert not [words for words in told.values() if NEW in words]


def test_a_desk_changes_the_number_of_whom_it_employs_and_is_that_hand(cast: Cast) -> None:
    desk, expert = cast.county.coordinator, cast.county.expert
    _change(desk, expert)
    assert phone_of(expert) == NEW
    assert _signs_in(NEW)
    assert queries.hands(expert.principal_id, AT) == {desk.principal_id}
    assert queries.hands(expert.principal_id, AT.replace(day=18)) == set()
    assert expert.principal_id in _told("accounts.phone_changed")
    with scope.system():
        assert journal.verify(engine.records()).faults == []


def test_the_directory_follows_the_number_that_it_had(cast: Cast) -> None:
    person = Person.objects.get(principal=cast.county.expert.principal_id)
    with scope.system():
        Person.objects.filter(pk=person.pk).update(phone=phone_of(cast.county.expert))
    _change(cast.county.coordinator, cast.county.expert)
    person.refresh_from_db()
    assert person.phone == NEW


@pytest.mark.parametrize("number", ["", "1380000020", "somebody's"])
def test_a_wrong_or_foreign_number_changes_nothing(cast: Cast, number: str) -> None:
    expert = cast.county.expert
    before = phone_of(expert)
    with pytest.raises(Invalid) as refused:
        _change(cast.county.coordinator, expert, phone_of(cast.stranger.office) if number == "somebody's" else number)
    assert set(refused.value.fields) == {"phone"}
    assert phone_of(expert) == before


def test_whoever_may_not_reset_the_password_changes_no_number(cast: Cast) -> None:
    principal = a_principal()
    a_member(Role.LEADER, cast.supporting.institution, principal=principal)
    guest = a_member(Role.EXPERT, cast.county.institution, principal=principal)
    for actor, member in (
        (cast.county.coordinator, guest),
        (cast.county.coordinator, cast.county.coordinator),
        (cast.county.coordinator, cast.county.administrator),
        (cast.county.clinician, cast.county.expert),
        (cast.stranger.coordinator, cast.county.expert),
    ):
        with pytest.raises((NotAllowed, NotFound)):
            _change(actor, member)
    assert not Principal.objects.filter(phone=NEW).exists()


def test_an_authoritys_number_needs_two_administrators(cast: Cast) -> None:
    first, second = cast.supporting.administrator, cast.stranger.administrator
    member = cast.authority.health_authority
    seat = _seat(member)
    for alone in (first, second):
        with pytest.raises(NotAllowed):
            _change(alone, member)
    services.ask_reset(actor=first, at=AT, key=None, membership_id=seat)
    with pytest.raises(NotAllowed):
        _change(first, member)
    found = queries.member(second, seat, AT)
    assert {"reset_password", "change_phone"} <= set(queries.available(second, found, AT))
    _change(second, member)
    assert phone_of(member) == NEW
    assert not {"reset_password", "change_phone"} & set(queries.available(second, found, AT))
    with pytest.raises(NotAllowed):
        _change(second, member, "13700009999")


def test_the_members_page_takes_the_number(cast: Cast) -> None:
    desk, expert = signed_in_client(cast.county.coordinator), cast.county.expert
    address = f"/people/{_seat(expert)}/"
    assert "change_phone" in [move.name for move in desk.get(address).context["moves"]]
    refused = desk.post(f"{address}change-phone/", {"phone": "1380000020"})
    assert refused.status_code == 422
    assert "1380000020" in refused.content.decode()
    assert desk.post(f"{address}change-phone/", {"phone": NEW}).status_code == 303
    assert NEW in desk.get(address).content.decode()
