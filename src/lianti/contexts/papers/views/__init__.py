"""Pages of papers: what was issued, templates, and the public check of a code."""
