"""Events: what took place, when and where."""

from datetime import date
from time import process_time

import pytest

from lianti.contexts.intake.domain.grammar import events
from lianti.contexts.intake.domain.proposals import Event
from lianti.contexts.intake.tests.grammar_stage import BIG, SMALL, page, parties
from lianti.contexts.intake.tests.patience import PATIENCE


def found(text: str, published: date | None = date(2024, 5, 20), title: str = "") -> list[Event]:
    whole = page(text, published, title)
    return list(events.find(whole, parties(whole.text)))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("5月16日，两院座谈会在县人民医院召开。", "symposium"),
        ("5月16日，双方在县人民医院召开工作推进会。", "symposium"),
        ("5月16日，医联体签约授牌仪式举行。", "signing"),
        ("5月16日，两院签订对口支援协议。", "signing"),
        ("5月16日，专家工作站正式揭牌。", "signing"),
        ("5月16日，云岫市第一医院院长卫长风一行到县人民医院调研。", "visit"),
        ("5月16日，专家们参观了县人民医院的门诊大楼。", "visit"),
        ("5月16日，专家在县人民医院开展大型义诊活动。", "free_clinic"),
        ("5月16日，专家在县人民医院举办学术讲座。", "training"),
        ("5月16日，专家在县人民医院进行教学查房。", "ward_round"),
        ("5月16日，帮扶医疗队启程前往青岚县。", "dispatch"),
        ("5月16日，医疗队抵达县人民医院，开始为期半年的帮扶工作。", "dispatch"),
        ("5月16日，青岚县人民医院举行云岫市第一医院对口帮扶专家欢迎仪式。", "dispatch"),
        ("5月16日上午，云岫市第一医院为第三批援青岚医疗队举行欢送会。", "dispatch"),
        ("5月16日，云岫市第一医院派出的5名专家抵达青岚县人民医院，正式开始为期一年的帮扶。", "dispatch"),
        ("5月16日，云岫市第一医院第二批帮扶专家正式到青岚县人民医院报到上岗。", "dispatch"),
        ("5月16日，云岫市第一医院专家团队进驻青岚县人民医院。", "dispatch"),
        ("5月16日，市一医院与县人民医院医联体签约仪式暨授牌仪式隆重举行。", "signing"),
        ("5月16日，云岫市第一医院青岚分院正式挂牌成立。", "signing"),
        ("5月16日，青岚县人民政府与云岫市第一医院正式签署医疗服务合作框架协议。", "signing"),
        ("5月16日，县人民医院正式成为市一医院专科联盟成员单位，并接受授牌。", "signing"),
        ("5月16日，两院在县人民医院共同为“卫长风名医工作室”揭牌。", "signing"),
        ("5月16日，县人民医院迎来市一医院专家组莅临指导。", "visit"),
        ("5月16日，云岫市卫健委副主任卫长风带队到县人民医院督导对口支援工作。", "visit"),
        ("5月16日，县人民医院党委书记卫长风一行赴云岫市第一医院考察学习。", "visit"),
        ("5月16日，卫长风一行先后参观了门诊大厅、住院部、影像中心。", "visit"),
        ("5月16日，卫长风一行实地查看了医院的急诊科和ICU。", "visit"),
        ("5月16日，双方在县人民医院会议室召开对口帮扶工作座谈会。", "symposium"),
        ("5月16日，双方举行了座谈，就下一步合作进行深入交流。", "symposium"),
        ("5月16日，县人民医院召开医联体工作部署会。", "symposium"),
        ("5月16日，医联体工作推进会议在云岫市召开。", "symposium"),
        ("5月16日，帮扶专家见面会在县人民医院举行。", "symposium"),
        ("5月16日，市一医院专家在柳坝镇开展“送医下乡”活动。", "free_clinic"),
        ("5月16日，“名医走基层”大型义诊活动走进柳坝镇。", "free_clinic"),
        ("5月16日，专家们为群众免费测血压、测血糖，解答健康咨询。", "free_clinic"),
        ("5月16日，专家团队在县人民医院门诊大厅为群众现场诊疗。", "free_clinic"),
        ("5月16日，卫长风教授为县人民医院医务人员作了题为《心衰的规范化治疗》的专题讲座。", "training"),
        ("5月16日，县级医院骨干医师培训班在云岫市开班。", "training"),
        ("5月16日，市一医院专家为乡镇卫生院医务人员进行业务培训。", "training"),
        ("5月16日，卫长风以“急性胸痛的处理”为题进行授课。", "training"),
        ("5月16日，急救技能培训在县人民医院举行。", "training"),
        ("5月16日，心肺复苏培训活动在县人民医院举办。", "training"),
        ("5月16日，市一医院专家在县人民医院开展手术示教。", "training"),
        ("5月16日，卫长风主任带领医护人员查房，并对疑难病例进行讨论。", "ward_round"),
        ("5月16日，专家深入病房开展教学查房和病例讨论。", "ward_round"),
        ("5月16日，专家到内科病区查看病人，指导诊疗。", "ward_round"),
        ("应县人民医院邀请，5月16日上午，市一医院专家组一行6人来到县人民医院指导工作。", "visit"),
        ("5月16日，县人民医院举办市一医院专家工作站启动仪式。", "signing"),
        ("5月16日，云岫市第一医院与青岚县人民医院建立医联体关系，双方举行签字仪式。", "signing"),
        ("5月16日，卫长风接过了医联体单位牌匾。", "signing"),
        ("5月16日，云岫市第一医院帮扶团队圆满完成帮扶任务返程，县人民医院举行欢送仪式。", "dispatch"),
    ],
)
def test_types(text: str, kind: str) -> None:
    assert (kind, "2024-05-16") in [(one.type, one.date) for one in found(text)]


@pytest.mark.parametrize(
    "text",
    [
        "今后，专家将定期到县人民医院义诊、查房。",
        "五年来，专家累计开展义诊20场。",
        "2019年5月，两院签订协议。",
        "专家开展教学查房340余次。",
        "双方将通过教学查房、学术讲座等方式加强合作。",
        "家庭医生签约服务走进千家万户。",
        "自两院签约以来，合作不断加深。",
        "希望市一医院多来青岚举办讲座。",
        "市一医院每周派专家到县人民医院查房、坐诊、讲课。",
        "近三年来，专家开展义诊活动12次，举办讲座30场。",
        "根据协议，市一医院将选派专家到县人民医院坐诊、查房、手术。",
        "卫长风希望双方以签约为契机，加强交流。",
        "通过专家坐诊、教学查房、手术带教等方式，提升了县人民医院的水平。",
        "签约后，市一医院选派专家定期到县人民医院坐诊。",
        "2021年3月，两院签订对口支援协议。自此，两院开启合作。",
        "县人民医院始建于1952年，2015年5月与市一医院签订医联体协议。",
        "据介绍，今年以来，市一医院已派出专家25人次到县人民医院坐诊、查房。",
        "双方约定，每季度召开一次联席会议。",
        "会议要求，要加强培训，要落实查房制度。",
        "今后，两院将开展义诊、培训、座谈等多种形式的合作。",
        "市一医院专家长期在县人民医院坐诊带教。",
        "该院外科在专家带教下开展了新技术。",
        "卫长风表示，医院将积极组织医护人员到市一医院进修培训。",
        "他在县人民医院工作的半年里，手把手带教年轻医生，查房、手术样样不落。",
        "市一医院是一所集医疗、教学、科研、培训于一体的三级甲等医院。",
        "医院先后与多家上级医院签订协议，成为医联体成员单位。",
        "帮扶期间，专家共开展教学查房48次、专题讲座12次。",
        "下一步，市一医院将派出专家到我院开展坐诊、教学查房、学术讲座、手术指导等工作。",
        "专家组对我院的胸痛中心建设提出了意见建议，要求加强培训和查房。",
    ],
)
def test_plans_history_and_totals_are_no_events(text: str) -> None:
    assert found(text) == []


def test_one_ceremony_is_one_event() -> None:
    text = "5月16日，签约仪式在县人民医院举行。仪式上，两院院长签署协议并揭牌。"
    assert [(one.type, one.date, one.place) for one in found(text)] == [("signing", "2024-05-16", SMALL)]


def test_two_days_are_two_events() -> None:
    text = "5月16日，专家在县人民医院查房。5月17日，专家又到县人民医院查房。"
    assert [one.date for one in found(text)] == ["2024-05-16", "2024-05-17"]


def test_the_day_runs_on() -> None:
    text = "5月16日，卫长风一行到县人民医院调研。随后，双方召开座谈会。"
    assert [(one.type, one.date) for one in found(text)] == [("visit", "2024-05-16"), ("symposium", "2024-05-16")]


def test_a_day_after_the_word() -> None:
    assert found("签约仪式于5月16日在县人民医院举行。")[0].date == "2024-05-16"


def test_recently_is_no_day() -> None:
    assert found("近日，两院在县人民医院举行签约仪式。")[0].date == ""


def test_without_a_year() -> None:
    assert found("3月28日，两院举行签约仪式。", None)[0].date == "--03-28"


def test_the_title_lends_its_event_the_storys_day() -> None:
    one = found("5月16日，两院领导齐聚县人民医院。", title="市一医院与县人民医院签约")
    assert [(x.type, x.date) for x in one] == [("signing", "2024-05-16")]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("5月16日，座谈会在县人民医院举行。", SMALL),
        ("5月16日，座谈会在县人民医院五楼会议室举行。", SMALL + "五楼会议室"),
        ("5月16日，青岚县人民医院五楼会议室里，座谈会召开。", SMALL + "五楼会议室"),
        ("5月16日，专家走进柳坝镇卫生院开展义诊。", "柳坝镇卫生院"),
        ("5月16日，两院举行座谈会。", ""),
    ],
)
def test_places(text: str, place: str) -> None:
    assert found(text)[0].place == place or place in found(text)[0].place


def test_the_span_quotes_the_word() -> None:
    text = "5月16日，两院举行座谈会。"
    one = found(text)[0]
    assert text[one.found.spans[0].start : one.found.spans[0].end] == one.word


def test_a_long_text_is_read_in_linear_time() -> None:
    for text in ("一行到" * 60_000, "5月16日，一行到县人民医院调研，" * 10_000):
        began = process_time()
        found(text)
        assert process_time() - began < PATIENCE


def test_a_surname_is_no_past() -> None:
    one = found("5月16日，青岚县曾书记一行到县人民医院调研。")
    assert [(x.type, x.date) for x in one] == [("visit", "2024-05-16")]


def test_what_a_speaker_mentions_is_no_event() -> None:
    assert found("5月16日，卫长风表示，每一次手术带教都是交流。") == []


@pytest.mark.parametrize("text", ["5月16日，县人民医院迎来市一医院专家组莅临指导。", "5月16日，双方实地观摩病房。"])
def test_one_journey_is_one_event(text: str) -> None:
    assert [one.type for one in found(text)] == ["visit"]


def test_a_stay_is_a_dispatch_and_a_short_journey_a_visit() -> None:
    stay = "5月16日，卫长风率8名专家赴青岚县人民医院，开展为期一个月的驻点帮扶。"
    trip = "5月16日至17日，卫长风带队，9名专家赴青岚县人民医院开展对口支援工作。"
    assert [one.type for one in found(stay)] == ["dispatch"]
    assert [one.type for one in found(trip)] == ["visit"]


def test_two_places_on_one_day_are_two_events() -> None:
    text = "5月16日，专家到柳坝镇文化广场开展义诊。下午，专家又来到石溪乡中心小学开展义诊。"
    assert [(one.type, one.place) for one in found(text)] == [
        ("free_clinic", "柳坝镇文化广场"), ("free_clinic", "石溪乡中心小学"),
    ]  # fmt: skip


def test_a_review_of_a_year_counts_only_what_has_a_day() -> None:
    text = "市一医院与县人民医院的骨干签订师徒协议。5月18日，两院续签对口帮扶协议。"
    assert [one.date for one in found(text, title="县人民医院2024年度工作总结")] == ["2024-05-18"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("5月16日，青岚县人民医院举行专家工作站授牌活动。", SMALL),
        ("5月16日，青岚县人民医院骨科专家工作站揭牌。", SMALL),
        ("5月16日，青岚县人民医院迎来3名新专家，欢迎会气氛热烈。", SMALL),
        ("5月16日，市一医院卫长风应邀前往该院指导工作。", SMALL),
        ("5月16日，专家在县人民医院学术报告厅作了专题讲座。", SMALL + "学术报告厅"),
        ("5月16日，市一医院专家深入病房开展教学查房。", SMALL),
        ("5月16日，专家来到青岚县，次日在各科室开展教学查房。", SMALL),
    ],
)
def test_whose_house_it_was(text: str, place: str) -> None:
    assert found(text)[-1].place == place


def test_a_headline_does_not_decide_the_place() -> None:
    one = found("5月16日，协议在云岫宾馆签署。", title="县人民医院举行签约仪式")
    assert [(x.type, x.date, x.place) for x in one] == [("signing", "2024-05-16", "云岫宾馆")]


def test_a_vague_word_behind_the_event_leaves_its_day() -> None:
    text = "5月16日，卫长风一行到县人民医院调研。座谈会上，卫长风听取了近期帮扶工作情况。"
    assert [one.date for one in found(text)] == ["2024-05-16", "2024-05-16"]


def test_what_is_heard_of_a_day_is_told() -> None:
    assert [one.date for one in found("据悉，两院于5月16日在县人民医院签约。")] == ["2024-05-16"]
    assert found("据介绍，两院签约后合作紧密。") == []


def test_meanwhile_is_the_story() -> None:
    text = "5月16日至18日，专家到县人民医院调研。期间，专家查房、义诊、授课。"
    assert {one.type for one in found(text)} == {"visit", "ward_round", "free_clinic", "training"}


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("5月16日，县人民医院在行政楼三楼会议室召开座谈会。", "symposium", SMALL + "行政楼三楼会议室"),
        ("5月16日，座谈会在县人民医院五楼会议室召开。会后，专家开展教学查房。", "ward_round", SMALL),
        ("5月16日，协议在云岫宾馆签署。卫长风一行实地考察了县人民医院新院区。", "visit", SMALL),
        ("5月16日，云岫市第一医院门诊楼前，医疗队出征仪式举行。", "dispatch", BIG),
        ("5月16日，专家在县政府广场开展义诊。", "free_clinic", "县政府广场"),
    ],
)
def test_houses_and_rooms(text: str, kind: str, place: str) -> None:
    assert (kind, place) in [(one.type, one.place) for one in found(text)]


def test_taking_apprentices_is_no_lesson() -> None:
    text = "5月16日，名医工作室揭牌仪式暨带教拜师仪式在县人民医院学术报告厅举行。"
    assert [one.type for one in found(text)] == ["signing"]


def test_many_clinics_are_read_in_linear_time() -> None:
    text = "5月16日，专家到甲镇义诊。" + "".join(f"又来到第{number}村开展义诊。" for number in range(8_000))
    began = process_time()
    found(text)
    assert process_time() - began < PATIENCE


def test_a_days_own_paragraph_counts_in_a_review() -> None:
    text = "5月16日，卫长风一行到县人民医院调研。随后，双方召开座谈会。\n骨干签订师徒协议。"
    assert [one.type for one in found(text, title="组团式帮扶显成效")] == ["visit", "symposium"]
