"""Verifying an entry."""

from __future__ import annotations

from lianti.contexts.ledger.tests.stage import Stage, fresh


def test_receiver_verifies_a_declared_entry(stage: Stage) -> None:
    entry = stage.declare()
    stage.verify(entry)
    found = fresh(entry)
    assert (found.state, found.level, found.via) == ("counted", 2, "online")
