"""The room of records: one way to show, list, move and enter a record; no hospital nouns."""
