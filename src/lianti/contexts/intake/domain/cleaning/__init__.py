"""Cleaning: characters first (what the bytes meant), then lines (what belongs to the story), then dates."""

from dataclasses import replace

from lianti.contexts.intake.domain.cleaned import Cleaned
from lianti.contexts.intake.domain.cleaning.characters import restore
from lianti.contexts.intake.domain.cleaning.lines import pick
from lianti.contexts.intake.domain.cleaning.lost import mend_dates, moved
from lianti.contexts.intake.domain.source import Source


def clean(source: Source) -> Cleaned:
    """The story of a source, with the trace of what was repaired and left out."""
    return _dated(pick(source, restore(source.text)))


def _dated(cleaned: Cleaned) -> Cleaned:
    """Dates that lost a character put back where the page's date leaves no choice; all places moved along."""
    text, changes = mend_dates(cleaned.text, cleaned.published)
    if not changes:
        return cleaned
    repairs = [replace(one, start=moved(one.start, changes), end=moved(one.end, changes)) for one in cleaned.repairs]
    lines = [
        one if one.reason else replace(one, start=moved(one.start, changes), end=moved(one.end, changes))
        for one in cleaned.lines
    ]
    title = text[: moved(len(cleaned.title), changes)] if text.startswith(cleaned.title[:1]) else cleaned.title
    counts = dict(cleaned.counts) | {"lost": len(changes)}
    return replace(
        cleaned,
        text=text,
        title=title if cleaned.title else "",
        repairs=tuple(sorted([*repairs, *changes], key=lambda one: one.start)),
        lines=tuple(lines),
        counts=tuple(sorted(counts.items())),
    )
