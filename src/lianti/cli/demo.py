"""Try Lianti on this machine: an invented network, kept in a folder, pages at an address of this machine only.

Stop with Ctrl-C; start again and everything is as it was. To begin anew, delete the folder.
"""

import argparse
import contextlib
import fcntl
import importlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from lianti.cli import folder, start
from lianti.cli.progress import Progress
from lianti.config import env, machine

DATABASE = "lianti.sqlite3"
PARTS = ("files", DATABASE)  # what a fill makes; the database last, since it tells that the fill is whole
CHILDREN = {"web": ["web", "--prepared"], "worker": ["worker"]}
SECONDS_TO_SERVE, SECONDS_TO_STOP = 60, 10


class CannotStart(Exception):
    """Why the demo does not start, with the mend."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Offer place, size and language."""
    parser.add_argument("--port", type=int, default=8000, help="port of the pages (8000)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1, this machine only)")
    parser.add_argument("--data", type=Path, help="folder that keeps the data (data/demo in the checkout)")
    parser.add_argument("--scale", type=int, default=1, help="N times the entries of two years; 1 is about 6,000")
    parser.add_argument("--lang", choices=["zh-hans", "en"], default="zh-hans", help="language at first (zh-hans)")


def run(options: argparse.Namespace) -> int:
    """Prepare the folder, run web and worker, and stop both when asked; return 1 when it cannot start."""
    signal.signal(signal.SIGTERM, _interrupt)
    began = time.monotonic()
    try:
        folder.refuse_taken(options.host, options.port, "./lianti demo --port")
        data = (options.data or env.CHECKOUT / "data" / "demo").expanduser().absolute()
        folder.make(data, "Name another with --data.")
        folder.make_keys(data)
        with alone(data):
            settle_environment(options, data)
            prepare(options, data)
            return Demo(options, data, began).run()
    except (CannotStart, folder.Unusable, start.Unready) as problem:
        return start.complain(problem)
    except KeyboardInterrupt:
        print("\nStopped.")
        return 130


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


# Preparing -----------------------------------------------------------------------------------


@contextlib.contextmanager
def alone(data: Path) -> Iterator[None]:
    """Keep two demos from using one folder."""
    with (data / ".lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(f"Another demo is using {data}. Stop it, or name another folder with --data.") from None
        yield


def settle_environment(options: argparse.Namespace, data: Path) -> None:
    """Set the settings of this demo, whatever the surroundings say."""
    for name in [name for name in os.environ if name.startswith(env.PREFIX)]:
        del os.environ[name]
    os.environ.update(
        LIANTI_DATA=str(data),
        LIANTI_DATABASE_URL=f"sqlite:///{data / DATABASE}",
        LIANTI_SECRET_KEY_FILE=str(data / "secret_key"),
        LIANTI_JOURNAL_KEY_FILE=str(data / "journal_key"),
        LIANTI_HOSTS="127.0.0.1,localhost" if machine.is_local(options.host) else "*",
        LIANTI_HTTPS="0",
        LIANTI_LANGUAGE=options.lang,
        LIANTI_WEB_HOST=options.host,
        LIANTI_WEB_PORT=str(options.port),
        LIANTI_WEB_WORKERS="1",  # one process with four threads starts sooner than two, and one person clicks
        LIANTI_WEB_THREADS="4",
    )


def prepare(options: argparse.Namespace, data: Path) -> None:
    """Make and fill the database once, bring it up to date, and collect the browser files."""
    from lianti.cli import migrate, web

    if not (data / DATABASE).exists():
        fill(options, data)
    progress = Progress()
    start.django(serving=True)
    if start.pending():
        with progress.step("Bringing the database up to date"):
            migrate.migrate(quiet=True)
    web.collect()
    _check_scale(options, data)


def _check_scale(options: argparse.Namespace, data: Path) -> None:
    try:
        scale = json.loads((data / "demo.json").read_text(encoding="utf-8"))["scale"]
    except (OSError, ValueError, KeyError):
        return
    if options.scale not in {scale, 1}:
        print(f"The folder was filled with --scale {scale}; to fill it anew, delete {data}.")


def fill(options: argparse.Namespace, data: Path) -> None:
    """Fill a folder beside, in a process of its own, and take it over only when it is whole."""
    beside = data / "filling"
    _remove(beside)
    for name in PARTS:
        _remove(data / name)
    beside.mkdir()
    surroundings = {**os.environ, "LIANTI_DATA": str(beside), "LIANTI_DATABASE_URL": f"sqlite:///{beside / DATABASE}"}
    command = [sys.executable, "-P", "-m", "lianti.cli.fill", "--scale", str(options.scale)]
    if subprocess.run(command, env=surroundings, check=False).returncode:
        raise CannotStart("The example could not be filled; what stands above says why. Start again to try again.")
    (data / "demo.json").write_text(json.dumps({"scale": options.scale}), encoding="utf-8")
    for name in PARTS:
        if (beside / name).exists():
            (beside / name).rename(data / name)
    _remove(beside)


def _remove(path: Path) -> None:
    import shutil

    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


# Running -------------------------------------------------------------------------------------


class Demo:
    """Web and worker as children, with their output in a file of the data folder."""

    def __init__(self, options: argparse.Namespace, data: Path, began: float) -> None:
        self.options, self.data, self.began = options, data, began
        self.log = data / "demo.log"
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def run(self) -> int:
        """Start, tell the address, wait, and stop; return 1 when a child ends by itself."""
        try:
            self.start("web")
            self.await_pages()
            self.start("worker")
            self.greet()
            return self.watch()
        except KeyboardInterrupt:
            print("\nStopping …", flush=True)
            return 0
        finally:
            self.stop()

    def start(self, name: str) -> None:
        """Start a child, out of reach of the terminal's Ctrl-C, which is ours."""
        surroundings = {**os.environ, "LIANTI_FOLLOW": str(os.getpid())}
        command = [sys.executable, "-P", "-m", "lianti.cli.main", *CHILDREN[name]]
        with self.log.open("ab" if self.children else "wb") as log:
            self.children[name] = subprocess.Popen(
                command, env=surroundings, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )

    @property
    def address(self) -> str:
        host = self.options.host
        return folder.address("127.0.0.1" if host == "localhost" else host, self.options.port)

    def await_pages(self) -> None:
        """Wait until the pages can be served; raise CannotStart when they do not come."""
        until = time.monotonic() + SECONDS_TO_SERVE
        while time.monotonic() < until:
            self.refuse_dead()
            if self.healthy():
                return
            time.sleep(0.1)
        raise CannotStart(f"The pages did not come within {SECONDS_TO_SERVE} seconds.\n{self.last_lines()}")

    def healthy(self) -> bool:
        """Tell whether the pages answer."""
        parts = urlsplit(self.address)
        connection = HTTPConnection(str(parts.hostname), parts.port, timeout=2)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):  # not listening yet
            return False
        finally:
            connection.close()

    def refuse_dead(self) -> None:
        """Raise CannotStart when a child has ended by itself."""
        for name, child in self.children.items():
            if child.poll() is not None:
                raise CannotStart(f"The {name} process ended by itself ({child.returncode}).\n{self.last_lines()}")

    def last_lines(self) -> str:
        """Return the end of the children's output."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:]
        return "\n".join(f"    {line}" for line in lines) + f"\nAll of it: {self.log}"

    def greet(self) -> None:
        """Print the address and one sign-in for every role."""
        print(f"\nLianti is ready after {time.monotonic() - self.began:.1f} s:  {self.address}/\n")
        rows = [(one.role, one.phone, one.password, one.name, one.institution, first(one)) for one in sign_ins()]
        if rows:
            print("Sign in with phone number and password:")
            for role, phone, password, name, institution, hint in rows:
                print(f"  {role:<18} {phone:<13} {password:<14} {name} · {institution}{hint}")
        if not machine.is_local(self.options.host):
            print("\nThese passwords are public: everybody who can reach this machine can sign in.")
        print(f"\nData: {self.data}\nStop with Ctrl-C.", flush=True)

    def watch(self) -> int:
        """Wait until a child ends, which none should."""
        while True:
            self.refuse_dead()
            time.sleep(0.5)

    def stop(self) -> None:
        """Ask the children to end, and end those who do not."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        until = time.monotonic() + SECONDS_TO_STOP
        for child in self.children.values():
            try:
                child.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(child.pid, signal.SIGKILL)
                child.wait()


def sign_ins() -> list["SignIn"]:
    """Return one sign-in for every role of the invented network."""
    return list(getattr(importlib.import_module("lianti.demo"), "sign_ins", list)())


def first(one: "SignIn") -> str:
    """Return what to try first with a sign-in, when the example says so."""
    hint = getattr(one, "first", "")
    return f"\n  {'':<18} {hint}" if hint else ""


class SignIn:
    """What `lianti.demo.sign_ins()` gives for each role; there, any object with these names will do."""

    role: str
    phone: str
    password: str
    name: str
    institution: str
