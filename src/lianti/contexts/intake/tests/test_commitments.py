"""Commitments: who promises whom what."""

import pytest

from lianti.contexts.intake.domain.grammar import commitments
from lianti.contexts.intake.domain.proposals import Commitment
from lianti.contexts.intake.tests.grammar_stage import BIG, OFFICE, SMALL, page, parties, people


def found(text: str, **institutions: str) -> list[Commitment]:
    return list(commitments.find(page(text), parties(text), people(text, **institutions)))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("云岫市第一医院将派驻5名专家到县人民医院坐诊。", "dispatch"),
        ("云岫市第一医院将免费接收县人民医院医师进修。", "training"),
        ("今后，县人民医院的病人转往市一医院可走绿色通道。", "referral"),
        ("市一医院将为县人民医院开通远程会诊。", "remote"),
        ("市一医院将向县人民医院捐赠一批设备。", "equipment"),
        ("市一医院将帮助县人民医院建设重点专科。", "discipline"),
        ("市一医院将与县人民医院共享科研平台，联合申报课题。", "research"),
        ("市一医院将通过人才培养、专家派驻、科研合作等方式，给予县人民医院最大的帮助。", "support"),
        ("县政府将在资金和政策上给予全力保障。", "policy"),
        ("市一医院将不定期到县人民医院开展义诊活动。", "outreach"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert [one.kind for one in found(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "仪式将于5月20日举行。",
        "专家将鲜花送到患者手中。",
        "此次合作将有效提升群众的就医体验。",
        "县人民医院要珍惜机会，主动学习，务必把先进经验学到手。",
        "帮扶以来，专家每周到县人民医院坐诊，累计接诊两千余人次。",
        "双方就今后如何合作进行了交流。",
        "希望双方将合作落到实处。",
    ],
)
def test_what_is_no_promise(text: str) -> None:
    assert found(text) == []


def test_giver_and_receiver_are_named() -> None:
    one = found("卫长风表示，市一医院将选派骨干支援县人民医院。", 卫长风=BIG)[0]
    assert (one.giver, one.receiver) == (BIG, SMALL)
    assert one.text == "选派骨干支援县人民医院"


def test_the_speakers_institution_gives() -> None:
    one = found("卫长风表示，将全力支持学科建设。", 卫长风=BIG)[0]
    assert (one.giver, one.receiver) == (BIG, SMALL)


def test_the_receiving_side_promises_too() -> None:
    one = found("石砚秋表示，医院将全力配合专家组工作。", 石砚秋=SMALL)[0]
    assert (one.giver, one.receiver) == (SMALL, BIG)


def test_both_sides_means_the_supporter() -> None:
    one = found("下一步，双方将在学科建设上深入合作。")[0]
    assert (one.giver, one.receiver) == (BIG, SMALL)


def test_the_county_gives() -> None:
    one = found("县政府将为县人民医院落实专项经费。")[0]
    assert (one.giver, one.receiver, one.kind) == (OFFICE, SMALL, "policy")


def test_several_promises_are_parted() -> None:
    texts = [one.text for one in found("市一医院将派驻专家到县人民医院坐诊，并接收县人民医院医师进修学习。")]
    assert texts == ["派驻专家到县人民医院坐诊", "接收县人民医院医师进修学习"]


def test_an_enumeration_goes_on() -> None:
    text = "根据协议，市一医院将做三件事：一是派驻专家坐诊；二是接收骨干医师进修；三是开通转诊绿色通道。"
    assert [one.kind for one in found(text)] == ["dispatch", "training", "referral"]


def test_slogans_at_the_end_are_left_out() -> None:
    one = found("市一医院将选派专家到县人民医院带教，让群众在家门口看上好医生。")[0]
    assert one.text.endswith("带教")


def test_what_a_supporter_offers_without_future_words() -> None:
    text = "卫长风表示，市一医院重点实施帮扶工程，选派专家团队到县人民医院坐诊；建立转诊绿色通道，方便患者就医。"
    assert [one.kind for one in found(text, 卫长风=BIG)] == ["dispatch", "referral"]


def test_long_promises_are_cut() -> None:
    text = "市一医院将" + "，".join(["为县人民医院提供检验、影像和病理诊断支持"] * 12) + "。"
    assert all(len(one.text) <= commitments.LONGEST for one in found(text))


def test_the_span_quotes_the_text() -> None:
    text = "会上，双方交流。下一步，市一医院将选派专家到县人民医院坐诊。"
    one = found(text)[0]
    assert text[one.found.spans[0].start : one.found.spans[0].end] == one.text


def test_what_goes_to_the_subject_comes_from_the_other_side() -> None:
    one = found("县人民医院方面介绍，会在人才培养、技术支持等方面给予县人民医院精准支援。")[0]
    assert (one.giver, one.receiver) == (BIG, SMALL)


def test_an_authority_that_is_only_cited_receives_nothing() -> None:
    one = found("市一医院将落实县政府的部署，把专家资源下沉到县人民医院。")[0]
    assert one.receiver == SMALL


@pytest.mark.parametrize(
    "text",
    [
        "市一医院计划三年内帮助县人民医院建成两个市级重点专科。",
        "市一医院拟在县人民医院设立专家工作站。",
        "到2027年，市一医院将帮助县人民医院创成三级乙等医院。",
        "卫长风打算用半年时间教会县人民医院三名医生做穿刺。",
        "卫长风当场答应送县人民医院一台肺功能仪。",
        "市一医院力争年内在县人民医院办成卒中门诊。",
        "双方一致同意在肿瘤、血液等专科开展深度合作。",
        "市一医院无偿为县人民医院提供技术指导。",
        "县人民医院可通过绿色通道把患者转至市一医院。",
        "医联体成立后，双方将实现双向转诊、远程会诊、检查结果互认。",
        "此次来的三名专家将在县人民医院开展为期半年的帮扶工作。",
        "专家离开以后，两家医院的远程指导不断线。",
        "此次合作是盼望已久的大喜事，县政府将在编制、用地上给予全力保障。",
        "县里正在研究康复病床的付费办法，预计二季度出台。",
        "此次选派的5名骨干将在县人民医院开展为期6个月的支援工作。",
        "卫长风希望双方加强沟通，同时表示，医院将派出最好的专家前来坐诊。",
        "按照上级要求，医院将选派专家赴县人民医院坐诊。",
        "石砚秋表态，医院一定珍惜这次机会，虚心学习。",
    ],
)
def test_ways_to_promise(text: str) -> None:
    assert found(text, 卫长风=BIG, 石砚秋=SMALL)


@pytest.mark.parametrize(
    "text",
    [
        "专家将支架送入血管，患者转危为安。",
        "县人民医院成为医联体成员单位，将有力提升县域医疗服务水平。",
        "下一步如何提升基层能力，是摆在面前的课题。",
        "现将有关工作总结如下。",
        "仪式上，卫长风将牌匾授予县人民医院。",
        "专家们的承诺书签订仪式同时举行。",
        "学员将在这里接受为期两个月的培训。",
        "请各单位将问题报联系人汇总。",
        "县人民医院计划生育工作取得新成效。",
        "卫长风强调，各科室要在生活上关心专家，把帮扶效果作为检验标准，计划用三个月完成。",
    ],
)
def test_what_only_looks_like_a_promise(text: str) -> None:
    assert found(text, 卫长风=BIG) == []


def test_a_promise_ends_where_what_is_done_begins() -> None:
    texts = [one.text for one in found("市一医院将派出管理和技术团队常驻，第一批6人已于9月1日到岗。")]
    assert texts == ["派出管理和技术团队常驻"]


def test_minutes_bind_without_words_of_the_future() -> None:
    text = (
        "现将会议议定事项纪要如下：\n一、关于人员选派。2024年由市一医院向县人民医院选派5人。\n"
        "二、关于培训。县人民医院反映，设备不足。培训费由市一医院承担。"
    )
    assert [(one.giver, one.text) for one in found(text)] == [
        (BIG, "2024年由市一医院向县人民医院选派5人"),
        (BIG, "培训费由市一医院承担"),
    ]


def test_items_after_a_head() -> None:
    text = "除了看病，还要完成三件事：一是帮助县人民医院建立质控制度；二是组织骨科开展创伤演练；三是修订药物管理细则。"
    assert [one.kind for one in found(text)] == ["management", "training", "management"]


def test_what_is_asked_for_is_no_promise() -> None:
    text = "特商请贵院：\n一是选派医师1名驻院半年；\n二是每月安排专家来院手术一次。"
    assert found(text) == []


def test_a_semicolon_carries_the_giver_on() -> None:
    text = "2022年，市一医院将继续选派15名队员；争取资金为县人民医院建设制氧站；安排当地医生前来进修。"
    assert [one.giver for one in found(text)] == [BIG, BIG, BIG]


def test_what_only_a_supporter_gives_comes_from_it() -> None:
    one = found("下一步，要在县人民医院设立专家工作室，并派驻检验骨干。")[0]
    assert (one.giver, one.receiver) == (BIG, SMALL)


def test_the_person_named_first_gives() -> None:
    one = found("石砚秋介绍了情况。卫长风当场答应送县人民医院一台肺功能仪。", 石砚秋=SMALL, 卫长风=BIG)[0]
    assert (one.giver, one.receiver, one.kind) == (BIG, SMALL, "equipment")


def test_help_for_the_helpers_goes_to_the_supporter() -> None:
    one = found("县政府将为帮扶专家修缮公寓，并落实生活补助。")[0]
    assert (one.giver, one.receiver) == (OFFICE, BIG)


def test_the_sides_of_an_agreement() -> None:
    text = (
        "甲方：青岚县人民政府\n乙方：云岫市第一医院\n达成如下协议：\n第一条 乙方每年接收进修人员20名。\n"
        "第二条 甲方每年安排合作专项经费500万元。"
    )
    assert [one.giver for one in found(text)] == [BIG, OFFICE]


def test_sides_named_in_brackets() -> None:
    text = "青岚县人民政府（以下简称甲方）与云岫市第一医院（以下简称乙方）达成协议如下：\n一、乙方负责选派专家坐诊。"
    assert [one.giver for one in found(text)] == [BIG]


def test_behind_a_semicolon_the_giver_goes_on_whoever_is_helped() -> None:
    told = "根据协议，市一医院将每季度选派专家坐诊；每年接收县人民医院医师10名进修；开通双向转诊绿色通道。"
    assert {one.giver for one in found(told)} == {BIG}
    assert found(told + "县人民医院将全力做好服务保障工作。")[-1].giver == SMALL


def test_a_next_step_that_is_only_talked_about_is_no_promise() -> None:
    assert found("会上，双方还讨论了下一步安排。") == []


def test_what_is_reported_of_plans_is_no_promise() -> None:
    assert found("县人民医院院长详细汇报了县情、院情及下一步主攻方向。") == []
