"""Figures: numbers with what they count, and numbers that count nothing."""

import pytest

from lianti.contexts.intake.domain.grammar import figures
from lianti.contexts.intake.tests.grammar_stage import page


def found(text: str) -> dict[str, str]:
    return {one.label: one.value for one in figures.find(page(text))}


@pytest.mark.parametrize(
    ("text", "word", "value"),
    [
        ("开展床旁教学查房340余次。", "教学查房", "340+"),
        ("先后举办业务培训三十二场。", "业务培训", "32"),
        ("培训基层医务人员3100余人次。", "人次", "3100+"),
        ("全年诊疗患者11.45万人次。", "人次", "114500"),
        ("10名本土医生已能独立操作。", "本土医生", "10"),
        ("锦旗送到三名支援医生手中。", "支援医生", "3"),
        ("已有4批次15位专家接力帮扶。", "专家", "15"),
        ("合作期为五年。", "年", "5"),
        ("双方合作期限为10年。", "年", "10"),
        ("医院一行12人到会。", "人", "12"),
        ("开展血流动力学监测等64项新技术。", "新技术", "64"),
        ("投入专项资金200多万元。", "资金", "2000000+"),
        ("县域外转率下降9.2个百分点。", "外转率", "9.2"),
        ("门诊量同比增长15%。", "门诊量", "15%"),
        ("包虫病患病率高达百分之二点三。", "患病率", "2.3%"),
        ("行程一万二千公里。", "行程", "12000"),
        ("义诊当天接待群众2000余人。", "群众", "2000+"),
        ("参会医院18家，90余人参加培训。", "参会医院", "18"),
        ("两院启动为期半年的轮转帮扶。", "年", "0.5"),
        ("每批派出3-5名专家。", "专家", "3-5"),
        ("支持建设胸痛、卒中、创伤等五大中心。", "中心", "5"),
        ("手术53,000例。", "手术", "53000"),
        ("16家乡镇卫生院加入医联体。", "卫生院", "16"),
    ],
)
def test_counts(text: str, word: str, value: str) -> None:
    assert any(word in label and value == one for label, one in found(text).items()), found(text)


@pytest.mark.parametrize(
    "text",
    [
        "2024年3月28日上午9点30分，会议开始。",
        "三月二十日下午三时，座谈会召开。",
        "第三届第二次会议在五楼会议室召开。",
        "医院是三级甲等综合医院，已创二甲多年。",
        "“十四五”期间，推进千县工程。",
        "咨询电话0571-88888888。",
        "患者今年67岁。",
        "两院签约，双方一致同意。",
        "他提出三点要求，强调四个方面。",
        "坚持五位一体，一院一策。",
        "专家组到二台镇巡诊。",
        "该项目一期工程已动工。",
        "这是一家综合医院，也是一名医生的家。",
        "文件〔2023〕12号。",
    ],
)
def test_numbers_that_count_nothing(text: str) -> None:
    assert found(text) == {}


def test_a_figure_points_to_its_place() -> None:
    text = "会上，5名专家受聘。"
    (one,) = figures.find(page(text))
    span = one.found.spans[0]
    assert text[span.start : span.end] == "5名"
    assert one.unit == "名"


def test_the_same_figure_is_told_once() -> None:
    assert len(figures.find(page("选派12名医生。这12名医生昨天到岗。"))) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("圆满完成了为期三周的巡回医疗工作。", ("巡回医疗(周数)", "3")),
        ("副院长系统回顾了医院连续九年援藏的历程。", ("援藏(年数)", "9")),
        ("新禾集团向县中医院捐赠50万元。", ("捐赠金额(元)", "500000")),
        ("科室负责人及部分临床科室主任80余人参加了会议。", ("参会人数", "80+")),
        ("联合11家乡镇卫生院组建医联体。", ("乡镇卫生院(家)", "11")),
        ("合计床位数超过12000张。", ("床位数", "12000")),
        ("每周派一名儿科主任医师坐诊。", ("儿科主任医师(名)", "1")),
        ("会做图的护士只有两个，轮不开。", ("护士(个)", "2")),
    ],
)
def test_labels_are_short_nouns(text: str, expected: tuple[str, str]) -> None:
    assert [(one.label, one.value) for one in figures.find(page(text))] == [expected]


@pytest.mark.parametrize("text", ["两位书记还交流了经验。", "三家单位组成紧密的医联体。", "监测模块坏了半年没人修。"])
def test_a_few_told_of_before_are_no_figures(text: str) -> None:
    assert figures.find(page(text)) == ()
