"""What every test run here shares: safe settings, the web role on PostgreSQL, and no silent skips in CI.

Loaded by `-p tests.ci_plugin` (pyproject.toml) before Django reads its settings.
"""

import atexit
import os
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from pytest_django.plugin import blocking_manager_key

CHROMIUM = Path(os.environ.get("LIANTI_CHROMIUM", "/usr/bin/chromium"))
DATABASE_FIXTURES = frozenset({"db", "transactional_db", "live_server", "django_db_setup"})
CONTEXTS = "src/lianti/contexts/"
DAYS_ON_SQLITE = 4  # how long it takes until SQLite too has seen each test of the contexts
SPENT: defaultdict[str, float] = defaultdict(float)
IN_CI = bool(os.environ.get("LIANTI_CI"))
ON_POSTGRESQL = os.environ.get("LIANTI_DATABASE_URL", "").startswith("postgres")
SCRATCH = tempfile.TemporaryDirectory(prefix="lianti-test-")
atexit.register(SCRATCH.cleanup)

os.environ.setdefault("LIANTI_DATA", SCRATCH.name)
os.environ.setdefault("LIANTI_DEBUG", "1")  # plain names for browser files; pytest-django turns DEBUG itself off
os.environ.setdefault("LIANTI_HTTPS", "0")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps an event loop in the test's thread
if not ON_POSTGRESQL:
    os.environ["LIANTI_DATABASE_URL"] = f"sqlite:///{SCRATCH.name}/test.sqlite3"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer --fast."""
    parser.addoption("--fast", action="store_true", help="leave out tests that are slow, open a page or a database")
    parser.addoption("--shared", action="store_true", help="a run on the other database does its part: `shared_out`")
    parser.addoption("--turn", type=int, help="a day, as a number: what takes turns does its part, `has_its_turn`")
    parser.addoption("--nightly", action="store_true", help="with what is marked nightly, and all of it here")


def pytest_configure(config: pytest.Config) -> None:
    """Name the marks; make the tables from the models: tests/upgrade holds that the migrations make the same."""
    config.option.nomigrations = True
    for mark in (
        "slow: left out by --fast",
        "browser: needs Chromium",
        "postgresql: needs PostgreSQL, as the web role",
        "once: makes databases of its own, so the run on SQLite is enough",
        "turns(whole=False): is dear, so with --turn it runs on one database a day; whole: with all of its file",
        "nightly: takes minutes, so only --nightly runs it",
        "owner: on PostgreSQL runs as the owner of the tables, not as the web role",
    ):
        config.addinivalue_line("markers", mark)


def pytest_report_header() -> list[str]:
    """Say which database this run uses."""
    return [f"database: {'PostgreSQL, as lianti_web' if ON_POSTGRESQL else 'SQLite'}"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip with a reason what this machine cannot run; deselect what this run leaves to another."""
    for option, leaves_out in (("--fast", takes_time), ("--shared", shared_out), ("--turn", waits_for(config))):
        if config.getoption(option):
            config.hook.pytest_deselected(items=[item for item in items if leaves_out(item)])
            items[:] = [item for item in items if not leaves_out(item)]
    for item in items:
        if item.get_closest_marker("postgresql") and not ON_POSTGRESQL:
            item.add_marker(pytest.mark.skip(reason="only on PostgreSQL: set LIANTI_TEST_DATABASE_URL"))
        if item.get_closest_marker("nightly") and not config.getoption("--nightly"):
            item.add_marker(pytest.mark.skip(reason="long: ./lianti test --nightly"))
        if item.get_closest_marker("once") and ON_POSTGRESQL:
            item.add_marker(pytest.mark.skip(reason="makes databases of its own: ran on SQLite"))
        if item.get_closest_marker("browser") and not CHROMIUM.exists():
            item.add_marker(pytest.mark.skip(reason=f"no Chromium at {CHROMIUM}: install it or set LIANTI_CHROMIUM"))


def takes_time(item: pytest.Item) -> bool:
    """Tell whether --fast leaves this test out."""
    marked = any(item.get_closest_marker(mark) for mark in ("slow", "browser", "postgresql", "django_db"))
    return marked or not DATABASE_FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))


def shared_out(item: pytest.Item) -> bool:
    """Tell whether the run on the other database does this: no database is asked on SQLite, browsers on PostgreSQL."""
    if item.get_closest_marker("browser"):
        return not ON_POSTGRESQL
    return ON_POSTGRESQL and not asks_a_database(item) and not item.get_closest_marker("turns")


def asks_a_database(item: pytest.Item) -> bool:
    """Tell whether a test says so by its mark or its fixtures."""
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("postgresql")
    return bool(marked) or not DATABASE_FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))


def has_its_turn(key: str, day: int, *, on_postgresql: bool) -> bool:
    """Tell whether this database does this on this day; the other does it then, and they change over by the day."""
    return (zlib.crc32(key.encode()) + day) % 2 == on_postgresql


def waits_for(config: pytest.Config) -> Callable[[pytest.Item], bool]:
    """Return what tells whether a test leaves this database to another day.

    What runs on one database alone takes no turns: it would run on none. What the contexts ask a database runs whole on
    PostgreSQL, behind the walls, and so on SQLite a part is enough.
    """
    day = config.getoption("--turn") or 0

    def waits(item: pytest.Item) -> bool:
        mark = item.get_closest_marker("turns")
        if any(item.get_closest_marker(alone) for alone in ("once", "postgresql", "browser")):
            return False
        if mark is None:
            again = not ON_POSTGRESQL and item.nodeid.startswith(CONTEXTS) and asks_a_database(item)
            return again and (zlib.crc32(item.nodeid.encode()) + day) % DAYS_ON_SQLITE != 0
        key = item.nodeid.split("::", 1)[0] if mark.kwargs.get("whole") else item.nodeid
        return not has_its_turn(key, day, on_postgresql=ON_POSTGRESQL)

    return waits


@pytest.fixture(scope="session")
def todays(pytestconfig: pytest.Config) -> "Callable[[Sequence[Any]], Sequence[Any]]":
    """Return which of the cases inside a test are tried today."""
    day = pytestconfig.getoption("--turn")
    return lambda cases: tried_on(day, cases)


def tried_on(day: int | None, cases: Sequence[Any]) -> Sequence[Any]:
    """Return all cases without turns, else every other one.

    They change over every second day: a test that takes turns itself comes to each database every second day, and would
    meet the same half there for ever.
    """
    return cases if day is None else cases[day // 2 % 2 :: 2]


def may_not_skip(item: pytest.Item) -> bool:
    """Tell whether a skip of this test is a failure: in CI, what needs a browser or the database in use."""
    wanted = item.get_closest_marker("browser") or (ON_POSTGRESQL and item.get_closest_marker("postgresql"))
    return IN_CI and bool(wanted)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, None]:
    """Turn a skip into a failure where CI must not skip."""
    report = (yield).get_result()
    if report.skipped and not hasattr(report, "wasxfail") and may_not_skip(item):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome, report.longrepr = "failed", f"skipped in CI, where it must run: {reason}"


@pytest.hookimpl(hookwrapper=True)
def pytest_fixture_setup(fixturedef: Any, request: pytest.FixtureRequest) -> Iterator[None]:
    """After the test database is made by its owner, go on as the role that owns nothing."""
    yield
    if fixturedef.argname == "django_db_setup" and ON_POSTGRESQL:
        blocker = request.config.stash[blocking_manager_key]
        with blocker.unblock():
            become_web_role()
        fixturedef.addfinalizer(become_owner)


def room_of(nodeid: str) -> str:
    """Return the room that a test belongs to: a context, another folder of the code, or a folder of tests."""
    parts = nodeid.split("::", 1)[0].split("/")
    if parts[:3] == ["src", "lianti", "contexts"]:
        return "/".join(parts[2:4])
    return parts[2] if parts[:2] == ["src", "lianti"] else "/".join(parts[:2])


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count what each room's tests take, set-up and all."""
    SPENT[room_of(report.nodeid)] += report.duration


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the seconds of each room, the dearest first, of a run of more than one."""
    if len(SPENT) > 1:
        terminalreporter.section("seconds by room (of one core)")
        for room, seconds in sorted(SPENT.items(), key=lambda pair: -pair[1]):
            terminalreporter.line(f"{seconds:8.1f}  {room}")


def become_web_role() -> None:
    """Make the roles, let the web role empty tables between tests, and reconnect as it."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    from lianti.kernel import walls

    MigrationRecorder(connection).ensure_schema()  # the roles may read it, also where no migration ran
    walls.install()
    with connection.cursor() as cursor:
        cursor.execute("GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO lianti_web")
        # Whatever empties all tables lets the framework fill its own again.
        cursor.execute("GRANT SELECT, INSERT ON django_content_type, auth_permission TO lianti_web")
    reconnect_as("lianti_web")


def become_owner() -> None:
    """Reconnect as the owner, who drops the test database."""
    reconnect_as(None)


def reconnect_as(role: str | None) -> None:
    """Close every connection and take on this role at the next."""
    from django.db import connection

    connection.close()
    connection.close_pool()
    connection.settings_dict["OPTIONS"].pop("options", None)
    if role:
        connection.settings_dict["OPTIONS"]["options"] = f"-c role={role}"
