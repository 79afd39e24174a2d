"""What the ledger tells others: frozen figures, each of which opens its entries."""

from lianti.contexts.ledger.domain import kinds
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
from lianti.contexts.ledger.queries.recounting import kept_sums, recounted_sums, replayed_entries, standing_entries
from lianti.contexts.ledger.queries.workload import Load, workload

__all__ = [
    "Fulfilment",
    "Load",
    "PeriodStanding",
    "account_for",
    "accounts_of",
    "for_commitment",
    "for_need",
    "for_source",
    "fulfilment",
    "kept_sums",
    "kinds",
    "last_days",
    "open_accounts_between",
    "recounted_sums",
    "replayed_entries",
    "standing_entries",
    "standings",
    "totals",
    "workload",
]
