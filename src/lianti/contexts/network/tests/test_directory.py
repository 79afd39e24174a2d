"""Institutions, people and groups: who keeps them, and what a hidden person shows."""

from datetime import date

import pytest

from lianti.contexts.network import queries, services
from lianti.contexts.network.tests.conftest import AT, Cast
from lianti.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from lianti.kernel.models import Tenant
from lianti.lib.roles import Role


def add(cast: Cast, name: str = "周医生", **given: object) -> str:
    facts = {"name": name, "employer_id": cast.city.pk, "department": "儿科", "title_level": "deputy_senior"}
    draft = services.PersonDraft(**(facts | given))  # type: ignore[arg-type]
    return services.add_person(actor=cast.actor(cast.city), at=AT, key=None, person=draft).public_id


def test_an_institution_is_its_own_tenant(cast: Cast) -> None:
    found = queries.institution(cast.city.public_id)
    assert found.id == cast.city.pk == cast.city.tenant_id
    assert Tenant.objects.get(pk=found.id).label == "南山市第一医院"


def test_an_office_enters_an_institution_without_thinking_of_a_code(cast: Cast) -> None:
    draft = services.InstitutionDraft(name="  青石镇  卫生院 ", kind="township_health_centre", region="云岭省 / 南山市")
    made = services.create_institution(actor=cast.actor(cast.city), at=AT, key=None, institution=draft)
    assert made.code == "IN-2026-0001"
    assert (made.name, made.region) == ("青石镇 卫生院", "云岭省/南山市")


def test_one_form_sent_twice_enters_one_institution(cast: Cast) -> None:
    draft = services.InstitutionDraft(name="青石镇卫生院", kind="township_health_centre", code="QS")
    office = cast.actor(cast.city)
    first = services.create_institution(actor=office, at=AT, key="K" * 26, institution=draft)
    tenants = Tenant.objects.count()
    again = services.create_institution(actor=office, at=AT, key="K" * 26, institution=draft)
    assert first.pk == again.pk
    assert Tenant.objects.count() == tenants


def test_a_code_belongs_to_one_institution(cast: Cast) -> None:
    draft = services.InstitutionDraft(name="青石镇卫生院", kind="township_health_centre", code="CITY")
    with pytest.raises(Invalid) as refusal:
        services.create_institution(actor=cast.actor(cast.city), at=AT, key=None, institution=draft)
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
def test_a_wrong_institution_is_refused_at_its_field(cast: Cast, given: dict[str, str], field: str) -> None:
    draft = services.InstitutionDraft(**({"name": "某医院", "kind": "hospital"} | given))
    with pytest.raises(Invalid) as refusal:
        services.create_institution(actor=cast.actor(cast.city), at=AT, key=None, institution=draft)
    assert field in refusal.value.fields


def test_a_clinician_enters_no_institution(cast: Cast) -> None:
    draft = services.InstitutionDraft(name="某医院", kind="hospital")
    with pytest.raises(NotAllowed):
        services.create_institution(actor=cast.actor(cast.city, Role.CLINICIAN), at=AT, key=None, institution=draft)


def test_former_names_are_kept_with_their_days(cast: Cast) -> None:
    office, public_id = cast.actor(cast.county), cast.county.public_id
    for name, day in (("白水县总医院", date(2020, 1, 1)), ("白水县中心医院", date(2024, 6, 1))):
        services.rename_institution(actor=office, at=AT, key=None, institution_id=public_id, name=name, from_date=day)
    page = queries.institution_page(office, public_id)
    assert page.institution.name == "白水县中心医院"
    assert [(n.name, n.from_date, n.to_date) for n in page.former_names] == [
        ("白水县总医院", date(2020, 1, 1), date(2024, 5, 31)),
        ("白水县人民医院", None, date(2019, 12, 31)),
    ]
    assert [i.name for i in queries.institutions(text="总医院")] == ["白水县中心医院"]


def test_names_do_not_overlap(cast: Cast) -> None:
    office, public_id = cast.actor(cast.county), cast.county.public_id
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


def test_nobody_renames_another_house(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        services.rename_institution(
            actor=cast.actor(cast.stranger),
            at=AT,
            key=None,
            institution_id=cast.county.public_id,
            name="新名",
            from_date=date(2020, 1, 1),
        )


def test_an_administrator_mends_any_entry(cast: Cast) -> None:
    keeper = cast.actor(cast.stranger, Role.ADMINISTRATOR)
    services.edit_institution(
        actor=keeper,
        at=AT,
        key=None,
        institution_id=cast.city.public_id,
        fields={"level": "3a", "short_name": "市一院"},
    )
    assert (found := queries.institution(cast.city.public_id)).short_name == "市一院"
    assert found.level == "3a"
    with pytest.raises(Invalid):
        services.edit_institution(
            actor=keeper, at=AT, key=None, institution_id=cast.city.public_id, fields={"name": "x"}
        )


def test_a_closed_institution_is_bound_no_more(cast: Cast) -> None:
    keeper = cast.actor(cast.stranger, Role.ADMINISTRATOR)
    services.close_institution(actor=keeper, at=AT, key=None, institution_id=cast.county.public_id)
    with pytest.raises(Invalid):
        services.request_relation(actor=cast.actor(cast.city), at=AT, key=None, relation=cast.relation_draft())
    with pytest.raises(Conflict):
        services.close_institution(actor=keeper, at=AT, key=None, institution_id=cast.county.public_id)


def test_the_directory_is_narrowed_by_kind_level_and_region(cast: Cast) -> None:
    assert queries.institutions(kind="health_authority").count() == 1
    assert queries.institutions(region="云岭省").count() == 4
    assert queries.institutions(region="云岭").count() == 0
    assert queries.institutions(level="3a").count() == 0
    assert queries.regions() == ["云岭省/南山市"]


def test_a_person_stands_in_the_directory_with_employer_and_title(cast: Cast) -> None:
    found = queries.person(add(cast))
    assert (found.name, found.employer_id, found.department) == ("周医生", cast.city.pk, "儿科")
    assert queries.employers([found.id]) == {found.id: cast.city.pk}


def test_a_hidden_person_shows_no_name(cast: Cast) -> None:
    public_id = add(cast, duty="院长", phone="13900000000")
    office = cast.actor(cast.city)
    services.hide_person(actor=office, at=AT, key=None, person_id=public_id)
    found = queries.person(public_id)
    assert found.hidden
    assert "周" not in str(found)
    assert found.duty == ""
    assert queries.people_of(cast.city.pk) == []
    assert queries.phone_for(office, found.id) == ""
    services.show_person(actor=office, at=AT, key=None, person_id=public_id)
    assert str(queries.person(public_id)) == "周医生"


def test_a_hidden_maker_shows_no_name_in_a_story(cast: Cast) -> None:
    office = cast.actor(cast.city)
    person = add(cast, principal_id=office.principal_id)
    relation = services.request_relation(actor=office, at=AT, key=None, relation=cast.relation_draft())
    services.hide_person(actor=office, at=AT, key=None, person_id=person)
    assert "CITY-office" not in str(queries.relation_page(office, relation.public_id).story[0].who)


def test_a_person_is_found_by_their_sign_in(cast: Cast) -> None:
    actor = cast.actor(cast.city, Role.EXPERT)
    add(cast, principal_id=actor.principal_id)
    found = queries.person_of(actor.principal_id)
    assert found is not None
    assert found.name == "周医生"
    assert queries.person_of(cast.system.principal_id) is None


def test_phones_are_for_colleagues_and_desks(cast: Cast) -> None:
    found = queries.person(add(cast, phone="13900000000"))
    assert queries.phone_for(cast.actor(cast.city, Role.CLINICIAN), found.id) == "13900000000"
    assert queries.phone_for(cast.actor(cast.county, Role.COORDINATOR), found.id) == "13900000000"
    assert queries.phone_for(cast.actor(cast.county, Role.CLINICIAN), found.id) == ""


def test_only_the_employer_keeps_its_people(cast: Cast) -> None:
    public_id = add(cast)
    with pytest.raises(NotAllowed):
        services.hide_person(actor=cast.actor(cast.county), at=AT, key=None, person_id=public_id)
    with pytest.raises(NotAllowed):
        services.add_person(
            actor=cast.actor(cast.county),
            at=AT,
            key=None,
            person=services.PersonDraft(name="某人", employer_id=cast.city.pk),
        )


def test_an_edited_person_moves_department(cast: Cast) -> None:
    public_id = add(cast)
    services.edit_person(
        actor=cast.actor(cast.city),
        at=AT,
        key=None,
        person_id=public_id,
        fields={"department": "急诊科", "duty": "主任"},
    )
    found = queries.person(public_id)
    assert (found.department, found.duty) == ("急诊科", "主任")
    with pytest.raises(Invalid):
        services.edit_person(
            actor=cast.actor(cast.city), at=AT, key=None, person_id=public_id, fields={"title_level": "king"}
        )
    with pytest.raises(NotFound):
        queries.person("0" * 26)


def test_a_group_is_shared_only_on_its_days(cast: Cast) -> None:
    office = cast.actor(cast.city)
    one, two = add(cast, "甲"), add(cast, "乙")
    group = services.create_group(actor=office, at=AT, key=None, institution_id=cast.city.pk, name="第一批")
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


def test_nobody_is_twice_in_a_group_on_one_day(cast: Cast) -> None:
    office, person = cast.actor(cast.city), add(cast)
    group = services.create_group(actor=office, at=AT, key=None, institution_id=cast.city.pk, name="第一批").public_id
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
