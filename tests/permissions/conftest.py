"""The world of the matrix: made once for all its tests, in a transaction that is never kept."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction

from tests.cast import standing_cast
from tests.permissions.world import World


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Return the one world, whole from the start; what a test does to it is undone after the test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World(standing_cast()).complete()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _nobody_typed_codes() -> None:
    """Forget which addresses typed codes of papers that do not exist."""
    cache.clear()
