"""State machines in which anyone tries anything: every run is undone when it is over."""

from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from lianti.kernel.workflow.spec import ADOPT, NEW, Workflow

SETTINGS = settings(
    max_examples=10, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True
)


class Undone(RuleBasedStateMachine):
    """A machine whose writes are taken back at the end of each run."""

    def __init__(self) -> None:
        super().__init__()
        self._block = transaction.atomic()
        self._block.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._block.__exit__(None, None, None)


def run(machine: type[Undone]) -> None:
    """Let hypothesis try."""
    run_state_machine_as_test(machine, settings=SETTINGS)


def unexplained(spec: Workflow, moves: list[Any], state: str) -> str:
    """Say why these transition records do not explain the state; empty when they do."""
    now = NEW
    for move in moves:
        if move.source != now:
            return f"{move.name} begins at {move.source!r}, but the record stood at {now!r}"
        if move.name == ADOPT:
            if now != NEW or move.target not in spec.adoptable:
                return f"adopted as {move.target!r}"
        else:
            known = spec.find(move.name, now)
            if known is None or (move.target not in (known.target, now)):
                return f"the table knows no {move.name} from {now!r} to {move.target!r}"
        now = move.target
    return "" if now == state else f"the moves end at {now!r}, the record says {state!r}"
