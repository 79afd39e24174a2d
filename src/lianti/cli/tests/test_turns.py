"""What is dear runs on one database a day, on the other the next, and nothing is left to nobody."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest

from lianti.cli import test
from lianti.cli.tests.test_test import ADDRESS, options
from tests import ci_plugin
from tests.permissions.expected import EXPECTED

DAYS = range(20_700, 20_707)
MATRIX = [f"tests/permissions/test_matrix.py::test_role_and_house_decide[{key}]" for key in sorted(EXPECTED)]
Runs = Callable[..., bool]


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Runs:
    """Tell whether a test with these marks runs on this day on this database, the work being shared."""

    def told(name: str, day: int, *, on_postgresql: bool, **marks: dict[str, Any]) -> bool:
        monkeypatch.setattr(ci_plugin, "ON_POSTGRESQL", on_postgresql)
        made = {mark: SimpleNamespace(kwargs=given) for mark, given in marks.items()}
        item = cast(pytest.Item, SimpleNamespace(nodeid=name, get_closest_marker=made.get, fixturenames=()))
        config = cast(pytest.Config, SimpleNamespace(getoption=lambda _option: day))
        left = ci_plugin.shared_out(item) or ci_plugin.waits_for(config)(item)
        return not left and not ("once" in marks and on_postgresql)

    return told


@pytest.mark.parametrize("day", DAYS)
def test_every_page_runs_on_one_database_today_and_on_the_other_tomorrow(runs: Runs, day: int) -> None:
    for name in MATRIX:
        marks: dict[str, Any] = {"django_db": {}, "turns": {}}
        today = [runs(name, day, on_postgresql=where, **marks) for where in (False, True)]
        assert sorted(today) == [False, True]
        assert [runs(name, day + 1, on_postgresql=where, **marks) for where in (False, True)] == today[::-1]


@pytest.mark.parametrize("day", DAYS)
def test_a_days_part_is_about_half(day: int) -> None:
    part = sum(ci_plugin.has_its_turn(name, day, on_postgresql=True) for name in MATRIX)
    assert 0.4 < part / len(MATRIX) < 0.6


def test_tests_that_share_what_is_dear_to_make_go_together(runs: Runs) -> None:
    names = [f"src/lianti/demo/tests/test_fill.py::test_{number}" for number in range(9)]
    for where in (False, True):
        found = {runs(name, DAYS[0], on_postgresql=where, django_db={}, turns={"whole": True}) for name in names}
        assert len(found) == 1


@pytest.mark.parametrize("marks", ["once turns", "postgresql turns", "browser turns", "turns", "django_db turns", ""])
@pytest.mark.parametrize("day", DAYS[:2])
def test_nothing_is_left_to_nobody(runs: Runs, day: int, marks: str) -> None:
    given: dict[str, Any] = {mark: {} for mark in marks.split()}
    for name in MATRIX[:20]:
        assert any(runs(name, day, on_postgresql=where, **given) for where in (False, True))


def test_walls_and_what_takes_no_turns_run_every_day(runs: Runs) -> None:
    for name in MATRIX[:20]:
        assert runs(name, DAYS[0], on_postgresql=True, django_db={}, postgresql={}, turns={})
        assert runs(name, DAYS[0], on_postgresql=True, django_db={})
        assert runs(name, DAYS[0], on_postgresql=False, django_db={})


def test_only_the_whole_suite_on_both_databases_takes_turns() -> None:
    both = test.plan(options(), ADDRESS)
    assert test.shares(options(nightly=False, coverage=False), both, 20_700) == ["--shared", "--turn", "20700"]
    assert test.shares(options(nightly=False, coverage=True), both, 20_700) == ["--shared"]
    assert test.shares(options(nightly=False, coverage=False, rest=["tests/loader"]), both, 20_700) == ["--shared"]
    assert test.shares(options(nightly=True, coverage=False), both, 20_700) == []
    assert test.shares(options(nightly=False, coverage=False), ["SQLite"], 20_700) == []


def test_both_databases_are_told_the_same_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Midnight may come between them."""
    now, told = iter([20_700.9 * test.A_DAY, 20_701.1 * test.A_DAY]), list[list[str]]()
    monkeypatch.setenv("LIANTI_TEST_DATABASE_URL", ADDRESS)
    monkeypatch.setattr(test, "refuse_unreachable", lambda _address: None)
    monkeypatch.setattr(test.time, "time", lambda: next(now))
    monkeypatch.setattr(test, "pytest", lambda _options, _database, more: told.append(more) or 0)
    assert test.run(options(nightly=False, coverage=False)) == 0
    assert told == [["--shared", "--turn", "20700"]] * 2


def test_every_case_inside_a_test_meets_both_databases_within_four_days() -> None:
    cases = tuple(range(11))
    assert ci_plugin.tried_on(None, cases) == cases
    for name in MATRIX[:20]:
        for where in (False, True):
            days = [day for day in DAYS[:4] if ci_plugin.has_its_turn(name, day, on_postgresql=where)]
            tried = [ci_plugin.tried_on(day, cases) for day in days]
            assert all(len(part) >= len(cases) // 2 for part in tried)
            assert sorted(case for part in tried for case in part) == list(cases)


def test_contexts_are_whole_on_postgresql_and_come_to_sqlite_within_four_days(runs: Runs) -> None:
    counts = list[int]()
    for number in range(200):
        name = f"src/lianti/contexts/needs/tests/test_accept.py::test_{number}"
        assert all(runs(name, day, on_postgresql=True, django_db={}) for day in DAYS)
        assert all(runs(name, day, on_postgresql=False) for day in DAYS)  # asks no database
        assert all(runs(name, day, on_postgresql=False, once={}, django_db={}) for day in DAYS)
        counts.append(sum(runs(name, day, on_postgresql=False, django_db={}) for day in DAYS[:4]))
    assert set(counts) == {1}
