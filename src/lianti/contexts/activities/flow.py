"""The life of an activity bound to its tables."""

from datetime import date

from lianti.contexts.activities import rules
from lianti.contexts.activities.models import Activity, ActivityTransition
from lianti.contexts.activities.states import ACTIVITY
from lianti.contexts.network import queries as network
from lianti.kernel.workflow.engine import Flow


def audience(activity: Activity) -> set[int]:
    """Return who may see an activity: giver, receivers, participants, the recorder, and for an event its relation."""
    seen = activity.parties()
    if activity.giver_id is None and activity.relation_id is not None:
        seen |= network.parties(activity.relation_id)
    return seen


def day(activity: Activity) -> date:
    """Return the day that lists go by: when it began."""
    return activity.day


FLOW = Flow(
    spec=ACTIVITY, record=Activity, transitions=ActivityTransition, table=rules.TABLE, audience=audience, day=day
)
