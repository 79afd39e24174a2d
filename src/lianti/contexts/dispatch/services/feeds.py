"""Calendar feeds: made and given up by their owner, opened by their secret."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianti.contexts.accounts import queries as accounts
from lianti.contexts.dispatch.flow import FEEDS
from lianti.contexts.dispatch.models import Feed
from lianti.contexts.dispatch.states import FeedOf, FeedState
from lianti.kernel import scope
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Conflict, Invalid, NotFound
from lianti.lib.roles import Role


@dataclass(frozen=True)
class MadeFeed:
    """A new feed with its secret, which is shown this once."""

    feed: Feed
    token: str


def make_feed(*, actor: Actor, at: datetime, key: str | None, of: str) -> MadeFeed:
    """Make a feed of the actor's own days or of their institution's list.

    Raises Invalid, NotAllowed, and Conflict when this form made one already: its address was shown then.
    """
    if of not in set(FeedOf):
        raise Invalid({"of": _("Choose whose days it tells.")})
    token = f"{actor.principal_id:x}-{secrets.token_urlsafe(24)}"
    row = Feed(public_id=ids.new(), of=of, role=str(actor.role), token_hash=_hash(token))
    made = engine.create(FEEDS, row, name="make_feed", actor=actor, at=at, key=key, body=[of])
    if made is not row:
        raise Conflict(_("This address was made already, and was shown once. Make another one if it is lost."))
    return MadeFeed(made, token)


def revoke_feed(*, actor: Actor, at: datetime, key: str | None, feed_id: str, version: int | None = None) -> Feed:
    """Give a feed up: its address opens nothing any more. Raises NotFound, NotAllowed, Conflict."""
    moved: Feed = engine.move(FEEDS, feed_id, name="revoke_feed", actor=actor, at=at, key=key, version=version)
    return moved


def open_feed(*, token: str, at: datetime) -> tuple[Actor, str]:
    """Return whom a calendar reads as, and what its feed is of.

    Raises NotFound when the address opens nothing: it is unknown or given up, or its maker's seat has ended.
    """
    day = shanghai_day(at)
    with scope.acting(_at_the_door(token)):
        row = Feed.objects.filter(token_hash=_hash(token), state=FeedState.OPEN).first()
        owner = accounts.seat(row.created_by_id, row.tenant_id, Role(row.role), day) if row is not None else None
        if row is None or owner is None:
            raise NotFound
    return owner, row.of


def _at_the_door(token: str) -> Actor:
    """Give the scope in which a feed can be looked up: its owner's, with whom the secret begins."""
    head = token.partition("-")[0]
    try:
        principal = int(head, 16)
    except ValueError:
        raise NotFound from None
    if not 0 < principal < 1 << 62:
        raise NotFound
    return Actor(principal, 0, Role.LINK)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
