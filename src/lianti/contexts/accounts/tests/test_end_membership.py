"""Parting with a member: work moves, sessions stop."""

import pytest

from lianti.contexts.accounts import queries, services
from lianti.kernel import scope, worklist
from lianti.kernel.models import WorkItem
from lianti.kernel.worklist import Wait
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from lianti.lib.roles import Role
from tests.cast import AT, DAY, Cast, a_member, signed_in_client

pytestmark = pytest.mark.django_db


def _seat(actor: Actor) -> str:
    return queries.memberships(actor.principal_id, DAY)[0].public_id


def _end(actor: Actor, member: Actor, successor: Actor | None = None) -> None:
    services.end_membership(
        actor=actor, at=AT, key=None, membership_id=_seat(member), successor_id=_seat(successor) if successor else ""
    )


def _work_for(actor: Actor) -> None:
    wait = Wait(actor.tenant_id, (), "verify", DAY, actor.principal_id)
    with scope.system():  # no table has this kind, so no wall lets anybody else write of it
        worklist.replace("tests.thing", 1, [wait], AT)


def _worker() -> int | None:
    with scope.system():
        return WorkItem.objects.get(kind="tests.thing", closed_at=None).principal_id


def test_administrator_ends_a_membership_of_any_house_and_a_stranger_finds_none(cast: Cast) -> None:
    with pytest.raises(NotFound):
        _end(cast.stranger.office, cast.county.expert)
    _end(cast.authority.administrator, cast.county.expert, cast.county.clinician)
    assert queries.memberships(cast.county.expert.principal_id, DAY) == []


def test_work_moves_to_the_successor(cast: Cast) -> None:
    _work_for(cast.county.expert)
    _end(cast.county.office, cast.county.expert, cast.county.clinician)
    assert _worker() == cast.county.clinician.principal_id


def test_work_moves_to_who_ends_it_when_nobody_is_named(cast: Cast) -> None:
    _work_for(cast.county.expert)
    _end(cast.county.office, cast.county.expert)
    assert _worker() == cast.county.office.principal_id


def test_a_leaving_coordinator_names_who_takes_over(cast: Cast) -> None:
    coordinator, office = cast.county.coordinator, cast.county.office
    with pytest.raises(Invalid):
        _end(coordinator, coordinator)
    _work_for(coordinator)
    _end(coordinator, coordinator, office)
    assert _worker() == office.principal_id


def test_last_keeper_stays(cast: Cast) -> None:
    only, clinician = cast.stranger.coordinator, cast.stranger.clinician
    with pytest.raises(Invalid):
        _end(only, only, clinician)
    a_member(Role.OFFICE, cast.stranger.institution)
    _end(only, only, clinician)


def test_successor_is_of_the_house(cast: Cast) -> None:
    with pytest.raises(Invalid):
        _end(cast.county.office, cast.county.expert, cast.stranger.office)


def test_only_once(cast: Cast) -> None:
    seat = _seat(cast.county.expert)
    _end(cast.county.office, cast.county.expert)
    with pytest.raises(Conflict):
        services.end_membership(actor=cast.county.office, at=AT, key=None, membership_id=seat)


def test_strangers_and_colleagues_cannot(cast: Cast) -> None:
    with pytest.raises(NotFound):
        _end(cast.stranger.office, cast.county.expert)
    with pytest.raises((NotFound, NotAllowed)):
        _end(cast.county.leader, cast.county.expert)
    with pytest.raises(NotAllowed):
        _end(cast.county.office, cast.county.administrator)


def test_page_ends_it_and_keeps_what_was_typed_when_refused(cast: Cast) -> None:
    client = signed_in_client(cast.county.office)
    seat = _seat(cast.county.expert)
    refused = client.post(f"/people/{seat}/end/", {"successor": "0" * 26, "note": "回原单位"})
    assert refused.status_code == 422
    assert "回原单位" in refused.content.decode()
    assert client.post(f"/people/{seat}/end/", {"successor": "", "note": "回原单位"}).status_code == 303
    story = client.get(f"/people/{seat}/").content.decode()
    assert "回原单位" in story
