"""What the ledger tells others: frozen figures, each of which opens its entries."""

from lianti.contexts.ledger.domain import kinds
from lianti.contexts.ledger.domain.due import Standing
from lianti.contexts.ledger.domain.levels import Level, Sums
from lianti.contexts.ledger.labels import in_chinese, kind_name, unit_name
from lianti.contexts.ledger.queries.boards import Board, Done, PublicationFacts, for_relation, publication, publications
from lianti.contexts.ledger.queries.cards import check_cards, entry_cards, sheet_cards
from lianti.contexts.ledger.queries.fulfilment import (
    Fulfilment,
    PeriodStanding,
    account_for,
    accounts_of,
    for_commitment,
    for_need,
    for_source,
    fulfilment,
    last_days,
    open_accounts_between,
    standings,
    totals,
)
from lianti.contexts.ledger.queries.lists import EntryRow, Filters, Listed, account_entries, entries, rows_of
from lianti.contexts.ledger.queries.pages import AccountPage, EntryPage, account, entry, entry_for, open_check
from lianti.contexts.ledger.queries.recounting import kept_sums, recounted_sums, replayed_entries, standing_entries
from lianti.contexts.ledger.queries.sheets import (
    Line,
    Printed,
    SheetPage,
    SheetRow,
    print_by_number,
    printed,
    sheet,
    sheet_by_id,
    sheets,
    sheets_by_id,
)
from lianti.contexts.ledger.queries.workload import Load, workload

__all__ = [
    "AccountPage",
    "Board",
    "Done",
    "EntryPage",
    "EntryRow",
    "Filters",
    "Fulfilment",
    "Level",
    "Line",
    "Listed",
    "Load",
    "PeriodStanding",
    "Printed",
    "PublicationFacts",
    "SheetPage",
    "SheetRow",
    "Standing",
    "Sums",
    "account",
    "account_entries",
    "account_for",
    "accounts_of",
    "check_cards",
    "entries",
    "entry",
    "entry_cards",
    "entry_for",
    "for_commitment",
    "for_need",
    "for_relation",
    "for_source",
    "fulfilment",
    "in_chinese",
    "kept_sums",
    "kind_name",
    "kinds",
    "last_days",
    "open_accounts_between",
    "open_check",
    "print_by_number",
    "printed",
    "publication",
    "publications",
    "recounted_sums",
    "replayed_entries",
    "rows_of",
    "sheet",
    "sheet_by_id",
    "sheet_cards",
    "sheets",
    "sheets_by_id",
    "standing_entries",
    "standings",
    "totals",
    "unit_name",
    "workload",
]
