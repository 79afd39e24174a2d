"""Every command that lacks what it needs says so in a sentence: no traceback, and an exit code that scripts notice."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lianti.cli import table

pytestmark = [pytest.mark.slow, pytest.mark.once]
KEY = "n7K2vQ9xw4Lr8sTz1Bd6Hg3Jm5Pc0Yf-AeUo"
INVITED = ("--phone", "13900000000", "--name", "李华", "--institution", "蓝山县人民医院")
# What each command is given, so that it comes as far as what it lacks.
WORDS: dict[str, tuple[str, ...]] = {
    "init": (*INVITED, "--kind", "hospital"),
    "invite": INVITED,
    "journal": ("verify",),
    "load": ("nowhere.yaml",),
    "tell": ("nowhere",),
    "intake": ("nowhere.txt",),
    "bench": ("nowhere",),
    "worker": ("--once",),
    "docs": ("--check",),
    "messages": ("--check",),
    "test": ("--only", "postgresql", "src/lianti/lib"),
}
# Tools of builders work on the checkout: of what a site needs they lack nothing.
ON_THE_CHECKOUT = frozenset({"lint", "fix", "lock", "messages", "docs", "bench", "intake", "demo", "test", "new"})
ON_A_SITE = tuple(command.name for command in table.COMMANDS if command.name not in ON_THE_CHECKOUT)


def nothing(folder: Path) -> dict[str, str]:
    """Neither folder nor keys nor database."""
    return {"LIANTI_DATA": str(folder / "nowhere")}


def no_keys(folder: Path) -> dict[str, str]:
    """A database in the right place, but no keys."""
    (folder / "lianti.sqlite3").touch()
    return {"LIANTI_DATA": str(folder)}


def no_tables(folder: Path) -> dict[str, str]:
    """Keys and an empty database."""
    return {**no_keys(folder), "LIANTI_SECRET_KEY": KEY, "LIANTI_JOURNAL_KEY": KEY}


def no_folder(folder: Path) -> dict[str, str]:
    """A file where the folder should be."""
    (folder / "file").touch()
    return {"LIANTI_DATA": str(folder / "file"), "LIANTI_SECRET_KEY": KEY, "LIANTI_JOURNAL_KEY": KEY}


def no_way(folder: Path) -> dict[str, str]:
    """A folder that cannot be made, below a file."""
    (folder / "file").touch()
    return {"LIANTI_DATA": str(folder / "file" / "data"), "LIANTI_SECRET_KEY": KEY, "LIANTI_JOURNAL_KEY": KEY}


def no_server(folder: Path) -> dict[str, str]:
    """A PostgreSQL address where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return {**no_tables(folder), "LIANTI_DATABASE_URL": f"postgresql://web:hush-hush@127.0.0.1:{port}/lianti"}


def wrong_setting(folder: Path) -> dict[str, str]:
    """A setting that cannot be read."""
    return {**no_tables(folder), "LIANTI_WEB_PORT": "many"}


Lack = Callable[[Path], dict[str, str]]
LACKS: tuple[Lack, ...] = (nothing, no_keys, no_tables, no_folder, no_way, no_server, wrong_setting)
# What mends itself there: these make what is missing.
MAKES = {("init", nothing), ("init", no_keys), ("init", no_tables)}
MAKES |= {("migrate", nothing), ("migrate", no_keys), ("migrate", no_tables)}


def told(name: str, settings: dict[str, str], *more: str) -> tuple[int, str]:
    """Run a command with these settings alone; return exit code and all that it said."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("LIANTI_")}
    done = subprocess.run(
        [sys.executable, "-m", "lianti.cli.main", name, *WORDS.get(name, ()), *more],
        env={**kept, **settings}, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def cases() -> Iterator[tuple[str, Lack]]:
    for name in ON_A_SITE:
        for lack in LACKS:
            if (name, lack) not in MAKES:
                yield name, lack


def test_every_command_is_asked_about_every_lack(tmp_path: Path, todays: Callable[..., list[tuple[str, Lack]]]) -> None:
    assert {"init", "migrate", "web", "worker", "check", "load", "invite", "journal"} <= set(ON_A_SITE)

    def one(case: tuple[str, Lack]) -> str:
        name, lack = case
        folder = tmp_path / f"{name}-{lack.__name__}"
        folder.mkdir()
        code, said = told(name, lack(folder))
        good = code != 0 and "Traceback" not in said and said.strip() and "hush-hush" not in said
        return "" if good else f"{name}, {lack.__name__}: {code}\n{said}"

    asked = todays(list(cases()))
    assert len(asked) > 15
    with ThreadPoolExecutor(4) as several:
        assert [fault for fault in several.map(one, asked) if fault] == []


@pytest.mark.parametrize(
    ("name", "lack", "mend"),
    [
        ("web", nothing, "./lianti init makes it"),
        ("check", no_keys, "LIANTI_JOURNAL_KEY is missing"),
        ("worker", no_tables, "Run: ./lianti migrate"),
        ("init", no_folder, "LIANTI_DATA must name a folder"),
        ("init", no_way, "Name another by LIANTI_DATA"),
        ("check", no_server, "Mend LIANTI_DATABASE_URL"),
        ("migrate", wrong_setting, "LIANTI_WEB_PORT must be a whole number"),
    ],
)
def test_what_is_said_names_the_mend(name: str, lack: Lack, mend: str, tmp_path: Path) -> None:
    assert mend in told(name, lack(tmp_path))[1]


def test_a_site_without_a_database_is_not_given_an_empty_one(tmp_path: Path) -> None:
    settings = {"LIANTI_DATA": str(tmp_path), "LIANTI_SECRET_KEY": KEY, "LIANTI_JOURNAL_KEY": KEY}
    code, said = told("check", settings)
    assert (code, "Run: ./lianti init" in said) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_a_taken_port_is_told_before_anything_else(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        for name, more in (("web", ()), ("demo", ("--data", str(tmp_path / "demo")))):
            code, said = told(name, no_tables(tmp_path), "--port", port, *more)
            assert (code, "Traceback" in said) == (1, False)
            assert f"Port {port} on 127.0.0.1 cannot be used" in said


@pytest.mark.parametrize("name", ["bench", "intake", "test"])
def test_builders_are_told_too(name: str, tmp_path: Path) -> None:
    settings = {"LIANTI_TEST_DATABASE_URL": no_server(tmp_path)["LIANTI_DATABASE_URL"]}
    code, said = told(name, settings)
    assert code != 0
    assert "Traceback" not in said
    assert "hush-hush" not in said
