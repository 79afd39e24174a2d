"""Five real networks come in as they are, once and twice, to exactly the counts that their README states."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from lianti.contexts.activities.models import Activity
from lianti.contexts.agreements.models import Agreement, Commitment, Goal
from lianti.contexts.ledger.models import Account, Entry
from lianti.contexts.needs.models import Need
from lianti.contexts.network.models import Figure, Institution, Relation, Source
from lianti.journeys import loader
from lianti.kernel import journal, scope
from lianti.kernel.workflow import engine

pytestmark = pytest.mark.turns

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
EXAMPLES = Path(__file__).parents[2] / "examples" / "networks"
FILES = sorted(EXAMPLES.glob("*.yaml"))

COUNTS = {
    "institutions": 27,
    "relations": 11,
    "events": 12,
    "needs": 41,
    "need groups": 21,
    "commitments": 77,
    "commitment groups": 30,
    "goals": 6,
    "figures": 3,
    "agreements": 6,
    "accounts": 73,
    "entries": 0,
    "sources": 5,
}


def counts() -> dict[str, int]:
    with scope.system():
        return {
            "institutions": Institution.objects.count(),
            "relations": Relation.objects.count(),
            "events": Activity.objects.count(),
            "needs": Need.objects.count(),
            "need groups": Need.objects.values("group").distinct().count(),
            "commitments": Commitment.objects.count(),
            "commitment groups": Commitment.objects.values("group").distinct().count(),
            "goals": Goal.objects.count(),
            "figures": Figure.objects.count(),
            "agreements": Agreement.objects.count(),
            "accounts": Account.objects.count(),
            "entries": Entry.objects.count(),
            "sources": Source.objects.count(),
        }


def test_five_networks_load_to_the_exact_counts(db: None) -> None:
    report = loader.load(FILES, at=AT)
    assert report.ok, "\n".join(report.lines())
    assert counts() == COUNTS


def test_a_second_load_changes_nothing(db: None) -> None:
    first = loader.load(FILES, at=AT)
    second = loader.load(reversed(FILES), at=AT)
    assert second.ok, "\n".join(second.lines())
    assert (second.count("created"), second.count("updated")) == (0, 0)
    assert second.count("unchanged") == first.count("created")
    assert counts() == COUNTS


def test_a_dry_run_writes_nothing(db: None) -> None:
    before = counts()
    report = loader.load(FILES, at=AT, dry_run=True)
    assert report.ok
    assert report.count("created", "relation") == 11
    assert counts() == before
    assert any("dry run" in line or "试运行" in line for line in report.lines())


def test_the_journal_of_a_load_verifies(db: None) -> None:
    loader.load(FILES, at=AT)
    with scope.system():
        assert journal.verify(engine.records()).faults == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_each_file_loads_alone(db: None, path: Path) -> None:
    assert loader.load([path], at=AT).ok
