"""A throw-away database with a real server on it: what the measurements and the race tests stand on.

The server is `lianti web` as it runs in production: granian, on PostgreSQL in the role that owns nothing. CPU is
read from /proc: the server's whole process tree, and the PostgreSQL backends of this database. Background writer,
checkpointer and WAL writer are left out, since they serve everybody.
"""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

CHECKOUT = Path(__file__).resolve().parent.parent
SECRET = "a secret of measurements and of nothing else"
TICKS = os.sysconf("SC_CLK_TCK")
SECONDS_TO_SERVE = 40


@dataclass
class Place:
    """A database of our own and a folder for its files, with the settings that lead there."""

    url: str
    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def is_postgresql(self) -> bool:
        return self.url.startswith("postgres")

    @property
    def kind(self) -> str:
        return "PostgreSQL" if self.is_postgresql else "SQLite"

    def environment(self, **more: object) -> dict[str, str]:
        """Return the environment of a child that works here."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LIANTI_")}
        ours = {
            "DATA": self.folder,
            "DATABASE_URL": self.url,
            "SECRET_KEY": SECRET,
            "JOURNAL_KEY": SECRET,
            "HTTPS": "0",
            **self.settings,
            **more,
        }
        kept |= {f"LIANTI_{name}": str(value) for name, value in ours.items()}
        return kept | _code(CHECKOUT)

    def lianti(self, *words: str) -> str:
        """Run a command of Lianti here and return what it printed."""
        return self._run(["-m", "lianti.cli.main", *words])

    def script(self, path: Path, *words: str) -> Any:
        """Run a Python file here and return the JSON that it printed."""
        return json.loads(self._run([str(path), *words]).splitlines()[-1])

    def _run(self, words: list[str]) -> str:
        done = subprocess.run(
            [sys.executable, *words], env=self.environment(), cwd=CHECKOUT, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(words)} failed.\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")
        return done.stdout


def _code(checkout: Path) -> dict[str, str]:
    return {"PYTHONPATH": f"{checkout / 'src'}{os.pathsep}{checkout}"}


@contextlib.contextmanager
def another_checkout(revision: str) -> Iterator[Path]:
    """Lay out the code of another revision, to be served beside this one."""
    with tempfile.TemporaryDirectory(prefix="lianti-bench-") as folder:
        there = Path(folder) / "code"
        subprocess.run(["git", "-C", CHECKOUT, "worktree", "add", "-q", "--detach", there, revision], check=True)
        try:
            yield there
        finally:
            subprocess.run(["git", "-C", CHECKOUT, "worktree", "remove", "--force", there], check=True)


@contextlib.contextmanager
def postgresql(name: str) -> Iterator[Place]:
    """Make a migrated database on the server of LIANTI_TEST_DATABASE_URL; drop it afterwards."""
    owner = os.environ.get("LIANTI_TEST_DATABASE_URL") or os.environ["LIANTI_DATABASE_URL"]
    name = f"{name}_{os.getpid()}"
    mine = urlunsplit(urlsplit(owner)._replace(path=f"/{name}"))
    if owner.startswith("postgresql:///"):  # urlunsplit forgets an empty host
        mine = "postgresql:///" + mine.split(":", 1)[1].lstrip("/")
    _admin(owner, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    _admin(owner, f'CREATE DATABASE "{name}"')
    with tempfile.TemporaryDirectory(prefix="lianti-bench-") as folder:
        try:
            place = Place(mine, Path(folder))
            place.lianti("migrate", "--quiet")
            yield place
        finally:
            _admin(owner, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextlib.contextmanager
def sqlite() -> Iterator[Place]:
    """Make a migrated embedded database in a folder of its own."""
    folder = tempfile.mkdtemp(prefix="lianti-bench-")
    try:
        place = Place(f"sqlite:///{folder}/lianti.sqlite3", Path(folder))
        place.lianti("migrate", "--quiet")
        yield place
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _admin(url: str, sql: str) -> None:
    # The database that the address names need not be there: tests make and drop their own.
    with psycopg.connect(url, dbname="postgres", autocommit=True) as owner:
        owner.execute(sql)  # type: ignore[arg-type]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """`lianti web` on a place, in a process group of its own; `checkout`: whose code serves."""

    def __init__(self, place: Place, *, checkout: Path = CHECKOUT, **settings: object) -> None:
        self.place, self.port, self.checkout = place, free_port(), checkout
        self.log = place.folder / f"web-{self.port}.log"
        self.settings = {"WEB_PORT": self.port, **settings}
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *_about: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start and wait until it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "lianti.cli.main", "web"],
                env=self.place.environment(**self.settings) | _code(self.checkout),
                cwd=self.checkout,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + SECONDS_TO_SERVE
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"The server did not come.\n{self.log.read_text(errors='replace')[-4000:]}")
            time.sleep(0.05)

    def answers(self) -> bool:
        """Tell whether the server can serve."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def stop(self) -> None:
        """Ask it to end; end it when it does not."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.kill()
        self.process = None

    def kill(self) -> None:
        """End every process of the server at once, as a power cut would (kill -9)."""
        if self.process is not None:
            for pid in self.pids():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def pids(self) -> list[int]:
        """Return the server's processes: the first and all that it started."""
        if self.process is None:
            return []
        children: dict[int, list[int]] = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with contextlib.suppress(OSError):
                    children.setdefault(_stat(int(entry.name))[0], []).append(int(entry.name))
        found, wanted = [], [self.process.pid]
        while wanted:
            found.append(wanted.pop())
            wanted += children.get(found[-1], [])
        return found


def _stat(pid: int) -> tuple[int, float]:
    """Return the parent of a process and the CPU seconds it has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[1]), (int(fields[11]) + int(fields[12])) / TICKS


def cpu(pids: list[int]) -> float:
    """Return the CPU seconds, user and system, that these processes have used so far."""
    return sum(_stat(pid)[1] for pid in pids)


def backends(owner: psycopg.Connection[Any]) -> list[int]:
    """Return the backends of the connection's database, its own left out."""
    rows = owner.execute(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND backend_type = 'client backend'"
    )
    return [row[0] for row in rows]
