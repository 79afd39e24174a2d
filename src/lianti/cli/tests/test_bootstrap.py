"""Set-up happens once, again when a lock file changes, and says what to do when it cannot."""

import importlib.util
import os
import sys
from pathlib import Path

import pytest

from lianti.cli import bootstrap, browser_files, table

COMMAND = table.Command("check", table.OPERATORS, "")


@pytest.fixture
def place(tmp_path: Path) -> bootstrap.Place:
    for name in ("requirements.lock", "requirements-dev.lock", *browser_files.INPUTS):
        (tmp_path / name).write_text(f"{name}\n")
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to(sys.executable)
    made = bootstrap.Place(tmp_path, venv)
    made.write_stamp(**{"requirements.lock": bootstrap.digest(tmp_path / "requirements.lock")})
    return made


def test_a_second_start_has_nothing_to_do(place: bootstrap.Place) -> None:
    assert bootstrap.ready(place, COMMAND)


def test_a_changed_lock_file_is_installed_again(place: bootstrap.Place) -> None:
    (place.root / "requirements.lock").write_text("other\n")
    assert not bootstrap.ready(place, COMMAND)


def test_a_builders_command_wants_its_own_lock(place: bootstrap.Place) -> None:
    assert not bootstrap.ready(place, table.Command("test", table.BUILDERS, "", dev=True))


def test_browser_files_are_wanted_only_where_pages_are_shown(place: bootstrap.Place) -> None:
    assert not bootstrap.ready(place, table.Command("demo", table.BUILDERS, "", browser=True))


def test_a_moved_checkout_makes_its_environment_anew(place: bootstrap.Place, tmp_path: Path) -> None:
    assert bootstrap.Place(tmp_path / "moved", place.venv).stamped() == {}


def test_an_app_with_an_older_catalogue_is_not_ready(place: bootstrap.Place) -> None:
    source = place.root / "src/lianti/portal/locale/zh_Hans/LC_MESSAGES/django.po"
    source.parent.mkdir(parents=True)
    source.write_text("")
    assert bootstrap.ready(place, COMMAND)  # no app, so nobody reads it
    (place.root / "src/lianti/portal/apps.py").write_text("")
    assert not bootstrap.ready(place, COMMAND)
    source.with_suffix(".mo").write_text("")
    os.utime(source.with_suffix(".mo"), ns=(source.stat().st_mtime_ns + 10**9,) * 2)
    assert bootstrap.ready(place, COMMAND)


def test_a_machine_without_pip_is_told_the_mend(place: bootstrap.Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda _name: None)
    with pytest.raises(bootstrap.CannotSetUp, match="apt-get install python3-pip"):
        bootstrap.find_pip(place)


def test_an_old_pip_is_named(place: bootstrap.Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name == "pip" or None)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda _name: None)
    monkeypatch.setattr(bootstrap, "_pip_version", lambda _candidate: (20, 1))
    with pytest.raises(bootstrap.CannotSetUp, match=r"only pip 20\.1 was found"):
        bootstrap.find_pip(place)


def test_a_failed_install_shows_what_pip_said(place: bootstrap.Place, monkeypatch: pytest.MonkeyPatch) -> None:
    said = [sys.executable, "-c", "print('no such hash'); raise SystemExit(1)"]
    monkeypatch.setattr(bootstrap, "find_pip", lambda _place: said)
    with pytest.raises(bootstrap.CannotSetUp, match="no such hash"):
        bootstrap.pip_install(place, ["-r", "requirements.lock"])
