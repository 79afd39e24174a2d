"""A relation binds whoever said yes to it, and nobody else; each joins and leaves by its own act."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client

from lianti.contexts.network import queries, services, tasks
from lianti.contexts.network.models import Institution, Relation
from lianti.contexts.network.tests.conftest import AT, Cast
from lianti.kernel import scope, worklist
from lianti.kernel.models import OutboxTask, WorkItem
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, NotAllowed, NotFound
from lianti.lib.roles import Role
from tests import cast as people

SINCE = date(2026, 3, 1)


def three(net: Cast, **given: object) -> str:
    """Let the city hospital alone put a relation of three in force."""
    office = net.actor(net.city)
    draft = net.relation_draft(member_ids=(net.county.pk, net.stranger.pk), **given)
    made = services.request_relation(actor=office, at=AT, key=None, relation=draft)
    services.negotiate(actor=office, at=AT, key=None, relation_id=made.public_id)
    services.put_in_force(actor=office, at=AT, key=None, relation_id=made.public_id, from_date=SINCE)
    return made.public_id


def say(net: Cast, verb: str, house: Institution, public_id: str, **more: object) -> None:
    getattr(services, verb)(actor=net.actor(house), at=AT, key=None, relation_id=public_id, **more)


def told(text_key: str) -> set[int]:
    with scope.system():
        rows = OutboxTask.objects.filter(name="notices.deliver", payload__text=text_key)
        return {row.payload["tenant"] for row in rows}


def test_v07_what_one_side_put_in_force_alone_binds_nobody_else_and_is_marked(net: Cast) -> None:
    public_id = three(net)
    found = queries.relation_for(net.actor(net.county), public_id)
    assert found.one_sided
    assert found.tone == "waiting"
    assert {one.id for one in found.unconfirmed} == {net.county.pk, net.stranger.pk, net.authority.pk}
    assert found.party_ids == queries.parties(found.id) == {net.city.pk}
    assert not queries.share_in_force(net.city.pk, net.county.pk)
    for house in (net.county, net.stranger):
        (item,) = worklist.open_items(net.actor(house))
        assert item.verb == "network.confirm_relation"
        say(net, "confirm_relation", house, public_id)
        assert worklist.open_items(net.actor(house)).count() == 0
    found = queries.relation_for(net.actor(net.county), public_id)
    assert not found.one_sided
    assert found.party_ids == {net.city.pk, net.county.pk, net.stranger.pk}
    assert queries.share_in_force(net.county.pk, net.stranger.pk)


def test_v07_who_answers_the_request_has_said_yes(net: Cast) -> None:
    made = services.request_relation(actor=net.actor(net.city), at=AT, key=None, relation=net.relation_draft())
    say(net, "negotiate", net.county, made.public_id)
    assert queries.parties(made.pk) == {net.city.pk, net.county.pk}


def test_v07_nobody_says_yes_for_another_or_twice(net: Cast) -> None:
    public_id = three(net)
    say(net, "confirm_relation", net.county, public_id)
    for house in (net.county, net.city):
        with pytest.raises(NotAllowed):
            say(net, "confirm_relation", house, public_id)
    with pytest.raises(NotAllowed):
        services.confirm_relation(actor=net.actor(net.stranger, Role.CLINICIAN), at=AT, key=None, relation_id=public_id)


def test_v07_what_a_source_says_counts_as_confirmed_but_gives_an_authority_no_powers(net: Cast) -> None:
    with scope.system():
        made = services.adopt_relation(
            actor=net.system, at=AT, relation=net.relation_draft(), state="in_force", source="tests"
        )
        assert queries.parties(made.pk) == {net.city.pk, net.county.pk}
        assert queries.watcher_of(made.pk) == net.authority.pk
        assert queries.authority_of(made.pk) is None
        assert queries.authorities_between(net.city.pk, net.county.pk) == set()
    say(net, "confirm_relation", net.authority, made.public_id)
    assert queries.authority_of(made.pk) == net.authority.pk


def test_v15_nobody_but_a_job_takes_in_a_relation_as_if_all_had_said_yes(net: Cast) -> None:
    with pytest.raises(NotAllowed):
        services.adopt_relation(
            actor=net.actor(net.county), at=AT, relation=net.relation_draft(), state="in_force", source="a document"
        )


def test_v07_the_page_says_who_has_not_confirmed(db: None) -> None:
    first, second = people.a_hospital("甲医院"), people.a_hospital("乙医院")
    office = people.a_member(Role.OFFICE, first)
    draft = services.RelationDraft("甲乙", "paired_assistance", first.pk, (second.pk,))
    made = services.request_relation(actor=office, at=AT, key=None, relation=draft)
    services.put_in_force(actor=office, at=AT, key=None, relation_id=made.public_id, from_date=SINCE)
    page = people.signed_in_client(office).get(f"/network/relations/{made.public_id}/")
    facts = [fact.value for fact in page.context["facts"]]
    assert ["乙医院"] in facts
    answer: Client = people.signed_in_client(people.a_member(Role.OFFICE, second))
    assert answer.post(f"/network/relations/{made.public_id}/moves/confirm_relation/").status_code == 303
    with scope.system():
        assert queries.parties(made.pk) == {first.pk, second.pk}


@pytest.mark.parametrize("members", [("stranger",), ("county", "stranger", "authority")])
def test_v08_a_member_lets_nobody_in_or_out(net: Cast, members: tuple[str, ...]) -> None:
    public_id = three(net)
    say(net, "confirm_relation", net.county, public_id)
    chosen = tuple(getattr(net, name).pk for name in members)
    with pytest.raises(NotAllowed):
        say(net, "edit_relation", net.county, public_id, fields={}, member_ids=chosen)
    with pytest.raises(NotAllowed):
        say(net, "edit_relation", net.county, public_id, fields={"lead_id": net.county.pk})
    with pytest.raises(NotAllowed):
        say(net, "edit_relation", net.county, public_id, fields={"authority_id": None})
    assert len(queries.relation_by_id(queries.relation_for(net.actor(net.city), public_id).id).members) == 2


def test_v08_who_has_not_confirmed_changes_nothing(net: Cast) -> None:
    public_id = three(net)
    with pytest.raises(NotAllowed):
        say(net, "edit_relation", net.county, public_id, fields={"name": "别的名字"})


def test_v08_the_lead_lets_a_member_out_and_it_is_told(net: Cast) -> None:
    public_id = three(net)
    say(net, "confirm_relation", net.stranger, public_id)
    say(net, "edit_relation", net.city, public_id, fields={}, member_ids=(net.county.pk,))
    with pytest.raises(NotFound):
        queries.relation_for(net.actor(net.stranger), public_id)
    assert told("network.relation.edited") == {net.county.pk, net.stranger.pk, net.authority.pk}
    say(net, "edit_relation", net.city, public_id, fields={}, member_ids=(net.county.pk, net.stranger.pk))
    assert net.stranger.pk not in queries.relation_for(net.actor(net.stranger), public_id).party_ids, "asked anew"


def test_v08_a_member_leaves_by_its_own_act_and_sees_it_no_more(net: Cast) -> None:
    public_id = three(net)
    say(net, "leave_relation", net.stranger, public_id)
    with pytest.raises(NotFound):
        queries.relation_for(net.actor(net.stranger), public_id)
    assert [one.id for one in queries.relation_for(net.actor(net.city), public_id).members] == [net.county.pk]
    assert told("network.relation.left") == {net.city.pk, net.county.pk, net.authority.pk}
    with pytest.raises(NotAllowed):
        say(net, "leave_relation", net.county, public_id)


def test_v08_one_member_of_several_does_not_end_it_for_all(net: Cast) -> None:
    public_id = three(net)
    say(net, "confirm_relation", net.county, public_id)
    with pytest.raises(NotAllowed):
        say(net, "end_relation", net.county, public_id, to_date=date(2026, 4, 1))
    say(net, "end_relation", net.city, public_id, to_date=date(2026, 4, 1))
    with pytest.raises(Conflict):
        say(net, "leave_relation", net.county, public_id)


# Who judges ---------------------------------------------------------------------------------------


def test_v02_an_authority_that_leads_or_is_a_member_judges_nothing(net: Cast) -> None:
    made = services.request_relation(
        actor=net.actor(net.city), at=AT, key=None, relation=net.relation_draft(authority_id=net.city.pk)
    )
    say(net, "negotiate", net.county, made.public_id)
    assert queries.authority_of(made.pk) is None
    assert queries.authorities_between(net.city.pk, net.county.pk) == set()
    other = services.request_relation(
        actor=net.actor(net.city),
        at=AT,
        key=None,
        relation=net.relation_draft(member_ids=(net.county.pk, net.authority.pk)),
    )
    say(net, "confirm_relation", net.authority, other.public_id)
    assert queries.authority_of(other.pk) is None


def test_v02_only_a_health_authority_judges(net: Cast) -> None:
    made = services.request_relation(
        actor=net.actor(net.city), at=AT, key=None, relation=net.relation_draft(authority_id=net.stranger.pk)
    )
    say(net, "confirm_relation", net.stranger, made.public_id)
    assert queries.watcher_of(made.pk) == net.stranger.pk
    assert queries.authority_of(made.pk) is None


# What an institution is, and phones ---------------------------------------------------------------


def test_v09_an_institution_does_not_change_its_own_kind(net: Cast) -> None:
    given = {"at": AT, "key": None, "institution_id": net.city.public_id}
    with pytest.raises(NotAllowed):
        services.edit_institution(actor=net.actor(net.city), **given, fields={"kind": "health_authority"})
    services.edit_institution(actor=net.actor(net.city), **given, fields={"kind": "hospital", "level": "3a"})
    administrator = net.actor(net.stranger, Role.ADMINISTRATOR)
    services.edit_institution(actor=administrator, **given, fields={"kind": "government"})
    assert queries.institution(net.city.public_id).kind == "government"


def test_v09_the_form_asks_an_office_for_no_kind(db: None) -> None:
    house = people.a_hospital()
    client = people.signed_in_client(people.a_member(Role.OFFICE, house))
    sent = {"kind": "health_authority", "short_name": "短名", "level": "", "region": ""}
    assert client.post(f"/network/institutions/{house.public_id}/moves/edit_institution/", sent).status_code == 303
    assert queries.institution(house.public_id).kind == "hospital"


def _phone(actor: Actor, person: int) -> str:
    return queries.phone_for(actor, person)


@pytest.mark.parametrize("role", ["office", "coordinator", "leader"])
def test_v10_phones_are_for_ones_own_house_and_those_that_share_a_relation_in_force(net: Cast, role: str) -> None:
    with scope.system():
        person = people.a_person("周芳", employer=net.county, phone="13800001234")
    assert _phone(net.actor(net.county, Role(role)), person.pk) == "13800001234"
    reader = net.actor(net.city, Role(role))
    assert _phone(reader, person.pk) == "138****34"
    made = services.request_relation(actor=net.actor(net.city), at=AT, key=None, relation=net.relation_draft())
    services.put_in_force(actor=net.actor(net.city), at=AT, key=None, relation_id=made.public_id, from_date=SINCE)
    assert _phone(reader, person.pk) == "138****34", "in force by one side alone gives nothing"
    say(net, "confirm_relation", net.county, made.public_id)
    assert _phone(reader, person.pk) == "13800001234"
    assert _phone(net.actor(net.stranger, Role(role)), person.pk) == "138****34"
    assert _phone(net.actor(net.city, Role.CLINICIAN), person.pk) == ""


def waits_for(net: Cast, public_id: str) -> dict[int, str]:
    with scope.system():
        pk = Relation.objects.get(public_id=public_id).pk
        return {item.tenant_id: item.verb for item in worklist.waiting_on("network.relation", pk)}


def test_an_authority_without_powers_is_asked_to_confirm_and_told_what_it_lacks(net: Cast) -> None:
    with scope.system():
        by = {"actor": net.system, "at": AT, "source": "tests"}
        made = services.adopt_relation(**by, relation=net.relation_draft(), state="in_force")
    assert waits_for(net, made.public_id) == {net.authority.pk: "network.take_up_relation"}
    watcher = net.actor(net.authority, Role.HEALTH_AUTHORITY)
    with scope.acting(watcher):
        (waiting,) = worklist.items(watcher)
        assert "confirm_relation" in queries.relation_page(watcher, made.public_id).available
    assert waiting.card.url == f"/network/relations/{made.public_id}/"
    say(net, "confirm_relation", net.authority, made.public_id)
    assert waits_for(net, made.public_id) == {}


@pytest.mark.parametrize("given", [{"authority_id": None}, {"member": True}, {"kind": "government"}])
def test_where_it_would_have_no_powers_anyway_nobody_is_asked(net: Cast, given: dict[str, object]) -> None:
    members = (net.county.pk, net.authority.pk) if given.pop("member", False) else (net.county.pk,)
    with scope.system():
        Institution.objects.filter(pk=net.authority.pk).update(kind=given.pop("kind", "health_authority"))
        by = {"actor": net.system, "at": AT, "source": "tests"}
        made = services.adopt_relation(**by, relation=net.relation_draft(member_ids=members, **given), state="in_force")
    assert waits_for(net, made.public_id) == {}


def test_an_update_asks_the_authorities_of_relations_that_were_in_force_before(net: Cast) -> None:
    with scope.system():
        by = {"actor": net.system, "at": AT, "source": "tests"}
        made = services.adopt_relation(**by, relation=net.relation_draft(), state="in_force")
        WorkItem.objects.all().delete()  # so it was before
        import_module("lianti.contexts.network.migrations.0009_ask_authorities").ask(apps, None)
        assert OutboxTask.objects.filter(name=tasks.RENEW_WAITS).count() == 1
    for task in (1, 2):
        tasks.renew_waits({}, at=AT, task_id=task)
    assert waits_for(net, made.public_id) == {net.authority.pk: "network.take_up_relation"}
    say(net, "confirm_relation", net.authority, made.public_id)
    with scope.system():
        OutboxTask.objects.all().delete()
        import_module("lianti.contexts.network.migrations.0009_ask_authorities").ask(apps, None)
        assert not OutboxTask.objects.filter(name=tasks.RENEW_WAITS).exists(), "there is nobody left to ask"


def test_an_update_asks_parties_that_have_not_confirmed(net: Cast) -> None:
    public_id = three(net)
    with scope.system():
        WorkItem.objects.all().delete()
    tasks.renew_waits({}, at=AT, task_id=1)
    wanted = dict.fromkeys((net.county.pk, net.stranger.pk, net.authority.pk), "network.confirm_relation")
    assert waits_for(net, public_id) == wanted
