"""What is always true: the kept sums are what a recount of the entries gives."""

from __future__ import annotations

from lianti.contexts.ledger import queries
from lianti.contexts.ledger.models import Entry, EntryPerson, MonthSheet
from lianti.kernel import scope


def sums_are_kept() -> None:
    """Compare every kept sum with a recount, and every sheet's waiting with its declared entries."""
    with scope.system():
        assert queries.kept_sums() == queries.recounted_sums()
        for sheet in MonthSheet.objects.all():
            on_sheet = EntryPerson.objects.filter(sheet=sheet).values("entry_id")
            assert sheet.waiting == Entry.objects.filter(pk__in=on_sheet, state="declared").count()
