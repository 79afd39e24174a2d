"""What the page of one entry and of one account says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from lianti.contexts.ledger import rules
from lianti.contexts.ledger.domain.fits import may_be_named, own_share
from lianti.contexts.ledger.models import (
    Account,
    AccountTransition,
    Entry,
    EntryPerson,
    EntryTransition,
    MonthSheet,
    Posting,
    SpotCheck,
)
from lianti.contexts.ledger.queries.fulfilment import (
    Fulfilment,
    account_for,
    fulfilment,
    last_days,
    open_accounts_between,
)
from lianti.contexts.ledger.queries.lists import EntryRow, Listed, account_entries, rows_of
from lianti.contexts.ledger.states import CheckState
from lianti.contexts.network import queries as network
from lianti.lib.actor import Actor
from lianti.lib.errors import NotFound


@dataclass(frozen=True)
class Part:
    """A person of an entry: what they did, their share as declared and as it counts now, and their sheet.

    An authority sees the entry that was laid before it, but no sheet: then `sheet_public_id` is empty.
    """

    person: network.PersonFacts | None
    part: str
    share: Decimal
    counted: Decimal
    sheet_public_id: str


@dataclass(frozen=True)
class Counts:
    """An account that an entry counts for."""

    public_id: str
    label: str
    named: bool
    relation_id: int | None
    source_kind: str
    source_public_id: str


@dataclass(frozen=True)
class Step:
    """One move of a record's story; `who` is withheld when the person is hidden."""

    at: datetime
    name: str
    who: object
    institution: str
    note: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class EntryPage:
    """All that the page of an entry says; the moves are asked of the engine.

    `source_public_id` is empty for a reader who may not open what the entry came from.
    """

    row: EntryRow
    people: list[Part]
    counts: list[Counts]
    story: list[Step]
    corrections: list[EntryRow]
    corrects: EntryRow | None
    declarer: network.PersonFacts | None
    declared_for: network.InstitutionFacts
    arbiter: network.InstitutionFacts | None
    source_kind: str
    source_public_id: str
    nameable: list[Account]
    check: str
    record: Entry


def entry_for(actor: Actor, public_id: str) -> Entry:
    """Find an entry the actor may see. Raises NotFound."""
    row = Entry.objects.filter(rules.ENTRIES.visible_to(actor), public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def entry(actor: Actor, public_id: str, *, today: date) -> EntryPage:
    """Return an entry with people, story, corrections and the accounts it counts for. Raises NotFound."""
    record = entry_for(actor, public_id)
    related = list(Entry.objects.filter(corrects_id=record.pk).order_by("id"))
    old = Entry.objects.filter(pk=record.corrects_id).first() if record.corrects_id else None
    # An authority that only arbitrates sees the entry, not the activity and the sheet it lies on.
    party = actor.tenant_id in {record.giver_id, record.receiver_id, record.tenant_id}
    rows = {row.id: row for row in rows_of([record, *related, *([old] if old else [])], today)}
    persons = network.people_by_id([record.declarer_id] if record.declarer_id else [])
    houses = network.institutions_by_id({record.tenant_id} | ({record.arbiter_id} if record.arbiter_id else set()))
    return EntryPage(
        row=rows[record.pk],
        people=_parts(record, linked=party),
        counts=_counts(actor, record),
        story=steps(EntryTransition.objects.filter(record=record)),
        corrections=[rows[other.pk] for other in related],
        corrects=rows[old.pk] if old else None,
        declarer=persons.get(record.declarer_id or 0),
        declared_for=houses[record.tenant_id],
        arbiter=houses.get(record.arbiter_id or 0),
        source_kind=record.source_kind,
        source_public_id=record.source_public_id if party else "",
        nameable=_nameable(actor, record),
        check=open_check(actor, public_id),
        record=record,
    )


def _parts(record: Entry, *, linked: bool) -> list[Part]:
    rows = list(EntryPerson.objects.filter(entry=record).order_by("id"))
    persons = network.people_by_id(row.person_id for row in rows if row.person_id)
    seen = MonthSheet.objects.filter(pk__in=[row.sheet_id for row in rows] if linked else [])
    sheets = dict(seen.values_list("id", "public_id"))
    return [
        Part(
            person=persons.get(row.person_id or 0),
            part=row.part,
            share=row.share,
            counted=two_places(own_share(row.share, record.quantity, record.declared)),
            sheet_public_id=sheets.get(row.sheet_id, ""),
        )
        for row in rows
    ]


def _nameable(actor: Actor, record: Entry) -> list[Account]:
    """Return the accounts that a person can still name for the entry."""
    held = set(Posting.objects.filter(entry=record).values_list("account_id", flat=True))
    rows = open_accounts_between(actor, record.giver_id, record.receiver_id)
    return [row for row in rows if row.pk not in held and may_be_named(row.wanted, record.given)]


def open_check(actor: Actor, public_id: str) -> str:
    """Return the spot check of an entry that waits for this actor to judge it, or nothing."""
    rows = SpotCheck.objects.filter(entry__public_id=public_id, state=CheckState.DRAWN)
    check = rows.filter(rules.CHECKS.visible_to(actor)).first()
    if check is None or rules.CHECKS.refusal(actor, "ledger.judge", check) is not None:
        return ""
    return check.public_id


def two_places(value: Any) -> Decimal:
    """Round an exact share for the eye."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"))


def _counts(actor: Actor, record: Entry) -> list[Counts]:
    visible = Account.objects.filter(rules.ACCOUNTS.visible_to(actor))
    rows = Posting.objects.filter(entry=record, account__in=visible).select_related("account").order_by("account_id")
    return [
        Counts(
            public_id=row.account.public_id,
            label=row.account.label,
            named=row.named,
            relation_id=row.relation_id,
            source_kind=row.account.source_kind,
            source_public_id=row.account.source_public_id,
        )
        for row in rows
    ]


def steps(rows: Any) -> list[Step]:
    """Return moves, oldest first, with who made them; hidden people show no name, holders of links their own."""
    held = list(rows.select_related("principal", "tenant").order_by("id"))
    persons = network.people_by_principal({row.principal_id for row in held})
    houses = network.institutions_by_id({row.tenant_id for row in held})
    return [
        Step(
            at=row.at,
            name=row.name,
            who=_who(row, persons),
            institution=houses[row.tenant_id].short_name if row.tenant_id in houses else row.tenant.label,
            note=row.note,
            facts=row.facts,
        )
        for row in held
    ]


def _who(row: Any, persons: Mapping[int, network.PersonFacts]) -> object:
    known = persons.get(row.principal_id)
    return known.name if known is not None else row.principal.name


@dataclass(frozen=True)
class AccountPage:
    """All that the page of an account says."""

    account: Fulfilment
    giver: network.InstitutionFacts
    receiver: network.InstitutionFacts
    last_day: date | None
    listed: Listed
    story: list[Step]


def account(actor: Actor, public_id: str, *, today: date, after: str | None = None) -> AccountPage:
    """Return an account: promised and done, by period, month and level, and its entries. Raises NotFound."""
    record = account_for(actor, public_id)
    houses = network.institutions_by_id({record.giver_id, record.receiver_id})
    return AccountPage(
        account=fulfilment([record.pk], today=today)[record.pk],
        giver=houses[record.giver_id],
        receiver=houses[record.receiver_id],
        last_day=last_days([record.pk]).get(record.pk),
        listed=account_entries(record.pk, today=today, after=after),
        story=steps(AccountTransition.objects.filter(record=record)),
    )


def persons_named(ids: Iterable[int]) -> dict[int, network.PersonFacts]:
    """Return people by key."""
    return network.people_by_id(ids)
