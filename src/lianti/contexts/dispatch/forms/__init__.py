"""What people type about batches and postings."""
