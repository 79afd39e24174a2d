"""Days of a text: what is written, with the year, month or day that the text leaves out taken from around it."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from lianti.contexts.intake.domain.grammar.numerals import whole
from lianti.contexts.intake.domain.grammar.page import Page

_D = r"[0-9〇零一二三四五六七八九十]"
_UPTO = (
    r"(?:\s{0,2}(?:日|号)?\s{0,2}(?:[-—–~～至到]{1,2}|及|和|、)\s{0,2}"
    r"(?:[0-9一二三四五六七八九十]{1,2}月)?[0-9一二三四五六七八九十]{1,3}(?=日|号))?"
)
WRITTEN = re.compile(
    rf"(?P<year>[12][0-9]{{3}}|[〇零一二三四五六七八九]{{4}}|[今去前]|同)\s{{0,2}}年\s{{0,2}}(?P<month>{_D}{{1,2}})\s{{0,2}}月\s{{0,2}}(?P<day>{_D}{{1,3}}){_UPTO}\s{{0,2}}[日号]"
    r"|(?P<year2>(?:19|20)[0-9]{2})[-/.．](?P<month2>[0-9]{1,2})[-/.．](?P<day2>[0-9]{1,2})(?![0-9.])"
    rf"|(?<![0-9])(?P<month3>{_D}{{1,2}})\s{{0,2}}月\s{{0,2}}(?P<day3>{_D}{{1,3}}){_UPTO}\s{{0,2}}[日号]"
    r"|(?<![0-9.．:：/-])(?P<month4>1[0-2]|[1-9])[.．](?P<day4>[12][0-9]|3[01]|[1-9])(?![0-9.．%％万亿米元个例次倍]|\s{0,2}[%％℃])(?=上午|下午|当天|日|[，,]|\s{0,2}讯)"
    rf"|(?<![0-9月年第])(?P<day5>[12][0-9]|3[01]|[1-9]){_UPTO}日(?=[，,。、（(讯电上下早晚中当至]|\s|我|在|起|举|召|到|，)"
    r"|(?P<said>今日|今天|今晨|今早|今晚|昨日|昨天|昨晚|前天|前日|当天|当日|同日|同一天|次日|翌日|第二天|隔天)"
    r"|(?P<near>上|本|当)个?月(?P<day8>[12][0-9]|3[01]|[1-9])[日号]"
    r"|(?P<week>上|本|这)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末])(?![年个次期例到至])"
    r"|(?P<vague>日前|近日|近期|不久前|前不久|前段时间|连日来|最近)"
    r"|(?P<year6>[12][0-9]{3}|[今去前])年(?P<month6>[0-9]{1,2}|[一二三四五六七八九十]{1,2})?(?P<part6>月[份初中底末]?|[初底末])?"
    r"|(?<![0-9.年第个一二三四五六七八九十余])(?P<month7>1[0-2]|[1-9]|十[一二]?|[二三四五六七八九])月(?:份|初|中旬|上旬|下旬|底|末)?(?=[，,的起以、至到])"
)
FOUNDED = (
    (
        re.compile(
            r"(?:建党|中国共产党成立|中国共产党建党)\s{0,2}([0-9]{2,3}|[一二三四五六七八九十百零]{2,6})\s{0,2}周年"
        ),
        1921,
    ),
    (
        re.compile(
            r"(?:新中国成立|中华人民共和国成立|建国|国庆)\s{0,2}([0-9]{2,3}|[一二三四五六七八九十]{2,4})\s{0,2}周年"
        ),
        1949,
    ),
)
TITLED = re.compile(r"(20[0-9]{2})年")
BACK = {"昨": 1, "前": 2}
NEXT = ("次", "翌", "第", "隔")
WEEK = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Day:
    """A day at [start, end).

    `iso`: 'YYYY-MM-DD', '--MM-DD' without a year, '' for what names no day (日前). `year`, `month`: 0 unknown.
    `full`: the text itself gives the year. `said`: how it is named: 'date' 'relative' 'vague' 'month' (a month alone)
    'span' (a year or its month).
    """

    start: int
    end: int
    iso: str
    year: int = 0
    month: int = 0
    full: bool = False
    said: str = "date"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of a text in order of place."""

    days: tuple[Day, ...]
    starts: tuple[int, ...]

    def within(self, start: int, end: int) -> tuple[Day, ...]:
        """Days that begin in [start, end)."""
        return self.days[bisect_right(self.starts, start - 1) : bisect_right(self.starts, end - 1)]

    def before(self, place: int) -> Day | None:
        """The last day that begins before a place."""
        at = bisect_right(self.starts, place) - 1
        return self.days[at] if at >= 0 else None


def find(page: Page) -> Calendar:
    """All days of the text. Years come from the text, the page's own date (no day is after it), or an anniversary."""
    reader = _Reader(page)
    days = tuple(day for mark in WRITTEN.finditer(page.text) if (day := reader.read(mark)))
    return Calendar(days, tuple(one.start for one in days))


def _valid(year: int, month: int, day: int) -> bool:
    try:
        date(year or 2024, month, day)
    except ValueError:
        return False
    return True


def _anniversary(text: str) -> int:
    for pattern, founded in FOUNDED:
        if mark := pattern.search(text):
            return founded + whole(mark.group(1))
    return 0


def _titled(page: Page) -> int:
    """The latest year that the title names (2023年第四季度例会纪要)."""
    return max((int(one) for one in TITLED.findall(page.title)), default=0)


class _Reader:
    """Reads one mark after another and keeps what later ones lean on."""

    def __init__(self, page: Page) -> None:
        self.published = page.cleaned.published
        self.last: Day | None = None
        self.month = 0
        self.known = self._known_year(page)

    def _known_year(self, page: Page) -> int:
        text = page.text
        if self.published:
            return 0
        years = [
            int(m.group("year"))
            for m in WRITTEN.finditer(text)
            if (m.group("year") or "").isdecimal() and m.group("year").isascii()
        ]
        years += [int(m.group("year2")) for m in WRITTEN.finditer(text) if m.group("year2")]
        return max(years, default=0) or _anniversary(text) or _titled(page)

    def read(self, mark: re.Match[str]) -> Day | None:
        """The day of one mark; None when the digits are no day."""
        group = mark.groupdict()
        for name, reader in self._readers():
            if group[name]:
                found = reader(mark)
                if found and found.iso:
                    self.last = found
                return found
        return None

    def _readers(self) -> Iterator[tuple[str, Callable[[re.Match[str]], Day | None]]]:
        yield "month", self._dated
        yield "month2", self._dated
        yield "month3", self._dated
        yield "month4", self._dated
        yield "day5", self._bare
        yield "said", self._relative
        yield "near", self._near
        yield "weekday", self._week
        yield "vague", lambda m: Day(m.start(), m.end(), "", said="vague")
        yield "year6", self._span
        yield "month7", self._month

    def _year(self, said: str | None) -> int:
        """The year of 今年, 去年, 2022年; 0 when it is not said or cannot be had."""
        if not said:
            return 0
        if said in ("今", "去", "前", "同"):
            now = self.published.year if self.published else self.known
            if said == "同":
                return self.last.year if self.last else now
            return now - {"今": 0, "去": 1, "前": 2}[said] if now else 0
        return whole(said, digits=True)

    def _dated(self, mark: re.Match[str]) -> Day | None:
        group = mark.groupdict()
        said = group["year"] or group["year2"]
        month = whole(group["month"] or group["month2"] or group["month3"] or group["month4"])
        day = whole(group["day"] or group["day2"] or group["day3"] or group["day4"])
        year = self._year(said) or self._guess(month, day)
        if not _valid(year, month, day):
            return None
        return self._day(mark, year, month, day, full=bool(said))

    def _guess(self, month: int, day: int) -> int:
        """The year that a day without one belongs to."""
        if (
            self.last
            and self.last.full
            and self.last.year
            and (self.published is None or self.last.year == self.published.year)
        ):
            return self.last.year + (1 if self.published is None and self.last.month == 12 and month == 1 else 0)
        if self.published:
            return self.published.year - ((month, day) > (self.published.month, self.published.day))
        return self.known

    @staticmethod
    def _day(mark: re.Match[str], year: int, month: int, day: int, full: bool = False, said: str = "date") -> Day:
        iso = f"{year}-{month:02d}-{day:02d}" if year else f"--{month:02d}-{day:02d}"
        return Day(mark.start(), mark.end(), iso, year, month, full, said)

    def _bare(self, mark: re.Match[str]) -> Day | None:
        """26日: the month of the day before it in the text, else the latest such day up to the page's date."""
        day = whole(mark.group("day5"))
        if self.last and self.last.month and _valid(self.last.year, self.last.month, day):
            return self._day(mark, self.last.year, self.last.month, day)
        if not self.published:
            return self._day(mark, self.known, self.month, day) if _valid(self.known, self.month, day) else None
        for back in range(62):
            then = self.published - timedelta(days=back)
            if then.day == day:
                return self._day(mark, then.year, then.month, then.day)
        return None

    def _relative(self, mark: re.Match[str]) -> Day:
        said = mark.group("said")
        if said[0] in "今昨前" and said[:2] not in ("今后",):
            base, step = self.published or self._last_date(), -BACK.get(said[0], 0)
        else:
            base, step = self._last_date(), int(said.startswith(NEXT))
        if base is None:
            return self._unsure(mark, step)
        then = base + timedelta(days=step)
        return self._day(mark, then.year, then.month, then.day, said="relative")

    def _unsure(self, mark: re.Match[str], step: int) -> Day:
        """当日, 次日 after a day whose year is not known."""
        if self.last is None:
            return Day(mark.start(), mark.end(), "", said="relative")
        then = date.fromisoformat(f"2023{self.last.iso[1:]}") + timedelta(days=step)
        return self._day(mark, 0, then.month, then.day, said="relative")

    def _last_date(self) -> date | None:
        return date.fromisoformat(self.last.iso) if self.last and self.last.year else None

    def _near(self, mark: re.Match[str]) -> Day | None:
        """本月26日, 上月26日: by the page's date, else by the day before it in the text."""
        base, day = self.published or self._last_date(), whole(mark.group("day8"))
        if base is None:
            return None
        then = base.replace(day=1) - timedelta(days=1) if mark.group("near") == "上" else base
        return self._day(mark, then.year, then.month, day) if _valid(then.year, then.month, day) else None

    def _week(self, mark: re.Match[str]) -> Day | None:
        base = self.published
        if base is None or not mark.group("week"):
            return None
        monday = base - timedelta(days=base.weekday() + (7 if mark.group("week") == "上" else 0))
        then = monday + timedelta(days=WEEK.index(mark.group("weekday").replace("天", "日").replace("末", "六")))
        return self._day(mark, then.year, then.month, then.day, said="relative")

    def _span(self, mark: re.Match[str]) -> Day:
        month = whole(mark.group("month6") or "") if (mark.group("part6") or "").startswith("月") else 0
        return Day(mark.start(), mark.end(), "", self._year(mark.group("year6")), month, said="span")

    def _month(self, mark: re.Match[str]) -> Day:
        """5月的山城, 4月，医院: a month without day or year."""
        self.month = whole(mark.group("month7"))
        return Day(mark.start(), mark.end(), "", self._guess(self.month, 1), self.month, said="month")
