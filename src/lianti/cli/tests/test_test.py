"""`lianti test` says what it leaves out, and ends with what pytest said."""

import argparse

import pytest

from lianti.cli import main, test

ADDRESS = "postgresql://postgres@127.0.0.1/lianti"


def options(**given: object) -> argparse.Namespace:
    return argparse.Namespace(**({"fast": False, "only": None, "rest": []} | given))


def test_both_databases_are_tested_when_there_is_postgresql() -> None:
    assert test.plan(options(), ADDRESS) == ["SQLite", "PostgreSQL"]


def test_missing_postgresql_is_told_with_the_mend() -> None:
    assert test.plan(options(), "") == ["SQLite"]
    assert "LIANTI_TEST_DATABASE_URL is not set" in test.left_out(options(), "")[0]


def test_fast_leaves_out_postgresql() -> None:
    assert test.plan(options(fast=True), ADDRESS) == ["SQLite"]


def test_a_missing_browser_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANTI_CHROMIUM", "/nowhere/chromium")
    assert "no Chromium at /nowhere/chromium" in test.left_out(options(), ADDRESS)[0]


def test_the_test_database_must_be_postgresql(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LIANTI_TEST_DATABASE_URL", "sqlite:////tmp/x")
    assert main.main(["test"]) == 2
    assert "must be a PostgreSQL address" in capsys.readouterr().err


def test_a_failed_database_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANTI_TEST_DATABASE_URL", ADDRESS)
    asked: list[str] = []
    monkeypatch.setattr(test, "refuse_unreachable", lambda _address: None)
    monkeypatch.setattr(test, "pytest", lambda _options, database, _more: asked.append(database) or 1)
    assert main.main(["test"]) == 1
    assert asked == [""]
