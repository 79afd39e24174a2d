"""What the pages across contexts show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.ledger import queries as ledger
from lianti.contexts.network import queries as network
from lianti.kernel import worklist
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.web import paging
from lianti.portal import picture

LATE = "late"
RANK = ("no_amount", "fulfilled", "on_course", "behind", LATE)
STANDINGS = {
    "fulfilled": (pgettext_lazy("standing of a promise", "Fulfilled"), "done"),
    "on_course": (pgettext_lazy("standing of a promise", "On course"), "moving"),
    "behind": (pgettext_lazy("standing of a promise", "Behind"), "waiting"),
    LATE: (pgettext_lazy("standing of a promise", "Late"), "late"),
}
ORDER = ("due", "id")
PAGE = 50
VERIFY_SHEET = "ledger.verify_sheet"
OPENED = "todo"  # in the address of a record, and in the session: the item from which it was opened


@dataclass(frozen=True)
class Line:
    """One line of to do."""

    verb: Any
    card: worklist.Card
    url: str  # of the record, opened from to do
    due: datetime | None
    late: bool
    late_days: int
    sheet: str  # a month sheet, to be ticked: its public id
    group: Any  # set where a new group begins


@dataclass(frozen=True)
class Verb:
    """One thing to be done, and how often it waits."""

    verb: str
    label: Any
    count: int


def todo(actor: Actor, at: datetime, *, verb: str = "", after: str | None = None) -> tuple[list[Line], str | None]:
    """Return what waits for the actor, oldest deadline first, and the token for more."""
    found = worklist.items(actor, limit=PAGE + 1, verb=verb, after=_place(after))
    shown = found[:PAGE]
    more = paging.pack([shown[-1].item.due, shown[-1].item.pk], ORDER) if len(found) > PAGE else None
    return _lines(shown, at), more


def verbs(actor: Actor) -> list[Verb]:
    """Return what there is to do, by kind of work, most first; one query."""
    counted = worklist.open_items(actor).order_by().values("verb").annotate(count=Count("id"))
    listed = [Verb(row["verb"], worklist.verb_label(row["verb"]), row["count"]) for row in counted]
    return sorted(listed, key=lambda one: (-one.count, one.verb))


def following(actor: Actor, opened: str) -> worklist.Waiting | None:
    """Return what waits after the item that was opened from to do, of the same kind of work; at the end the first.

    `opened`: what its address said (`OPENED`).
    """
    verb, _between, token = opened.partition("~")
    place = _place(token)
    if not verb or place is None:
        return None
    later = worklist.items(actor, limit=1, verb=verb, after=place)
    found = later or worklist.items(actor, limit=1, verb=verb)
    return next((one for one in found if one.item.pk != place[1]), None)


def opened(waiting: worklist.Waiting) -> str:
    """Return the address of a record that remembers from which item it was opened."""
    told = urlencode({OPENED: f"{waiting.item.verb}~{paging.pack([waiting.item.due, waiting.item.pk], ORDER)}"})
    return f"{waiting.card.url}{'&' if '?' in waiting.card.url else '?'}{told}"


def _place(token: str | None) -> tuple[datetime | None, int] | None:
    place = paging.unpack(token, ORDER)
    known = place is not None and isinstance(place[1], int) and (place[0] is None or isinstance(place[0], datetime))
    return (place[0], place[1]) if place is not None and known else None


def _lines(found: Sequence[worklist.Waiting], at: datetime) -> list[Line]:
    lines: list[Line] = []
    last = None
    for waiting in found:
        due = waiting.item.due
        key, label = _group(due, at)
        days = 0 if due is None else max(0, (shanghai_day(at) - shanghai_day(due)).days)
        verb = worklist.verb_label(waiting.item.verb)
        sheet = waiting.card.url.rstrip("/").rpartition("/")[2] if waiting.item.verb == VERIFY_SHEET else ""
        group = label if key != last else None
        lines.append(Line(verb, waiting.card, opened(waiting), due, key == LATE, days, sheet, group))
        last = key
    return lines


def _group(due: datetime | None, at: datetime) -> tuple[str, Any]:
    if due is None:
        return "none", _("No deadline")
    if due < at:
        return LATE, _("Overdue")
    if shanghai_day(due) <= shanghai_day(at) + timedelta(days=7):
        return "week", _("Within seven days")
    return "later", _("Later")


@dataclass(frozen=True)
class Bound:
    """One relation of the list, and how many of its promises are late."""

    relation: network.RelationFacts
    url: str
    late: int
    standing: str

    @property
    def standing_label(self) -> Any:
        return STANDINGS[self.standing][0] if self.standing in STANDINGS else ""

    @property
    def standing_tone(self) -> str:
        return STANDINGS[self.standing][1] if self.standing in STANDINGS else ""


@dataclass(frozen=True)
class Pictured:
    """The picture on one kind of screen."""

    drawing: picture.Drawing
    only: str


def bound(actor: Actor, today: date, *, state: str = "", behaviour: str = "") -> tuple[list[Bound], list[Pictured]]:
    """Return the relations that the actor sees, with the picture of them; a constant number of queries."""
    seen = network.picture(actor)
    wanted = [r for r in seen.relations if state in ("", r.state) and behaviour in ("", r.behaviour)]
    stand = promises(actor, today)
    rows = [
        Bound(
            relation,
            reverse("network:relation", args=[relation.public_id]),
            stand.late.get(relation.id, 0),
            stand.worst.get(relation.id, ""),
        )
        for relation in wanted
    ]
    places = [
        picture.Place(
            node.institution.id,
            node.institution.short_name,
            node.institution.name,
            reverse("network:institution", args=[node.institution.public_id]),
            node.mine,
        )
        for node in seen.nodes
    ]
    bonds = [
        picture.Bond(
            row.relation.lead.id,
            member.id,
            row.relation.name,
            row.url,
            row.relation.tone,
            stand.between.get((row.relation.id, frozenset({row.relation.lead.id, member.id})), 0),
        )
        for row in rows
        for member in row.relation.members
    ]
    papers = (("only-wide", picture.WIDE), ("only-phone", picture.PHONE))
    drawn = [(picture.draw(places, bonds, paper), only) for only, paper in papers]
    return rows, [Pictured(drawing, only) for drawing, only in drawn if drawing is not None]


@dataclass(frozen=True)
class Promises:
    """How many promises of each relation are late, in all and between two institutions, and the worst standing."""

    late: Mapping[int, int]
    between: Mapping[tuple[int, frozenset[int]], int]
    worst: Mapping[int, str]


def promises(actor: Actor, today: date) -> Promises:
    """Return how the promises that the actor may see stand, in three queries."""
    ids = [account.pk for account in ledger.accounts_of(actor) if account.relation_id and account.amount is not None]
    late: Counter[int] = Counter()
    between: Counter[tuple[int, frozenset[int]]] = Counter()
    worst: dict[int, str] = {}
    for promise in ledger.fulfilment(ids, today=today).values() if ids else ():
        if promise.relation_id is None:
            continue
        standing = str(promise.standing)
        if standing == LATE:
            late[promise.relation_id] += 1
            between[promise.relation_id, frozenset({promise.giver_id, promise.receiver_id})] += 1
        worst[promise.relation_id] = max(worst.get(promise.relation_id, ""), standing, key=_rank)
    return Promises(late, between, worst)


def _rank(standing: str) -> int:
    return RANK.index(standing) if standing in RANK else -1
