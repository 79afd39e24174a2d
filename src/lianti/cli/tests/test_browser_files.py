"""Files for the browser are copied with their licences and without references to maps."""

import json
from pathlib import Path

import pytest

from lianti.cli import browser_files


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "package.json").write_text(json.dumps({"browserFiles": ["@some/part/dist/part.css"]}))
    (tmp_path / "package-lock.json").write_text("{}")
    (tmp_path / ".npmrc").write_text("")
    package = tmp_path / "node_modules" / "@some" / "part"
    (package / "dist").mkdir(parents=True)
    (package / "dist" / "part.css").write_text("a{color:red}\n/*# sourceMappingURL=part.css.map */")
    (package / "package.json").write_text(json.dumps({"name": "@some/part", "version": "1.0", "license": "MIT"}))
    (package / "LICENSE").write_text("Permission is granted")
    return tmp_path


def test_a_copied_file_names_no_map(root: Path) -> None:
    browser_files.copy(root, root / "node_modules")
    assert (browser_files.vendor(root) / "part.css").read_text() == "a{color:red}\n"


def test_licences_are_copied_along(root: Path) -> None:
    browser_files.copy(root, root / "node_modules")
    assert "@some/part 1.0 · MIT\n\nPermission is granted" in (browser_files.vendor(root) / "LICENCES.txt").read_text()


def test_files_are_fetched_again_when_their_versions_change(root: Path) -> None:
    assert browser_files.stale(root)
    browser_files.copy(root, root / "node_modules")
    assert not browser_files.stale(root)
    (root / "package-lock.json").write_text('{"version": 2}')
    assert browser_files.stale(root)


def test_a_machine_without_npm_is_noticed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser_files.shutil, "which", lambda _name: None)
    assert "no npm" in browser_files.fetch_with_system_npm(root, root / "x")
