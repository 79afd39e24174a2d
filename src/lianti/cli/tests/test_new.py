"""`./lianti new` makes a room that works: tried by making one in a copy of the tree, on the database at hand."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from lianti.cli import new
from tests.ci_plugin import ON_POSTGRESQL

FILES, LINES = 15, 600
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree with a new room, thrown away afterwards."""
    return new.write("visits", "visit", chinese="巡诊", into=tmp_path_factory.mktemp("new") / "tree")


def run(tree: Path, *words: str) -> subprocess.CompletedProcess[str]:
    surroundings = {**os.environ, "PYTHONPATH": str(tree / "src"), "DJANGO_SETTINGS_MODULE": "lianti.config.settings"}
    for name in ("LIANTI_CI", "LIANTI_DATA", "PYTEST_XDIST_WORKER", "PYTEST_CURRENT_TEST", "PYTEST_ADDOPTS"):
        surroundings.pop(name, None)
    if ON_POSTGRESQL:
        surroundings["LIANTI_DATABASE_URL"] = os.environ["LIANTI_DATABASE_URL"] + "_new"
    command = [sys.executable, "-P", "-m", *words]
    return subprocess.run(command, cwd=tree, env=surroundings, capture_output=True, text=True, check=False)


def test_room_is_small(tree: Path) -> None:
    room = tree / "src/lianti/contexts/visits"
    code = [path for path in room.rglob("*.py") if not {"tests", "migrations"} & set(path.relative_to(room).parts)]
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in [*code, *room.rglob("*.html")])
    assert len(code) <= FILES, sorted(str(path.relative_to(room)) for path in code)
    assert lines <= LINES
    assert list((room / "migrations").glob("0001_*.py"))


def test_room_opens_and_keeps_its_walls(tree: Path) -> None:
    """Its pages, each door × each house, its rows of the matrix, its declarations."""
    room = "src/lianti/contexts/visits/tests/test_record.py"
    made = run(tree, "pytest", "-q", "-p", "no:cacheprovider", "-n", "0", room, "tests/permissions", "-k", "visit")
    assert made.returncode == 0, made.stdout[-4000:] + made.stderr[-2000:]
    assert int(re.findall(r"(\d+) passed", made.stdout)[0]) > 20


def test_room_is_in_order(tree: Path) -> None:
    for words in (
        ("ruff", "check", "src/lianti/contexts/visits", "tests/permissions"),
        ("mypy", "src/lianti/contexts/visits"),
        ("lianti.cli.main", "messages", "--check"),
    ):
        made = run(tree, *words)
        assert made.returncode == 0, f"{words}\n{made.stdout[-3000:]}{made.stderr[-2000:]}"


def test_what_it_cannot_know_fails_until_filled(tree: Path) -> None:
    made = run(tree, "pytest", "-q", "-n", "0", "src/lianti/contexts/visits/tests/test_filled.py")
    assert made.returncode == 1
    assert "4 failed" in made.stdout
    assert "passed" not in made.stdout


@pytest.mark.parametrize(
    ("context", "record"), [("Visits", "visit"), ("needs", "need"), ("x", "y"), ("visit", "visit")]
)
def test_bad_names_write_nothing(context: str, record: str, tmp_path: Path) -> None:
    with pytest.raises(new.CannotWrite):
        new.write(context, record, chinese="", into=tmp_path / "tree")
    assert not (tmp_path / "tree").exists()


def test_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(new.CannotWrite):
        new.write("visits", "visit", chinese="", into=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
