"""An invitation gives nothing until the person signed in accepts it with its own code."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lianti.contexts.accounts import queries, services
from lianti.contexts.accounts.models import InvitationCode, Membership, MembershipTransition
from lianti.contexts.accounts.states import MembershipState
from lianti.contexts.network import queries as network
from lianti.kernel import outbox, scope
from lianti.kernel.models import Notice, Principal
from lianti.lib.actor import Actor
from lianti.lib.errors import Invalid, NotAllowed, NotFound
from lianti.lib.names import folded
from lianti.lib.roles import Role
from tests.cast import AT, DAY, PASSWORD, Cast, a_person, a_phone, phone_of, signed_in_client, taken

pytestmark = pytest.mark.django_db


def _invite(actor: Actor, phone: str, name: str, **more: object) -> services.Issued:
    facts = {"phone": phone, "name": name, "role": Role.CLINICIAN, "from_date": DAY, **more}
    return services.invite(actor=actor, at=AT, key=None, invitation=services.Invitation(**facts))  # type: ignore[arg-type]


def _now(actor: Actor, phone: str, name: str, role: Role = Role.CLINICIAN) -> str:
    """Invite through the page, today; return the code that it shows."""
    given = {"phone": phone, "name": name, "role": role.value, "from_date": "2026-01-01"}
    shown = signed_in_client(actor).post("/people/invite/", given)
    assert shown.status_code == 200
    return str(shown.context["code"])


def _name(actor: Actor) -> str:
    return Principal.objects.get(pk=actor.principal_id).name


def _seats(actor: Actor) -> list[int]:
    return [held.institution_id for held in queries.memberships(actor.principal_id, DAY)]


def test_v17_a_known_person_has_no_seat_until_they_accept(cast: Cast) -> None:
    expert = cast.supporting.expert
    code = _now(cast.county.administrator, phone_of(expert), _name(expert))
    assert _seats(expert) == [cast.supporting.id]
    browser = Client()
    onward = browser.post("/sign-in/", {"name": phone_of(expert), "password": PASSWORD})
    assert onward["Location"] == "/acting/?next=%2F", "what waits for an answer is shown at the next sign-in"
    (waits,) = queries.invitations(expert.principal_id)
    page = browser.get("/acting/").content.decode()
    assert f"/acting/accept/{waits.public_id}/" in page
    assert browser.post("/acting/", {"membership": waits.public_id}).status_code == 422
    assert browser.post(f"/acting/accept/{waits.public_id}/", {"code": "0000000000"}).status_code == 422
    assert _seats(expert) == [cast.supporting.id]
    assert browser.post(f"/acting/accept/{waits.public_id}/", {"code": code}).status_code == 303
    assert _seats(expert) == [cast.supporting.id, cast.county.id]


def test_v04_who_took_the_first_code_has_no_seat_that_another_house_gives_later(cast: Cast) -> None:
    phone, name = a_phone(), "钱初来"
    first = _now(cast.stranger.coordinator, phone, name)
    browser = Client()
    browser.post("/sign-in/", {"name": phone, "password": first})
    browser.post("/sign-in/first-password/", {"new": PASSWORD, "again": PASSWORD})
    second = _now(cast.county.coordinator, phone, name, Role.COORDINATOR)
    principal = Principal.objects.get(phone=phone)
    assert [held.institution_id for held in queries.memberships(principal.pk, DAY)] == [cast.stranger.id]
    (waits,) = queries.invitations(principal.pk)
    assert browser.post(f"/acting/accept/{waits.public_id}/", {"code": first}).status_code == 422
    assert browser.get("/people/").context["place"].id == cast.stranger.id
    assert browser.post(f"/acting/accept/{waits.public_id}/", {"code": second}).status_code == 303


def test_v04_codes_cannot_be_guessed(cast: Cast) -> None:
    expert = cast.supporting.expert
    issued = _invite(cast.county.coordinator, phone_of(expert), _name(expert))
    seat = issued.membership
    actor = Actor(expert.principal_id, seat.institution_id, Role.CLINICIAN)
    told = {"actor": actor, "at": AT, "key": None, "membership_id": seat.public_id}
    for _ in range(10):
        with pytest.raises(Invalid):
            services.accept(**told, code="1111111111")
    with pytest.raises(Invalid):
        services.accept(**told, code=str(issued.code))
    renewed = services.renew_code(actor=cast.county.coordinator, at=AT, key=None, membership_id=seat.public_id)
    assert services.accept(**told, code=str(renewed.code)).state == MembershipState.ACTIVE


def test_v04_nobody_takes_the_seat_of_another(cast: Cast) -> None:
    expert = cast.supporting.expert
    issued = _invite(cast.county.coordinator, phone_of(expert), _name(expert))
    for other in (cast.county.coordinator, cast.county.administrator, cast.supporting.office):
        with pytest.raises((Invalid, NotAllowed, NotFound)):
            services.accept(
                actor=other, at=AT, key=None, membership_id=issued.membership.public_id, code=str(issued.code)
            )


def test_v05_a_name_that_differs_says_only_that_the_number_is_somebody_elses(cast: Cast) -> None:
    expert = cast.supporting.expert
    for name in ("测试一", "谁都行"):
        with pytest.raises(Invalid) as refusal:
            _invite(cast.county.coordinator, phone_of(expert), name)
        assert set(refusal.value.fields) == {"phone"}
    page = signed_in_client(cast.county.coordinator).post(
        "/people/invite/", {"phone": phone_of(expert), "name": "测试一", "role": "clinician", "from_date": "2026-01-01"}
    )
    assert page.status_code == 422
    assert _name(expert) not in page.content.decode()
    assert _seats(expert) == [cast.supporting.id]


def test_v05_a_number_of_the_directory_has_its_owner_too(cast: Cast) -> None:
    phone = a_phone()
    a_person("在册人", employer=cast.supporting.institution, phone=phone)
    with pytest.raises(Invalid):
        _invite(cast.county.coordinator, phone, "冒名人")
    assert not Principal.objects.filter(phone=phone).exists()
    issued = _invite(cast.county.coordinator, phone, "在 册·人")
    assert taken(issued).tenant_id == cast.county.id


def test_v05_the_inviter_learns_nothing_of_who_has_not_accepted(cast: Cast) -> None:
    expert = cast.supporting.expert
    signed_in_client(expert)
    spaced = " ".join(_name(expert))
    issued = _invite(cast.county.coordinator, phone_of(expert), spaced)
    row = queries.member(cast.county.coordinator, issued.membership.public_id, AT)
    assert (row.name, row.last_login, row.code_open, row.locked) == (spaced, None, False, False)


def test_v05_a_first_inviter_does_not_name_somebody_for_all(cast: Cast) -> None:
    phone = a_phone()
    _invite(cast.stranger.coordinator, phone, "错名字")
    issued = _invite(cast.county.coordinator, phone, "真名字")
    assert taken(issued).tenant_id == cast.county.id
    assert Principal.objects.get(phone=phone).name == "真名字"


def test_field_1_the_person_comes_in_with_any_invitations_own_code(cast: Cast) -> None:
    phone, name = a_phone(), "钱初来"
    _now(cast.stranger.coordinator, phone, name)
    code = _now(cast.county.coordinator, phone, name)
    browser = Client()
    assert browser.post("/sign-in/", {"name": phone, "password": code})["Location"] == "/sign-in/first-password/"
    browser.post("/sign-in/first-password/", {"new": PASSWORD, "again": PASSWORD})
    principal = Principal.objects.get(phone=phone)
    assert [held.institution_id for held in queries.memberships(principal.pk, DAY)] == [cast.county.id]
    with scope.system():
        person = network.person_of(principal.pk)
    assert person is not None
    assert person.employer.id == cast.county.id


def test_field_1_an_invitation_can_be_turned_down(cast: Cast) -> None:
    expert = cast.supporting.expert
    issued = _invite(cast.county.coordinator, phone_of(expert), _name(expert))
    signed_in_client(expert).post(f"/acting/decline/{issued.membership.public_id}/")
    assert Membership.objects.get(pk=issued.membership.pk).state == MembershipState.ENDED
    assert not InvitationCode.objects.filter(membership=issued.membership).exists()
    assert _seats(expert) == [cast.supporting.id]


def test_field_1_the_person_is_told_where_they_act(cast: Cast) -> None:
    expert = cast.supporting.expert
    _invite(cast.county.coordinator, phone_of(expert), _name(expert))
    with scope.system():
        outbox.work(100, AT)
        told = Notice.objects.filter(principal=expert.principal_id, text_key="accounts.invited")
        assert [notice.tenant_id for notice in told] == [cast.supporting.id]


def test_field_10_a_mobile_number_has_eleven_digits(cast: Cast) -> None:
    for phone in ("1380000020", "138000002011", "+86 1380000020"):
        with pytest.raises(Invalid) as refusal:
            _invite(cast.county.coordinator, phone, "钱初来")
        assert set(refusal.value.fields) == {"phone"}
    for phone in ("1380000\u200b2020", "86 13800002021", "０１３-8000", "0086-13800002022 "):
        assert _invite(cast.county.coordinator, phone, "钱初来").code


def test_names_written_differently_are_the_same() -> None:
    written = (
        "阿布都热依木·吐尔逊",
        "阿布都热依木•吐尔逊",
        "阿布都热依木・吐尔逊",
        "阿布都热依木．吐尔逊",
        "阿布都热依木 吐尔逊\u3000",
    )
    assert len({folded(name) for name in written}) == 1
    assert folded("张伟明") != folded("张伟民")


# A code that a desk sees opens its own doors alone -------------------------------------------------


def _seat(actor: Actor) -> str:
    held = Membership.objects.filter(principal=actor.principal_id, institution=actor.tenant_id, role=actor.role)
    return held.order_by("-pk").values_list("public_id", flat=True)[0]


def _reset(actor: Actor, member: Actor) -> services.Issued:
    return services.reset_password(actor=actor, at=AT, key=None, membership_id=_seat(member))


def _guest(cast: Cast) -> tuple[Actor, Actor]:
    """Return somebody of the supporting hospital at home, and as they act for the county's."""
    home = cast.supporting.expert
    return home, taken(_invite(cast.county.coordinator, phone_of(home), _name(home), role=Role.EXPERT))


def test_v06_a_foreign_invitation_takes_nothing_from_the_own_hospital(cast: Cast) -> None:
    home = cast.supporting.expert
    _invite(cast.county.coordinator, phone_of(home), _name(home))
    assert _reset(cast.supporting.coordinator, home).code
    assert _seats(home) == [cast.supporting.id]


def test_v06_the_employer_resets_and_seats_elsewhere_rest(cast: Cast) -> None:
    home, guest = _guest(cast)
    assert _reset(cast.supporting.coordinator, home).code
    assert _seats(home) == [cast.supporting.id]
    with scope.system():
        outbox.work(100, AT)
        told = set(Notice.objects.filter(text_key="accounts.rested").values_list("tenant_id", flat=True))
    assert told <= {cast.county.id}
    renewed = services.renew_code(actor=cast.county.coordinator, at=AT, key=None, membership_id=_seat(guest))
    assert taken(renewed).tenant_id == cast.county.id


def test_v12_a_desk_resets_only_whom_its_house_employs(cast: Cast) -> None:
    _home, guest = _guest(cast)
    with pytest.raises(NotAllowed):
        _reset(cast.county.coordinator, guest)
    with pytest.raises(NotAllowed):
        _reset(cast.county.coordinator, cast.posted_expert)


def test_v12_the_owner_is_told_at_once(cast: Cast) -> None:
    expert = cast.county.expert
    _reset(cast.county.coordinator, expert)
    with scope.system():
        outbox.work(100, AT)
        (told,) = Notice.objects.filter(principal=expert.principal_id, text_key="accounts.reset")
    assert told.params["who"] == _name(cast.county.coordinator)


def test_v12_who_was_shown_a_code_is_the_same_hand_for_seven_days(cast: Cast) -> None:
    desk, expert = cast.county.coordinator, cast.county.expert
    _reset(desk, expert)
    assert queries.hands(expert.principal_id, AT) == {desk.principal_id}
    assert queries.hands(desk.principal_id, AT) == {expert.principal_id}
    assert queries.hands(expert.principal_id, AT.replace(day=17)) == {desk.principal_id}
    assert queries.hands(expert.principal_id, AT.replace(day=18)) == set()


def test_v12_what_the_request_knows_of_hands_is_what_the_rule_would_be_told(cast: Cast) -> None:
    desk, expert, other = cast.county.coordinator, cast.county.expert, cast.county.office

    def alone() -> list[bool]:
        today = timezone.localdate()
        return [queries.signed_in(one.principal_id, today)[1][0].alone for one in (desk, expert, other)]

    assert alone() == [True, True, True]
    assert not any(queries.hands(one.principal_id, timezone.now()) for one in (desk, expert, other))
    services.reset_password(actor=desk, at=timezone.now(), key=None, membership_id=_seat(expert))
    assert alone() == [False, False, True]
    assert queries.hands(desk.principal_id, timezone.now()) == {expert.principal_id}
    assert queries.codes_shown([other.principal_id]) == []
    with scope.system():
        MembershipTransition.objects.filter(name="reset_password").update(at=timezone.now() - timedelta(days=9))
    assert alone() == [False, True, True]  # what was declared by the code in those days is the desk's for good


# Two persons for an authority's account ------------------------------------------------------------


def _two_administrators(cast: Cast) -> tuple[Actor, Actor]:
    return cast.supporting.administrator, cast.stranger.administrator


@pytest.mark.parametrize("whose", ["health_authority", "leader", "administrator"])
def test_v16_one_administrator_alone_has_no_code_of_an_authority(cast: Cast, whose: str) -> None:
    one, other = _two_administrators(cast)
    member = cast.authority.actor(Role(whose))
    told = {"at": AT, "key": None, "membership_id": _seat(member)}
    with pytest.raises(NotAllowed):
        services.reset_password(actor=one, **told)
    services.ask_reset(actor=one, **told)
    with pytest.raises(NotAllowed):
        services.reset_password(actor=one, **told)
    assert services.reset_password(actor=other, **told).code
    with pytest.raises(NotAllowed):
        services.reset_password(actor=other, **told)


def test_v16_an_administrator_whom_one_has_just_let_in_is_no_second_person(cast: Cast) -> None:
    one = cast.supporting.administrator
    phone = a_phone()
    issued = _invite(one, phone, "替身人", role=Role.ADMINISTRATOR)
    puppet = taken(issued)
    told = {"at": AT, "key": None, "membership_id": _seat(cast.authority.health_authority)}
    services.ask_reset(actor=puppet, **told)
    with pytest.raises(NotAllowed):
        services.reset_password(actor=one, **told)


def test_v16_an_administrator_gives_no_seat_at_an_authority_that_has_a_desk(cast: Cast) -> None:
    one = cast.supporting.administrator
    given = {"institution_id": cast.authority.id, "role": Role.HEALTH_AUTHORITY}
    assert _invite(one, a_phone(), "钱初来", **given).code, "the first comes in by the administrator"
    assert cast.authority.office
    with pytest.raises(NotAllowed):
        _invite(one, a_phone(), "孙后来", **given)


def test_v16_the_page_offers_the_second_what_the_first_asked_for(cast: Cast) -> None:
    one, other = _two_administrators(cast)
    seat = _seat(cast.authority.leader)

    def moves(actor: Actor) -> list[str]:
        return [move.name for move in signed_in_client(actor).get(f"/people/{seat}/").context["moves"]]

    assert "reset_password" not in moves(one)
    assert signed_in_client(one).post(f"/people/{seat}/ask-reset/").status_code == 303
    assert "reset_password" not in moves(one)
    assert "reset_password" in moves(other)
