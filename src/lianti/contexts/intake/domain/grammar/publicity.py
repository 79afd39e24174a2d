"""The document as a news item."""

from lianti.contexts.intake.domain.grammar.page import Page
from lianti.contexts.intake.domain.grammar.words.media import CLIENT, DATELINE, LEVELS
from lianti.contexts.intake.domain.proposals import Found, Publicity, Span

BEGIN = 60  # characters of a paragraph in which a dateline stands


def find(page: Page) -> Publicity | None:
    """Medium, level, day and title, when the page names its medium or opens with a dateline (某报讯); else None."""
    medium, span = page.cleaned.medium, None
    if not medium:
        medium, span = _dateline(page)
    if not medium:
        return None
    day = page.cleaned.published.isoformat() if page.cleaned.published else ""
    spans = (span,) if span else ()
    return Publicity(medium, level(medium), day, page.title, Found(spans, 0.6 if span else 0.8, ("publicity.medium",)))


def level(medium: str) -> str:
    """How far a medium reaches: 'national' 'provincial' 'municipal' 'county' 'institution'; '' not told."""
    return next((name for name, pattern in LEVELS if pattern.search(medium)), "")


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
