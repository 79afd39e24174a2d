"""The demo refuses what it cannot use, and keeps one folder to one demo."""

import argparse
import subprocess
from pathlib import Path
from typing import Any

import pytest

from lianti.cli import demo

OPTIONS = argparse.Namespace(scale=1, lang="zh-hans", host="127.0.0.1", port=8000)


def test_a_folder_serves_one_demo(tmp_path: Path) -> None:
    with demo.alone(tmp_path), pytest.raises(demo.CannotStart, match="Another demo"), demo.alone(tmp_path):
        pass


def fill_by(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    """Stand in for the filling process: it leaves half a database, or a whole one."""

    def run(_command: Any, *, env: dict[str, str], check: bool) -> Any:
        Path(env["LIANTI_DATA"], demo.DATABASE).write_text("whole" if code == 0 else "half")
        return subprocess.CompletedProcess([], code)

    monkeypatch.setattr(demo.subprocess, "run", run)


def test_an_interrupted_fill_leaves_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill_by(monkeypatch, 1)
    with pytest.raises(demo.CannotStart, match="could not be filled"):
        demo.fill(OPTIONS, tmp_path)
    assert not (tmp_path / demo.DATABASE).exists()


def test_a_fill_after_an_interrupted_one_starts_clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "filling").mkdir()
    (tmp_path / "filling" / "left").write_text("")
    fill_by(monkeypatch, 0)
    demo.fill(OPTIONS, tmp_path)
    assert (tmp_path / demo.DATABASE).read_text() == "whole"
    assert not (tmp_path / "filling").exists()


def test_surrounding_settings_do_not_reach_the_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environ = {"LIANTI_DATABASE_URL": "postgresql://db/production", "LIANTI_DEBUG": "1", "HOME": "/root"}
    monkeypatch.setattr(demo.os, "environ", environ)
    demo.settle_environment(OPTIONS, tmp_path)
    assert environ["LIANTI_DATABASE_URL"] == f"sqlite:///{tmp_path}/lianti.sqlite3"
    assert "LIANTI_DEBUG" not in environ
    assert environ["LIANTI_HOSTS"] == "127.0.0.1,localhost"
