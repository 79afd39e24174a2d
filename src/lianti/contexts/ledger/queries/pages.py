"""What the page of one entry says beside head, moves and story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from lianti.contexts.ledger import rules
from lianti.contexts.ledger.domain.fits import may_be_named, own_share
from lianti.contexts.ledger.models import Account, Booking, Entry, EntryPerson, MonthSheet, SpotCheck
from lianti.contexts.ledger.queries.fulfilment import open_accounts_between
from lianti.contexts.ledger.queries.lists import KIND, EntryLine, is_overdue, lines
from lianti.contexts.ledger.states import CheckState
from lianti.contexts.network import queries as network
from lianti.kernel.worklist import Card
from lianti.lib.actor import Actor


@dataclass(frozen=True)
class Part:
    """A person of an entry: their share as declared and as it counts now, and the sheet where the reader may see it."""

    person: network.PersonFacts | None
    share: Decimal
    counted: Decimal
    sheet_public_id: str


@dataclass(frozen=True)
class EntryPage:
    """One entry with all that belongs to it. `entry` is read only; `check`: the spot check that the reader judges.

    `left`: the quantity with its corrections that count. `party`: the reader may open what the entry came from; an
    authority that only arbitrates may not.
    """

    entry: Entry
    party: bool
    overdue: bool
    people: list[Part]
    counts: list[Booking]
    corrections: Sequence[EntryLine]
    left: Decimal
    corrects: Entry | None
    declarer: network.PersonFacts | None
    houses: dict[int, network.InstitutionFacts]
    nameable: list[Account]
    check: str
    held_back: frozenset[str] = frozenset()


def entry_page(actor: Actor, row: Entry, *, today: date) -> EntryPage:
    """Return what the page of an entry shows, as far as the actor may see it."""
    related = KIND.visible(actor).narrowed(Q(corrects=row.pk)).all(order=("id",), most=50)
    old = KIND.visible(actor).narrowed(Q(pk=row.corrects_id)).all(most=1) if row.corrects_id else []
    persons = network.people_by_id([row.declarer_id] if row.declarer_id else [])
    sides = {row.giver_id, row.receiver_id, row.tenant_id, row.referred_id or row.tenant_id}
    return EntryPage(
        entry=row,
        party=actor.tenant_id in {row.giver_id, row.receiver_id, row.tenant_id},
        overdue=is_overdue(row, today),
        people=_parts(actor, row),
        counts=_counts(actor, row),
        corrections=lines(related, actor, today) if related else [],
        left=row.quantity + sum((one.quantity for one in related if one.level), Decimal(0)),
        corrects=old[0] if old else None,
        declarer=persons.get(row.declarer_id or 0),
        houses=network.institutions_by_id(sides),
        nameable=_nameable(actor, row),
        check=open_check(actor, row.public_id),
    )


def _parts(actor: Actor, record: Entry) -> list[Part]:
    rows = list(EntryPerson.objects.filter(entry=record).order_by("id"))
    persons = network.people_by_id(row.person_id for row in rows if row.person_id)
    # An authority sees an entry that is laid before it, and not the sheet on which it stands.
    seen = MonthSheet.objects.filter(rules.SHEETS.visible_to(actor), pk__in=[row.sheet_id for row in rows])
    sheets = dict(seen.values_list("id", "public_id"))
    return [
        Part(
            person=persons.get(row.person_id or 0),
            share=two_places(row.exact),
            counted=two_places(own_share(row.exact, record.quantity, record.declared)),
            sheet_public_id=sheets.get(row.sheet_id, ""),
        )
        for row in rows
    ]


def _nameable(actor: Actor, record: Entry) -> list[Account]:
    """Return the accounts that a person can still name for the entry; a correction goes where the old entry does."""
    if record.corrects_id is not None:
        return []
    held = set(Booking.objects.filter(entry=record).values_list("account_id", flat=True))
    rows = open_accounts_between(actor, record.giver_id, record.receiver_id)
    return [row for row in rows if row.pk not in held and may_be_named(row.wanted, record.given)]


def open_check(actor: Actor, public_id: str) -> str:
    """Return the spot check of an entry that waits for this actor to judge it, or nothing."""
    rows = SpotCheck.objects.filter(entry__public_id=public_id, state=CheckState.DRAWN)
    check = rows.filter(rules.CHECKS.visible_to(actor)).first()
    if check is None or rules.CHECKS.refusal(actor, "ledger.judge", check) is not None:
        return ""
    return check.public_id


def check_cards(actor: Actor, pks: list[int]) -> dict[int, Card]:
    """Return a card for each spot check that waits to be judged: that of its entry."""
    checks = dict(SpotCheck.objects.filter(rules.CHECKS.visible_to(actor), pk__in=pks).values_list("id", "entry_id"))
    cards = KIND.cards(actor, list(checks.values()))
    return {pk: cards[entry_id] for pk, entry_id in checks.items() if entry_id in cards}


def two_places(value: Any) -> Decimal:
    """Round an exact share for the eye."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"))


def _counts(actor: Actor, record: Entry) -> list[Booking]:
    """Return the accounts that the entry counts for and the actor may see."""
    visible = Account.objects.filter(rules.ACCOUNTS.visible_to(actor))
    rows = Booking.objects.filter(entry=record, account__in=visible)
    return list(rows.select_related("account").order_by("account_id"))
