"""Publicity: medium and level of a news item."""

from datetime import date

import pytest

from lianti.contexts.intake.domain.grammar import publicity
from lianti.contexts.intake.tests.grammar_stage import page


@pytest.mark.parametrize(
    ("medium", "level"),
    [
        ("人民日报", "national"),
        ("新华社", "national"),
        ("健康报", "national"),
        ("红网", "provincial"),
        ("云南日报", "provincial"),
        ("某某卫视", "provincial"),
        ("云岫日报", "municipal"),
        ("云岫市电视台", "municipal"),
        ("云上青岚", "county"),
        ("青岚县融媒体中心", "county"),
        ("云岫市第一医院", "institution"),
        ("江苏省某某医院", "institution"),
        ("云岫市第一医院官网", "institution"),
        ("党委宣传部", "institution"),
        ("医务部", "institution"),
        ("云岫市融媒体中心", "municipal"),
        ("秀山网", "county"),
        ("今日房县网", "county"),
        ("今日头条", "national"),
        ("四川新闻网", "provincial"),
        ("衢州发布", "municipal"),
        ("开化县融媒体中心", "county"),
        ("中新网甘肃", "national"),
        ("东南网", "provincial"),
        ("小道消息", ""),
    ],
)
def test_how_far_a_medium_reaches(medium: str, level: str) -> None:
    assert publicity.level(medium) == level


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("云上青岚报道（全媒体记者 某某）3月28日，两院签约。", "云上青岚"),
        ("新青岚客户端7月25日讯（记者 某某）两院签约。", "新青岚客户端"),
        ("本报讯 11月10日，两院签约。", "本报"),
        ("健康报4月3日讯 两院签约。", "健康报"),
    ],
)
def test_the_dateline_names_the_medium(text: str, medium: str) -> None:
    found = publicity.find(page(text))
    assert found is not None
    assert found.medium == medium
    assert found.found.spans[0].start == 0


def test_the_page_names_the_medium() -> None:
    found = publicity.find(page("3月28日，两院签约。", date(2024, 3, 29), "两院签约", "云岫日报"))
    assert found is not None
    assert (found.medium, found.level, found.date, found.title) == ("云岫日报", "municipal", "2024-03-29", "两院签约")


def test_no_medium_no_news() -> None:
    assert publicity.find(page("3月28日，两院签约。")) is None


@pytest.mark.parametrize("said", ["2024-03-29", "2024年3月29日", "本站原创", "000014349/2024-00021", "未知"])
def test_what_is_no_medium(said: str) -> None:
    assert publicity.find(page("3月28日，两院签约。", medium=said)) is None


def test_what_stands_behind_a_medium_goes() -> None:
    found = publicity.find(page("3月28日，两院签约。", medium="青岚县融媒体中心主办"))
    assert found is not None
    assert found.medium == "青岚县融媒体中心"
