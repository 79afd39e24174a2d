"""Sixteen month sheets from the to-do list: looked through, two entries left, verified; by keys, and few of them."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from lianti.contexts.ledger import services
from lianti.contexts.ledger.models import Entry
from lianti.kernel import scope
from lianti.lib import ids
from lianti.lib.dates import shanghai_day
from tests.cast import Cast, a_person
from tests.e2e.people import opener

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow
KEYS = 60


def sixteen(cast: Cast) -> list[Entry]:
    """Declare two entries of each of sixteen people."""
    now, made = datetime.now(UTC), []
    with scope.system():
        people = [a_person(f"专家{number:02}", employer=cast.supporting.institution) for number in range(16)]
    for number in range(32):
        facts = services.EntryFacts(
            giver_id=cast.supporting.id, receiver_id=cast.county.id, kind="lecture", quantity=Decimal(1),
            source_kind="test.activity", source_id=number + 1, source_public_id=ids.new(), day=shanghai_day(now),
            people=[(people[number // 2].pk, "lead", None)],
        )  # fmt: skip
        made.append(services.declare(actor=cast.supporting.expert, at=now, key=None, entry=facts))
    return made


def test_sixteen_sheets_with_two_exceptions_take_fewer_than_sixty_keys(
    live_server: object, cast: Cast, new_page: "Callable[..., Page]"
) -> None:
    entries = sixteen(cast)
    county = opener(new_page, live_server.url)(cast.county.coordinator)  # type: ignore[attr-defined]
    pressed = 0

    def press(*keys: str) -> None:
        nonlocal pressed
        for key in keys:
            county.page.keyboard.press(key)
            pressed += 1 + key.count("+")

    county.go("/")
    press("a", "v")
    county.page.wait_for_url("**/together/**")
    county.looked()
    press("n", "j", "x", *"nnnnnnnnnnnnnnn", "j", "j", "x")
    left = county.page.locator("input[name=leave]:checked")
    assert left.count() == 2
    press("Control+Enter")
    county.page.wait_for_url(f"{county.address}/")
    county.looked()
    assert pressed < KEYS
    with scope.system():
        states = list(Entry.objects.filter(pk__in=[entry.pk for entry in entries]).values_list("state", flat=True))
    assert (states.count("counted"), states.count("declared")) == (30, 2)
