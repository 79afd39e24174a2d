"""Which records the words mean that somebody types: in a list, and in the one search field.

Each word has to be found: in the record's number or its texts, or as a word, a place or a person by which its list can
be narrowed. Alone, a place or a person is found as itself; what is theirs is found by a further word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from lianti.kernel.models import Series
from lianti.lib.actor import Actor
from lianti.lib.web.search import Hit, Typed
from lianti.records import directory
from lianti.records.asking import Choice, Filter, PersonIs, PlaceIs

if TYPE_CHECKING:
    from lianti.records.lists import RecordList

NUMBER, NOTHING = "number", Q(pk__in=())
_RUNNING, _YEARED = re.compile(r"\d{1,6}"), re.compile(r"\d{4}-\d{1,6}")
_BEGUN = re.compile(r"[A-Za-z]{2,6}(-\d{0,4}(-\d{0,6})?)?")


def narrowed_to(lst: RecordList[Any], words: Typed) -> Q:
    """Return which records of a list fit all the words."""
    return _all(lst, words, wide=True) or NOTHING


def found(lst: RecordList[Any], actor: Actor, words: Typed, limit: int) -> list[Hit]:
    """Return the records that fit, the latest first."""
    kind, which = lst.kind, _all(lst, words, wide=len(words.parts) > 1)
    rows = lst.source.rows(kind.flow, actor).narrowed(which).all(most=limit) if which else []
    return [Hit(brief.short, kind.url(brief.public_id), brief.detail(), brief.number) for brief in kind.briefs(rows)]


def _all(lst: RecordList[Any], words: Typed, *, wide: bool) -> Q:
    """Return what fits all the words, empty where nothing can. `wide`: what a list is narrowed by counts too."""
    which = Q()
    for part in words.parts:
        if not (fits := _fits(lst, words, part, wide=wide and not lst.kind.flow.sealed)):
            return Q()
        which &= fits
    return which


def _fits(lst: RecordList[Any], words: Typed, part: str, *, wide: bool) -> Q:
    which = Q()
    for name in lst.kind.finds:
        which |= words.once(numbered, part) if name == NUMBER else Q(**{f"{name}__icontains": part})
    for one in lst.asked.filters().values() if wide else ():
        if meant := _meant(one, words, part):
            which |= one.any_of(meant)
    return which


def _meant(one: Filter, words: Typed, part: str) -> list[Any]:
    """Return the values of a filter that a word means."""
    if isinstance(one, PlaceIs):
        return list(words.once(directory.current().places_like, part))
    if isinstance(one, PersonIs):
        return list(words.once(directory.current().people_like, part))
    if isinstance(one, Choice) and one.columns:
        return [value for value, word in one.choices().items() if part.casefold() in str(word).casefold()]
    return []


def numbered(part: str, column: str = NUMBER) -> Q:
    """Return the records whose number a word is: all of it, its running part, its year and running part, its start."""
    names = Series.objects.exclude(year=0).values_list("name", "year")
    if _RUNNING.fullmatch(part):
        return Q(**{f"{column}__in": [f"{name}-{year}-{int(part):04d}" for name, year in names]})
    if _YEARED.fullmatch(part):
        year, _dash, running = part.partition("-")
        every = {name for name, _year in names}
        return Q(**{f"{column}__in": [f"{name}-{year}-{int(running):04d}" for name in every]})
    return Q(**{f"{column}__startswith": part.upper()}) if _BEGUN.fullmatch(part) else Q()
