"""The bridge to the ledger: one entry for each receiver of an activity."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from lianti.contexts.activities.domain import ActivityFacts
from lianti.contexts.activities.models import Activity, ActivityAccount, ActivityReceiver, ActivityTransition
from lianti.contexts.activities.rules import KIND
from lianti.contexts.ledger import services as ledger
from lianti.lib.actor import Actor

# What the ledger can mend on an entry that stands; any other change takes the entry back and declares a new one.
_MENDABLE = ("quantity", "day")


def declare(
    row: Activity,
    activity: ActivityFacts,
    receiver_ids: Iterable[int],
    *,
    actor: Actor,
    at: datetime,
    before: Sequence[tuple[int, datetime]] = (),
) -> None:
    """Declare the entries of an activity to these receivers. Raises what the ledger raises; then nothing is written.

    `before`: who recorded or changed it so far, and when: they have declared it, too.
    """
    for receiver_id in receiver_ids:
        entry = ledger.declare(
            actor=actor,
            at=at,
            key=None,
            entry=ledger.EntryFacts(
                source_kind=KIND,
                source_id=row.pk,
                source_public_id=row.public_id,
                giver_id=activity.giver_id,
                receiver_id=receiver_id,
                kind=activity.kind,
                quantity=activity.quantity,
                day=activity.day,
                day_to=row.day_to,
                people=_people(activity),
                account_ids=activity.account_ids,
                note=(activity.title or activity.note)[:200],
                late=row.late_days > 0,
                before=before,
            ),
        )
        ActivityReceiver.objects.update_or_create(
            activity=row, institution_id=receiver_id, defaults={"entry_id": entry.pk}
        )


def redeclare(
    row: Activity, activity: ActivityFacts, changed: set[str], accounts: set[int], *, actor: Actor, at: datetime
) -> None:
    """Bring the entries in line with a changed activity: mend, take back, declare anew.

    `changed`: the fields of the activity that differ; `accounts`: those named before. Raises Conflict when an
    entry counts already, and what else the ledger refuses.
    """
    standing = {r.institution_id: r for r in ActivityReceiver.objects.filter(activity=row).order_by("id")}
    wanted = list(activity.receiver_ids)
    mend = not (changed - set(_MENDABLE)) and row.day_to is None and accounts == set(activity.account_ids)
    for receiver_id, receiver in standing.items():
        if receiver_id in wanted and mend and receiver.entry_id is not None:
            _mend(receiver.entry_id, activity, actor, at)
            continue
        if receiver.entry_id is not None:
            ledger.withdraw(actor=actor, at=at, key=None, entry_id=receiver.entry_id)
        if receiver_id not in wanted:
            receiver.delete()
    kept = set(standing) if mend else set()
    declare(row, activity, [pk for pk in wanted if pk not in kept], actor=actor, at=at, before=_recorders(row))


def _recorders(row: Activity) -> list[tuple[int, datetime]]:
    """Return who recorded an activity or changed it so far, as who signs in, and when."""
    moves = ActivityTransition.objects.filter(record=row.pk, name__in=("record", "edit", "adopt")).order_by("pk")
    return list(moves.values_list("principal_id", "at"))


def _mend(entry_id: int, activity: ActivityFacts, actor: Actor, at: datetime) -> None:
    ledger.redeclare(
        actor=actor,
        at=at,
        key=None,
        entry_id=entry_id,
        quantity=activity.quantity,
        day=activity.day,
        people=_people(activity),
    )


def withdraw(row: Activity, *, actor: Actor, at: datetime, note: str) -> None:
    """Take all entries of an activity back. Raises Conflict when one counts already."""
    entries = ActivityReceiver.objects.filter(activity=row, entry__isnull=False).order_by("id")
    for entry_id in entries.values_list("entry_id", flat=True):
        if entry_id is not None:
            ledger.withdraw(actor=actor, at=at, key=None, entry_id=entry_id, note=note)


def named_accounts(row: Activity) -> set[int]:
    """Return the accounts that the recorder named."""
    return set(ActivityAccount.objects.filter(activity=row).values_list("account_id", flat=True))


def differences(row: Activity) -> set[str]:
    """Return which of the facts that an entry holds differ from what is kept of the activity so far."""
    before = Activity.objects.get(pk=row.pk)
    held = ("kind", "giver_id", "quantity", "day", "day_to")
    return {name for name in held if getattr(row, name) != getattr(before, name)}


def _people(activity: ActivityFacts) -> tuple[tuple[int, str, Decimal | None], ...]:
    return tuple((taking.person_id, taking.part, taking.share) for taking in activity.people)
