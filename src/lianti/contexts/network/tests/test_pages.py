"""The pages of the network over HTTP: who sees what, what is asked, and at how many queries."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import translation

from lianti.contexts.network import services
from lianti.contexts.network.models import Institution, InstitutionName, Person, Relation
from lianti.kernel import scope
from lianti.kernel.models import AccessEvent
from lianti.lib import ids
from tests.cast import AT, Cast, a_hospital, a_person, a_relation, signed_in_client, the_system


@pytest.fixture(autouse=True)
def _english() -> None:
    translation.activate("en")


@pytest.fixture
def office(cast: Cast) -> Client:
    return signed_in_client(cast.supporting.office, headers={"accept-language": "en"})


def text_of(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_the_directory_lists_and_finds_institutions(cast: Cast, office: Client) -> None:
    assert "云溪县人民医院" in text_of(office, "/network/institutions/")
    assert "云溪县人民医院" not in text_of(office, "/network/institutions/?q=白河")
    assert "云溪县人民医院" not in text_of(office, "/network/institutions/?kind=health_authority")
    assert "云溪县人民医院" in text_of(office, "/network/institutions/?kind=nonsense&after=nonsense&region=青山省")


def test_an_office_adds_an_institution(cast: Cast, office: Client) -> None:
    assert "Add an institution" in text_of(office, "/network/institutions/new/")
    answer = office.post(
        "/network/institutions/new/", {"name": "青石镇卫生院", "kind": "township_health_centre", "key": ids.new()}
    )
    made = Institution.objects.get(name="青石镇卫生院")
    assert answer.status_code == 303
    assert answer.url == f"/network/institutions/{made.public_id}/"
    again = office.post("/network/institutions/new/", {"name": "", "kind": "hospital", "short_name": "留下的字"})
    assert again.status_code == 422
    assert "留下的字" in again.content.decode()


def test_an_institution_page_says_what_is_known(cast: Cast, office: Client) -> None:
    county = cast.county.institution
    keeper = cast.county.office
    services.rename_institution(
        actor=keeper, at=AT, key=None, institution_id=county.public_id, name="云溪县总医院", from_date=date(2025, 1, 1)
    )
    a_person("沈医生", employer=county, department="急诊科", duty="主任")
    page = text_of(office, f"/network/institutions/{county.public_id}/")
    for words in (
        "云溪县总医院",
        "云溪县人民医院",
        "until 2024-12-31",
        "沈医生",
        "急诊科",
        "青山省 云溪市 云溪县",
        cast.relation.name,
    ):
        assert words in page
    assert "Rename" not in page
    own = text_of(
        signed_in_client(keeper, headers={"accept-language": "en"}), f"/network/institutions/{county.public_id}/"
    )
    assert "Rename" in own


def test_an_institution_is_renamed_in_place(cast: Cast) -> None:
    county = cast.county.institution
    client = signed_in_client(cast.county.office, headers={"accept-language": "en"})
    url = f"/network/institutions/{county.public_id}/moves/rename_institution/"
    assert client.post(url, {"name": "", "from_date": "2025-01-01"}).status_code == 422
    assert client.post(url, {"name": "云溪县总医院", "from_date": "2025-01-01"}).status_code == 303
    assert client.post(url, {"name": "云溪县总医院", "from_date": "2025-02-01"}).status_code == 422
    assert InstitutionName.objects.count() == 1
    assert client.post(url.replace("rename_institution", "nonsense")).status_code == 409
    edit = url.replace("rename_institution", "edit_institution")
    assert (
        client.post(edit, {"short_name": "云溪总院", "kind": "hospital", "level": "2a", "region": ""}).status_code
        == 303
    )
    assert client.post(url.replace("rename_institution", "close_institution"), {"note": ""}).status_code == 403


def test_a_stranger_may_look_but_not_rename(cast: Cast) -> None:
    client = signed_in_client(cast.stranger.office, headers={"accept-language": "en"})
    url = f"/network/institutions/{cast.county.institution.public_id}/"
    assert cast.relation.name not in text_of(client, url)
    assert client.post(f"{url}moves/rename_institution/", {"name": "x", "from_date": "2025-01-01"}).status_code == 403
    assert text_of(client, f"/network/relations/{cast.relation.public_id}/", 404)
    assert client.post(f"/network/relations/{cast.relation.public_id}/moves/end_relation/").status_code == 404
    assert text_of(client, f"/network/institutions/{ids.new()}/", 404)


def test_a_relation_page_names_sides_and_moves(cast: Cast, office: Client) -> None:
    page = text_of(office, f"/network/relations/{cast.relation.public_id}/")
    for words in (
        "Supporting hospital",
        "Supported hospital",
        "青山大学附属医院",
        "云溪县人民医院",
        "青山省卫生健康委员会",
        "Adopted from source",
    ):
        assert words in page
    assert "End the relation" in page
    clinician = signed_in_client(cast.county.clinician, headers={"accept-language": "en"})
    assert "End the relation" not in text_of(clinician, f"/network/relations/{cast.relation.public_id}/")


def test_a_relation_is_entered_negotiated_and_put_in_force(cast: Cast, office: Client) -> None:
    given = {
        "behaviour": "specialty_alliance",
        "name": "青山儿科联盟",
        "lead": cast.supporting.institution.public_id,
        "members": [cast.county.institution.public_id, cast.stranger.institution.public_id],
        "authority": cast.authority.institution.public_id,
        "specialties": "儿科、新生儿科",
        "basis_kind": "minutes",
        "basis_title": "联盟筹备会纪要",
        "basis_number": "青卫纪〔2026〕3号",
        "basis_date": "2026-02-01",
        "key": ids.new(),
    }
    wrong = office.post("/network/relations/new/", given | {"basis_kind": ""})
    assert wrong.status_code == 422
    assert "联盟筹备会纪要" in wrong.content.decode()
    answer = office.post("/network/relations/new/", given)
    assert answer.status_code == 303
    page = text_of(office, answer.url)
    for words in ("新生儿科", "联盟筹备会纪要", "青卫纪〔2026〕3号", "Chairing unit", "Alliance unit", "Requested"):
        assert words in page
    member = signed_in_client(cast.stranger.coordinator, headers={"accept-language": "en"})
    assert member.post(f"{answer.url}moves/negotiate/", {"note": "愿意"}).status_code == 303
    assert office.post(f"{answer.url}moves/put_in_force/", {"from_date": ""}).status_code == 422
    assert office.post(f"{answer.url}moves/put_in_force/", {"from_date": "2026-03-01"}).status_code == 303
    assert office.post(f"{answer.url}moves/negotiate/", {"note": ""}).status_code == 409
    assert office.post(f"{answer.url}moves/end_relation/", {"to_date": "2026-02-01"}).status_code == 422
    edited = {"name": "青山儿科联盟（扩）", "members": [cast.county.institution.public_id], "specialties": "儿科"}
    assert office.post(f"{answer.url}moves/edit_relation/", edited).status_code == 303
    with scope.system():
        found = Relation.objects.get(behaviour="specialty_alliance")
    assert (found.name, found.state) == ("青山儿科联盟（扩）", "in_force")
    assert "愿意" in text_of(office, answer.url)


def test_the_list_of_relations_is_narrowed_by_kind(cast: Cast, office: Client) -> None:
    assert cast.relation.name in text_of(office, "/network/relations/")
    assert cast.relation.name not in text_of(office, "/network/relations/?behaviour=consortium")


def test_a_person_page_shows_and_hides(cast: Cast, office: Client) -> None:
    person = a_person("沈医生", employer=cast.supporting.institution, department="急诊科", phone="13911112222")
    url = f"/network/people/{person.public_id}/"
    assert "13911112222" in text_of(office, url)
    with scope.system():
        assert AccessEvent.objects.filter(record=person.public_id).count() == 1
    assert office.post(f"{url}moves/hide_person/", {"note": ""}).status_code == 303
    hidden = text_of(office, url)
    assert "沈医生" not in hidden
    assert "13911112222" not in hidden
    assert "Name withheld" in hidden
    assert "沈医生" not in text_of(office, f"/network/institutions/{cast.supporting.institution.public_id}/")
    assert person.public_id not in text_of(office, "/search/?q=沈医生")
    assert office.post(f"{url}moves/show_person/", {"note": ""}).status_code == 303
    assert "沈医生" in text_of(office, url)


def test_a_person_is_entered_by_the_employer_alone(cast: Cast, office: Client) -> None:
    url = f"/network/institutions/{cast.supporting.institution.public_id}/people/new/"
    assert office.post(url, {"name": "沈医生", "title_level": "senior"}).status_code == 303
    assert office.post(url, {"name": ""}).status_code == 422
    other = url.replace(cast.supporting.institution.public_id, cast.county.institution.public_id)
    assert office.post(other, {"name": "沈医生"}).status_code == 403
    assert Person.objects.filter(name="沈医生").count() == 1


def test_nobody_comes_in_without_signing_in(cast: Cast) -> None:
    for url in ("/network/institutions/", f"/network/relations/{cast.relation.public_id}/", "/network/relations/new/"):
        assert Client().get(url).status_code == 302


@pytest.mark.parametrize("path", ["/network/institutions/", "/network/relations/", "/network/institutions/{one}/"])
def test_queries_do_not_grow_with_rows(
    cast: Cast, path: str, django_assert_max_num_queries: Callable[..., object]
) -> None:
    client = signed_in_client(cast.supporting.office)
    url = path.format(one=cast.supporting.institution.public_id)
    counted = []
    for rows in (3, 27):
        for _n in range(rows):
            member = a_hospital()
            a_relation(cast.supporting.institution, [member])
            a_person(employer=cast.supporting.institution, department="儿科")
        client.get(url)
        with django_assert_max_num_queries(60) as captured:  # type: ignore[attr-defined]
            assert client.get(url).status_code == 200
        counted.append(len(captured))
    assert counted[0] == counted[1]


def test_a_figure_shows_its_examples_and_source(cast: Cast, office: Client) -> None:
    with scope.system():
        report = services.DocumentDraft(title="年度报道", kind="report", date=date(2025, 1, 1), medium="news")
        source = services.adopt_source(actor=the_system(), at=AT, code="test-2025", document=report)
        for target in ({"institution_id": cast.county.id}, {"relation_id": cast.relation.pk}):
            figure = services.FigureDraft(
                label="新技术", value="40", comparison="at_least", examples=("甲术", "乙术"), **target
            )  # type: ignore[arg-type]
            services.adopt_figure(actor=the_system(), at=AT, figure=figure, source_id=source.pk)
    for url in (f"institutions/{cast.county.institution.public_id}", f"relations/{cast.relation.public_id}"):
        page = text_of(office, f"/network/{url}/")
        for words in ("新技术", "at least", "40", "甲术、乙术", "年度报道"):
            assert words in page
