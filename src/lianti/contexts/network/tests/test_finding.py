"""How somebody looks something up: first letters, parts of names and numbers, several words."""

import pytest

from lianti.contexts.needs.tests.builders import a_need
from lianti.contexts.network import queries, services
from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.lib.pinyin import LONGEST, initials
from lianti.lib.web import search
from tests.cast import AT, Cast, a_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("names", "letters"),
    [
        (("云川省人民医院", "省人民医院"), "ycsrmyy srmyy"),
        (("重庆市长寿区人民医院",), "cqszsqrmyy"),
        (("单雄信",), "dxx sxx"),
        (("阿布都热依木·吐尔逊",), "abdrymtex"),
        (("Dr Li 3院",), "drli3y"),
        (("沈启衡", "沈启衡"), "sqh"),
        (("",), ""),
        ((), ""),
    ],
)
def test_first_letters(names: tuple[str, ...], letters: str) -> None:
    assert initials(*names) == letters
    assert len(initials("医" * 500)) == LONGEST


def _hits(actor: Actor, typed: str, group: str) -> list[str]:
    with scope.acting(actor):
        found = search.find(actor, search.Typed.of(typed), only=group)
        return [str(hit.title) for one in found for hit in one.hits]


def test_institutions_and_people_by_first_letters_and_several_words(cast: Cast) -> None:
    a_person("沈启衡", employer=cast.county.institution, department="儿科")
    a_person("沈启航", employer=cast.supporting.institution)
    actor, county = cast.supporting.office, cast.county.institution
    letters = initials(county.name).split()[0]
    assert county.name in _hits(actor, letters, "institutions")
    assert county.name in _hits(actor, letters[:3].upper(), "institutions")
    assert _hits(actor, "sqh", "people") == ["沈启航", "沈启衡"]
    assert _hits(actor, f"sqh {county.name[:3]}", "people") == ["沈启衡"]
    assert _hits(actor, "沈 儿科", "people") == ["沈启衡"]
    assert _hits(actor, county.name[:3], "people") == []
    assert _hits(actor, "qh", "people") == []


def test_a_new_name_has_new_first_letters(cast: Cast) -> None:
    person = a_person("沈启衡", employer=cast.supporting.institution)
    told = {"actor": cast.supporting.office, "at": AT, "key": None}
    services.edit_person(**told, person_id=queries.person_by_id(person.pk).public_id, fields={"name": "赵长寿"})
    assert _hits(cast.supporting.office, "zcs", "people") == ["赵长寿"]
    assert _hits(cast.supporting.office, "sqh", "people") == []


@pytest.mark.parametrize("short", [True, False])
def test_records_by_part_of_their_number(cast: Cast, short: bool) -> None:
    need = a_need(cast, text="请派人带教腹腔镜")
    prefix, year, running = need.number.split("-")
    typed = [running, f"{year}-{running}", need.number.lower(), f"{prefix}-{year}", f"{prefix.lower()}-{year}-0"]
    for one in [*typed, str(int(running))] if short else [f"{text} 腹腔镜" for text in typed]:
        assert _hits(cast.county.coordinator, one, "needs.need"), one
    assert _hits(cast.county.coordinator, f"{prefix}-{int(year) - 1}", "needs.need") == []
    assert _hits(cast.stranger.office, running, "needs.need") == []


def test_a_relation_by_the_number_of_its_paper_and_by_its_parties(cast: Cast) -> None:
    relation = cast.relation
    lead, member = cast.supporting.institution, cast.county.institution
    assert _hits(cast.supporting.office, f"{lead.name[:4]} {member.name[:4]}", "relations") == [relation.name]
    assert _hits(cast.stranger.office, f"{lead.name[:4]} {member.name[:4]}", "relations") == []
