"""Who is where: what holds for one person across postings, whoever asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch.domain.counting import ONE_DAY
from lianti.contexts.dispatch.models import Batch, Posting
from lianti.contexts.dispatch.states import HERE, OPEN, PostingKind, PostingState
from lianti.contexts.network import queries as network
from lianti.contexts.network import services as groups
from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.roles import DESK, Role

# Of these somebody has one at a time: they live there.
EXCLUSIVE = frozenset({PostingKind.LONG, PostingKind.TEAM})
SENT = HERE | {PostingState.ORDERED}
_WHERE_SOMEBODY_IS = 7316  # a number of our own among advisory locks


def one_at_a_time(person_ids: Iterable[int]) -> None:
    """Wait until nobody else says where these people are, until the end of the transaction.

    Two hospitals may report one person in at once, each seeing nothing of the other's. Locked in one order, whatever
    was asked first. SQLite writes one at a time anyway.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for person_id in sorted(set(person_ids)):
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_WHERE_SOMEBODY_IS, person_id])


@contextmanager
def for_the_sender(row: Posting, actor: Actor) -> Iterator[Actor]:
    """Act in the name of who ordered a posting, which others of either side only put into effect.

    What the sender keeps of a person (other postings, the group of the batch) the receiving side does not see.
    """
    own = actor.tenant_id == row.sender_id and actor.role in DESK | {Role.SYSTEM}
    if own or row.ordered_by_id is None:
        yield actor
        return
    person = network.person_of(row.ordered_by_id)
    orderer = Actor(row.ordered_by_id, row.sender_id, Role.OFFICE, person.id if person else None)
    with scope.acting(orderer):
        yield orderer


def elsewhere(row: Posting) -> Sentence | None:
    """Say where somebody lives at that time already; None where nothing stands in the way. Asked as the sender."""
    if row.kind not in EXCLUSIVE:
        return None
    others = Posting.objects.filter(person=row.person_id, kind__in=EXCLUSIVE, state__in=OPEN).exclude(pk=row.pk)
    other = others.filter(from_date__lte=row.to_date, to_date__gte=row.from_date).order_by("from_date").first()
    return None if other is None else _said(other, other.from_date, other.to_date)


def named_beside(others: Sequence[Posting], row: Posting) -> bool:
    """Say whether somebody is named for the same place, or lives elsewhere at that time, among rows yet unsaved."""
    same = [one for one in others if one.person_id == row.person_id]
    live = row.kind in EXCLUSIVE
    return any(
        one.recipient_id == row.recipient_id or (live and one.from_date <= row.to_date and row.from_date <= one.to_date)
        for one in same
    )


def on_duty_elsewhere(row: Posting, day: date) -> Sentence | None:
    """Say where somebody is on duty from a day on; None when nowhere. Asked as the sender."""
    stays = Posting.objects.filter(person=row.person_id).exclude(pk=row.pk).exclude(arrived=None)
    other = stays.filter(Q(left=None) | Q(left__gte=day)).order_by("-arrived").first()
    return None if other is None or other.arrived is None else _said(other, other.arrived, other.left or other.to_date)


def join(batch: Batch, row: Posting, actor: Actor, at: datetime, left: date | None = None) -> None:
    """Put somebody into the group of the batch, from the letter on or the first day, whatever comes first.

    Who goes to a second place with the same batch is in its group already; who comes again joins anew.
    """
    first = min(day for day in (row.from_date, row.arrived, batch.letter_date) if day is not None)
    spans = [one for one in network.membership_of(row.person_id) if one.id == batch.group_id]
    if any(one.to_date is None for one in spans):
        return
    first = max([first, *(one.to_date + ONE_DAY for one in spans if one.to_date is not None)])
    if left is None or left >= first:
        groups.add_group_member(**_of(batch, row, actor, at), from_date=first, to_date=left)


def part(row: Posting, left: date, actor: Actor, at: datetime) -> None:
    """Let somebody's time in the group of the batch end with the last place to which it sent them.

    Asked as the sender.
    """
    batch = Batch.objects.get(pk=row.batch_id)
    others = Posting.objects.filter(batch=batch.pk, person=row.person_id).exclude(pk=row.pk)
    if others.filter(state__in=SENT).exists():
        return
    ends = [day for day in others.values_list("left", flat=True) if day is not None]
    # Who came and left before the letter's day was in the group from that day on, and for that day.
    joined = [one.from_date for one in network.membership_of(row.person_id) if one.id == batch.group_id]
    groups.end_group_member(**_of(batch, row, actor, at), to_date=max([left, *ends, *joined]))


def _of(batch: Batch, row: Posting, actor: Actor, at: datetime) -> dict[str, Any]:
    person, group = network.person_by_id(row.person_id), network.group_public_id(batch.group_id)
    return {"actor": actor, "at": at, "key": None, "group_id": group, "person_id": person.public_id}


def _said(other: Posting, first: date, last: date) -> Sentence:
    place = network.institution_by_id(other.recipient_id).short_name
    said = _("Is posted to %(place)s from %(first)s to %(last)s already.")
    return said % {"place": place, "first": first.isoformat(), "last": last.isoformat()}
