"""A relation from its request to its end, and who may know of it."""

from datetime import date

import pytest

from lianti.contexts.network import queries, services
from lianti.contexts.network.tests.conftest import AT, Cast
from lianti.kernel import worklist
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, Invalid, KeyReused, NotAllowed, NotFound
from lianti.lib.roles import Role


def asked(net: Cast, **given: object) -> tuple[str, Actor]:
    office = net.actor(net.city)
    made = services.request_relation(actor=office, at=AT, key=None, relation=net.relation_draft(**given))
    return made.public_id, office


def test_a_requested_relation_waits_for_the_member(net: Cast) -> None:
    public_id, _office = asked(net)
    member = net.actor(net.county, Role.COORDINATOR)
    assert queries.relation_for(member, public_id).state == "requested"
    assert worklist.open_items(member).count() == 1


def test_a_relation_walks_from_request_to_end(net: Cast) -> None:
    public_id, office = asked(net)
    member = net.actor(net.county, Role.COORDINATOR)
    services.negotiate(actor=member, at=AT, key=None, relation_id=public_id)
    services.put_in_force(actor=office, at=AT, key=None, relation_id=public_id, from_date=date(2026, 3, 1))
    services.end_relation(actor=office, at=AT, key=None, relation_id=public_id, to_date=date(2026, 3, 2))
    page = queries.relation_page(office, public_id)
    assert [m.name for m in page.story] == ["end_relation", "put_in_force", "negotiate", "request_relation"]
    assert page.relation.state == "ended"
    assert page.available == []
    assert worklist.open_items(office).count() == 0


def test_an_illegal_jump_changes_nothing(net: Cast) -> None:
    public_id, office = asked(net)
    services.put_in_force(actor=office, at=AT, key=None, relation_id=public_id, from_date=date(2026, 3, 1))
    with pytest.raises(Conflict):
        services.negotiate(actor=office, at=AT, key=None, relation_id=public_id)
    assert queries.relation_for(office, public_id).state == "in_force"


def test_put_in_force_wants_its_first_day(net: Cast) -> None:
    public_id, office = asked(net)
    with pytest.raises(Invalid) as refusal:
        services.put_in_force(actor=office, at=AT, key=None, relation_id=public_id, from_date=None)
    assert "from_date" in refusal.value.fields


def test_it_cannot_end_before_it_began(net: Cast) -> None:
    public_id, office = asked(net)
    services.put_in_force(actor=office, at=AT, key=None, relation_id=public_id, from_date=date(2026, 3, 1))
    with pytest.raises(Invalid):
        services.end_relation(actor=office, at=AT, key=None, relation_id=public_id, to_date=date(2026, 2, 1))


def test_a_stranger_does_not_know_of_it(net: Cast) -> None:
    public_id, _office = asked(net)
    stranger = net.actor(net.stranger)
    with pytest.raises(NotFound):
        queries.relation_for(stranger, public_id)
    with pytest.raises(NotFound):
        services.negotiate(actor=stranger, at=AT, key=None, relation_id=public_id)
    assert queries.picture(stranger).edges == []


def test_the_named_authority_sees_it(net: Cast) -> None:
    public_id, _office = asked(net)
    watcher = net.actor(net.authority, Role.HEALTH_AUTHORITY)
    assert queries.relation_for(watcher, public_id).name == "南山对口支援"


def test_a_clinician_sees_but_does_not_move_it(net: Cast) -> None:
    public_id, _office = asked(net)
    with pytest.raises(NotAllowed):
        services.negotiate(actor=net.actor(net.county, Role.CLINICIAN), at=AT, key=None, relation_id=public_id)


def test_nobody_binds_others(net: Cast) -> None:
    with pytest.raises(NotAllowed):
        services.request_relation(actor=net.actor(net.stranger), at=AT, key=None, relation=net.relation_draft())


def test_one_form_sent_twice_makes_one_relation(net: Cast) -> None:
    office = net.actor(net.city)
    draft = net.relation_draft(code="R-1")
    first = services.request_relation(actor=office, at=AT, key="K" * 26, relation=draft)
    again = services.request_relation(actor=office, at=AT, key="K" * 26, relation=draft)
    assert first.pk == again.pk
    with pytest.raises(KeyReused):
        services.request_relation(actor=office, at=AT, key="K" * 26, relation=net.relation_draft(name="另一个"))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": " "}, "name"),
        ({"behaviour": "friendship"}, "behaviour"),
        ({"member_ids": ()}, "members"),
        ({"code": "a b"}, "code"),
        ({"from_date": date(2026, 1, 2), "to_date": date(2026, 1, 1)}, "to_date"),
        ({"specialties": ("心" * 81,)}, "specialties"),
        ({"authority_id": 999_999}, "authority"),
        ({"programme_id": 999_999}, "programme"),
        ({"basis_id": 999_999}, "basis"),
        ({"lead_id": 999_999}, "lead"),
    ],
)
def test_a_wrong_relation_is_refused_at_its_field(net: Cast, given: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        asked(net, **given)
    assert field in refusal.value.fields


def test_a_second_relation_with_the_same_code_is_refused(net: Cast) -> None:
    asked(net, code="R-1")
    with pytest.raises(Invalid) as refusal:
        asked(net, code="R-1")
    assert "code" in refusal.value.fields


def test_the_lead_is_not_its_own_member(net: Cast) -> None:
    with pytest.raises(Invalid):
        asked(net, member_ids=(net.city.pk, net.county.pk))


def test_a_new_member_sees_the_relation(net: Cast) -> None:
    public_id, office = asked(net)
    services.edit_relation(
        actor=office,
        at=AT,
        key=None,
        relation_id=public_id,
        fields={"name": "南山对口支援（二期）"},
        member_ids=(net.county.pk, net.stranger.pk),
        specialties=("儿科", "急诊科"),
    )
    found = queries.relation_for(net.actor(net.stranger), public_id)
    assert found.name == "南山对口支援（二期）"
    assert found.specialties == ("儿科", "急诊科")
    assert [one.id for one in found.members] == [net.county.pk, net.stranger.pk]


def test_parties_and_authority_are_told_to_other_rooms_once_they_have_said_yes(net: Cast) -> None:
    public_id, office = asked(net)
    relation = queries.relation_for(office, public_id)
    assert queries.parties(relation.id) == {net.city.pk}
    assert queries.watcher_of(relation.id) is None
    for house in (net.county, net.authority):
        services.confirm_relation(actor=net.actor(house), at=AT, key=None, relation_id=public_id)
    assert queries.parties(relation.id) == {net.city.pk, net.county.pk}
    assert queries.watcher_of(relation.id) == net.authority.pk
    assert queries.authority_of(relation.id) == net.authority.pk
    assert queries.authorities_between(net.county.pk, net.city.pk) == {net.authority.pk}
    assert queries.relations_between(net.county.pk, net.city.pk) == [relation.id]
    assert queries.relations_between(net.county.pk, net.city.pk, date(2026, 3, 1)) == []
    assert queries.relations_between(net.county.pk, net.stranger.pk) == []


def test_the_sides_are_named_by_the_relation(net: Cast) -> None:
    public_id, office = asked(net, behaviour="specialty_alliance")
    found = queries.relation_for(office, public_id)
    assert (str(found.lead_side), str(found.member_side)) in {
        ("Chairing unit", "Alliance unit"),
        ("主委单位", "联盟单位"),
    }
