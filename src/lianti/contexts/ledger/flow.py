"""The ledger's records bound to their tables, rules and notices."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from lianti.contexts.ledger import rules
from lianti.contexts.ledger.models import (
    Account,
    AccountTransition,
    CheckTransition,
    Closing,
    ClosingTransition,
    Entry,
    EntryTransition,
    Link,
    LinkTransition,
    MonthSheet,
    PrintTransition,
    Publication,
    PublicationTransition,
    SheetPrint,
    SheetTransition,
    SpotCheck,
)
from lianti.contexts.ledger.states import ACCOUNT, CHECK, CLOSING, ENTRY, LINK, PRINT, PUBLICATION, SHEET
from lianti.contexts.network import queries as network
from lianti.kernel.notices import Tell
from lianti.kernel.workflow.engine import Flow
from lianti.lib.actor import Actor
from lianti.lib.roles import DESK, Role

_DESK = tuple(sorted(DESK))


def _about(entry: Entry, quantity: Decimal | None = None) -> dict[str, str]:
    counted = entry.quantity if quantity is None else quantity
    return {
        "day": entry.day.isoformat(),
        "quantity": f"{counted.normalize():f}",
        "declared": f"{entry.declared.normalize():f}",
    }


def _entry_tells(entry: Entry, key: str, _actor: Actor) -> Iterable[Tell]:
    if key == "ledger.entry.referred":
        if entry.referred_id is not None:
            yield Tell(entry.referred_id, (Role.HEALTH_AUTHORITY,), _about(entry))
    elif key == "ledger.entry.objected":
        yield Tell(entry.receiver_id, _DESK, _about(entry))
    elif key == "ledger.entry.settled":
        rest = Entry.objects.filter(corrects=entry, via="settled").values_list("quantity", flat=True)
        settled = entry.quantity + sum(rest, Decimal(0))
        yield Tell(entry.tenant_id, (), _about(entry, settled), principal_id=entry.created_by_id)
    else:
        yield Tell(entry.tenant_id, (), _about(entry), principal_id=entry.created_by_id)


def _sheet_tells(sheet: MonthSheet, _key: str, _actor: Actor) -> Iterable[Tell]:
    where = network.institution_by_id(sheet.receiver_id).short_name
    yield Tell(sheet.giver_id, _DESK, {"month": f"{sheet.month:%Y-%m}", "where": where})


def _print_tells(printed: SheetPrint, _key: str, actor: Actor) -> Iterable[Tell]:
    other = printed.giver_id if actor.tenant_id == printed.receiver_id else printed.receiver_id
    yield Tell(other, _DESK, {"number": printed.number})


def _link_tells(link: Link, _key: str, _actor: Actor) -> Iterable[Tell]:
    yield Tell(link.tenant_id, (), {"month": f"{link.sheet.month:%Y-%m}"}, principal_id=link.created_by_id)


def _publication_tells(publication: Publication, _key: str, _actor: Actor) -> Iterable[Tell]:
    yield Tell(publication.authority_id, (Role.HEALTH_AUTHORITY,), {"month": f"{publication.month:%Y-%m}"})


def _flow(spec: Any, record: Any, transitions: Any, table: Any, tells: Any = None) -> Flow:
    return Flow(spec=spec, record=record, transitions=transitions, table=table, tells=tells)


ENTRIES = _flow(ENTRY, Entry, EntryTransition, rules.ENTRIES, _entry_tells)
ACCOUNTS = _flow(ACCOUNT, Account, AccountTransition, rules.ACCOUNTS)
SHEETS = _flow(SHEET, MonthSheet, SheetTransition, rules.SHEETS, _sheet_tells)
PRINTS = _flow(PRINT, SheetPrint, PrintTransition, rules.PRINTS, _print_tells)
LINKS = _flow(LINK, Link, LinkTransition, rules.LINKS, _link_tells)
CLOSINGS = _flow(CLOSING, Closing, ClosingTransition, rules.CLOSINGS)
CHECKS = _flow(CHECK, SpotCheck, CheckTransition, rules.CHECKS)
PUBLICATIONS = _flow(PUBLICATION, Publication, PublicationTransition, rules.PUBLICATIONS, _publication_tells)
