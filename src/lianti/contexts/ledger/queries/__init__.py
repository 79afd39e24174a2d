"""What the ledger tells others: frozen figures, each of which opens its entries."""

from lianti.contexts.ledger.domain import kinds
from lianti.contexts.ledger.domain.due import Standing
from lianti.contexts.ledger.domain.levels import DEFAULT, Level, Sums
from lianti.contexts.ledger.queries.accounts import AccountPage, account_page, promise_words
from lianti.contexts.ledger.queries.boards import Board, Done, for_relation, publications, spread
from lianti.contexts.ledger.queries.fulfilment import (
    Fulfilment,
    PeriodStanding,
    account_for,
    accounts_of,
    for_source,
    fulfilment,
    last_days,
    open_accounts_between,
    totals,
)
from lianti.contexts.ledger.queries.lists import EntriesAsked, EntryRow, all_in, by_level, done_in, of_account, rows_of
from lianti.contexts.ledger.queries.on_paper import (
    WhoseDays,
    as_it_was,
    code_of,
    find_prints,
    known_before,
    lines_said,
    on_paper,
    tell_attendance,
)
from lianti.contexts.ledger.queries.pages import EntryPage, check_cards, entry_page, open_check
from lianti.contexts.ledger.queries.recounting import kept_sums, recounted_sums, replayed_entries, standing_entries
from lianti.contexts.ledger.queries.several import AT_ONCE, WaitingSheet, together
from lianti.contexts.ledger.queries.sheet_list import due_days
from lianti.contexts.ledger.queries.sheets import Line, Printed, SheetPage, SheetSum, print_by_number, printed, sheet
from lianti.contexts.ledger.queries.signing import signatory, signer, why_not_sign
from lianti.contexts.ledger.queries.workload import (
    HalfDays,
    Load,
    Share,
    half_days,
    said_beside,
    shares,
    shares_of,
    workload,
)
from lianti.contexts.ledger.words import in_chinese, kind_name, unit_name

__all__ = [
    "AT_ONCE",
    "DEFAULT",
    "AccountPage",
    "Board",
    "Done",
    "EntriesAsked",
    "EntryPage",
    "EntryRow",
    "Fulfilment",
    "HalfDays",
    "Level",
    "Line",
    "Load",
    "PeriodStanding",
    "Printed",
    "Share",
    "SheetPage",
    "SheetSum",
    "Standing",
    "Sums",
    "WaitingSheet",
    "WhoseDays",
    "account_for",
    "account_page",
    "accounts_of",
    "all_in",
    "as_it_was",
    "by_level",
    "check_cards",
    "code_of",
    "done_in",
    "due_days",
    "entry_page",
    "find_prints",
    "for_relation",
    "for_source",
    "fulfilment",
    "half_days",
    "in_chinese",
    "kept_sums",
    "kind_name",
    "kinds",
    "known_before",
    "last_days",
    "lines_said",
    "of_account",
    "on_paper",
    "open_accounts_between",
    "open_check",
    "print_by_number",
    "printed",
    "promise_words",
    "publications",
    "recounted_sums",
    "replayed_entries",
    "rows_of",
    "said_beside",
    "shares",
    "shares_of",
    "sheet",
    "signatory",
    "signer",
    "spread",
    "standing_entries",
    "tell_attendance",
    "together",
    "totals",
    "unit_name",
    "why_not_sign",
    "workload",
]
