"""Opening, dating and closing what is owed; an account takes in the entries that are already there and fit."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger import flow
from lianti.contexts.ledger.domain.fits import fits
from lianti.contexts.ledger.models import Account, AccountSum, Booking, Entry
from lianti.contexts.ledger.services.acting import at_the_books
from lianti.contexts.ledger.services.facts import AccountFacts, check_account
from lianti.contexts.ledger.services.posting import hold_pair, posting
from lianti.contexts.ledger.services.sums import Book, Changes, place_of
from lianti.contexts.ledger.states import EntryState
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Invalid


def open_account(*, actor: Actor, at: datetime, key: str | None, account: AccountFacts) -> Account:
    """Open an account for something owed; it takes in the entries already there that fit. Raises Invalid, KeyReused."""
    check_account(account)
    row = Account(
        giver_id=account.giver_id,
        receiver_id=account.receiver_id,
        kinds=sorted(account.kinds),
        unit=account.unit or "",
        amount=account.amount,  # type: ignore[misc]  # null is allowed, see the field
        per=account.period,
        from_date=account.from_date,
        to_date=account.to_date,
        since=shanghai_day(at),
        source_kind=account.source_kind,
        source_id=account.source_id,
        source_public_id=account.source_public_id,
        relation_id=account.relation_id,
        label=account.label[:200],
    )

    def take_in(opened: Account) -> None:
        with at_the_books(actor, opened.giver_id, opened.receiver_id):
            hold_pair(opened.giver_id, opened.receiver_id, alone=True)
            _take_in(opened, at)

    return engine.create(
        flow.ACCOUNTS, row, name="open_account", actor=actor, at=at, key=key, body=account, effect=take_in
    )


def redate_account(
    *, actor: Actor, at: datetime, key: str | None, account_id: int, from_date: date | None, to_date: date | None
) -> Account:
    """Give an account other dates: it takes in what now fits and lets go what no longer does.

    Entries that a person named stay. Raises NotFound, Conflict, Invalid.
    """
    if from_date and to_date and to_date < from_date:
        raise Invalid({"to_date": _("The end lies before the beginning.")})
    return _changed("redate_account", actor, at, key, account_id, {"from_date": from_date, "to_date": to_date})


def correct_account(
    *, actor: Actor, at: datetime, key: str | None, account_id: int, account: AccountFacts, note: str
) -> Account:
    """Write down anew what is owed, between the same two: what was counted stays as far as it fits, in its period.

    Raises NotFound, Conflict, Invalid.
    """
    check_account(account)
    fields = {
        "kinds": sorted(account.kinds),
        "unit": account.unit or "",
        "amount": account.amount,
        "per": account.period,
        "from_date": account.from_date,
        "to_date": account.to_date,
        "label": account.label[:200],
    }
    return _changed("correct_account", actor, at, key, account_id, fields, note=note)


def _changed(
    name: str, actor: Actor, at: datetime, key: str | None, account_id: int, fields: dict[str, Any], note: str = ""
) -> Account:
    def resettle(account: Account) -> dict[str, Any]:
        account.since = shanghai_day(account.created_at)
        with at_the_books(actor, account.giver_id, account.receiver_id):
            hold_pair(account.giver_id, account.receiver_id, alone=True)
            _let_go(account, at)
            _take_in(account, at)
        return {"since": account.since}

    told: dict[str, Any] = {"name": name, "actor": actor, "at": at, "key": key, "note": note}
    moved: Account = engine.move(flow.ACCOUNTS, account_id, **told, fields=fields, effect=resettle)
    return moved


def close_account(*, actor: Actor, at: datetime, key: str | None, account_id: int, note: str = "") -> Account:
    """Close an account: nothing more is posted to it; what stands stays. Raises NotFound, Conflict."""
    moved: Account = engine.move(
        flow.ACCOUNTS, account_id, name="close_account", actor=actor, at=at, key=key, note=note
    )
    return moved


def _take_in(account: Account, at: datetime) -> None:
    """Post every entry that is there and fits, but is not posted yet."""
    if not account.kinds:
        return
    # Locked, so that a verification under way ends first and a later one sees the new posting.
    rows = (
        Entry.objects.select_for_update(of=("self",))
        .filter(giver_id=account.giver_id, receiver_id=account.receiver_id, kind__in=account.kinds)
        .exclude(state=EntryState.WITHDRAWN)
    )
    if account.from_date:
        rows = rows.filter(fit_day__gte=account.from_date)
    if account.to_date:
        rows = rows.filter(fit_day__lte=account.to_date)
    held = set(Booking.objects.filter(account=account).values_list("entry_id", flat=True))
    wanted = account.wanted
    found = [entry for entry in rows.order_by("id") if entry.pk not in held and fits(wanted, entry.given)]
    others = _relations_without(account, found)
    changes = Changes(at)
    made = [posting(entry, account, named=False) for entry in found]
    Booking.objects.bulk_create(made, batch_size=500)
    for entry, row in zip(found, made, strict=True):
        _put(changes, entry, row, others, 1)
    changes.flush()


def _let_go(account: Account, at: datetime) -> None:
    """Take out what no longer fits, and give every other posting the period it now counts in."""
    changes = Changes(at)
    rows = _locked_postings(account)
    AccountSum.objects.filter(account=account).delete()
    gone = [row for row in rows if not row.named and not fits(account.wanted, row.entry.given)]
    lost = {row.pk for row in gone}
    others = _relations_without(account, [row.entry for row in gone])
    for row in gone:
        place = place_of(row.entry)
        if place is not None and row.relation_id is not None and row.entry_id not in others:
            changes.put_relations(row.entry, place, [row.relation_id], -1)
    Booking.objects.filter(pk__in=lost).delete()
    kept = [row for row in rows if row.pk not in lost]
    for row in kept:
        row.period = posting(row.entry, account, row.named).period
        if (place := place_of(row.entry)) is not None:
            changes.put(row.entry, place, [Book(account.pk, None, row.period)], 1)
    Booking.objects.bulk_update(kept, ["period"], batch_size=500)
    changes.flush()


def _locked_postings(account: Account) -> list[Booking]:
    rows = list(Booking.objects.filter(account=account))
    locked = Entry.objects.select_for_update(of=("self",)).filter(pk__in=[row.entry_id for row in rows]).order_by("id")
    entries = {entry.pk: entry for entry in locked}
    for row in rows:
        row.entry = entries[row.entry_id]
    return rows


def _relations_without(account: Account, entries: list[Entry]) -> set[int]:
    """Give those of the entries that count for the account's relation through another account already."""
    if account.relation_id is None:
        return set()
    rows = Booking.objects.filter(relation_id=account.relation_id, entry__in=[entry.pk for entry in entries])
    return set(rows.exclude(account=account).values_list("entry_id", flat=True))


def _put(changes: Changes, entry: Entry, row: Booking, others: set[int], sign: int) -> None:
    place = place_of(entry)
    if place is None:
        return
    relation = None if entry.pk in others else row.relation_id
    changes.put(entry, place, [Book(row.account_id, relation, row.period)], sign)
