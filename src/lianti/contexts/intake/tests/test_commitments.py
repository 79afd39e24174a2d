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
