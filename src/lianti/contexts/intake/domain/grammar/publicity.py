"""The document as a news item."""

import re

from lianti.contexts.intake.domain.grammar.page import Page
from lianti.contexts.intake.domain.grammar.words.media import CLIENT, DATELINE, LEVELS, NO_MEDIUM, OURS, TAIL
from lianti.contexts.intake.domain.grammar.words.regions import by_name, by_short
from lianti.contexts.intake.domain.proposals import Found, Publicity, Span

OF_REGION = {"province": "provincial", "city": "municipal", "county": "county"}
NEWS = re.compile(r"网|报|台|媒|发布|客户端|新闻|广播|政府|融|声|微")
BEGIN = 60  # characters of a paragraph in which a dateline stands


def find(page: Page) -> Publicity | None:
    """Medium, level, day and title, when the page names its medium or opens with a dateline (某报讯); else None."""
    medium, span = TAIL.sub("", page.cleaned.medium.strip()), None
    if NO_MEDIUM.fullmatch(medium):
        medium = ""
    if not medium:
        medium, span = _dateline(page)
    if not medium:
        return None
    day = page.cleaned.published.isoformat() if page.cleaned.published else ""
    spans = (span,) if span else ()
    return Publicity(medium, level(medium), day, page.title, Found(spans, 0.6 if span else 0.8, ("publicity.medium",)))


def level(medium: str) -> str:
    """How far a medium reaches: 'national' 'provincial' 'municipal' 'county' 'institution'; '' not told."""
    told = next((name for name, pattern in LEVELS if pattern.search(medium)), "")
    if told in ("national", "institution") or not NEWS.search(medium):
        return told
    return _of_region(medium) or told


def _of_region(medium: str) -> str:
    """The level of the place that a medium's name begins with, after words such as 云上 and 今日; '' without one."""
    name = OURS.sub("", medium)
    for length in range(min(len(name), 12), 1, -1):
        for found in (*by_name().get(name[:length], ())[:1], by_short().get(name[:length])):
            if found:
                return OF_REGION[found.level]
    return ""


def _dateline(page: Page) -> tuple[str, Span | None]:
    for paragraph in page.paragraphs[:3]:
        text = paragraph.text[:BEGIN]
        mark = DATELINE.match(text)
        if not mark:
            continue
        client = CLIENT.match(text)
        name = (
            client.group("medium")
            if client and client.end() <= mark.end()
            else mark.group("medium") or mark.group("own")
        )
        return name, Span(paragraph.start + mark.start(), paragraph.start + mark.end())
    return "", None
