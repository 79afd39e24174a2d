"""Days: what is written, and the year, month or day taken from around it."""

from datetime import date

import pytest

from lianti.contexts.intake.domain.cleaned import Cleaned
from lianti.contexts.intake.domain.grammar import days
from lianti.contexts.intake.domain.grammar.numerals import whole
from lianti.contexts.intake.domain.grammar.page import Page


def isos(text: str, published: date | None = date(2022, 8, 28)) -> list[str]:
    return [one.iso for one in days.find(Page(Cleaned(text, published=published))).days]


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", 12), ("十二", 12), ("二十", 20), ("一百零一", 101), ("两千", 2000), ("七", 7), ("甲", 0), ("", 0)],
)
def test_whole_numbers(text: str, value: int) -> None:
    assert whole(text) == value


def test_years_are_read_digit_by_digit() -> None:
    assert whole("二〇二二", digits=True) == 2022


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2022年8月26日，协议签署。", "2022-08-26"),
        ("2022 年 8 月 26 日，协议签署。", "2022-08-26"),
        ("二〇二二年八月二十六日，协议签署。", "2022-08-26"),
        ("2022-08-26 协议签署", "2022-08-26"),
        ("2022.8.26 协议签署", "2022-08-26"),
        ("8月26日下午，协议签署。", "2022-08-26"),
        ("8月26号，协议签署。", "2022-08-26"),
        ("12月3日，协议签署。", "2021-12-03"),
        ("8.26，协议签署", "2022-08-26"),
        ("26日，协议签署。", "2022-08-26"),
        ("30日，协议签署。", "2022-07-30"),
        ("今日，专家到院。", "2022-08-28"),
        ("今天上午，专家到院。", "2022-08-28"),
        ("昨日，专家到院。", "2022-08-27"),
        ("今年6月18日，专家到院。", "2022-06-18"),
        ("去年12月18日，专家到院。", "2021-12-18"),
        ("6月16日至18日，专家到院。", "2022-06-16"),
        ("6月16-18日，专家到院。", "2022-06-16"),
        ("6月30日至7月2日，专家到院。", "2022-06-30"),
        ("上周五，专家到院。", "2022-08-19"),
        ("近日，专家到院。", ""),
        ("8月26、27日，专家到院。", "2022-08-26"),
        ("本月26日，专家到院。", "2022-08-26"),
        ("上月26日，专家到院。", "2022-07-26"),
        ("上周末，专家到院。", "2022-08-20"),
        ("2019年5月，两院结对。", ""),
        ("2019年初，两院结对。", ""),
    ],
)
def test_one_day(text: str, iso: str) -> None:
    assert isos(text) == [iso]


@pytest.mark.parametrize(
    "text", ["床位使用率8.26%", "投入3.5亿元", "面积1.2万平方米", "第26日龄", "13月45日，", "2月30日，", "住院日12.5天"]
)
def test_what_is_no_day(text: str) -> None:
    assert [iso for iso in isos(text) if iso] == []


def test_without_a_page_date_the_year_is_left_open() -> None:
    assert isos("3月28日，两院签约。", None) == ["--03-28"]


def test_without_a_page_date_a_full_date_gives_the_year() -> None:
    assert isos("2021年3月28日，两院签约。3月29日，专家查房。", None) == ["2021-03-28", "2021-03-29"]


def test_an_anniversary_gives_the_year() -> None:
    assert isos("6月30日下午，座谈会召开，次日便是中国共产党成立101周年纪念日。", None) == ["2022-06-30", "2022-07-01"]
    assert isos("9月28日，为庆祝新中国成立七十周年，义诊举行。", None) == ["2019-09-28"]


def test_a_bare_day_takes_the_month_before_it() -> None:
    assert isos("6月16日，专家到院。17日，专家查房。") == ["2022-06-16", "2022-06-17"]


def test_the_same_day_and_the_next() -> None:
    assert isos("6月16日，专家到院。当天，专家查房。第二天，专家义诊。") == ["2022-06-16", "2022-06-16", "2022-06-17"]


def test_a_date_of_another_year_does_not_lend_its_year() -> None:
    assert isos("2019年5月6日，两院结对。8月20日，专家到院。") == ["2019-05-06", "2022-08-20"]


def test_spans_carry_year_and_month() -> None:
    day = days.find(Page(Cleaned("2019年5月，两院结对。"))).days[0]
    assert (day.year, day.month, day.said) == (2019, 5, "span")


def test_days_by_place() -> None:
    text = "6月16日，专家到院。17日，专家查房。"
    calendar = days.find(Page(Cleaned(text, published=date(2022, 6, 20))))
    assert [one.iso for one in calendar.within(0, 5)] == ["2022-06-16"]
    assert calendar.before(len(text)).iso == "2022-06-17"
    assert calendar.before(-1) is None


def test_a_month_alone_helps_a_bare_day() -> None:
    assert isos("5月的山城，春光正好。16日上午，专家到院。", None) == ["", "--05-16"]


def test_the_title_gives_the_year() -> None:
    text = "两院2023年第四季度例会纪要\n12月6日，例会召开。"
    page = Page(Cleaned(text, title=text.split("\n", maxsplit=1)[0]))
    assert [one.iso for one in days.find(page).days if one.iso] == ["2023-12-06"]
