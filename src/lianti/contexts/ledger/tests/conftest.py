"""The standing people of the worked examples, and the ledger played through its services."""

from __future__ import annotations

import pytest
from hypothesis import settings

from lianti.contexts.ledger.tests.stage import Stage

# A busy machine is no mistake of the code.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture
def stage(db: None) -> Stage:
    """Two county hospitals, a provincial one, and who works there."""
    return Stage.make()
