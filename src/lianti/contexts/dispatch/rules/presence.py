"""Who checks presence, and the wall of its table."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch.models import PresenceCheck, PresenceTransition
from lianti.contexts.dispatch.rules.sending import SENDERS
from lianti.kernel import audience, personal, walls
from lianti.kernel.permissions import Rule, Table
from lianti.kernel.personal import WORDS, Columns
from lianti.kernel.walls import shared
from lianti.lib.roles import Role

PRESENCE = "dispatch.presence"
CHECKERS = SENDERS | {Role.HEALTH_AUTHORITY}


def presence_sides(row: PresenceCheck) -> Mapping[str, set[int]]:
    """Return which institutions stand on which side of a check: who checked is whoever made it."""
    return {"checker": {row.tenant_id}, "sender": {row.sender_id}, "recipient": {row.recipient_id}}


PRESENCES = Table(
    name=PRESENCE,
    rules={
        "dispatch.check_presence": Rule(
            CHECKERS,
            ("checker",),
            _("The sending institution's office or coordinator check presence, or the authority of the county."),
        )
    },
    sides=presence_sides,
    visible=lambda actor: audience.visible(PRESENCE, actor),
)
_PRESENCE = walls.record(PresenceCheck, PRESENCE, read=shared(PRESENCE), change=walls.MAKER)
WALLS: walls.Walls = (_PRESENCE, walls.story(PresenceTransition, _PRESENCE))
PERSONAL: personal.Declared = (Columns(_PRESENCE.table, "number way found checked_by", {"note": WORDS}),)
