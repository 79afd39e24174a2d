"""After verification nothing is edited: a correction carries the signed difference and names the old entry."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger import flow, rules
from lianti.contexts.ledger.models import Entry
from lianti.contexts.ledger.services import deadlines, months, posting
from lianti.contexts.ledger.services.acting import at_the_books
from lianti.contexts.ledger.services.declaring import acknowledged, not_below_zero, redeclare, withdraw
from lianti.contexts.ledger.services.facts import OnPaper, quantity
from lianti.contexts.ledger.services.sums import Changes
from lianti.contexts.ledger.states import EntryState
from lianti.kernel import scope
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.dates import month_of, shanghai_day
from lianti.lib.errors import Conflict, Invalid, NotFound

_VERIFIED = frozenset({EntryState.COUNTED, EntryState.SETTLED})
_UNVERIFIED = frozenset({EntryState.DECLARED, EntryState.RETURNED})
_AT_ONCE = {"fail_check": "check", "settle_rest": "settled"}


def correct(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    entry_id: str | int,
    difference: Decimal,
    note: str,
    version: int | None = None,
) -> Entry:
    """Declare a correction of a verified entry: the signed difference with its reason, verified like any entry.

    Raises NotFound, NotAllowed, Conflict, Invalid (no reason, nothing to change, or below zero).
    """
    if not note.strip():
        raise Invalid({"note": _("This is needed.")})
    with scope.acting(actor), transaction.atomic():
        old = entry_for(actor, entry_id)
        posting.hold_pair(old.giver_id, old.receiver_id)
        return make(actor, at, key, old, difference, note, name="correct", version=version)


def revise(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    entry_id: int,
    difference: Decimal,
    note: str,
    acknowledged_by: Actor | OnPaper | None = None,
) -> Entry | None:
    """Bring an entry to another figure by the move that its state asks for, and let the receiver acknowledge it.

    What nobody has verified yet is declared again, or withdrawn where nothing is left; what is verified gets a
    correction. Returns the entry that stands for it; None where it stands for nothing. Raises NotFound, NotAllowed,
    Conflict where it is objected to, Invalid.
    """
    with scope.acting(actor), transaction.atomic():
        old = entry_for(actor, entry_id)
        told: dict[str, Any] = {"actor": actor, "at": at, "key": key}
        if old.state in _UNVERIFIED:
            left = Decimal(old.declared) + difference
            if left <= 0:
                withdraw(**told, entry_id=old.pk, note=note)
                return None
            return acknowledged(redeclare(**told, entry_id=old.pk, quantity=left, note=note), acknowledged_by, at)
        if old.state == EntryState.WITHDRAWN:
            return None
        if old.state == EntryState.OBJECTED:
            raise Conflict(_("An objection to these days is not settled yet."))
        acknowledged(correct(**told, entry_id=old.pk, difference=difference, note=note), acknowledged_by, at)
        return old


def make(
    actor: Actor,
    at: datetime,
    key: str | None,
    old: Entry,
    difference: Decimal,
    note: str,
    *,
    name: str,
    version: int | None = None,
) -> Entry:
    """Make the correction of `old` as it was seen in `version`.

    What a failed spot check takes away (`fail_check`), or a settlement adds to a closed month (`settle_rest`), counts
    at once, at the level of what it corrects.
    """
    figure = quantity(difference, signed=True)
    with at_the_books(actor, old.giver_id, old.receiver_id):
        row = _new(old, figure, note, shanghai_day(at), actor)
    if name in _AT_ONCE:
        row.level, row.via = old.level, _AT_ONCE[name]

    def effect(correction: Entry) -> None:
        locked = Entry.objects.select_for_update(of=("self",)).get(pk=old.pk)
        settling = name == "settle_rest" and locked.state == EntryState.OBJECTED
        if locked.corrects_id is not None or not (settling or locked.state in _VERIFIED):
            raise Conflict(_("Only a verified entry is corrected, and a correction is not corrected itself."))
        if (version is not None and locked.version != version) or (name in _AT_ONCE and locked.level != row.level):
            raise Conflict
        changes = Changes(at)
        with at_the_books(actor, old.giver_id, old.receiver_id) as inside:
            if name not in _AT_ONCE:
                not_below_zero(old.pk, correction.quantity, besides=correction.pk)
            books = posting.post(correction, posting.where_it_counts(old))
            posting.place_on_sheets(correction, posting.shares_of(old, correction.quantity), inside, at)
            posting.stand(changes, correction, books)
            changes.flush()

    return engine.create(
        flow.ENTRIES,
        row,
        name=name,
        actor=actor,
        at=at,
        key=key,
        note=note.strip(),
        facts={"corrects": old.public_id, "quantity": str(row.quantity)},
        body=[old.public_id, str(difference), note],
        effect=effect,
    )


def _new(old: Entry, difference: Decimal, note: str, today: date, actor: Actor) -> Entry:
    counts = months.counting_day(old.giver_id, old.receiver_id, old.count_day)
    # Dated in the open period: the old day while its month is open, else today, or the open month's first day.
    moved = counts != old.count_day or months.is_closed(old.giver_id, old.receiver_id, old.day)
    day = old.day if not moved else max(counts, today if month_of(today) == month_of(counts) else counts)
    return Entry(
        giver_id=old.giver_id,
        receiver_id=old.receiver_id,
        kind=old.kind,
        unit=old.unit,
        quantity=difference,
        declared=difference,
        day=day,
        day_to=None if moved else old.day_to,
        fit_day=old.fit_day,
        count_day=max(counts, day) if moved else counts,
        verify_by=deadlines.verify_by(day, today),
        declarer_id=actor.person_id,
        corrects=old,
        arbiter_id=old.arbiter_id,
        source_kind=old.source_kind,
        source_id=old.source_id,
        source_public_id=old.source_public_id,
        note=note.strip()[:500],
    )


def entry_for(actor: Actor, entry_id: str | int) -> Entry:
    """Find an entry the actor may know of. Raises NotFound."""
    ident: dict[str, Any] = {"pk": entry_id} if isinstance(entry_id, int) else {"public_id": entry_id}
    row = Entry.objects.filter(rules.ENTRIES.visible_to(actor), **ident).first()
    if row is None:
        raise NotFound
    return row
