"""Events: what took place, when and where."""

from datetime import date
from time import perf_counter

import pytest

from lianti.contexts.intake.domain.grammar import events
from lianti.contexts.intake.domain.proposals import Event
from lianti.contexts.intake.tests.grammar_stage import SMALL, page, parties


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
        began = perf_counter()
        found(text)
        assert perf_counter() - began < 5


def test_a_surname_is_no_past() -> None:
    one = found("5月16日，青岚县曾书记一行到县人民医院调研。")
    assert [(x.type, x.date) for x in one] == [("visit", "2024-05-16")]


def test_what_a_speaker_mentions_is_no_event() -> None:
    assert found("5月16日，卫长风表示，每一次手术带教都是交流。") == []
