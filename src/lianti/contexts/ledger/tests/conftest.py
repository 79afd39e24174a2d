"""The standing people of the worked examples, and the ledger played through its services."""

from __future__ import annotations

import pytest

from lianti.contexts.ledger.tests.stage import Stage


@pytest.fixture
def stage(db: None) -> Stage:
    """Two county hospitals, a provincial one, and who works there."""
    return Stage.make()
