"""Who helps whom is told by verbs, by rank and by place."""

import pytest

from lianti.contexts.intake.domain.cleaned import Cleaned
from lianti.contexts.intake.domain.grammar import institutions, relation, roles
from lianti.contexts.intake.domain.grammar.page import Page
from lianti.contexts.intake.domain.known import Known


def told(text: str) -> dict[str, str]:
    """Role by name."""
    page = Page(Cleaned(text))
    parties = institutions.find(page, Known())
    roles.assign(page, parties, relation.tell(page, parties))
    return {one.name: one.role for one in parties.parties}


@pytest.mark.parametrize(
    "text",
    [
        "云岫市第一人民医院对口支援青岚县人民医院。",
        "青岚县人民医院成为云岫市第一人民医院医联体成员单位。",
        "云岫市第一人民医院专家走进青岚县人民医院。",
        "青岚县人民医院骨干赴云岫市第一人民医院进修。",
        "青岚县人民医院迎来云岫市第一人民医院专家。",
        "应青岚县人民医院邀请，云岫市第一人民医院专家前往该院。",
        "青岚县人民医院加入云岫市第一人民医院专科联盟。",
        "云岫市第一人民医院与青岚县人民医院签约。",
    ],
)
def test_the_city_helps_the_county(text: str) -> None:
    assert told(text) == {"云岫市第一人民医院": "supporter", "青岚县人民医院": "supported"}


@pytest.mark.parametrize(
    ("text", "supporter", "supported"),
    [
        ("天津市津南区医院与甘肃省秦安县人民医院签约。", "天津市津南区医院", "甘肃省秦安县人民医院"),
        ("云岫大学附属医院云岫分院揭牌，云岫大学附属医院院长出席。", "云岫大学附属医院", "云岫大学附属医院云岫分院"),
        ("青岚县人民医院派驻医生到石门镇卫生院坐诊。", "青岚县人民医院", "石门镇卫生院"),
        ("云岫省立医院与云岫市人民医院签约。", "云岫省立医院", "云岫市人民医院"),
        ("桐坞县人民医院选派医生赴青岚县人民医院帮扶。", "桐坞县人民医院", "青岚县人民医院"),
    ],
)
def test_higher_helps_lower(text: str, supporter: str, supported: str) -> None:
    found = told(text)
    assert (found[supporter], found[supported]) == ("supporter", "supported")


def test_a_list_is_one_side() -> None:
    found = told("聊城市人民医院、高唐县人民医院、茌平县人民医院派驻专家帮扶郁山镇中心卫生院、高谷镇中心卫生院。")
    assert list(found.values()) == ["supporter"] * 3 + ["supported"] * 2


def test_authorities_and_others() -> None:
    found = told("青岚县卫健局、青岚县人民政府、青岚县委、青岚县财政局和云岫市红十字会到青岚县人民医院。")
    assert found["青岚县卫健局"] == found["青岚县人民政府"] == found["青岚县财政局"] == "authority"
    assert found["云岫市红十字会"] == "other"


def test_a_school_helps_when_no_hospital_does() -> None:
    assert told("云岫大学与青岚县人民政府签约。")["云岫大学"] == "supporter"
    assert told("云岫大学校长和云岫大学附属医院院长到青岚县人民医院。")["云岫大学"] == "other"
