"""Opens every figure that a page shows, and adds up what it finds there."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

from django.test import Client

from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.records.lists import LISTS

_ANCHOR = re.compile(r'<a [^>]*?data-(figure|count)="([^"]+)"[^>]*?href="([^"]+)"')
_NUMBER = re.compile(r'<td class="number"[^>]*>([^<]+)</td>')
MOST = 20_000


@dataclass(frozen=True)
class Shown:
    """A figure on a page: a sum or a count of entries, and the address that it opens."""

    counts: bool
    number: Decimal
    url: str


def shown(page: str) -> Iterator[Shown]:
    """Yield the figures of a page that open something."""
    for sort, number, url in _ANCHOR.findall(page):
        yield Shown(sort == "count", Decimal(number), html.unescape(url))


def found(client: Client, actor: Actor, one: Shown, today: date) -> Decimal:
    """Return what the rows add up to that a figure opens."""
    told = urlsplit(one.url)
    lst = LISTS["ledger.entry"]
    if told.path != lst.kind.base:
        page = client.get(one.url).content.decode()
        part = page.partition('id="shares"')[2].partition("</section>")[0]
        return sum((Decimal(text.replace(",", "")) for text in _NUMBER.findall(part)), Decimal(0))
    with scope.acting(actor):
        asked = lst.asked.read(dict(parse_qsl(told.query)), actor)
        rows = lst.visible(actor, asked, today).all(most=MOST)
    assert len(rows) < MOST
    return Decimal(len(rows)) if one.counts else sum((row.quantity for row in rows), Decimal(0))
