"""Institutions are found under every form of their names, merged, and never taken from everyday words."""

import time

import pytest

from lianti.contexts.intake.domain.cleaned import Cleaned
from lianti.contexts.intake.domain.grammar import institutions
from lianti.contexts.intake.domain.grammar.alike import same
from lianti.contexts.intake.domain.grammar.page import Page
from lianti.contexts.intake.domain.grammar.parties import Parties
from lianti.contexts.intake.domain.grammar.words.regions import only, parent, shorten
from lianti.contexts.intake.domain.known import Known, KnownInstitution
from lianti.contexts.intake.tests.patience import PATIENCE


def read(text: str, title: str = "", known: Known | None = None, medium: str = "") -> Parties:
    """The parties of a text with or without a title."""
    whole = f"{title}\n{text}" if title else text
    return institutions.find(Page(Cleaned(whole, title=title, medium=medium)), known or Known())


def names(text: str, title: str = "") -> list[str]:
    """The names proposed, in the order of the text."""
    return [one.name for one in read(text, title).parties if one.proposed]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("云岫市第一人民医院专家团一行深入青岚县中医医院。", ["云岫市第一人民医院", "青岚县中医医院"]),
        ("来自云岫大学附属华同医院的专家在青岚县人民医院义诊。", ["云岫大学附属华同医院", "青岚县人民医院"]),
        ("应青岚县人民医院邀请，云岫市肿瘤医院副院长前往该院。", ["青岚县人民医院", "云岫市肿瘤医院"]),
        ("青岚县人民医院迎来云岫市妇幼保健院的专家。", ["青岚县人民医院", "云岫市妇幼保健院"]),
        ("云岫市中心医院青岚分院揭牌仪式举行。", ["云岫市中心医院青岚分院"]),
        ("湘雁医科大学第二附属医院沅岭医院开诊。", ["湘雁医科大学第二附属医院沅岭医院"]),
        ("云岫大学肿瘤防治中心与航天中心医院签约。", ["云岫大学肿瘤防治中心", "航天中心医院"]),
        ("对口支援新疆阿图什市人民医院的医疗队启程。", ["新疆阿图什市人民医院"]),
        ("活动由云岫市红十字会主办。", ["云岫市红十字会"]),
        ("义诊在青岚县石门镇中心卫生院举行。", ["青岚县石门镇中心卫生院"]),
        ("和田地区某科室与和平区某街道交流。", []),
        ("天津市和平区卫健委参加。", ["天津市和平区卫健委"]),
        ("内蒙古敖汉旗妇幼保健院来访。", ["内蒙古敖汉旗妇幼保健院"]),
        ("青岚县保家镇中心卫生院参加。", ["青岚县保家镇中心卫生院"]),
        ("运用云岫市中心医院的经验。", ["云岫市中心医院"]),
        ("完善青岚县中医院制度。", ["青岚县中医院"]),
    ],
)
def test_a_name_begins_and_ends_where_it_should(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "phrase",
    [
        "县级医院",
        "上级医院",
        "三甲医院",
        "基层医院",
        "各县人民医院",
        "乡镇卫生院",
        "受援医院",
        "支援医院",
        "国内顶尖三甲医院",
        "大医院",
        "公立医院",
        "成员医院",
        "三级中医医院",
        "贫困县县级中医院",
        "全省三级综合医院",
        "各区县卫生健康局",
        "当地医院",
        "医学专科联盟",
    ],
)
def test_phrases_that_name_nobody(phrase: str) -> None:
    assert names(f"专家说，{phrase}要加强沟通。") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青岚县、桐坞县和澜溪县3所人民医院加入联盟。", ["青岚县人民医院", "桐坞县人民医院", "澜溪县人民医院"]),
        ("云岫市中医院、人民医院分别派出专家。", ["云岫市中医院", "云岫市人民医院"]),
        ("青海省海南州、果洛州人民医院参加。", ["青海省海南州人民医院", "果洛州人民医院"]),
        ("云岫大学与青岚、桐坞两县的中医院签约。", ["云岫大学", "青岚县中医院", "桐坞县中医院"]),
        ("帮扶青岚、桐坞、澜溪三县人民医院。", ["青岚县人民医院", "桐坞县人民医院", "澜溪县人民医院"]),
        ("青岚县卫健局、妇幼保健院负责人参加。", ["青岚县卫健局", "青岚县妇幼保健院"]),
    ],
)
def test_lists_share_what_they_say_once(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "full", "alias"),
    [
        ("通江县人民医院与云岫市医院签约，县人民医院院长讲话。", "通江县人民医院", "县人民医院"),
        ("湘雁医科大学第二附属医院来访，湘雁二附院院长讲话。", "湘雁医科大学第二附属医院", "湘雁二附院"),
        ("湖南医药学院第一附属医院来访，湖医附一将给予帮助。", "湖南医药学院第一附属医院", "湖医附一"),
        ("华序大学齐安医院来访，齐安医院院长讲话。", "华序大学齐安医院", "齐安医院"),
        ("滨洲省第三人民医院来访，省三院院长讲话。", "滨洲省第三人民医院", "省三院"),
        ("青岚县中医医院来访，青岚县中医院院长讲话。", "青岚县中医医院", "青岚县中医院"),
        ("青岚县卫生健康局来访，县卫健局局长讲话。", "青岚县卫生健康局", "县卫健局"),
        (
            "云岫大学附属医院青岚分院（以下简称“青岚分院”）开诊，青岚分院院长讲话。",
            "云岫大学附属医院青岚分院",
            "青岚分院",
        ),
        ("云岫医院（青岚县第二人民医院）开诊。", "云岫医院", "青岚县第二人民医院"),
    ],
)
def test_all_names_of_one_are_one(text: str, full: str, alias: str) -> None:
    parties = read(text)
    party = parties.named(full)
    assert party is not None
    assert party.name == full
    assert alias in party.aliases
    assert parties.named(alias) is party


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("河川区医院", "河川区第二人民医院"),
        ("青岚县医院", "青岚县中医院"),
        ("山东省聊城市人民医院", "山东省聊城市高唐县人民医院"),
        ("云岫市人民医院", "云岫市第一人民医院"),
        ("云岫大学附属医院", "云岫大学附属医院青岚医院"),
        ("青岚县人民医院", "桐坞县人民医院"),
    ],
)
def test_names_that_are_two(one: str, other: str) -> None:
    assert not same(one, other)
    assert not same(other, one)


def test_places_left_out_are_filled_in_from_the_text() -> None:
    text = "28日，县人民医院与市卫健委座谈，青岚县副县长参加。云岫市领导出席。青岚县卫生院很多。"
    found = [one.name for one in read(text).parties]
    assert "青岚县人民医院" in found or "县人民医院" in found
    assert names("通江县副县长到会。县人民政府感谢省人民医院。", "通江县人民医院签约")[0] == "通江县人民医院"


def test_a_government_is_named_in_full() -> None:
    assert names("开会。云岫市政府与云岫市中心医院签约。") == ["云岫市人民政府", "云岫市中心医院"]


def test_our_own_hospital() -> None:
    unnamed = read("我院与青岚县人民医院签约。我院院长讲话。")
    us = unnamed.named("我院")
    assert us is not None
    assert us.ourselves
    assert [one.pointing for one in unnamed.mentions if one.party is us] == [True, True]
    told = read("我院与青岚县人民医院签约。", known=Known(ourselves="云岫市中心医院"))
    assert told.named("云岫市中心医院") is not None
    signed = read("我院向贵院致谢。\n青岚县人民医院\n2024年5月1日")
    assert [one.name for one in signed.parties] == ["青岚县人民医院"]
    published = read("我院派出专家。云岫市中心医院院长讲话。", medium="云岫市中心医院")
    assert [one.name for one in published.parties] == ["云岫市中心医院"]


def test_our_hospital_in_somebodys_words() -> None:
    found = read("青岚县人民医院院长说：“我院缺少专家。”")
    assert [one.name for one in found.parties] == ["青岚县人民医院"]


def test_that_hospital_is_not_the_subject() -> None:
    found = read("应青岚县人民医院邀请，云岫市肿瘤医院专家前往该院交流。")
    assert next(one for one in found.mentions if one.pointing).party.name == "青岚县人民医院"


def test_the_registry_wins() -> None:
    known = Known(
        (
            KnownInstitution("i-1", "青岚县人民医院", ("青岚总院",), "云岫市"),
            KnownInstitution("i-2", "云岫大学附属第一医院", ("云大一院",)),
        )
    )
    found = read("青岚县人民医院与云大一院签约。", known=known)
    assert [(one.name, one.reference) for one in found.parties] == [
        ("青岚县人民医院", "i-1"),
        ("云岫大学附属第一医院", "i-2"),
    ]
    assert "云大一院" in found.parties[1].aliases


def test_named_only_by_the_way() -> None:
    assert names("张三毕业于云岫医科大学。他任云岫省医学会委员。青岚县人民医院欢迎他。") == ["青岚县人民医院"]


def test_mentions_by_place() -> None:
    found = read("青岚县人民医院与云岫市中心医院签约。")
    assert [one.party.name for one in found.within(0, 9)] == ["青岚县人民医院", "云岫市中心医院"]
    assert found.before(0) is not None
    assert Parties().before(3) is None


def test_regions() -> None:
    assert shorten("通道侗族自治县") == "通道"
    assert shorten("内蒙古自治区") == "内蒙古"
    county = only("盐池县")
    assert county is not None
    above = parent(county, "province")
    assert above is not None
    assert above.name == "宁夏回族自治区"


def test_any_text_in_linear_time() -> None:
    began = time.process_time()
    for text in ("医院" * 40000, "县人民医院、" * 12000, "青" * 80000, "我院该院" * 20000):
        read(text)
    assert time.process_time() - began < PATIENCE


def test_verbs_before_a_level_are_no_place() -> None:
    text = "青岚县人民医院与桐坞州人民医院座谈，会议宣布解放军总医院加入，充分发挥州人民医院优势，给予县医院支持。"
    assert names(text) == ["青岚县人民医院", "桐坞州人民医院", "解放军总医院"]
    assert names("火箭军特色医学中心三位专家进驻青岚县人民医院。") == ["火箭军特色医学中心", "青岚县人民医院"]


def test_ourselves_who_help_are_the_highest_named() -> None:
    text = "为提高我院对口帮扶的两县医疗水平，10日，云岫市中心医院调研组来到青岚县人民医院和桐坞县第二人民医院。"
    found = read(text)
    assert "我院" in next(one for one in found.parties if one.name == "云岫市中心医院").aliases
    assert "我院" in [one.name for one in read("我院与青岚县人民医院签约，我院将派出专家到桐坞市医院。").parties]


def test_words_said_belong_to_the_speaker_named_behind() -> None:
    text = "云岫市医院工作站落户青岚县妇幼保健院。\n“我们院产科副高只有1人。”青岚县妇幼保健院院长向某说。"
    found = read(text)
    assert [one.name for one in found.parties] == ["云岫市医院", "青岚县妇幼保健院"]
    assert next(one for one in found.mentions if one.pointing).party.name == "青岚县妇幼保健院"


def test_a_branch_opened_in_another_hospital_is_that_hospital() -> None:
    text = "1日，黔秀大学附属医院云岫分院揭牌仪式在云岫市第三人民医院举行。黔秀大学附属医院院长出席。"
    assert sorted(names(text)) == ["云岫市第三人民医院", "黔秀大学附属医院"]
    assert names("青岚医疗中心（集团）主任发言。") == ["青岚医疗中心（集团）"]


def test_a_town_in_brackets_is_part_of_the_name() -> None:
    text = "云岫大学华同医院（青岛）与青岚县中医院签约。青岚县中医院向华同医院（青岛）学习，患者（青岛）很多。"
    found = [one for one in read(text).parties if one.proposed]
    assert [one.name for one in found] == ["云岫大学华同医院（青岛）", "青岚县中医院"]
    assert found[0].aliases == ["华同医院（青岛）"]


def test_a_second_name_in_brackets_is_an_alias() -> None:
    found = read("云岫大学附属第一医院（云岫省立医院）与青岚县医院签约。云岫省立医院院长出席。").parties
    assert [one.name for one in found if one.proposed] == ["云岫大学附属第一医院", "青岚县医院"]
