"""By when a month sheet is to be verified: one day, wherever it is told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from lianti.contexts.ledger import queries, services
from lianti.contexts.ledger.models import Entry
from lianti.contexts.ledger.tests.stage import Stage, todo
from lianti.contexts.ledger.tests.test_as_the_law_says import on
from lianti.contexts.ledger.tests.test_pages import client_of, page, sheet_of
from lianti.kernel import scope
from lianti.lib.dates import end_of, shanghai_day


def due_of(stage: Stage) -> datetime | None:
    """Give the deadline of the one sheet that waits."""
    (waiting,) = todo(stage.coordinator)
    due: datetime | None = waiting.item.due
    return due


def early_and_late(stage: Stage) -> tuple[Entry, Entry]:
    """Declare two entries of one month, the second so late that it has a later deadline."""
    early = stage.declare()
    late = on_a_later_day(stage, early.day)
    assert late.verify_by > early.verify_by
    return early, late


def on_a_later_day(stage: Stage, day: date) -> Entry:
    stage.today += timedelta(days=70)
    return stage.declare(day=day)


def test_a_sheet_is_due_when_the_first_of_its_entries_is(stage: Stage) -> None:
    early, late = early_and_late(stage)
    assert due_of(stage) == end_of(early.verify_by)
    stage.verify(early)
    assert due_of(stage) == end_of(late.verify_by)


def test_verifying_a_later_one_leaves_the_deadline(stage: Stage) -> None:
    early, late = early_and_late(stage)
    stage.verify(late)
    assert due_of(stage) == end_of(early.verify_by)


def test_a_returned_entry_that_comes_back_is_due_anew(stage: Stage) -> None:
    entry, other = stage.declare(), stage.declare()
    services.return_(**on(stage, other, "coordinator"), note="补充")
    stage.today += timedelta(days=70)
    again = services.redeclare(**on(stage, other, "expert"))
    assert due_of(stage) == end_of(entry.verify_by) < end_of(again.verify_by)
    stage.verify(entry)
    assert due_of(stage) == end_of(again.verify_by)


def test_the_whole_sheet_but_one_line_is_due_when_that_line_is(stage: Stage) -> None:
    early, late = early_and_late(stage)
    told = {"actor": stage.coordinator, "at": stage.at, "key": None, "sheet_id": sheet_of(early).pk}
    seen = {one.public_id: one.version for one in (early, late)}
    services.verify_sheet(**told, seen=seen, exceptions=services.Exceptions(left=frozenset({late.public_id})))
    assert due_of(stage) == end_of(late.verify_by)


@pytest.mark.parametrize("back", [100, 0])
def test_list_page_and_to_do_tell_one_day(stage: Stage, back: int) -> None:
    stage.today = shanghai_day(timezone.now()) - timedelta(days=back)
    entry = stage.declare(day=stage.today.replace(day=1))
    on_a_later_day(stage, entry.day) if back else stage.declare()
    sheet = sheet_of(entry)
    with scope.acting(stage.coordinator):
        assert queries.due_days([sheet.pk]) == {sheet.pk: entry.verify_by}
    client, day = client_of(stage, "coordinator"), f"{entry.verify_by}"
    for shown in (page(client, "sheet", sheet.public_id), page(client, "sheets"), client.get("/").content.decode()):
        assert f'datetime="{day}"' in shown.partition("<main")[2]


def test_nothing_of_a_running_month_is_late(stage: Stage) -> None:
    """Its sheet stands under later, to the last day of the month."""
    stage.today = shanghai_day(timezone.now())
    sheet = sheet_of(stage.declare(day=stage.today.replace(day=1)))
    client = client_of(stage, "coordinator")
    home = client.get("/").content.decode()
    assert 'scope="rowgroup">以后' in home
    assert "七日内" not in home
    for shown in (home, page(client, "sheet", sheet.public_id), page(client, "sheets"), page(client, "list")):
        main = shown.partition("<main")[2]
        assert 'class="late"' not in main
        assert "due late" not in main
        assert "t-late" not in main
