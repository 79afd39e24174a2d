"""What every list can be asked, read off its declaration: each filter with a value, in each order, and second pages."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from _records import FIRST_BATCH
from _sql import NOW
from django.urls import get_resolver

from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.lib.dates import add_months, shanghai_day
from lianti.records import directory
from lianti.records.asking import Day, Filter, Month, PersonIs, PlaceIs, RecordIs
from lianti.records.lists import LISTS, RecordList

TODAY = shanghai_day(NOW)
HALF_WAY = TODAY - timedelta(days=365)  # the world's entries reach back two years


def addresses(actor: Actor, person: str, relation: str) -> dict[str, Any]:
    """Return the addresses of all lists by what they ask, the filters without a value, and the lists without rows."""
    _ = get_resolver().url_patterns  # the views declare the lists
    asked: dict[str, str] = {}
    without: list[str] = []
    empty: list[str] = []
    with scope.acting(actor):
        for name, lst in sorted(LISTS.items()):
            given = {
                field: _text(lst, field, one, actor, person, relation) for field, one in lst.asked.filters().items()
            }
            without += [f"{name}?{field}" for field, text in given.items() if text is None]
            if not _fits(lst, {}, actor):
                empty.append(name)
            questions = [{}, *({field: text} for field, text in given.items() if text is not None)]
            for order in lst.orders:
                for question in questions:
                    said = f"{name}?{'&'.join(question)} by {order}"
                    asked[said] = f"{lst.kind.base}?{urlencode(question | {'order': order})}"
                more = lst.page(actor, lst.asked(), TODAY, order=order).more
                if more is not None:
                    asked[f"{name}, second page by {order}"] = (
                        f"{lst.kind.base}?{urlencode({'order': order, 'after': more})}"
                    )
    return {"asked": asked, "without": without, "empty": empty}


def _text(lst: RecordList[Any], name: str, one: Filter, actor: Actor, person: str, relation: str) -> str | None:
    """Return a value that stands in rows, else any that is understood, else None."""
    standard = lst.asked.defaults()[name]
    known = [
        text for text in _texts(one, actor, person, relation) if text != standard and one.read(text, actor) is not None
    ]
    return next((text for text in known if _fits(lst, {name: text}, actor)), known[0] if known else None)


def _texts(one: Filter, actor: Actor, person: str, relation: str) -> Iterator[str]:
    if isinstance(one, Day):
        yield HALF_WAY.isoformat()
    elif isinstance(one, Month):
        yield one.write(add_months(TODAY.replace(day=1), -3))
    elif isinstance(one, PersonIs):
        yield person
    elif isinstance(one, RecordIs):
        yield from (relation, FIRST_BATCH)
    elif isinstance(one, PlaceIs):
        yield from (place.public_id for place in directory.current().partners(actor) if place.id != actor.tenant_id)
    else:
        yield from (text for text, _words in one.options(lambda: directory.current().partners(actor)))


def _fits(lst: RecordList[Any], given: dict[str, str], actor: Actor) -> bool:
    return lst.visible(actor, lst.asked.read(given, actor), TODAY).counted(1)[0] > 0
