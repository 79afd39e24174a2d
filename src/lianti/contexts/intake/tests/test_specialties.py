"""Specialties: departments, centres, short forms in lists, and what only sounds alike."""

import pytest

from lianti.contexts.intake.domain.grammar import specialties
from lianti.contexts.intake.domain.grammar.specialties import canonical
from lianti.contexts.intake.tests.grammar_stage import page, parties


def found(text: str) -> list[str]:
    return [one.name for one in specialties.find(page(text), parties(text))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("创伤中心、心血管内科、呼吸与危重症医学科等科室专家同行。", ["创伤中心", "心血管内科", "呼吸与危重症医学科"]),
        ("中医儿科主治医师林砚与脑病科医师交流。", ["中医儿科", "脑病科"]),
        ("覆盖重症、消化、急诊等13个领域。", ["重症", "消化", "急诊"]),
        ("心内、神内、骨科专家坐诊。", ["心内", "神内", "骨科"]),
        ("加入康复专科联盟。", ["康复"]),
        ("在ICU病房查房。", ["ICU"]),
        ("胸痛中心、卒中中心通过验收。", ["胸痛中心", "卒中中心"]),
        ("到针灸推拿科和治未病科带教。", ["针灸推拿科", "治未病科"]),
        ("脊柱外五科开展新手术。", ["脊柱外五科"]),
        ("建成远程心电中心和区域检验中心。", ["远程心电中心", "检验中心"]),
        ("普外科、妇产科与麻醉科联合抢救。", ["普外科", "妇产科", "麻醉科"]),
    ],
)
def test_named(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "医务科、护理部、信息科、科教科负责人参加。",
        "云岫市肿瘤医院的专家来访。",
        "消化道出血和急诊手术有所增加。",
        "会议在学术中心召开，院办公室主持。",
        "患者从室外走进室内。",
        "推进医学科技创新和学科建设。",
    ],
)
def test_not_a_specialty(text: str) -> None:
    assert found(text) == []


def test_forms_of_one_specialty_are_one_and_the_longest_is_told() -> None:
    assert found("心内科专家到场。帮扶心血管内科，心内、骨科等专科受益。") == ["心血管内科", "骨科"]
    assert canonical("神外") == canonical("神经外科")
    assert canonical("骨科病区") == canonical("骨科")


def test_every_place_is_kept() -> None:
    text = "骨科查房后，骨科讨论病例。"
    (one,) = specialties.find(page(text), parties(text))
    assert [text[span.start : span.end] for span in one.found.spans] == ["骨科", "骨科"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("医院在肿瘤放疗、胸外科、核医学方面几乎是空白。", ["肿瘤放疗", "胸外科", "核医学"]),
        ("脑病创新联盟成立大会在医院召开。", ["脑病"]),
        ("双方就肛肠专业合作签约。", ["肛肠"]),
        ("风湿免疫、血液两个专业还是空白。", ["风湿免疫", "血液"]),
        ("队员中一个是麻醉医生。", ["麻醉"]),
        ("医院是国家心血管病中心。", []),
    ],
)
def test_the_field_of_a_partnership_and_short_forms_beside_others(text: str, expected: list[str]) -> None:
    assert [one.name for one in specialties.find(page(text), parties(text))] == expected
