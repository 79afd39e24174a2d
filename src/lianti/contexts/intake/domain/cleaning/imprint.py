"""Day, medium and reporters of a page, from the lines that are left out and the bylines inside the story."""

import re
from dataclasses import dataclass
from datetime import date

from lianti.contexts.intake.domain.cleaning.cutting import Part
from lianti.contexts.intake.domain.cleaning.furniture import HAN, WHEN, plain
from lianti.contexts.intake.domain.cleaning.letters import signed
from lianti.contexts.intake.domain.cleaning.marks import office
from lianti.contexts.intake.domain.cleaning.sourcelines import day_of, names_in, told
from lianti.contexts.intake.domain.source import Source

_INLINE = re.compile(
    rf"^(?P<medium>[{HAN}·]{{2,14}}?)(?:客户端)?(?:\d{{1,2}}月\d{{1,2}}日)?\s?(?:讯|电|报道|"
    rf"消息)\s{{0,3}}(?P<who>\([^()。]{{2,60}}\))?"
)
_BRACKETS = re.compile(r"\([^()。]{0,12}(?:记者|通讯员|报道)[^()。]{0,50}\)")
_TODAY = re.compile(r"今天|现在|欢迎|当前(?!位置)|农历|星期|天气")
_NO_MEDIUM = re.compile(r"[\d\s年月日时分:：/.\-]+|.*原创|.*转载|.*网络|未知|不详|\S{0,2}")
_OURS = ("本报", "本网", "本站", "本台", "近日")


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who published when, and who wrote."""

    published: date | None
    medium: str
    reporters: tuple[str, ...]


def imprint(source: Source, parts: list[Part], first: int, story: str) -> Imprint:
    """Gather the imprint; what the file itself declares wins over what its text says."""
    published, medium, names = source.published, source.medium, []
    for number, part in enumerate(parts):
        if part.why not in ("source", "byline", "counter", "footer", "caption"):
            if number < first and not medium and part.why and office(part.text):
                medium = part.text
            continue
        facts = told(part.text.lstrip("([ "))
        names += facts.names + (names_in(part.text) if part.why == "byline" else [])
        medium = medium or _medium(facts.medium)
        if published is None and (number < first or part.why == "source") and (when := WHEN.search(part.text)):
            published = day_of(when.group())
    published = published or _headed(parts[:first]) or day_of(signed(plain(story[-400:])))
    opening = _opening(story)
    within = [name for words in [opening[1], *_BRACKETS.findall(plain(story[:4000]))] for name in names_in(words)]
    outside = [name for name in names if name not in story]
    return Imprint(published, medium or opening[0], tuple(dict.fromkeys(outside + within)))


def _medium(told: str) -> str:
    """Who published, without 主办 behind; '' for a date, a file number or a stock word."""
    medium = re.sub(r"(?:主办|供稿|发布者?)$", "", told.strip())
    return "" if _NO_MEDIUM.fullmatch(medium) else medium


def _headed(above: list[Part]) -> date | None:
    """The last full day in lines above the story that no other sign tells; not the day on which the page is read."""
    days = [
        day_of(when.group())
        for part in above
        if part.why == "navigation" and not _TODAY.search(part.text) and (when := WHEN.search(part.text))
    ]
    return next((one for one in reversed(days) if one), None)


def _opening(story: str) -> tuple[str, str]:
    """Medium and byline at the head of the first paragraphs: '某网5月6日讯(记者 某某)'."""
    for paragraph in story.split("\n")[:3]:
        narrow = plain(paragraph[:120])
        found = _INLINE.match(narrow)
        if found:
            medium = found["medium"]
            return ("" if medium.startswith(_OURS) else medium), found["who"] or ""
    return "", ""
