"""Whose a calendar feed is, and the wall of its table."""

from collections.abc import Mapping

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch.models import Feed, FeedTransition
from lianti.contexts.dispatch.rules.sending import HOSTS
from lianti.contexts.dispatch.states import FeedOf
from lianti.kernel import personal, walls
from lianti.kernel.permissions import Rule, Table
from lianti.kernel.personal import Columns, Level, Personal
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.roles import MEMBER_ROLES

FEED = "dispatch.feed"


def own_feeds(actor: Actor) -> Q:
    """Return the feeds that somebody made in the seat in which they act."""
    return Q(created_by=actor.principal_id, tenant_id=actor.tenant_id, role=str(actor.role))


def feed_sides(row: Feed) -> Mapping[str, set[int]]:
    """Return the institution of the seat in which a feed is made."""
    return {"owner": {row.tenant_id}}


def _own(actor: Actor, row: Feed) -> Sentence | None:
    """Refuse another's feed, one of nobody's days, and the list of a house to whom does not keep it."""
    if actor.principal_id != row.created_by_id or str(actor.role) != row.role:
        return _("A feed is its maker's alone.")
    if row.of == FeedOf.PLACE:
        return None if actor.role in HOSTS else _("Those who look after the posted take their list along.")
    return None if actor.person_id else _("Your account belongs to nobody in the directory: it has no days of its own.")


FEEDS = Table(
    name=FEED,
    rules={"dispatch.feed": Rule(frozenset(MEMBER_ROLES), ("owner",), _("Everybody makes feeds of their own."), _own)},
    sides=feed_sides,
    visible=own_feeds,
)
# A calendar asks without a session: who made the feed stands at the head of its secret.
_OWNER = "{t}.created_by_id = lianti_principal()"
_FEED = walls.record(Feed, FEED, read=_OWNER, insert=walls.both(walls.MAKER, _OWNER), change=_OWNER)
WALLS: walls.Walls = (_FEED, walls.story(FeedTransition, _FEED))
_SECRET = Personal(Level.SECRET, "know a calendar again", "until it is given up", "overwritten with another on request")
PERSONAL: personal.Declared = (Columns(_FEED.table, "of role", {"token_hash": _SECRET}),)
