"""What must be reached is named line by line; services may only be reached more."""

from typing import Any

import pytest

from lianti.cli import main, reached, test


def a_file(*, lines: tuple[int, ...] = (), branches: tuple[tuple[int, int], ...] = (), of: int = 10) -> dict[str, Any]:
    summary = {
        "num_statements": of, "num_branches": of, "covered_lines": of - len(lines),
        "covered_branches": of - len(branches),
    }  # fmt: skip
    return {"missing_lines": list(lines), "missing_branches": [list(one) for one in branches], "summary": summary}


@pytest.mark.parametrize(
    "name",
    [
        "src/lianti/kernel/scope.py", "src/lianti/kernel/workflow/engine.py", "src/lianti/records/lists.py",
        "src/lianti/contexts/needs/states.py", "src/lianti/contexts/needs/rules.py",
        "src/lianti/contexts/ledger/rules/tables.py", "src/lianti/portal/rules.py",
    ],
)  # fmt: skip
def test_each_line_and_branch_of_what_all_stand_on_is_asked_for(name: str) -> None:
    found = list(reached.faults({name: a_file(lines=(7,), branches=((8, 9),))}, {}))
    assert found == [f"{name}:7 is not reached", f"{name}:8 never goes on to 9"]
    assert list(reached.faults({name: a_file()}, {})) == []


def test_pages_are_not_asked_for() -> None:
    assert list(reached.faults({"src/lianti/contexts/needs/views.py": a_file(lines=(7,))}, {})) == []


@pytest.mark.parametrize(
    ("floor", "said"), [(90.0, ""), (89.5, ""), (90.1, "90.0 % is less than 90.1 %"), (None, "write 90.0")]
)
def test_services_are_held_to_what_was_reached_before(floor: float | None, said: str) -> None:
    files = {
        "src/lianti/contexts/needs/services/stating.py": a_file(lines=(1, 2)),
        "src/lianti/contexts/needs/services/__init__.py": a_file(lines=(1, 2)),
    }
    found = list(reached.faults(files, {} if floor is None else {"needs": floor}))
    assert len(found) == bool(said)
    assert said in "".join(found)


def test_context_whose_services_are_gone_is_told() -> None:
    assert list(reached.faults({}, {"needs": 90.0})) == ["services of needs: 0.0 % is less than 90.0 %"]


def test_both_databases_are_measured_together_and_then_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANTI_TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1/lianti")
    asked: list[tuple[bool, bool]] = []
    monkeypatch.setattr(test, "refuse_unreachable", lambda _address: None)
    monkeypatch.setattr(
        test, "pytest", lambda _options, database, more: asked.append((bool(database), "--cov-append" in more)) or 0
    )
    monkeypatch.setattr(reached, "check", lambda: 7)
    assert main.main(["test", "--coverage"]) == 7
    assert asked == [(False, False), (True, True)]


def test_coverage_needs_postgresql(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("LIANTI_TEST_DATABASE_URL", raising=False)
    assert main.main(["test", "--coverage"]) == 2
    assert "LIANTI_TEST_DATABASE_URL is missing" in capsys.readouterr().err
