"""Record, change and withdraw what was done."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lianti.contexts.activities.domain import ActivityFacts, late_days
from lianti.contexts.activities.flow import FLOW
from lianti.contexts.activities.flow import audience as sees
from lianti.contexts.activities.models import Activity, ActivityAccount, ActivityFile, ActivityPerson
from lianti.contexts.activities.services import entries
from lianti.contexts.activities.services.checking import check
from lianti.contexts.evidence import services as evidence
from lianti.kernel import audience, scope
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Invalid

# Weekly entry is the habit: what is recorded later than this after the deed is a late entry (补录).
LATE_AFTER_DAYS = 7


def record(
    *, actor: Actor, at: datetime, key: str | None, activity: ActivityFacts, uploads: tuple[evidence.Upload, ...] = ()
) -> Activity:
    """Write down what was done and declare one entry for each receiver, all or nothing.

    Raises Invalid, NotAllowed, KeyReused, and what the ledger refuses.
    """
    check(activity, shanghai_day(at))
    row = Activity(public_id=ids.new(), **_words(activity), **_lateness(activity, at))
    row.together(activity.receiver_ids)

    def effect(saved: Activity) -> None:
        _write_people(saved, activity)
        entries.declare(saved, activity, activity.receiver_ids, actor=actor, at=at)
        evidence.keep(actor=actor, at=at, uploads=uploads, links=ActivityFile, of={"activity": saved})

    body = [asdict(activity), [upload.name for upload in uploads]]
    return engine.create(FLOW, row, name="record", actor=actor, at=at, key=key, body=body, effect=effect)


def record_week(
    *, actor: Actor, at: datetime, key: str | None, activities: tuple[ActivityFacts, ...]
) -> list[Activity]:
    """Record several activities at once ('as last week'), all or none. Raises Invalid at '<row>-<field>'."""
    if not activities:
        raise Invalid({"": _("Choose at least one line.")})
    made = []
    with scope.acting(actor), transaction.atomic():
        for number, activity in enumerate(activities):
            own_key = f"{key}-{number}" if key else None
            try:
                made.append(record(actor=actor, at=at, key=own_key, activity=activity))
            except Invalid as refused:
                raise Invalid({f"{number}-{name}": said for name, said in refused.fields.items()}) from None
    return made


def edit(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    activity_id: str,
    activity: ActivityFacts,
    note: str = "",
    version: int | None = None,
) -> Activity:
    """Change an activity of which nothing is verified yet; its entries are declared anew.

    Raises NotFound, NotAllowed, Conflict (an entry counts already, so a correction is due), Invalid.
    """
    check(activity, shanghai_day(at))

    def effect(row: Activity) -> None:
        changed, accounts = entries.differences(row), entries.named_accounts(row)
        _write_people(row, activity)
        entries.redeclare(row, activity, changed, accounts, actor=actor, at=at)
        audience.only(FLOW, row, sees(row))

    moved: Activity = engine.move(
        FLOW,
        activity_id,
        name="edit",
        actor=actor,
        at=at,
        key=key,
        fields=_words(activity),
        note=note,
        facts={
            "receivers": sorted(activity.receiver_ids),
            "people": [[taking.person_id, taking.part, str(taking.share or "")] for taking in activity.people],
            "accounts": sorted(activity.account_ids),
        },
        effect=effect,
        version=version,
    )
    return moved


def attach(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    activity_id: str,
    uploads: tuple[evidence.Upload, ...],
    note: str = "",
    version: int | None = None,
) -> Activity:
    """Add proof to an activity. Raises NotFound, NotAllowed, Conflict, Invalid."""
    if not uploads:
        raise Invalid({"uploads": _("Choose at least one file.")})
    moved: Activity = engine.move(
        FLOW,
        activity_id,
        name="attach",
        actor=actor,
        at=at,
        key=key,
        note=note,
        facts={"files": [upload.name for upload in uploads]},
        effect=lambda row: evidence.keep(actor=actor, at=at, uploads=uploads, links=ActivityFile, of={"activity": row}),
        version=version,
    )
    return moved


def withdraw(
    *, actor: Actor, at: datetime, key: str | None, activity_id: str, note: str, version: int | None = None
) -> Activity:
    """Take an activity and its entries back, with a reason. Raises NotFound, NotAllowed, Conflict, Invalid."""
    moved: Activity = engine.move(
        FLOW,
        activity_id,
        name="withdraw",
        actor=actor,
        at=at,
        key=key,
        note=note,
        effect=lambda row: entries.withdraw(row, actor=actor, at=at, note=note),
        version=version,
    )
    return moved


def _words(activity: ActivityFacts) -> dict[str, Any]:
    return {
        "kind": activity.kind,
        "title": activity.title.strip(),
        "day": activity.day,
        "day_to": activity.day_to if activity.day_to != activity.day else None,
        "place_id": activity.place_id,
        "place_text": activity.place_text.strip(),
        "giver_id": activity.giver_id,
        "relation_id": activity.relation_id,
        "quantity": activity.quantity,
        "extra": dict(activity.extra),
        "note": activity.note.strip(),
    }


def _lateness(activity: ActivityFacts, at: datetime) -> dict[str, int]:
    # Marked late by hand (its month is closed already), an activity is late from the first day on.
    allowed = 0 if activity.late else LATE_AFTER_DAYS
    return {"late_days": late_days(activity.day_to or activity.day, shanghai_day(at), allowed)}


def _write_people(row: Activity, activity: ActivityFacts) -> None:
    ActivityPerson.objects.filter(activity=row).delete()
    ActivityPerson.objects.bulk_create(
        ActivityPerson(activity=row, person_id=t.person_id, part=t.part, share=t.share, position=i)
        for i, t in enumerate(activity.people)
    )
    _write_accounts(row, activity.account_ids)


def _write_accounts(row: Activity, account_ids: Iterable[int]) -> None:
    ActivityAccount.objects.filter(activity=row).delete()
    ActivityAccount.objects.bulk_create(ActivityAccount(activity=row, account_id=pk) for pk in sorted(set(account_ids)))
