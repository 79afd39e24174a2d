"""A server refuses a database that is not up to date; a worker survives a database in trouble."""

import pytest
from django.db import DatabaseError

from lianti.cli import main, start, worker


def test_web_and_worker_refuse_an_old_database(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LIANTI_SECRET_KEY", "n7K2vQ9xw4Lr8sTz1Bd6Hg3Jm5Pc0Yf-AeUo")
    monkeypatch.setenv("LIANTI_JOURNAL_KEY", "n7K2vQ9xw4Lr8sTz1Bd6Hg3Jm5Pc0Yf-AeUo")
    monkeypatch.setenv("LIANTI_DATABASE_ROLE", "owner")
    monkeypatch.setattr(start, "pending", lambda: ["kernel.0001_initial"])
    for command in ("web", "worker", "load x.yaml", "journal verify"):
        assert main.main(command.split()) == 1
        said = capsys.readouterr().err
        assert "1 migrations are missing (kernel.0001_initial)" in said
        assert "./lianti migrate" in said


def test_web_refuses_missing_secrets(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("LIANTI_SECRET_KEY", raising=False)
    monkeypatch.setenv("LIANTI_DATABASE_ROLE", "owner")
    assert main.main(["web"]) == 2
    assert "LIANTI_SECRET_KEY is missing" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_migrated_database_lacks_nothing() -> None:
    assert start.pending() == []


@pytest.mark.django_db(transaction=True)
def test_a_worker_tries_again_when_the_database_is_in_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    def trouble(_at: object) -> int:
        raise DatabaseError("gone")

    assert worker._safely(trouble) == -1
