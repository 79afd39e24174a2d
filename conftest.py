"""Fixtures for every test: the standing cast, no network, and pages in Chromium.

On which database and as whom a run speaks is settled before, in tests/ci_plugin.py.
"""

import inspect
import os
import socket
from collections.abc import Callable, Iterator
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.cast import Cast

BROWSER_FIXTURES = frozenset({"browser", "new_page", "page", "phone"})
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
IN_REQUEST: list[bool] = []  # whether Django's client is being answered
HERE = frozenset({"127.0.0.1", "::1", "localhost", ""})


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark whatever opens a page, so that it is skipped with the reason where there is no Chromium."""
    for item in items:
        if BROWSER_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")


@pytest.fixture(scope="session", autouse=True)
def _light_settings() -> None:
    """Hash passwords cheaply (what is tested is who may, not how long a guess takes); have a folder of static files."""
    from django.conf import settings

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def cast(db: None) -> "Cast":
    """The standing cast of tests/cast.py."""
    from tests.cast import standing_cast

    return standing_cast()


@pytest.fixture(autouse=True)
def _as_owner(request: pytest.FixtureRequest) -> None:
    """Let a test marked `owner` do on PostgreSQL what only the owner of the tables can: tamper."""
    if request.node.get_closest_marker("owner"):
        request.getfixturevalue("db")
        from django.db import connection

        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET ROLE NONE")  # goes back with the test's transaction


@pytest.fixture(autouse=True)
def _calls_carry_their_scope(monkeypatch: pytest.MonkeyPatch) -> None:
    """On PostgreSQL let what a test calls outside any request run, and be looked at, in the scope of its actor.

    In the product the portal's middleware opens that scope before any service or query is called.
    """
    from django.db import connection

    if connection.vendor == "postgresql":
        from lianti.kernel import audience, permissions

        monkeypatch.setattr(permissions.Table, "visible_to", in_scope(permissions.Table.visible_to))
        monkeypatch.setattr(audience, "visible", in_scope(audience.visible))
        for module, name, function in acting_functions():
            monkeypatch.setattr(module, name, in_scope(function))


@pytest.fixture(autouse=True)
def _each_request_begins_with_nobody() -> Iterator[None]:
    """On PostgreSQL let no request of Django's client find or leave the scope of a call, as in the product."""
    from django.core.signals import request_finished, request_started
    from django.db import connection

    from lianti.kernel import scope

    def begin(**_more: object) -> None:
        IN_REQUEST.append(True)
        if connection.in_atomic_block and scope._current.get() is None and not connection.needs_rollback:
            scope._set(None)

    def end(**_more: object) -> None:
        IN_REQUEST.clear()

    if connection.vendor == "postgresql":
        request_started.connect(begin)
        request_finished.connect(end)
    yield
    request_started.disconnect(begin)
    request_finished.disconnect(end)
    IN_REQUEST.clear()


def acting_functions() -> Iterator[tuple[Any, str, Callable[..., Any]]]:
    """Yield every service and query of every context that takes an actor."""
    for context in ("network", "accounts", "evidence", "ledger", "activities", "agreements", "needs", "intake"):
        for face in ("services", "queries"):
            module = import_module(f"lianti.contexts.{context}.{face}")
            for name, function in vars(module).copy().items():
                if inspect.isfunction(function) and "actor" in inspect.signature(function).parameters:
                    yield module, name, function


def in_scope(function: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a function so that it leaves the scope of its actor set when no scope was open."""
    from django.db import connection

    from lianti.kernel import scope
    from lianti.lib.actor import Actor

    @wraps(function)
    def inner(*args: Any, **kwargs: Any) -> Any:
        actor = next((a for a in (*args, *kwargs.values()) if isinstance(a, Actor)), None)
        if actor is None or scope._current.get() is not None or not connection.in_atomic_block:
            return function(*args, **kwargs)
        scope._set(actor)
        result = function(*args, **kwargs)
        scope._set(None if IN_REQUEST else actor)
        return result

    return inner


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Refuse every connection but to this machine."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def refuse_far(address: Any) -> None:
        host = str(address[0]) if isinstance(address, tuple) else ""
        if host not in HERE and not host.startswith("127."):
            raise OSError(f"tests may not reach {host}")

    def near(self: socket.socket, address: Any) -> None:
        refuse_far(address)
        connect(self, address)

    def near_ex(self: socket.socket, address: Any) -> int:
        refuse_far(address)
        return connect_ex(self, address)

    socket.socket.connect, socket.socket.connect_ex = near, near_ex  # type: ignore[method-assign, assignment]
    yield
    socket.socket.connect, socket.socket.connect_ex = connect, connect_ex  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Debian's Chromium, headless, by its path: no browser is downloaded."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("LIANTI_CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser: "Browser") -> "Iterator[Callable[..., Page]]":
    """Make pages, each of its own browser context: new_page(width=390, height=844, java_script_enabled=False)."""
    contexts = []

    def make(*, width: int = 1440, height: int = 900, **options: Any) -> "Page":
        options.setdefault("locale", "zh-CN")
        context = browser.new_context(
            viewport={"width": width, "height": height}, timezone_id="Asia/Shanghai", **options
        )
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: "Callable[..., Page]") -> "Page":
    """One page as on a desk."""
    return new_page()


@pytest.fixture
def phone(new_page: "Callable[..., Page]") -> "Page":
    """One page as on a telephone."""
    return new_page(width=390, height=844, has_touch=True, is_mobile=True)
