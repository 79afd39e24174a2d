"""Pages of dispatch: the roster, batches, and one of each."""
