"""Spot checks: drawn and judged by the authority of a relation, else by the receiver's office."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger import flow, rules, words
from lianti.contexts.ledger.domain.due import add_months
from lianti.contexts.ledger.domain.levels import ZERO, Level
from lianti.contexts.ledger.domain.verifying import Refusal
from lianti.contexts.ledger.models import Entry, SpotCheck
from lianti.contexts.ledger.services import correcting, months, verifying
from lianti.contexts.ledger.services.acting import at_the_books
from lianti.contexts.ledger.services.disputing import authorities_of, lay_corrections_before
from lianti.contexts.ledger.states import CHECK, CheckState, EntryState
from lianti.kernel import scope, worklist
from lianti.kernel.workflow import engine
from lianti.kernel.worklist import Wait
from lianti.lib.actor import Actor
from lianti.lib.dates import month_of
from lianti.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from lianti.lib.roles import DESK, Role

_OTHERS_DRAW = _("A relation's authority, else the receiver's office, draws spot checks.")


def spot_draw(
    *, actor: Actor, at: datetime, key: str | None, giver_id: int, receiver_id: int, month: date, count: int
) -> list[SpotCheck]:
    """Draw some verified entries of a month of two sides at random for a closer look.

    By an authority those that count for a relation that names it, else by the receiver's office; by nobody those in
    which they have a part. The same key draws the same.
    Raises NotAllowed, Conflict when there is nothing to draw.
    """
    with scope.acting(actor), transaction.atomic():
        with at_the_books(actor, giver_id, receiver_id):
            pool = _pool(giver_id, receiver_id, month_of(month))
            if not pool:
                raise Conflict(_("Nothing verified in this month is left to draw from."))
            part = refused(actor, pool)
            mine = [entry for entry in _drawn_by(actor, pool) if entry.pk not in part]
            if not mine:
                raise NotAllowed(_OTHERS_DRAW)
            lot = random.Random(f"{key or at.isoformat()}:{actor.principal_id}")  # noqa: S311  drawn, not kept secret
            drawn = lot.sample(mine, min(count, len(mine)))
        return [_draw(entry, actor, at) for entry in sorted(drawn, key=lambda entry: entry.pk)]


def spot_draw_entry(
    *, actor: Actor, at: datetime, key: str | None, entry_id: str | int, version: int | None = None
) -> SpotCheck:
    """Draw one entry for a closer look. Raises NotFound, NotAllowed, Conflict."""
    with scope.acting(actor), transaction.atomic():
        entry = correcting.entry_for(actor, entry_id)
        if not _drawn_by(actor, [entry]):
            raise NotAllowed(_OTHERS_DRAW)
        _passes(actor, entry)
        return _draw(entry, actor, at, key, version)


def _pool(giver_id: int, receiver_id: int, month: date) -> list[Entry]:
    """Give the verified entries of a month that no check has looked at yet."""
    rows = Entry.objects.filter(
        giver_id=giver_id,
        receiver_id=receiver_id,
        day__gte=month,
        day__lt=add_months(month, 1),
        state__in=[EntryState.COUNTED, EntryState.SETTLED],
        level__lt=Level.SPOT,
        corrects__isnull=True,
    )
    return list(rows.exclude(pk__in=SpotCheck.objects.values("entry_id")).order_by("id"))


def _drawn_by(actor: Actor, entries: list[Entry]) -> list[Entry]:
    """Keep the entries that this side draws: those of its relations, for the receiver those that no authority draws."""
    named = authorities_of(entries)
    return [entry for entry in entries if actor.tenant_id in (named[entry.pk] or [entry.receiver_id])]


def _draw(entry: Entry, actor: Actor, at: datetime, key: str | None = None, version: int | None = None) -> SpotCheck:
    if entry.corrects_id is not None:
        raise Conflict(_("A check is of the entry that was corrected, with its corrections."))
    if SpotCheck.objects.filter(entry_id=entry.pk, state=CheckState.DRAWN).exists():
        raise Conflict(_("This entry is drawn already."))
    row = SpotCheck(entry_id=entry.pk, giver_id=entry.giver_id, receiver_id=entry.receiver_id, judge_id=actor.tenant_id)

    def lay_before(check: SpotCheck) -> None:
        arbiter = actor.tenant_id if actor.tenant_id != entry.receiver_id else None
        if arbiter is not None:
            # From here on the authority sees the entry, so that it can draw and judge it in its own name.
            with at_the_books(actor, entry.giver_id, entry.receiver_id):
                Entry.objects.filter(pk=entry.pk).update(arbiter_id=arbiter)
                lay_corrections_before(entry, arbiter)
        fields = {"arbiter_id": arbiter} if arbiter else {}
        engine.move(flow.ENTRIES, entry.pk, name="draw", actor=actor, at=at, fields=fields, version=version)
        roles = tuple(sorted(DESK)) if arbiter is None else (Role.HEALTH_AUTHORITY,)
        worklist.replace(CHECK.name, check.pk, [Wait(actor.tenant_id, roles, "ledger.judge")], at)

    return engine.create(
        flow.CHECKS, row, name="draw_check", actor=actor, at=at, key=key, body=[entry.public_id], effect=lay_before
    )


def spot_judge(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    check_id: str | int,
    found: Decimal | None = None,
    note: str = "",
    version: int | None = None,
) -> SpotCheck:
    """Judge a spot check: passed, the entry rises to spot-checked; `found` lower than it: failed, a correction.

    `version`: the entry's, as it was seen.

    Raises NotFound, NotAllowed (who has a part in the entry does not judge it), Conflict, Invalid.
    """
    with scope.acting(actor), transaction.atomic():
        check = _check(actor, check_id)
        entry = Entry.objects.select_for_update(of=("self",)).get(pk=check.entry_id)
        _passes(actor, entry)
        with at_the_books(actor, entry.giver_id, entry.receiver_id):
            left = verifying.left_of(entry)
            closed = months.of_closed(entry)
        if found is None or found == left:
            by: dict[str, Any] = {"actor": actor, "at": at, "key": None, "entry_id": entry.pk, "version": version}
            if closed:
                # A closed month keeps its levels: what was found is noted beside the entry.
                _noted(note=note, **by)
            else:
                verifying.rise(**by, name="pass_check", level=Level.SPOT, via="check")
            return _judged(check, "pass_check", actor, at, key, left, note)
        if not ZERO <= found < left:
            raise Invalid({"found": _("What was found lies between nothing and the counted quantity.")})
        if not note.strip():
            raise Invalid({"note": _("This is needed.")})
        correcting.make(actor, at, None, entry, found - left, note, name="fail_check", version=version)
        return _judged(check, "fail_check", actor, at, key, found, note)


def _noted(*, actor: Actor, at: datetime, key: str | None, entry_id: int, version: int | None, note: str) -> None:
    engine.move(
        flow.ENTRIES, entry_id, name="note_check", actor=actor, at=at, key=key, version=version, note=note.strip()
    )


def _passes(actor: Actor, entry: Entry) -> None:
    """Hold who draws or judges to the test of a verifier."""
    why = refused(actor, [entry]).get(entry.pk)
    if why is not None:
        raise NotAllowed(words.REFUSALS[why])
    if actor.tenant_id != entry.receiver_id and not _drawn_by(actor, [entry]):
        raise NotAllowed(_OTHERS_DRAW)


def refused(actor: Actor, entries: list[Entry]) -> dict[int, Refusal]:
    """Put the test of a verifier, seen from the side of their receiver, to entries of one receiver."""
    return rules.refusals(replace(rules.who_is(actor), acting_for=entries[0].receiver_id), entries)


def _judged(
    check: SpotCheck, name: str, actor: Actor, at: datetime, key: str | None, found: Decimal, note: str
) -> SpotCheck:
    moved: SpotCheck = engine.move(
        flow.CHECKS, check.pk, name=name, actor=actor, at=at, key=key, note=note.strip(), fields={"found": found}
    )
    worklist.replace(CHECK.name, check.pk, [], at)
    return moved


def _check(actor: Actor, check_id: str | int) -> SpotCheck:
    ident: dict[str, Any] = {"pk": check_id} if isinstance(check_id, int) else {"public_id": check_id}
    row = SpotCheck.objects.filter(rules.CHECKS.visible_to(actor), **ident).first()
    if row is None:
        raise NotFound
    if row.state != CheckState.DRAWN:
        raise Conflict
    return row
