"""Pure logic of the ledger: kinds, dates, sums, levels, who may verify."""
