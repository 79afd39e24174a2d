"""Keyset tokens lead from page to page without loss, and a bad one is the first page."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from hypothesis import given
from hypothesis import strategies as st

from lianti.lib.web import paging

ORDER = ("-name", "id")
NAMES = ("n0", "n1", "n2")


@pytest.fixture
def people(db: None) -> None:
    model = get_user_model()
    model.objects.bulk_create([model(phone=f"1390000{i:04}", name=NAMES[i % 3]) for i in range(11)])


@pytest.mark.usefixtures("people")
def test_pages_hold_every_row_once_in_order() -> None:
    rows = get_user_model().objects.filter(name__in=NAMES)
    seen, token = [], None
    for _ in range(10):
        page = paging.keyset(rows, order=ORDER, after=token, limit=3)
        seen += [row.pk for row in page.items]
        token = page.more
        if token is None:
            break
    assert seen == list(rows.order_by(*ORDER).values_list("pk", flat=True))


@pytest.mark.usefixtures("people")
def test_a_token_of_another_order_gives_the_first_page() -> None:
    rows = get_user_model().objects.filter(name__in=NAMES)
    other = paging.keyset(rows, order=("id",), limit=3).more
    first = paging.keyset(rows, order=ORDER, limit=3)
    assert paging.keyset(rows, order=ORDER, after=other, limit=3) == first


@given(st.text(max_size=80) | st.binary(max_size=60).map(lambda raw: raw.decode("latin-1")))
def test_a_malformed_token_reads_as_none(token: str) -> None:
    assert paging.unpack(token, ORDER) is None


def test_a_token_gives_back_what_was_packed() -> None:
    values = [None, date(2026, 1, 2), datetime(2026, 1, 2, tzinfo=UTC), Decimal("1.50"), 7, "字"]
    assert paging.unpack(paging.pack(values, ORDER * 3), ORDER * 3) == values
