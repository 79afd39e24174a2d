"""Where an entry is posted: accounts that fit or are named, its people, their month sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.ledger import flow
from lianti.contexts.ledger.domain.due import period_of
from lianti.contexts.ledger.domain.fits import even_shares, fits, kept_share, may_be_named, own_share
from lianti.contexts.ledger.models import Account, Booking, Entry, EntryPerson, MonthSheet
from lianti.contexts.ledger.services.sums import Book, Changes, place_of
from lianti.contexts.ledger.states import AccountState, EntryState
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.dates import month_of
from lianti.lib.errors import Invalid

Share = Decimal | Fraction | None
People = Sequence[tuple[int, str, Share]]
_NOBODY: Sequence[tuple[int | None, str, Share]] = ((None, "", None),)


def hold_pair(giver_id: int, receiver_id: int, *, alone: bool = False) -> None:
    """Keep an account from opening between two sides while an entry is posted there, and the other way round.

    Neither would see the other's row yet, and the entry would be missing in the account. SQLite has one writer.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            name = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
            cursor.execute(f"SELECT {name}(%s, %s)", [giver_id, receiver_id])


def hold_old(ident: int | str) -> None:
    """Lock what a correction corrects before the correction itself: the order in which every move locks the two."""
    key = {"pk": ident} if isinstance(ident, int) else {"public_id": ident}
    old = Entry.objects.filter(**key).values_list("corrects_id", flat=True).first()
    if old is not None:
        Entry.objects.select_for_update(of=("self",)).get(pk=old)


def enter(
    changes: Changes,
    entry: Entry,
    people: People,
    named: Iterable[int],
    actor: Actor,
    held: Mapping[int, bool] | None = None,
) -> None:
    """Post a declared entry: to its accounts, onto its people's sheets, into the sums."""
    if entry.corrects_id is None:
        books = post(entry, chosen(entry, named, held))
    else:
        books = post(entry, where_it_counts(Entry.objects.get(pk=entry.corrects_id)))
    place_on_sheets(entry, people, actor, changes.at)
    stand(changes, entry, books)


def stand(changes: Changes, entry: Entry, books: Iterable[Book]) -> None:
    """Add a newly posted entry to the sums and to what its sheets wait for."""
    place = place_of(entry)
    if place is not None:
        changes.put(entry, place, books, 1)
    if entry.state == EntryState.DECLARED:
        changes.wait(entry, 1)


def chosen(entry: Entry, named: Iterable[int], held: Mapping[int, bool] | None = None) -> list[tuple[Account, bool]]:
    """Give the accounts that take the entry, each with whether only a name brought it there.

    `held`: where it stood before it was mended; there it stays while it still fits or is named, closed or not.
    Raises Invalid at 'accounts' when one named now is not between the same two, closed, or of another unit.
    """
    wanted, stood = set(named), held or {}
    either = Q(state=AccountState.OPEN) | Q(pk__in=list(stood))
    rows = Account.objects.filter(either, giver_id=entry.giver_id, receiver_id=entry.receiver_id)
    found: list[tuple[Account, bool]] = []
    for account in rows.order_by("id"):
        takes = replace(account.wanted, open=True) if account.pk in stood else account.wanted
        if (account.pk in wanted or stood.get(account.pk)) and may_be_named(takes, entry.given):
            found.append((account, True))
            wanted.discard(account.pk)
        elif fits(takes, entry.given):
            found.append((account, False))
    if wanted:
        raise Invalid(
            {"accounts": _("An account that was named is closed, of other institutions, or of another unit.")}
        )
    return found


def post(entry: Entry, accounts: Iterable[tuple[Account, bool]]) -> list[Book]:
    """Write the postings of an entry and return them as the sums need them."""
    rows = [posting(entry, account, named) for account, named in accounts]
    Booking.objects.bulk_create(rows)
    return [Book(row.account_id, row.relation_id, row.period) for row in rows]


def posting(entry: Entry, account: Account, named: bool) -> Booking:
    """Make the unsaved posting of an entry to an account."""
    return Booking(
        entry=entry,
        account=account,
        relation_id=account.relation_id,
        named=named,
        day=entry.day,
        period=period_of(account.terms, entry.count_day).key,
    )


def place_on_sheets(entry: Entry, people: People, actor: Actor, at: datetime) -> None:
    """Write who took part with which share, each on their month sheet; nobody named: one row on the open sheet."""
    shares = _shares(entry.quantity, people)
    named = people or _NOBODY
    month = month_of(entry.day)
    rows = [
        EntryPerson(
            entry=entry,
            sheet_id=sheet_for(person_id, entry, month, actor, at),
            person_id=person_id,
            part=part,
            share=share,
            share_parts=parts,
            month=month,
        )
        for (person_id, part, _share), (share, parts) in zip(named, map(kept_share, shares), strict=True)
    ]
    EntryPerson.objects.bulk_create(rows)
    entry.sheet_ids = frozenset(row.sheet_id for row in rows)


def _shares(quantity: Decimal, people: People) -> list[Decimal | Fraction]:
    if not people:
        return [quantity]
    open_ended = [share is None for _person, _part, share in people]
    rest = quantity - sum((Decimal(share) for _p, _part, share in people if isinstance(share, Decimal)), Decimal(0))
    even = iter(even_shares(max(rest, Decimal(0)), sum(open_ended)))
    return [next(even) if share is None else share for _person, _part, share in people]


def sheet_for(person_id: int | None, entry: Entry, month: date, actor: Actor, at: datetime) -> int:
    """Give the month sheet of a person (or of nobody) between the entry's two sides, begun when it is not there."""
    key = {"person_id": person_id, "giver_id": entry.giver_id, "receiver_id": entry.receiver_id, "month": month}
    if (found := MonthSheet.objects.filter(**key).values_list("id", flat=True).first()) is not None:
        return found
    try:
        with transaction.atomic():
            made = engine.create(flow.SHEETS, MonthSheet(**key), name="open_sheet", actor=actor, at=at, key=None)
    except IntegrityError:
        # Somebody began the same sheet in this moment; theirs is the one.
        return MonthSheet.objects.values_list("id", flat=True).get(**key)
    return made.pk


def leave(entry: Entry) -> dict[int, bool]:
    """Take an entry that stands nowhere out of its accounts and off its sheets.

    Return the accounts in which it stood, each with whether it was named for it.
    """
    held = dict(Booking.objects.filter(entry=entry).values_list("account_id", "named"))
    Booking.objects.filter(entry=entry).delete()
    EntryPerson.objects.filter(entry=entry).delete()
    return held


def where_it_counts(old: Entry) -> list[tuple[Account, bool]]:
    """Give the accounts an entry counts for: its corrections go there, closed or not, and nowhere else."""
    rows = Booking.objects.filter(entry=old).select_related("account").order_by("account_id")
    return [(row.account, row.named) for row in rows]


def shares_of(old: Entry, difference: Decimal) -> People:
    """Give the people of an entry, each with exactly their part of a difference."""
    rows = EntryPerson.objects.filter(entry=old, person__isnull=False).order_by("id")
    return [(int(row.person_id or 0), row.part, own_share(row.exact, difference, old.declared)) for row in rows]
