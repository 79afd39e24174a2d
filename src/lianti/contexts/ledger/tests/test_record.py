"""What every kind of record is held to, of entries, accounts, month sheets and publications."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from lianti.contexts.ledger import services, views
from lianti.contexts.ledger.models import Account, Entry, EntryPerson, MonthSheet, Publication
from lianti.kernel import scope
from lianti.lib import ids
from tests.cast import Cast
from tests.records import DeclarationTests, RecordTests

_sources = count(1)
AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)


def source() -> dict[str, Any]:
    return {"source_kind": "test", "source_id": next(_sources), "source_public_id": ids.new()}


def an_entry(cast: Cast) -> Entry:
    """Declare one lecture that the supporting hospital gave."""
    giver, receiver = cast.supporting.institution, cast.county.institution
    facts = services.EntryFacts(
        giver_id=giver.pk, receiver_id=receiver.pk, kind="lecture", quantity=1, day=date(2026, 3, 9), **source()
    )
    return services.declare(actor=cast.supporting.office, at=AT, key=None, entry=facts)


class TestEntries(DeclarationTests, RecordTests):
    LIST, PAGE = views.entries.LIST, views.entries.PAGE

    def make(self, cast: Cast) -> Entry:
        return an_entry(cast)


class TestAccounts(DeclarationTests, RecordTests):
    LIST, PAGE = views.accounts.LIST, views.accounts.PAGE

    def make(self, cast: Cast) -> Account:
        facts = services.AccountFacts(
            giver_id=cast.supporting.institution.pk,
            receiver_id=cast.county.institution.pk,
            kinds=frozenset({"lecture"}),
            label="讲座",
            **source(),
        )
        return services.open_account(actor=cast.supporting.office, at=AT, key=None, account=facts)


class TestPublications(DeclarationTests, RecordTests):
    LIST, PAGE = views.publishing.LIST, views.publishing.PAGE
    PARTIES = ("county", "authority")

    def make(self, cast: Cast) -> Publication:
        told: dict[str, Any] = {"relation_id": cast.relation.pk, "month": date(2026, 2, 1)}
        return services.publish_month(actor=cast.county.office, at=AT, key=None, **told)


class TestSheets(RecordTests):
    """Its page is its own: the lines of a sheet are verified in one form."""

    LIST, PAGE = views.sheets.LIST, views.accounts.PAGE

    def make(self, cast: Cast) -> MonthSheet:
        entry = an_entry(cast)
        with scope.system():
            return MonthSheet.objects.get(pk__in=EntryPerson.objects.filter(entry=entry).values("sheet"))
