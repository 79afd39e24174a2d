"""Institutions, people and groups: who keeps them, and what a hidden person shows."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from lianti.contexts.network import queries, services, tasks
from lianti.contexts.network.models import PersonDoubt
from lianti.contexts.network.tests.conftest import AT, Cast
from lianti.kernel import scope
from lianti.kernel.models import OutboxTask, Tenant
from lianti.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from lianti.lib.roles import Role


def add(net: Cast, name: str = "周医生", **given: object) -> str:
    facts = {"name": name, "employer_id": net.city.pk, "department": "儿科", "title_level": "deputy_senior"}
    draft = services.PersonDraft(**(facts | given))  # type: ignore[arg-type]
    return services.add_person(actor=net.actor(net.city), at=AT, key=None, person=draft).public_id


def test_an_institution_is_its_own_tenant(net: Cast) -> None:
    found = queries.institution(net.city.public_id)
    assert found.id == net.city.pk == net.city.tenant_id
    assert Tenant.objects.get(pk=found.id).label == "南山市第一医院"


def test_an_office_enters_an_institution_without_thinking_of_a_code(net: Cast) -> None:
    draft = services.InstitutionDraft(name="  青石镇  卫生院 ", kind="township_health_centre", region="云岭省 / 南山市")
    made = services.create_institution(actor=net.actor(net.city), at=AT, key=None, institution=draft)
    assert made.code == "IN-2026-0001"
    assert (made.name, made.region) == ("青石镇 卫生院", "云岭省/南山市")


def test_one_form_sent_twice_enters_one_institution(net: Cast) -> None:
    draft = services.InstitutionDraft(name="青石镇卫生院", kind="township_health_centre", code="QS")
    office = net.actor(net.city)
    first = services.create_institution(actor=office, at=AT, key="K" * 26, institution=draft)
    tenants = Tenant.objects.count()
    again = services.create_institution(actor=office, at=AT, key="K" * 26, institution=draft)
    assert first.pk == again.pk
    assert Tenant.objects.count() == tenants


def test_a_code_belongs_to_one_institution(net: Cast) -> None:
    draft = services.InstitutionDraft(name="青石镇卫生院", kind="township_health_centre", code="CITY")
    with pytest.raises(Invalid) as refusal:
        services.create_institution(actor=net.actor(net.city), at=AT, key=None, institution=draft)
    assert list(refusal.value.fields) == ["code"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "长" * 201}, "name"),
        ({"kind": "bank"}, "kind"),
        ({"level": "9"}, "level"),
        ({"code": "a b"}, "code"),
        ({"region": "省" * 201}, "region"),
        ({"short_name": "短" * 81}, "short_name"),
    ],
)
def test_a_wrong_institution_is_refused_at_its_field(net: Cast, given: dict[str, str], field: str) -> None:
    draft = services.InstitutionDraft(**({"name": "某医院", "kind": "hospital"} | given))
    with pytest.raises(Invalid) as refusal:
        services.create_institution(actor=net.actor(net.city), at=AT, key=None, institution=draft)
    assert field in refusal.value.fields


def test_a_clinician_enters_no_institution(net: Cast) -> None:
    draft = services.InstitutionDraft(name="某医院", kind="hospital")
    with pytest.raises(NotAllowed):
        services.create_institution(actor=net.actor(net.city, Role.CLINICIAN), at=AT, key=None, institution=draft)


def test_former_names_are_kept_with_their_days(net: Cast) -> None:
    office, public_id = net.actor(net.county), net.county.public_id
    for name, day in (("白水县总医院", date(2020, 1, 1)), ("白水县中心医院", date(2024, 6, 1))):
        services.rename_institution(actor=office, at=AT, key=None, institution_id=public_id, name=name, from_date=day)
    page = queries.institution_page(office, public_id)
    assert page.institution.name == "白水县中心医院"
    assert [(n.name, n.from_date, n.to_date) for n in page.former_names] == [
        ("白水县总医院", date(2020, 1, 1), date(2024, 5, 31)),
        ("白水县人民医院", None, date(2019, 12, 31)),
    ]
    assert [i.name for i in queries.institutions(text="总医院")] == ["白水县中心医院"]


def test_names_do_not_overlap(net: Cast) -> None:
    office, public_id = net.actor(net.county), net.county.public_id
    services.rename_institution(
        actor=office, at=AT, key=None, institution_id=public_id, name="白水县总医院", from_date=date(2020, 1, 1)
    )
    with pytest.raises(Invalid):
        services.rename_institution(
            actor=office, at=AT, key=None, institution_id=public_id, name="白水医院", from_date=date(2019, 1, 1)
        )
    with pytest.raises(Invalid):
        services.rename_institution(
            actor=office, at=AT, key=None, institution_id=public_id, name="白水县总医院", from_date=date(2021, 1, 1)
        )


def test_nobody_renames_another_house(net: Cast) -> None:
    with pytest.raises(NotAllowed):
        services.rename_institution(
            actor=net.actor(net.stranger),
            at=AT,
            key=None,
            institution_id=net.county.public_id,
            name="新名",
            from_date=date(2020, 1, 1),
        )


def test_an_administrator_mends_any_entry(net: Cast) -> None:
    keeper = net.actor(net.stranger, Role.ADMINISTRATOR)
    services.edit_institution(
        actor=keeper, at=AT, key=None, institution_id=net.city.public_id, fields={"level": "3a", "short_name": "市一院"}
    )
    assert (found := queries.institution(net.city.public_id)).short_name == "市一院"
    assert found.level == "3a"
    with pytest.raises(Invalid):
        services.edit_institution(
            actor=keeper, at=AT, key=None, institution_id=net.city.public_id, fields={"name": "x"}
        )


def test_a_closed_institution_is_bound_no_more(net: Cast) -> None:
    keeper = net.actor(net.stranger, Role.ADMINISTRATOR)
    services.close_institution(actor=keeper, at=AT, key=None, institution_id=net.county.public_id)
    with pytest.raises(Invalid):
        services.request_relation(actor=net.actor(net.city), at=AT, key=None, relation=net.relation_draft())
    with pytest.raises(Conflict):
        services.close_institution(actor=keeper, at=AT, key=None, institution_id=net.county.public_id)


def test_the_directory_is_narrowed_by_kind_level_and_region(net: Cast) -> None:
    assert queries.institutions(kind="health_authority").count() == 1
    assert queries.institutions(region="云岭省").count() == 4
    assert queries.institutions(region="云岭").count() == 0
    assert queries.institutions(level="3a").count() == 0
    assert queries.regions() == ["云岭省/南山市"]


def test_a_person_stands_in_the_directory_with_employer_and_title(net: Cast) -> None:
    found = queries.person(add(net))
    assert (found.name, found.employer_id, found.department) == ("周医生", net.city.pk, "儿科")
    assert queries.employers([found.id]) == {found.id: net.city.pk}


def test_a_hidden_person_shows_no_name(net: Cast) -> None:
    public_id = add(net, duty="院长", phone="13900000000")
    office = net.actor(net.city)
    services.hide_person(actor=office, at=AT, key=None, person_id=public_id)
    found = queries.person(public_id)
    assert found.hidden
    assert "周" not in str(found)
    assert found.duty == ""
    assert queries.people_of(net.city.pk) == []
    assert queries.phone_for(office, found.id) == ""
    services.show_person(actor=office, at=AT, key=None, person_id=public_id)
    assert str(queries.person(public_id)) == "周医生"


def test_a_hidden_maker_shows_no_name_in_a_story(net: Cast) -> None:
    office = net.actor(net.city)
    person = add(net, principal_id=office.principal_id)
    relation = services.request_relation(actor=office, at=AT, key=None, relation=net.relation_draft())
    services.hide_person(actor=office, at=AT, key=None, person_id=person)
    assert "CITY-office" not in str(queries.relation_page(office, relation.public_id).story[0].who)


def test_a_person_is_found_by_their_sign_in(net: Cast) -> None:
    actor = net.actor(net.city, Role.EXPERT)
    add(net, principal_id=actor.principal_id)
    found = queries.person_of(actor.principal_id)
    assert found is not None
    assert found.name == "周医生"
    assert queries.person_of(net.system.principal_id) is None


def test_phones_are_for_colleagues_and_desks(net: Cast) -> None:
    found = queries.person(add(net, phone="13900000000"))
    assert queries.phone_for(net.actor(net.city, Role.CLINICIAN), found.id) == "13900000000"
    assert queries.phone_for(net.actor(net.county, Role.COORDINATOR), found.id) == "139****00"
    assert queries.phone_for(net.actor(net.county, Role.CLINICIAN), found.id) == ""


def test_only_the_employer_keeps_its_people(net: Cast) -> None:
    public_id = add(net)
    with pytest.raises(NotAllowed):
        services.hide_person(actor=net.actor(net.county), at=AT, key=None, person_id=public_id)
    with pytest.raises(NotAllowed):
        services.add_person(
            actor=net.actor(net.county),
            at=AT,
            key=None,
            person=services.PersonDraft(name="某人", employer_id=net.city.pk),
        )


def test_an_edited_person_moves_department(net: Cast) -> None:
    public_id = add(net)
    services.edit_person(
        actor=net.actor(net.city), at=AT, key=None, person_id=public_id, fields={"department": "急诊科", "duty": "主任"}
    )
    found = queries.person(public_id)
    assert (found.department, found.duty) == ("急诊科", "主任")
    with pytest.raises(Invalid):
        services.edit_person(
            actor=net.actor(net.city), at=AT, key=None, person_id=public_id, fields={"title_level": "king"}
        )
    with pytest.raises(NotFound):
        queries.person("0" * 26)


def test_a_group_is_shared_only_on_its_days(net: Cast) -> None:
    office = net.actor(net.city)
    one, two = add(net, "甲"), add(net, "乙")
    group = services.create_group(actor=office, at=AT, key=None, institution_id=net.city.pk, name="第一批")
    for person, first, last in ((one, date(2026, 1, 1), None), (two, date(2026, 2, 1), date(2026, 6, 30))):
        services.add_group_member(
            actor=office, at=AT, key=None, group_id=group.public_id, person_id=person, from_date=first, to_date=last
        )
    pks = [queries.person(one).id, queries.person(two).id]
    assert queries.groups_shared(pks, date(2026, 3, 1)) == {group.pk: set(pks)}
    assert queries.groups_shared(pks, date(2026, 1, 15)) == {}
    assert queries.groups_shared(pks, date(2026, 7, 1)) == {}
    services.end_group_member(
        actor=office, at=AT, key=None, group_id=group.public_id, person_id=one, to_date=date(2026, 2, 28)
    )
    assert queries.groups_shared(pks, date(2026, 3, 1)) == {}


def test_nobody_is_twice_in_a_group_on_one_day(net: Cast) -> None:
    office, person = net.actor(net.city), add(net)
    group = services.create_group(actor=office, at=AT, key=None, institution_id=net.city.pk, name="第一批").public_id
    services.add_group_member(
        actor=office, at=AT, key=None, group_id=group, person_id=person, from_date=date(2026, 1, 1)
    )
    with pytest.raises(Invalid):
        services.add_group_member(
            actor=office, at=AT, key=None, group_id=group, person_id=person, from_date=date(2026, 5, 1)
        )
    services.close_group(actor=office, at=AT, key=None, group_id=group)
    with pytest.raises(Conflict):
        services.end_group_member(
            actor=office, at=AT, key=None, group_id=group, person_id=person, to_date=date(2026, 5, 1)
        )


def test_s10_where_somebody_worked_before_is_kept_with_its_days(net: Cast) -> None:
    public_id = add(net)
    pk, days = queries.person(public_id).id, (date(2026, 1, 1), date(2026, 3, 1))
    told = {"at": AT, "key": None, "person_id": public_id}
    with pytest.raises(NotAllowed):
        services.change_employer(actor=net.actor(net.city), employer_id=net.county.pk, from_date=days[0], **told)
    administrator = net.actor(net.city, Role.ADMINISTRATOR)
    for house, day in zip((net.county, net.city), days, strict=True):
        services.change_employer(actor=administrator, employer_id=house.pk, from_date=day, **told)
    ties = queries.ties([pk])
    assert ties.employers == {pk: net.city.pk}
    before = [(net.city.pk, date.min, date(2025, 12, 31)), (net.county.pk, days[0], date(2026, 2, 28))]
    assert sorted(ties.worked[pk], key=lambda one: one[1]) == before


@pytest.mark.parametrize(("house", "day"), [("city", date(2026, 1, 1)), ("county", date(2099, 1, 1))])
def test_s10_an_employer_is_changed_for_another_and_not_before_its_day(net: Cast, house: str, day: date) -> None:
    told = {"actor": net.system, "at": AT, "key": None, "person_id": add(net)}
    with pytest.raises(Invalid):
        services.change_employer(employer_id=getattr(net, house).pk, from_date=day, **told)


@pytest.mark.parametrize("bound", [True, False])
def test_an_update_asks_about_those_who_stood_on_both_sides_before(net: Cast, bound: bool) -> None:
    services.adopt_relation(actor=net.system, at=AT, relation=net.relation_draft(), state="in_force", source="x")
    for house, name in ((net.city if bound else net.stranger, "孟子衿"), (net.county, "孟 子·衿")):
        draft = services.PersonDraft(name=name, employer_id=house.pk)
        services.add_person(actor=net.actor(house), at=AT, key=None, person=draft)
    with scope.system():
        PersonDoubt.objects.all().delete()
        import_module("lianti.contexts.network.migrations.0008_ask_for_doubts").ask(apps, None)
        assert OutboxTask.objects.filter(name=tasks.DOUBT_ALL).exists() == bound
    for task in (1, 2):  # a second time changes nothing
        tasks.doubt_all({}, at=AT, task_id=task)
    with scope.system():
        found = [(one.person.employer_id, one.tenant_id) for one in PersonDoubt.objects.select_related("person")]
    assert found == ([(net.county.pk, net.county.pk)] if bound else [])
