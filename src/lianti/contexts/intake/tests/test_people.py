"""People: where names begin and end, titles and chains of them, institutions, and who is none."""

import pytest

from lianti.contexts.intake.domain.cleaned import Cleaned
from lianti.contexts.intake.domain.grammar import people
from lianti.contexts.intake.domain.grammar.page import Page
from lianti.contexts.intake.domain.known import Known
from lianti.contexts.intake.domain.proposals import Person
from lianti.contexts.intake.tests.grammar_stage import BIG, OFFICE, SMALL, page, parties


def find(text: str, known: Known | None = None) -> tuple[Person, ...]:
    return people.find(page(text), parties(text), known or Known())


def found(text: str) -> list[tuple[str, str]]:
    return [(one.name, one.title) for one in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("副院长石砚秋带领专家前往该院。", [("石砚秋", "副院长")]),
        ("院长王玉表示欢迎。", [("王玉", "院长")]),
        ("主治医师高斌一边查房一边讲解。", [("高斌", "主治医师")]),
        ("妇产科专家张桐带着医生上手术台。", [("张桐", "妇产科专家")]),
        ("党委书记、主任廖砚军出席会议。", [("廖砚军", "党委书记、主任")]),
        (
            "副主任医师：张伟桥、李望、王小五。",
            [("张伟桥", "副主任医师"), ("李望", "副主任医师"), ("王小五", "副主任医师")],
        ),
        ("李国庆教授介绍了经验。", [("李国庆", "教授")]),
        ("在周望舒副院长的带领下，科室成长迅速。", [("周望舒", "副院长")]),
        ("护士长欧阳静怡、医生司马岩参加。", [("欧阳静怡", "护士长"), ("司马岩", "医生")]),
        ("儿科医生阿不都热依木·买买提说，孩子好多了。", [("阿不都热依木·买买提", "儿科医生")]),
        ("援藏医生丹增旺堆留在了县里。", [("丹增旺堆", "援藏医生")]),
        ("次仁卓玛护士长表示感谢。", [("次仁卓玛", "护士长")]),
        ("二级调研员段知行、院长助理易水寒参加座谈。", [("段知行", "二级调研员"), ("易水寒", "院长助理")]),
        ("张建桥（内科主任医师）、李长河（外科医师）到场。", [("张建桥", "内科主任医师"), ("李长河", "外科医师")]),
        ("姓名：王小明 性别：男 职称：副主任医师", [("王小明", "副主任医师")]),
        ("院长 方 明 致欢迎词。", [("方明", "院长")]),
        (
            "骨科张力军、神经外科陈望、心内科林知远到场义诊。",
            [("张力军", "骨科"), ("陈望", "神经外科"), ("林知远", "心内科")],
        ),
        ("刘宏新、郭勇两位医师踏上征程。", [("刘宏新", "医师"), ("郭勇", "医师")]),
        ("我是内科的石晓薇，上个月在贵院进修。", [("石晓薇", "内科")]),
        ("参会人员：韩雪、陈国栋、吴婷婷。", [("韩雪", ""), ("陈国栋", ""), ("吴婷婷", "")]),
        ("滕雁秋是云岫市第一医院产科主任、二级主任医师，从医三十四年。", [("滕雁秋", "产科主任、二级主任医师")]),
        ("云岫市第一医院骆骏胸外科工作站同日落户。", [("骆骏", "胸外科专家")]),
        ("终身教授、省名中医王庆远任顾问。", [("王庆远", "终身教授、省名中医")]),
        ("联系人：医务科 慕容岚", [("慕容岚", "联系人、医务科")]),
        ("石院长（石承业）听了很支持。", [("石承业", "院长")]),
        ("护理部主管护师莫桂枝等8名同志将到高原工作。", [("莫桂枝", "护理部主管护师")]),
        ("医生米良畴、刘雁宏以及王宇于6月10日启程。", [("米良畴", "医生"), ("刘雁宏", "医生"), ("王宇", "医生")]),
        ("副院长骆明远、沈晗及相关职能科室主任参加。", [("骆明远", "副院长"), ("沈晗", "副院长")]),
        ("神经内科主任方宁任联盟学术顾问。", [("方宁", "神经内科主任")]),
        ("新生儿科主任江城、检验科主任程潜出席。", [("江城", "新生儿科主任"), ("程潜", "检验科主任")]),
        ("副院长褚月娥说，早产儿逐年增多。", [("褚月娥", "副院长")]),
        ("脾胃病科主任段敬之，肺病科主任桑梓到场。", [("段敬之", "脾胃病科主任"), ("桑梓", "肺病科主任")]),
        ("局长谷雨坦率地说，人才是种子。", [("谷雨", "局长")]),
        ("康复科主任柳絮当场表示支持。", [("柳絮", "康复科主任")]),
    ],
)
def test_names_and_titles(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "院长高度重视，书记强调要落实。",
        "主任医师带领团队查房，专家和群众交流。",
        "教授团队来了，专家常驻医院，医生查房时讲解。",
        "云岫市第一医院的专家来义诊，每月选派教授来院开展门诊。",
        "在副院长的带领下，医院将借助名中医工作室培养骨干。",
        "患者李大爷说，病好了。患者王女士点头。",
        "本报讯（记者 伍知文 通讯员 何衡远）近日，医院揭牌。",
        "摄影：张三丰 编辑：王大力",
        "学习贯彻习近平总书记重要讲话精神。",
        "麻醉医生和急诊医生全程参与，卫健局局长到场。",
    ],
)
def test_nobody(text: str) -> None:
    assert found(text) == []


def test_reporters_named_by_the_byline_are_left_out() -> None:
    text = "县人民医院院长林知远和主任苏慕白到场。"
    told = people.find(Page(Cleaned(text, reporters=("苏慕白",))), parties(text), Known())
    assert [one.name for one in told] == ["林知远"]


def test_institution_stands_before_the_post_and_holds_for_the_list() -> None:
    told = find("云岫市第一医院党委书记张远桥、副院长毕满江，青岚县人民医院院长徐方亮出席。")
    assert [(one.name, one.title, one.institution) for one in told] == [
        ("张远桥", "党委书记", BIG),
        ("毕满江", "副院长", BIG),
        ("徐方亮", "院长", SMALL),
    ]


def test_the_post_in_the_list_tells_more_than_the_word_behind_a_name() -> None:
    told = find("云岫市第一医院来访，会议由夏友南院长主持。青岚县人民医院党委书记郑峻、院长夏友南参加。")
    assert (told[0].name, told[0].title, told[0].institution) == ("夏友南", "院长", SMALL)


def test_county_heads_belong_to_the_county_government() -> None:
    told = find("青岚县人民医院与云岫市第一医院签约，青岚县人民政府支持。副县长张晓棠参加。")
    assert (told[0].name, told[0].title, told[0].institution) == ("张晓棠", "副县长", OFFICE)


def test_county_government_that_is_not_named_is_made_from_the_county() -> None:
    told = find("青岚县人民医院举行仪式。县委副书记、县长高远山讲话，县委书记丁宁远到场，县政协副主席唐知宋陪同。")
    assert [(one.title, one.institution) for one in told] == [
        ("县委副书记、县长", "青岚县人民政府"),
        ("县委书记", "青岚县委"),
        ("县政协副主席", "青岚县政协"),
    ]


def test_several_posts_keep_their_order() -> None:
    told = find("工会主席、心血管内科主任医师、硕士生导师刘东桥代表医院签字。")
    assert told[0].title == "工会主席、心血管内科主任医师、硕士生导师"


def test_a_name_told_again_is_the_same_person() -> None:
    told = find("青岚县人民医院院长易志山汇报。易志山指出，医院缺医生。易志山院长最后致谢。")
    assert [(one.name, one.title, len(one.found.spans)) for one in told] == [("易志山", "院长", 3)]


def test_heads_are_leaders_and_clinicians_are_not() -> None:
    told = {one.name: one.leader for one in find("副县长张晓棠、主治医师朱砚勃到场。")}
    assert told == {"张晓棠": True, "朱砚勃": False}


def test_a_table_names_people_row_by_row() -> None:
    text = "序号 姓名 科室 职称\n1 陈大勇 骨科 副主任医师\n2 李霞 心内科 主任医师"
    assert found(text) == [("陈大勇", "骨科副主任医师"), ("李霞", "心内科主任医师")]


def test_corrected_titles_are_remembered() -> None:
    told = find("副院长石砚秋到场。", Known(titles=(("副院长", "业务副院长"),)))
    assert told[0].title == "业务副院长"


def test_a_head_who_signs_has_a_part_and_one_who_attends_has_none() -> None:
    text = "青岚县人民医院院长易知秋与云岫市第一医院院长卫长风在协议上签字。副县长张晓棠出席签约仪式。"
    assert {one.name: one.leader for one in find(text)} == {"易知秋": False, "卫长风": False, "张晓棠": True}
