"""Events that a source tells of: who took part, where, what was visited; nothing was given, so no entry is made."""

from dataclasses import asdict
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianti.contexts.activities.domain import EventFacts
from lianti.contexts.activities.flow import FLOW
from lianti.contexts.activities.flow import audience as sees
from lianti.contexts.activities.models import Activity, ActivityFile, ActivityParticipant
from lianti.contexts.activities.services.checking import check_event
from lianti.contexts.activities.states import ActivityState
from lianti.contexts.evidence import services as evidence
from lianti.kernel import audience
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Invalid
from lianti.lib.roles import Role


def adopt_event(*, actor: Actor, at: datetime, key: str | None, source: str, event: EventFacts) -> Activity:
    """Take in an event from a source. Raises Invalid, NotAllowed."""
    check_event(event)
    row = _new_row(event)
    if actor.role is Role.SYSTEM:
        # A job has no institution: the event is booked under the first of its participants.
        row.tenant_id = event.participant_ids[0]

    def effect(saved: Activity) -> None:
        _write_participants(saved, event)

    return engine.adopt(
        FLOW, row, state=ActivityState.RECORDED, actor=actor, at=at, key=key, source=source, effect=effect
    )


def record_event(
    *, actor: Actor, at: datetime, key: str | None, event: EventFacts, uploads: tuple[evidence.Upload, ...] = ()
) -> Activity:
    """Write down an event that the actor's institution took part in. Raises Invalid, NotAllowed, KeyReused."""
    check_event(event)
    if (event.day_to or event.day) > shanghai_day(at):
        raise Invalid({"day": _("This day has not come yet.")})

    def effect(saved: Activity) -> None:
        _write_participants(saved, event)
        evidence.keep(actor=actor, at=at, uploads=uploads, links=ActivityFile, of={"activity": saved})

    body = [asdict(event), [upload.name for upload in uploads]]
    return engine.create(FLOW, _new_row(event), name="record", actor=actor, at=at, key=key, body=body, effect=effect)


def _new_row(event: EventFacts) -> Activity:
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
    return row


def _write_participants(saved: Activity, event: EventFacts) -> None:
    ActivityParticipant.objects.bulk_create(
        ActivityParticipant(activity=saved, institution_id=pk, position=i) for i, pk in enumerate(event.participant_ids)
    )


def amend_event(
    *, actor: Actor, at: datetime, key: str | None, activity_id: str, event: EventFacts, note: str = ""
) -> Activity:
    """Change an event as its source now tells it. Raises NotFound, NotAllowed, Conflict, Invalid."""
    check_event(event)

    def effect(row: Activity) -> None:
        ActivityParticipant.objects.filter(activity=row).delete()
        _write_participants(row, event)
        row.together((), event.participant_ids)
        audience.only(FLOW, row, sees(row))

    fields = {"visited": list(event.visited), "purpose": list(event.purpose), "attendance": event.attendance}
    moved: Activity = engine.move(
        FLOW, activity_id, name="edit", actor=actor, at=at, key=key, fields=fields, note=note, effect=effect
    )
    return moved
