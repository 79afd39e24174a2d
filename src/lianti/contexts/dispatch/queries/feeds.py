"""What a calendar feed tells: postings and leave, its owner's or of all at their institution, as they may read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from lianti.contexts.dispatch import rules, words
from lianti.contexts.dispatch.domain.calendar import CalendarDay
from lianti.contexts.dispatch.domain.counting import ONE_DAY
from lianti.contexts.dispatch.flow import FEEDS
from lianti.contexts.dispatch.models import Feed, Leave, LeaveSlip, Posting
from lianti.contexts.dispatch.queries.postings import KIND, place
from lianti.contexts.dispatch.states import HERE, LEFT, FeedOf, FeedState, PostingState, SlipState
from lianti.contexts.network import queries as network
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.records.reading import visible

PAST = timedelta(days=92)  # how long what is over stays in a calendar
MOST = 2000


@dataclass(frozen=True)
class FeedLine:
    """A feed as its owner reads of it; its address was shown once and is kept nowhere."""

    public_id: str
    of: str
    made: date
    version: int


def feed_lines(actor: Actor) -> list[FeedLine]:
    """Return the feeds that the actor has in this seat, the latest first."""
    rows: list[Feed] = visible(FEEDS, actor).narrowed(Q(state=FeedState.OPEN)).all(most=50)
    return [FeedLine(row.public_id, row.of, shanghai_day(row.created_at), row.version) for row in rows]


def may_feed(actor: Actor) -> list[str]:
    """Return of what the actor may make a feed."""
    found = [FeedOf.OWN.value] if actor.person_id else []
    return [*found, FeedOf.PLACE.value] if actor.role in rules.HOSTS else found


def calendar_name(actor: Actor, of: str) -> str:
    """Return what the calendar is called."""
    if of == FeedOf.OWN:
        return _("My posting")
    return _("Posted at %(place)s") % {"place": network.institution_by_id(actor.tenant_id).short_name}


def calendar_days(actor: Actor, of: str, today: date) -> list[CalendarDay]:
    """Return postings from the letter on and leave, those of the last three months and what is to come."""
    which = Q(person=actor.person_id) if of == FeedOf.OWN else Q(recipient=actor.tenant_id)
    known = Q(state__in=HERE | LEFT | {PostingState.ORDERED})
    recent = Q(left__gte=today - PAST) | Q(left__isnull=True)
    rows: list[Posting] = (
        KIND.visible(actor).narrowed(which & known & recent).all(order=("-from_date", "-id"), most=MOST)
    )
    places = network.institutions_by_id({pk for row in rows for pk in (row.sender_id, row.recipient_id)})
    people = network.people_by_id({row.person_id for row in rows})
    own = of == FeedOf.OWN
    at = {row.pk: places[row.recipient_id].short_name if own else "" for row in rows}
    names = {row.pk: "" if own else str(people[row.person_id].name) for row in rows}
    found = [
        CalendarDay(
            row.public_id,
            row.arrived or row.from_date,
            row.left or max(row.to_date, today if row.state in HERE else row.to_date),
            _join(words.POSTING.one if own else names[row.pk], place(row), at[row.pk]),
            places[row.recipient_id].name,
            "" if own else places[row.sender_id].short_name,
        )
        for row in rows
    ]
    return found + _leaves(actor, rows, names, today)


def _leaves(actor: Actor, rows: Sequence[Posting], names: dict[int, str], today: date) -> list[CalendarDay]:
    by_key = {row.pk: row for row in rows}
    found = []
    for one in Leave.objects.filter(posting__in=list(by_key), until__gte=today - PAST).order_by("first"):
        row = by_key[one.posting_id]
        reads = rules.reads_leave(actor, row)
        last = one.back - ONE_DAY if one.back else max(one.until, today)
        title = _join(names[row.pk], words.LEAVES[one.kind] if reads else _("On leave"))
        found.append(CalendarDay(f"{row.public_id}-{one.first:%Y%m%d}", one.first, last, title))
    coming = LeaveSlip.objects.filter(posting__in=list(by_key), state=SlipState.APPROVED, until__gte=today)
    for slip in coming.order_by("first"):
        row = by_key[slip.posting_id]
        title = _join(names[row.pk], words.LEAVES[slip.kind] if rules.reads_leave(actor, row) else _("On leave"))
        found.append(CalendarDay(f"{row.public_id}-{slip.first:%Y%m%d}", slip.first, slip.until, title))
    return found


def _join(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part)
