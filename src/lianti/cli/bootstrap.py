"""Sets up what a command needs, then hands over to it. Standard library only: this runs before set-up.

A stamp in the virtual environment remembers the lock files it was made from, so that a second start does nothing.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NoReturn

from lianti.cli import browser_files, table
from lianti.cli import main as commands
from lianti.cli.progress import Progress

ROOT = Path(__file__).resolve().parents[3]
COMMAND_LINE = ("-P", "-m", "lianti.cli.main")
LOCK, DEV_LOCK = "requirements.lock", "requirements-dev.lock"
PIP_AT_LEAST = (22, 3)  # the first that can install into another environment
# Personal pip settings that would put packages elsewhere than into the environment.
PIP_STRAY = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_VIRTUALENV", "PYTHONPATH", "PYTHONHOME")


class CannotSetUp(Exception):
    """Why set-up stopped, with the mend."""


@dataclass(frozen=True)
class Place:
    """The checkout and its virtual environment."""

    root: Path
    venv: Path

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    @property
    def stamp(self) -> Path:
        return self.venv / "lianti.json"

    def stamped(self) -> dict[str, str]:
        """Return what the environment was made from; nothing when it is not there or was moved."""
        try:
            stamp = json.loads(self.stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        same = stamp.get("root") == str(self.root) and stamp.get("base") == sys.base_prefix
        return stamp if same and self.python.exists() else {}

    def write_stamp(self, **facts: str) -> None:
        """Remember facts beside those already there."""
        facts = {**self.stamped(), "root": str(self.root), "base": sys.base_prefix, **facts}
        self.stamp.write_text(json.dumps(facts, indent=1), encoding="utf-8")


def main(words: Sequence[str]) -> int:
    """Set up what the named command needs and become it; list the commands when none is named."""
    command = table.find(words[0]) if words else None
    if command is None or {"-h", "--help"} & set(words[1:]):
        return commands.main(words)  # help needs no set-up
    try:
        place = find_place()
        set_up(place, command)
    except CannotSetUp as problem:
        print(f"\nSet-up stopped: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return become(place, words)


def become(place: Place, words: Sequence[str]) -> NoReturn:
    """Go on as the command itself, in the environment."""
    os.execv(place.python, [str(place.python), *COMMAND_LINE, *words])


def find_place() -> Place:
    """Return where to work: the checkout, or a copy of it in the cache when it cannot be written to."""
    root = ROOT
    if not os.access(root, os.W_OK):
        root = _copy_of(root)
    venv = os.environ.get("LIANTI_VENV", "").strip()
    return Place(root, Path(venv).expanduser().absolute() if venv else root / ".venv")


def _copy_of(root: Path) -> Path:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    copy = cache / "lianti" / hashlib.sha256(str(root).encode()).hexdigest()[:12]
    unwanted = shutil.ignore_patterns(".git", ".venv", "data", "node_modules", "__pycache__")
    try:
        shutil.copytree(root, copy, ignore=unwanted, dirs_exist_ok=True)
    except OSError as problem:
        raise CannotSetUp(f"{root} cannot be written to, and neither can {copy}: {problem}") from None
    return copy


def set_up(place: Place, command: table.Command) -> None:
    """Make the environment, the browser files and the message catalogues where they are missing or old."""
    if ready(place, command):
        return
    progress = Progress()
    with _alone(place):
        if ready(place, command):  # another start did it meanwhile
            return
        print("Setting up Lianti (only what is missing):", flush=True)
        if not place.stamped():
            with progress.step("Python environment"):
                make_environment(place)
        with ThreadPoolExecutor(2) as both:
            packages = both.submit(install_packages, place, command, progress)
            files = both.submit(get_browser_files, place, command, progress)
            packages.result()
            files.result()
        if stale_messages(place.root):
            with progress.step("Texts in both languages"):
                _call([str(place.python), *COMMAND_LINE, "messages", "--compile"], "compiling the texts")


def ready(place: Place, command: table.Command) -> bool:
    """Tell whether nothing needs to be done for this command."""
    stamp = place.stamped()
    return (
        bool(stamp)
        and all(stamp.get(name) == digest(place.root / name) for name in _locks(command))
        and not (command.browser and browser_files.stale(place.root))
        and not stale_messages(place.root)
    )


def _locks(command: table.Command) -> list[str]:
    return [LOCK, DEV_LOCK] if command.dev else [LOCK]


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@contextlib.contextmanager
def _alone(place: Place) -> Iterator[None]:
    """Let one set-up of an environment run at a time; others wait for it."""
    name = hashlib.sha256(str(place.venv).encode()).hexdigest()[:12]
    path = Path(tempfile.gettempdir()) / f"lianti-{os.getuid()}-{name}.lock"
    with path.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another start is setting up; waiting for it …", flush=True)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def make_environment(place: Place) -> None:
    """Make the virtual environment without pip in it, and put this checkout on its path."""
    clear = [] if place.python.exists() and _runs(place.python) else ["--clear"]
    _call([sys.executable, "-m", "venv", "--without-pip", *clear, str(place.venv)], "making the Python environment")
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    path_file = place.venv / "lib" / version / "site-packages" / "lianti-src.pth"
    path_file.write_text(f"{place.root / 'src'}\n", encoding="utf-8")
    place.write_stamp()


def _runs(python: Path) -> bool:
    wanted = f"{sys.version_info[0]}.{sys.version_info[1]}"
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        said = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False).stdout
    except OSError:
        return False
    return said.strip() == wanted


def install_packages(place: Place, command: table.Command, progress: Progress) -> None:
    """Install the locked packages into the environment, checked by their hashes."""
    for name in _locks(command):
        lock = place.root / name
        if place.stamped().get(name) == digest(lock):
            continue
        total = len(re.findall(r"^\S+==", lock.read_text(encoding="utf-8"), re.MULTILINE))
        label = f"{'Packages' if name == LOCK else 'Packages for tests'} ({total})"
        with progress.step(label):
            pip_install(place, ["-r", str(lock)], partial(_count, progress, label, total))
        place.write_stamp(**{name: digest(lock)})


def _count(progress: Progress, label: str, total: int, done: int) -> None:
    progress.detail(label, f"{done}/{total}")


def get_browser_files(place: Place, command: table.Command, progress: Progress) -> None:
    """Fetch the files for the browser through npm: the system's, else one from PyPI used once."""
    if not command.browser or not browser_files.stale(place.root):
        return
    with progress.step("Files for the browser"), tempfile.TemporaryDirectory(prefix="lianti-npm-") as folder:
        problem = browser_files.fetch_with_system_npm(place.root, Path(folder) / "a")
        if problem:
            progress.detail("Files for the browser", "fetching Node, used once")
            node = Path(folder) / "node"
            pip_install(place, ["--target", str(node), "-r", str(place.root / "requirements-node.lock")])
            failure = browser_files.fetch_with_wheel(place.root, Path(folder) / "b", place.python, node)
            if failure:
                raise CannotSetUp(f"the files for the browser could not be fetched.\n{problem}\n{failure}")


# pip -----------------------------------------------------------------------------------------


def pip_install(place: Place, arguments: list[str], count: Callable[[int], None] | None = None) -> None:
    """Install by pip: wheels only, hashes checked, nothing resolved since the lock names everything."""
    options = "install --no-deps --require-hashes --only-binary :all: --no-compile --no-input --progress-bar off"
    command = [*find_pip(place), *options.split(), "--disable-pip-version-check", *arguments]
    last: deque[str] = deque(maxlen=15)
    done = 0
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", env=_environment()
    ) as process:
        for line in process.stdout or ():
            last.append(line.rstrip())
            if line.startswith(("Collecting ", "Requirement already")):
                done += 1
                if count:
                    count(done)
    if process.returncode:
        shown = "\n".join(f"    {line}" for line in last)
        raise CannotSetUp(f"pip could not install {arguments[-1]}.\n{shown}\nMend the cause and start again.")


def find_pip(place: Place) -> list[str]:
    """Return how to call a pip that installs into the environment; raise CannotSetUp when there is none."""
    into = ["--python", str(place.python)]
    candidates = [[sys.executable, "-m", "pip"]] if importlib.util.find_spec("pip") else []
    candidates += [[found] for name in ("pip3", "pip") if (found := shutil.which(name))]
    seen = []
    for candidate in candidates:
        version = _pip_version(candidate)
        if version >= PIP_AT_LEAST:
            return [*candidate, *into]
        seen.append(".".join(map(str, version)) or "broken")
    if importlib.util.find_spec("ensurepip"):
        _call([str(place.python), "-m", "ensurepip", "--default-pip"], "putting pip into the environment")
        return [str(place.python), "-m", "pip"]
    found = f"only pip {', '.join(seen)} was found" if seen else f"{sys.executable} has no pip"
    raise CannotSetUp(
        f"{found}; pip 22.3 or newer is needed.\n"
        "On Debian or Ubuntu: apt-get install python3-pip.  On Fedora: dnf install python3-pip.\n"
        "An old one: python3 -m pip install --upgrade pip."
    )


def _pip_version(candidate: list[str]) -> tuple[int, ...]:
    try:
        said = subprocess.run(
            [*candidate, "--version"], capture_output=True, text=True, check=False, env=_environment()
        ).stdout
    except OSError:
        return ()
    found = re.match(r"pip (\d+)\.(\d+)", said)
    return (int(found[1]), int(found[2])) if found else ()


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in PIP_STRAY}


def _call(command: list[str], doing: str) -> None:
    result = subprocess.run(command, capture_output=True, text=True, check=False, env=_environment())
    if result.returncode:
        raise CannotSetUp(f"{doing} failed.\n{result.stdout[-2000:]}{result.stderr[-2000:]}")


# Messages ------------------------------------------------------------------------------------


def stale_messages(root: Path) -> list[Path]:
    """Return the catalogues of apps whose compiled form is missing or older."""
    stale = []
    for source in (root / "src" / "lianti").glob("**/locale/*/LC_MESSAGES/*.po"):
        if not (source.parents[3] / "apps.py").exists():
            continue
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            stale.append(source)
    return stale
