"""Declaring what was given, and what its declarer does to it until somebody has verified it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger import flow, rules
from lianti.contexts.ledger.domain import kinds
from lianti.contexts.ledger.domain.fits import may_be_named
from lianti.contexts.ledger.models import Account, Booking, Entry, EntryPerson
from lianti.contexts.ledger.services import deadlines, months, posting, waiting
from lianti.contexts.ledger.services.facts import EntryFacts, OnPaper, check_entry
from lianti.contexts.ledger.services.facts import quantity as read_quantity
from lianti.contexts.ledger.services.sums import Book, Changes, move_to, place_of
from lianti.contexts.ledger.states import STANDING, EntryState
from lianti.kernel import scope
from lianti.kernel.workflow import engine
from lianti.lib import workdays
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Conflict, Invalid, NotFound

CLOSED = _("This month is closed between the two institutions. Enter it as a late entry (counted in the open month).")


def declare(*, actor: Actor, at: datetime, key: str | None, entry: EntryFacts) -> Entry:
    """Declare what an activity gave to one receiver; it is posted to every account that fits or is named.

    Raises NotAllowed, Conflict when the month is closed and the entry is not marked late, Invalid, KeyReused.
    """
    today = shanghai_day(at)
    check_entry(entry, today)
    with scope.acting(actor), transaction.atomic():
        posting.hold_pair(entry.giver_id, entry.receiver_id)
        row = _new(entry, actor, today)

        def effect(made: Entry) -> None:
            changes = Changes(at)
            posting.enter(changes, made, list(entry.people), entry.account_ids, actor)
            changes.flush()

        declared = engine.create(
            flow.ENTRIES,
            row,
            name="declare",
            actor=actor,
            at=at,
            key=key,
            facts={"quantity": str(entry.quantity)},
            body=entry,
            effect=effect,
        )
        return acknowledged(declared, entry.acknowledged_by, at)


def _new(facts: EntryFacts, actor: Actor, today: date) -> Entry:
    closed = months.any_closed(facts.giver_id, facts.receiver_id, facts.day, facts.day_to)
    if closed and not facts.late:
        raise Conflict(CLOSED)
    return Entry(
        giver_id=facts.giver_id,
        receiver_id=facts.receiver_id,
        kind=facts.kind,
        unit=kinds.unit_of(facts.kind).code,
        quantity=facts.quantity,
        declared=facts.quantity,
        day=facts.day,
        day_to=facts.day_to,
        fit_day=facts.day,
        count_day=months.counting_day(facts.giver_id, facts.receiver_id, facts.day) if closed else facts.day,
        late=closed or today > workdays.add(facts.day_to or facts.day, settings.OVERDUE_DAYS),
        verify_by=deadlines.verify_by(facts.day, today),
        declarer_id=actor.person_id,
        source_kind=facts.source_kind,
        source_id=facts.source_id,
        source_public_id=facts.source_public_id,
        note=facts.note[:500],
        before=[[principal, at.isoformat()] for principal, at in facts.before],
    )


def acknowledged(entry: Entry, acknowledger: Actor | OnPaper | None, at: datetime) -> Entry:
    """Verify at once what the receiver has acknowledged by its own move, where it may; else it stays declared.

    What the receiver sealed on paper is confirmed on paper, where its signatory passes the test and whoever booked
    the scan may: never the declarer.
    """
    if acknowledger is None or entry.state != EntryState.DECLARED:
        return entry
    from lianti.contexts.ledger.services import verifying

    if isinstance(acknowledger, OnPaper):
        return verifying.stamped(entry, acknowledger, at)
    if rules.refusals(rules.who_is(acknowledger), [entry]):
        return entry
    return verifying.acknowledge(actor=acknowledger, at=at, entry_id=entry.pk)


def adopt_entry(
    *, actor: Actor, at: datetime, key: str | None, entry: EntryFacts, state: str, level: int, source: str
) -> Entry:
    """Take in an entry that was declared or verified elsewhere, in the state it is in; for imports. Raises Invalid."""
    today = shanghai_day(at)
    check_entry(entry, today)
    with scope.acting(actor), transaction.atomic():
        posting.hold_pair(entry.giver_id, entry.receiver_id)
        row = _new(entry, actor, today)
        row.level = 0 if state == EntryState.DECLARED else level

        def effect(made: Entry) -> None:
            changes = Changes(at)
            posting.enter(changes, made, list(entry.people), entry.account_ids, actor)
            changes.flush()

        return engine.adopt(flow.ENTRIES, row, state=state, actor=actor, at=at, key=key, source=source, effect=effect)


def redeclare(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    entry_id: str | int,
    quantity: Decimal | None = None,
    day: date | None = None,
    people: Iterable[tuple[int, str, Decimal | None]] | None = None,
    note: str = "",
    version: int | None = None,
) -> Entry:
    """Declare a returned entry again, or mend one that nobody has verified yet, with what is given anew.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    with scope.acting(actor), transaction.atomic():
        _hold_pair_of(actor, entry_id)

        def effect(entry: Entry) -> dict[str, Any]:
            fields = _mended(entry, quantity, day, shanghai_day(at))
            # Who declares it again has declared it, and verifies it no more than who did so first.
            fields["declarer_id"] = actor.person_id or entry.declarer_id
            new_people = _people_of(entry, fields["quantity"], people)
            changes = Changes(at)
            was = entry.state
            move_to(changes, entry, state=EntryState.WITHDRAWN, level=0, quantity=entry.quantity)
            held = posting.leave(entry)
            for name, value in {**fields, "state": EntryState.DECLARED}.items():
                setattr(entry, name, value)
            posting.enter(changes, entry, new_people, (), actor, held)
            entry.state = was
            changes.flush()
            waiting.nothing(entry, at)
            return fields

        moved: Entry = engine.move(
            flow.ENTRIES,
            entry_id,
            name="redeclare",
            actor=actor,
            at=at,
            key=key,
            version=version,
            note=note,
            facts=_told(quantity=quantity, day=day),
            effect=effect,
        )
        return moved


def _told(**facts: object) -> dict[str, str]:
    return {name: str(value) for name, value in facts.items() if value is not None}


def _mended(entry: Entry, quantity: Decimal | None, day: date | None, today: date) -> dict[str, Any]:
    number = entry.declared if quantity is None else read_quantity(quantity, signed=entry.corrects_id is not None)
    if entry.corrects_id is not None:
        if day is not None and day != entry.day:
            raise Invalid({"day": _("A correction keeps its day.")})
        _not_below_zero(entry.corrects_id, number, besides=entry.pk)
    fields: dict[str, Any] = {
        "quantity": number,
        "declared": number,
        "level": 0,
        "via": "",
        "verify_by": deadlines.verify_by(day or entry.day, today),
    }
    if day is not None and day != entry.day:
        fields |= _moved_to(entry, day, today)
    return fields


def _moved_to(entry: Entry, day: date, today: date) -> dict[str, Any]:
    if day > today:
        raise Invalid({"day": _("This day has not come yet.")})
    if months.is_closed(entry.giver_id, entry.receiver_id, day):
        raise Conflict(CLOSED)
    return {"day": day, "fit_day": day, "count_day": day, "day_to": None}


def _people_of(
    entry: Entry, quantity: Decimal, given: Iterable[tuple[int, str, Decimal | None]] | None
) -> posting.People:
    """Give the people told anew, else as they stand: their shares stay only while the quantity does."""
    if entry.corrects_id is not None:
        if given is not None:
            raise Invalid({"people": _("Own shares of a correction follow the entry that it corrects.")})
        return posting.shares_of(Entry.objects.get(pk=entry.corrects_id), quantity)
    if given is not None:
        return list(given)
    rows = EntryPerson.objects.filter(entry=entry, person__isnull=False).order_by("id")
    same = quantity == entry.declared
    return [(row.person_id, row.part, row.share if same else None) for row in rows if row.person_id is not None]


def withdraw(
    *, actor: Actor, at: datetime, key: str | None, entry_id: str | int, note: str = "", version: int | None = None
) -> Entry:
    """Withdraw a declared or returned entry: it counts nowhere. Raises NotFound, NotAllowed, Conflict."""

    def effect(entry: Entry) -> None:
        changes = Changes(at)
        move_to(changes, entry, state=EntryState.WITHDRAWN, level=0, quantity=entry.quantity)
        changes.flush()
        waiting.nothing(entry, at)

    by: dict[str, Any] = {"actor": actor, "at": at, "key": key, "version": version}
    moved: Entry = engine.move(flow.ENTRIES, entry_id, name="withdraw", **by, note=note, effect=effect)
    return moved


def name_account(
    *, actor: Actor, at: datetime, key: str | None, entry_id: str | int, account_id: int, version: int | None = None
) -> Entry:
    """Name an account that the entry counts for beside those that fit.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    with scope.acting(actor), transaction.atomic():
        _hold_pair_of(actor, entry_id)

        def effect(entry: Entry) -> None:
            if entry.corrects_id is not None:
                raise Conflict(_("A correction counts where the entry that it corrects does: name the account there."))
            account = Account.objects.filter(pk=account_id).first()
            if account is None or not may_be_named(account.wanted, entry.given):
                raise Invalid(
                    {"account": _("An account that was named is closed, of other institutions, or of another unit.")}
                )
            held = Booking.objects.filter(entry=entry).values_list("account_id", "relation_id")
            if account.pk in dict(held):
                raise Conflict(_("The entry counts for this account already."))
            relation = None if account.relation_id in {relation for _account, relation in held} else account.relation_id
            changes = Changes(at)
            there = Booking.objects.filter(account=account).values("entry_id")
            corrections = Entry.objects.select_for_update(of=("self",)).filter(corrects=entry).exclude(pk__in=there)
            for one in [entry, *corrections.exclude(state=EntryState.WITHDRAWN).order_by("id")]:
                row = posting.posting(one, account, named=True)
                row.save(force_insert=True)
                if (place := place_of(one)) is not None:
                    changes.put(one, place, [Book(account.pk, relation, row.period)], 1)
            changes.flush()

        moved: Entry = engine.move(
            flow.ENTRIES,
            entry_id,
            name="name_account",
            actor=actor,
            at=at,
            key=key,
            version=version,
            facts={"account": str(account_id)},
            effect=effect,
        )
        return moved


def _hold_pair_of(actor: Actor, entry_id: str | int) -> None:
    """Hold the pair before the entry is locked, in the order in which opening an account does."""
    rows = Entry.objects.filter(rules.visible_to(actor))
    ident: Mapping[str, Any] = {"pk": entry_id} if isinstance(entry_id, int) else {"public_id": entry_id}
    pair = rows.filter(**ident).values_list("giver_id", "receiver_id").first()
    if pair is None:
        raise NotFound
    posting.hold_pair(*pair)
    posting.hold_old(entry_id)


def _not_below_zero(old_id: int, difference: Decimal, *, besides: int | None = None) -> None:
    """Check that corrections cannot bring an entry below zero; raises Invalid at 'quantity'.

    A correction that takes away counts as soon as it is declared, one that adds only when it is verified.
    """
    old = Entry.objects.select_for_update(of=("self",)).get(pk=old_id)
    left = Decimal(old.quantity)
    standing = Entry.objects.filter(corrects_id=old_id, state__in=STANDING)
    others = standing.exclude(pk=besides or 0)
    for quantity, level in others.values_list("quantity", "level"):
        if quantity < 0 or level > 0:
            left += quantity
    if difference < 0 and left + difference < 0:
        raise Invalid(
            {"quantity": _("A correction cannot bring the entry below zero: %(left)s is left.") % {"left": left}}
        )


not_below_zero = _not_below_zero
