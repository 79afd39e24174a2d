"""Needs: what is missing, what is asked for, and by whom."""

import pytest

from lianti.contexts.intake.domain.grammar import needs
from lianti.contexts.intake.tests.grammar_stage import BIG, OFFICE, SMALL, page, parties, people


def found(text: str, **institutions: str) -> list[tuple[str, str]]:
    return [(one.institution, one.text) for one in needs.find(page(text), parties(text), people(text, **institutions))]


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("青岚县人民医院人才短缺、技术力量薄弱。", "人才短缺"),
        ("石砚秋坦言，医院儿科力量薄弱，新生儿重症只能转往外地。", "儿科力量薄弱"),
        ("目前，县人民医院神经外科仍是空白，危急重症患者只能转诊。", "神经外科仍是空白"),
        ("县人民医院的管理水平和人才培育都有待提升。", "有待提升"),
        ("针对县人民医院重症医学科骨干医师不足的情况，专家组制定了方案。", "骨干医师不足"),
        ("县人民医院至今没有一名能独立值班的麻醉医生。", "没有一名"),
        ("县人民医院仅有医师5名，内镜手术尚未常规开展。", "尚未常规开展"),
        ("县人民医院设备陈旧、基础差。", "设备陈旧"),
        ("全县仍缺医少药，群众看病难、看病贵的问题亟待缓解。", "缺医少药"),
    ],
)
def test_shortages(text: str, piece: str) -> None:
    assert any(piece in one for _, one in found(text))


@pytest.mark.parametrize(
    "text",
    [
        "专家团队填补了该院介入治疗的空白。",
        "此举有效解决了群众看病难的问题。",
        "两院将破解县域医疗发展的瓶颈。",
        "义诊为困难群众送去健康。",
        "医院要补齐短板，务必抓住机遇。",
        "专家诊治了多例疑难病例。",
        "帮扶专家推动薄弱学科快速发展。",
        "盼望已久的大喜事终于来了。",
    ],
)
def test_what_is_no_need(text: str) -> None:
    assert found(text) == []


def test_whoever_speaks_lacks() -> None:
    text = "青岚县人民医院院长石砚秋坦言，医院人力紧缺。"
    assert found(text, 石砚秋=SMALL) == [(SMALL, "医院人力紧缺")]


def test_a_supporter_that_names_a_shortage_does_not_lack() -> None:
    text = "云岫市第一医院院长卫长风指出，医院发展存在人才匮乏的问题。"
    assert found(text, 卫长风=BIG) == [(SMALL, "医院发展存在人才匮乏的问题")]


def test_asking() -> None:
    text = "石砚秋说，医院病理科人手紧缺，希望市一医院在病理诊断上予以支持，从而提高服务水平。"
    assert found(text, 石砚秋=SMALL) == [(SMALL, "医院病理科人手紧缺"), (SMALL, "希望市一医院在病理诊断上予以支持")]


def test_the_county_asks() -> None:
    text = "县政府副县长水无痕希望市一医院继续选派专家给予指导。"
    assert found(text, 水无痕=OFFICE)[0][0] == OFFICE


def test_hopes_of_the_supporter_and_for_both_are_no_request() -> None:
    assert found("云岫市第一医院希望双方加强合作，共同支持学科发展。") == []
    assert found("卫长风希望该院给予重视和支持。", 卫长风=BIG) == []


def test_the_span_quotes_the_text() -> None:
    text = "会上，石砚秋介绍了情况。县人民医院人才短缺，设备不足。"
    one = needs.find(page(text), parties(text), ())[0]
    span = one.found.spans[0]
    assert text[span.start : span.end] == one.text
    assert one.found.why == ("need.lacking",)


@pytest.mark.parametrize(
    "text",
    [
        "石砚秋说，医院连一台新生儿呼吸机都没有。",
        "县人民医院仅有的一名内镜医师离职，胃肠镜检查被迫停诊。",
        "县人民医院的病理诊断仍要送到两百公里外的市里。",
        "县人民医院的信息系统还是老系统，数据标准不统一。",
        "县人民医院儿科仅4名医生，冬天轮不过来。",
        "县人民医院泌尿外科尚无副高以上职称人员。",
        "县人民医院护理人手紧张，随访系统不能共用。",
        "县人民医院的透析机只有12台，病人排到了夜里一点。",
    ],
)
def test_shortages_in_plain_words(text: str) -> None:
    assert found(text, 石砚秋=SMALL)


@pytest.mark.parametrize(
    "text",
    [
        "专家的诊室外一直排到了走廊尽头。",
        "县人民医院全年外送进修31人，外转率下降9个百分点。",
        "双方工作紧张有序地进行。",
    ],
)
def test_what_only_looks_like_a_shortage(text: str) -> None:
    assert found(text) == []


def test_items_asked_for() -> None:
    text = "关于商请支援的函\n为解燃眉之急，特商请贵院：\n一是选派医师1名驻院半年；\n二是每月安排专家来院手术一次。"
    assert [one for _, one in found(text)] == ["选派医师1名驻院半年", "每月安排专家来院手术一次"]


def test_difficulties_that_are_only_a_topic_are_no_need() -> None:
    assert found("县人民医院院长就医院现状、发展规划及存在的困难等方面作了介绍。") == []


@pytest.mark.parametrize("turn", ["但", "但是", "然而，", "不过，", "同时，", "尤其是"])
def test_a_need_begins_with_its_own_words(turn: str) -> None:
    texts = [one for _, one in found(f"县人民医院已开展常规手术，{turn}新生儿科医师和重症护理人员长期严重短缺。")]
    assert texts
    assert all(one.startswith("新生儿科") for one in texts), texts
