"""Word tables of the grammar: one file a field."""
