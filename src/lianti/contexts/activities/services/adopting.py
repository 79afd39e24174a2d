"""Events that a source tells of: who took part, where, what was visited; nothing was given, so no entry is made."""

from datetime import datetime

from lianti.contexts.activities.domain import EventFacts
from lianti.contexts.activities.models import Activity, ActivityParticipant
from lianti.contexts.activities.services.checking import check_event
from lianti.contexts.activities.services.flow import FLOW
from lianti.contexts.activities.services.flow import audience as sees
from lianti.contexts.activities.states import ActivityState
from lianti.kernel import audience
from lianti.kernel.actor import Actor
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.roles import Role


def adopt_event(*, actor: Actor, at: datetime, key: str | None, source: str, event: EventFacts) -> Activity:
    """Take in an event from a source. Raises Invalid, NotAllowed."""
    check_event(event)
    row = Activity(
        public_id=ids.new(),
        kind=event.kind,
        title=event.title.strip(),
        day=event.day,
        day_to=event.day_to,
        place_id=event.place_id,
        place_text=event.place_text.strip(),
        relation_id=event.relation_id,
        visited=list(event.visited),
        purpose=list(event.purpose),
        attendance=event.attendance,
        note=event.note.strip(),
    )
    row.together((), event.participant_ids)
    if actor.role is Role.SYSTEM:
        # A job has no institution: the event is booked under the first of its participants.
        row.tenant_id = event.participant_ids[0]

    def effect(saved: Activity) -> None:
        ActivityParticipant.objects.bulk_create(
            ActivityParticipant(activity=saved, institution_id=pk, position=i)
            for i, pk in enumerate(event.participant_ids)
        )

    return engine.adopt(
        FLOW, row, state=ActivityState.RECORDED, actor=actor, at=at, key=key, source=source, effect=effect
    )


def amend_event(
    *, actor: Actor, at: datetime, key: str | None, activity_id: str, event: EventFacts, note: str = ""
) -> Activity:
    """Change an event as its source now tells it. Raises NotFound, NotAllowed, Conflict, Invalid."""
    check_event(event)

    def effect(row: Activity) -> None:
        ActivityParticipant.objects.filter(activity=row).delete()
        ActivityParticipant.objects.bulk_create(
            ActivityParticipant(activity=row, institution_id=pk, position=i)
            for i, pk in enumerate(event.participant_ids)
        )
        row.together((), event.participant_ids)
        audience.grant(FLOW.kind, row.pk, sees(row))

    fields = {"visited": list(event.visited), "purpose": list(event.purpose), "attendance": event.attendance}
    moved: Activity = engine.move(
        FLOW, activity_id, name="edit", actor=actor, at=at, key=key, fields=fields, note=note, effect=effect
    )
    return moved
