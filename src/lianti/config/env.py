"""Settings from the environment: one table, typed, documented, refused when wrong.

No Django here, so that the runner can read and document settings before anything is set up.
Every setting is a constant below; `cli/docs.py` makes `docs/settings.md` from the same table.
A secret `NAME` may also be given as `NAME_FILE`, the path of a file that holds it; the keys that `lianti init` made
are found in the data folder.
"""

import difflib
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

from lianti.config import machine
from lianti.config.values import Wrong, folder, hosts, one_of, origins, rooms_off, secret, switch, whole

T = TypeVar("T")
CHECKOUT = Path(__file__).resolve().parents[3]
PREFIX = "LIANTI_"


class BadSettings(Exception):
    """One or more settings have values that cannot be used; the text names each and its mend."""


@dataclass(frozen=True)
class Database:
    """Where the records are kept, taken apart from an address."""

    engine: str
    name: str
    user: str = ""
    password: str = ""
    host: str = ""
    port: str = ""
    options: tuple[tuple[str, str], ...] = ()

    @property
    def is_postgresql(self) -> bool:
        return self.engine == "postgresql"


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One setting: how its text becomes a value, what it is when absent, and what it is for."""

    name: str
    parse: Callable[[str], T]
    fallback: Callable[[], T]
    says: str
    values: str
    absent: str
    secret: bool = False
    serving: bool = False  # a server or worker refuses to start without it
    kept: str = ""  # file of the data folder that holds it when nothing is said

    def text(self, environ: Mapping[str, str] | None = None) -> str | None:
        """Return the raw text, from the variable or the file it names; raise Wrong if unreadable."""
        environ = os.environ if environ is None else environ
        given = environ.get(self.name, "").strip()
        path = environ.get(f"{self.name}_FILE", "").strip() if self.secret else ""
        if given and path:
            raise Wrong(f"is given twice, also as {self.name}_FILE; keep one of them")
        if path:
            return _read(path)
        return given or self._in_the_folder(environ)

    def _in_the_folder(self, environ: Mapping[str, str]) -> str | None:
        if not self.kept:
            return None
        path = DATA.value(environ) / self.kept
        return _read(str(path)) if os.path.lexists(path) else None

    def value(self, environ: Mapping[str, str] | None = None) -> T:
        """Return the typed value; raise BadSettings with the reason when it cannot be used."""
        try:
            text = self.text(environ)
            return self.fallback() if text is None else self.parse(text)
        except Wrong as wrong:
            raise BadSettings(f"{self.name} {wrong}.") from None


def _read(path: str) -> str:
    try:
        text = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise Wrong(f"names the file {path}, which cannot be read: {problem}") from None
    if not text:
        raise Wrong(f"names the file {path}, which is empty")
    return text


# Where the records are ----------------------------------------------------------------------


def database(text: str) -> Database:
    """Read sqlite:///path or postgresql://user:password@host:port/name."""
    try:
        parts = urlsplit(text)
        port = str(parts.port or "")
    except ValueError:
        raise Wrong("must be a database address; its port is not a number") from None
    name = unquote(parts.path[1:])
    if parts.scheme == "sqlite" and not parts.netloc and name:
        return Database("sqlite", name if name == ":memory:" else str(Path(name).absolute()))
    if parts.scheme in {"postgresql", "postgres"} and name and "/" not in name:
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        options = tuple(parse_qsl(parts.query))
        return Database("postgresql", name, user, password, parts.hostname or "", port, options)
    raise Wrong("must be sqlite:///path/to/file or postgresql://user:password@host:5432/name")


# The table ------------------------------------------------------------------------------------


def _data() -> Path:
    return CHECKOUT / "data"


def _embedded() -> Database:
    return Database("sqlite", str(DATA.value() / "lianti.sqlite3"))


def _hosts() -> tuple[str, ...]:
    listens = WEB_HOST.value()
    if machine.is_local(listens):
        return machine.LOCAL
    return (
        machine.names()
        if listens in machine.EVERYWHERE
        else (*machine.LOCAL, f"[{listens}]" if ":" in listens else listens)
    )


def _https() -> bool | None:
    return True if any(origin.startswith("https://") for origin in ORIGINS.value()) else None


def _passing() -> str:
    """Make a secret that lives as long as this process; a server refuses to run on it."""
    return secrets.token_urlsafe(48)


DATA = Setting(
    "LIANTI_DATA",
    folder,
    _data,
    "Where files, collected browser files and the embedded database are kept.",
    "path of a folder",
    "`data/` in the checkout",
)
DATABASE_URL = Setting(
    "LIANTI_DATABASE_URL",
    database,
    _embedded,
    "The database. On PostgreSQL the web and the worker use roles that own nothing (see postgresql.md).",
    "`sqlite:///path/to/file` or `postgresql://user:password@host:5432/name`",
    "`lianti.sqlite3` in the data folder",
    secret=True,
)
DATABASE_ROLE = Setting(
    "LIANTI_DATABASE_ROLE",
    one_of("owner", "lianti_web", "lianti_jobs"),
    lambda: "owner",
    "PostgreSQL role that is taken on after connecting. `lianti web` and `lianti worker` set it themselves.",
    "`owner` (stay who connected), `lianti_web` or `lianti_jobs`",
    "`owner`",
)
SECRET_KEY = Setting(
    "LIANTI_SECRET_KEY",
    secret,
    _passing,
    "Signs sessions and one-time links. Changing it signs everybody out and ends open links.",
    "random text, 32 characters or more",
    "`secret_key` in the data folder, made by `lianti init`; without it a server refuses to start",
    secret=True,
    serving=True,
    kept="secret_key",
)
JOURNAL_KEY = Setting(
    "LIANTI_JOURNAL_KEY",
    secret,
    _passing,
    "Chains the journal. Keep it outside the database and its backups; it must never change.",
    "random text, 32 characters or more",
    "`journal_key` in the data folder, made by `lianti init`; without it a server refuses to start",
    secret=True,
    serving=True,
    kept="journal_key",
)
HOSTS = Setting(
    "LIANTI_HOSTS",
    hosts,
    _hosts,
    "Names under which the site may be asked for.",
    "host names with commas between",
    "`127.0.0.1,localhost`, and where others can reach it, this machine's own names",
)
ORIGINS = Setting(
    "LIANTI_ORIGINS",
    origins,
    lambda: (),
    "Addresses people type, when a proxy in front speaks HTTPS; forms from elsewhere are refused.",
    "addresses with commas between, such as `https://help.example.org`",
    "none",
)
HTTPS: Setting[bool | None] = Setting(
    "LIANTI_HTTPS",
    switch,
    _https,
    "Cookies travel by HTTPS only and browsers are told to stay there. Off only for a trial.",
    "`1` or `0`",
    "`1` when `LIANTI_ORIGINS` names an https address; else as each person comes, with a warning by plain HTTP",
)
DEBUG = Setting(
    "LIANTI_DEBUG",
    switch,
    lambda: False,
    "Shows errors with their code. For builders; never where real people work.",
    "`1` or `0`",
    "`0`",
)
LANGUAGE = Setting(
    "LIANTI_LANGUAGE",
    one_of("zh-hans", "en"),
    lambda: "zh-hans",
    "The language before a person has chosen one.",
    "`zh-hans` or `en`",
    "`zh-hans`",
)
OVERDUE_DAYS = Setting(
    "LIANTI_OVERDUE_DAYS",
    whole(1, 250),
    lambda: 10,
    "Working days after the end of its month, or its declaring if later, until an unverified entry is overdue.",
    "whole number from 1 to 250",
    "`10`",
)
OBJECTION_DAYS = Setting(
    "LIANTI_OBJECTION_DAYS",
    whole(1, 250),
    lambda: 10,
    "Working days in which a declarer may object to a lowered quantity.",
    "whole number from 1 to 250",
    "`10`",
)
UPLOAD_MEGABYTES = Setting(
    "LIANTI_UPLOAD_MEGABYTES",
    whole(1, 500),
    lambda: 20,
    "The largest file that is taken as evidence.",
    "whole number from 1 to 500, in megabytes",
    "`20`",
)
FONTS = Setting(
    "LIANTI_FONTS",
    str,
    str,
    "Where fonts for PDF papers lie, beside those that this machine has; one of them must have Chinese.",
    "path of a folder",
    "only those of this machine",
)
ROOMS_OFF = Setting(
    "LIANTI_ROOMS_OFF",
    rooms_off,
    frozenset,
    "Rooms that this site does without: their pages, navigation, search, to-do and news are gone. Their records stay.",
    "names with commas between, such as `intake`; a room that another one needs goes only together with it",
    "none",
)
INTAKE_EXTRACTOR = Setting(
    "LIANTI_INTAKE_EXTRACTOR", str, lambda: "grammar", "What proposes records from clean text.", "a name", "`grammar`"
)
WEB_HOST = Setting(
    "LIANTI_WEB_HOST",
    str,
    lambda: "127.0.0.1",
    "Address that `lianti web` listens on.",
    "address of this machine",
    "`127.0.0.1`",
)
WEB_PORT = Setting(
    "LIANTI_WEB_PORT",
    whole(1, 65535),
    lambda: 8000,
    "Port that `lianti web` listens on.",
    "whole number from 1 to 65535",
    "`8000`",
)
WEB_WORKERS = Setting(
    "LIANTI_WEB_WORKERS", whole(1, 64), lambda: 2, "Processes that answer requests.", "whole number from 1 to 64", "`2`"
)
WEB_THREADS = Setting(
    "LIANTI_WEB_THREADS",
    whole(1, 64),
    lambda: 1 if not DATABASE_URL.value().is_postgresql else 4,
    "Threads in each of these processes, and the size of its pool of database connections.",
    "whole number from 1 to 64",
    "`4` on PostgreSQL, `1` on the embedded database",
)

TABLE: tuple[Setting[object], ...] = tuple(value for value in list(globals().values()) if isinstance(value, Setting))
# Read by the runner and the tests, not by the product; named here so that a typo is still found.
OTHERS: dict[str, str] = {
    "LIANTI_VENV": "Folder of the virtual environment that the runner makes; at first `.venv` in the checkout.",
    "LIANTI_TEST_DATABASE_URL": "PostgreSQL address, as an owner who may create databases, for `lianti test`.",
    "LIANTI_CI": "Set in continuous integration: a skipped browser or PostgreSQL test is a failure.",
    "LIANTI_CHROMIUM": "Path of the Chromium that browser tests use; at first `/usr/bin/chromium`.",
    "LIANTI_FOLLOW": "Set by `lianti demo` for its children: the process whose end is also theirs.",
}


def problems(environ: Mapping[str, str] | None = None, *, serving: bool = False) -> list[str]:
    """Return one sentence for each setting that is wrong, unknown or missing; none when all is well."""
    environ = os.environ if environ is None else environ
    found = [*_unknown(environ)]
    for setting in TABLE:
        try:
            setting.value(environ)
            if serving and setting.serving and setting.text(environ) is None:
                found.append(f"{setting.name} is missing: {setting.values}. ./lianti init makes it.")
        except BadSettings as bad:
            found.append(str(bad))
    return list(dict.fromkeys(found))


def _unknown(environ: Mapping[str, str]) -> list[str]:
    known = {setting.name for setting in TABLE} | set(OTHERS)
    known |= {f"{setting.name}_FILE" for setting in TABLE if setting.secret}
    found = []
    for name in sorted(name for name in environ if name.startswith(PREFIX) and name not in known):
        near = difflib.get_close_matches(name, known, n=1)
        found.append(f"{name} is no setting" + (f"; do you mean {near[0]}?" if near else "."))
    return found


def refuse_bad(environ: Mapping[str, str] | None = None, *, serving: bool = False) -> None:
    """Let good settings pass; raise BadSettings that lists every wrong one."""
    found = problems(environ, serving=serving)
    if found:
        raise BadSettings("\n".join(found))
