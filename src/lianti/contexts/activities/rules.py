"""Who may record, change and see what was done."""

from collections.abc import Mapping

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.activities.models import (
    Activity,
    ActivityAccount,
    ActivityFile,
    ActivityParticipant,
    ActivityPerson,
    ActivityReceiver,
    ActivityTransition,
)
from lianti.kernel import audience, personal, walls
from lianti.kernel.permissions import Rule, Table
from lianti.kernel.personal import WORDS, Columns
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.roles import DESK, Role

KIND = "activities.activity"

SCRIBES = DESK | {Role.CLINICIAN, Role.EXPERT, Role.DEPARTMENT_HEAD, Role.LEADER, Role.SYSTEM}


def sides(activity: Activity) -> Mapping[str, set[int]]:
    """Return which institutions stand on which side of an activity."""
    return {
        "giver": {activity.giver_id} if activity.giver_id else set(),
        "receiver": activity.receiver_ids(),
        "participant": activity.participant_ids(),
        "recorder": {activity.tenant_id},
    }


def visible_to(actor: Actor) -> Q:
    """Return the activities of the actor's institution: given, received, taken part in, or recorded by it."""
    return audience.visible(KIND, actor)


def _author_or_desk(actor: Actor, activity: Activity) -> Sentence | None:
    """Refuse anybody but who recorded it and the network office or coordinator of the same institution."""
    if actor.principal_id == activity.created_by_id or actor.role in DESK | {Role.SYSTEM}:
        return None
    return _("Only who recorded this, or the office of the same institution, may change it.")


TABLE = Table(
    name="activities",
    rules={
        "activities.record": Rule(
            roles=frozenset(SCRIBES),
            sides=("giver", "receiver", "participant"),
            says=_("Whoever works for the giver, a receiver or a participant may record what was done."),
        ),
        "activities.edit": Rule(
            roles=frozenset(SCRIBES),
            sides=("recorder",),
            says=_("Who recorded it, or the office of the same institution, may change it until it is verified."),
            also=_author_or_desk,
        ),
        "activities.attach": Rule(
            roles=frozenset(SCRIBES),
            sides=("giver", "receiver", "participant", "recorder"),
            says=_("Whoever works for one of the sides may add proof."),
        ),
        "activities.withdraw": Rule(
            roles=frozenset(SCRIBES),
            sides=("recorder",),
            says=_("Who recorded it, or the office of the same institution, may withdraw it until it is verified."),
            also=_author_or_desk,
        ),
    },
    sides=sides,
    visible=visible_to,
)

# Whoever has a part in it adds proof; what else may be changed by whom, the table above says.
ACTIVITY = walls.record(Activity, KIND, read=walls.shared(KIND), change=walls.shared(KIND))
WALLS: walls.Walls = (
    ACTIVITY,
    walls.story(ActivityTransition, ACTIVITY),
    walls.child(ActivityReceiver, ACTIVITY, "activity_id"),
    walls.child(ActivityParticipant, ACTIVITY, "activity_id"),
    walls.child(ActivityPerson, ACTIVITY, "activity_id"),
    walls.child(ActivityAccount, ACTIVITY, "activity_id"),
    walls.child(ActivityFile, ACTIVITY, "activity_id", "insert"),
)

PERSONAL: personal.Declared = (
    Columns("activities_activity", "kind place_text visited purpose", {"title": WORDS, "note": WORDS, "extra": WORDS}),
    Columns("activities_activityperson", "part"),
    Columns("activities_activityfile", "public_id"),
)
