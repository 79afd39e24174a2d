"""README's commands for a site of one's own work as printed, on an empty machine, also over plain HTTP in the house."""

import argparse
import contextlib
import json
import os
import re
import shlex
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest

from lianti.cli import init
from lianti.config import machine
from lianti.config.env import CHECKOUT

pytestmark = [pytest.mark.slow, pytest.mark.once]
HEADINGS = {"README.md": "## Your own site", "README.zh-CN.md": "## 自己部署"}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def printed(page: str) -> list[list[str]]:
    """Return the commands of the section, in order, each as its words."""
    section = (CHECKOUT / page).read_text(encoding="utf-8").split(HEADINGS[page])[1]
    lines = section.split("```sh\n")[1].split("```")[0].splitlines()
    return [shlex.split(line, comments=True) for line in lines]


class Site:
    """A folder and settings of its own, in which commands run as README prints them."""

    def __init__(self, folder: Path) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LIANTI_")}
        self.data = folder / "data"
        self.environment = {**kept, "LIANTI_DATA": str(self.data), "LIANTI_LANGUAGE": "en"}

    def command(self, words: list[str]) -> list[str]:
        """Return a printed command as this test can run it: the runner would set up an environment first."""
        assert words[0] == "./lianti"
        return [sys.executable, "-m", "lianti.cli.main", *words[1:]]

    def run(self, words: list[str], said: str = "") -> subprocess.CompletedProcess[str]:
        """Run a command to its end, with this on its input."""
        return subprocess.run(
            self.command(words), env=self.environment, input=said, capture_output=True, text=True, check=False
        )

    def start(self, words: list[str]) -> subprocess.Popen[str]:
        """Start a command that goes on."""
        return subprocess.Popen(
            self.command(words), env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )  # fmt: skip


def test_both_languages_print_the_same_commands() -> None:
    assert printed("README.md") == printed("README.zh-CN.md")
    assert [words[1] for words in printed("README.md")] == ["init", "web", "worker"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, str]:
    """A site after the first printed command, and the one-time code."""
    site = Site(tmp_path_factory.mktemp("own"))
    done = site.run(printed("README.md")[0])
    assert done.returncode == 0, done.stdout + done.stderr
    code = re.search(r"One-time code, shown only now: (\S+)", done.stdout)
    assert code, done.stdout
    assert "Next: ./lianti web" in done.stdout
    return site, code[1]


def test_nobody_else_may_look_into_the_folder(made: tuple[Site, str]) -> None:
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in made[0].data.rglob("*") if path.is_file()}
    assert {"lianti.sqlite3", "secret_key", "journal_key"} <= set(modes)
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(made[0].data.stat().st_mode) == 0o700


def test_init_again_changes_nothing_and_says_so(made: tuple[Site, str]) -> None:
    site, _code = made
    before = (site.data / "lianti.sqlite3").read_bytes()
    again = site.run([*printed("README.md")[0], "--json"])
    assert again.returncode == 0
    assert json.loads(again.stdout) == {"url": "http://127.0.0.1:8000/", "phone": "13900000000", "code": None}
    assert "nothing was changed" in again.stderr
    assert (site.data / "lianti.sqlite3").read_bytes() == before


def test_a_lost_journal_key_is_not_made_anew(made: tuple[Site, str]) -> None:
    site, _code = made
    away = site.data / "journal_key.away"
    (site.data / "journal_key").rename(away)
    refused = site.run(printed("README.md")[0])
    away.rename(site.data / "journal_key")
    assert refused.returncode == 1
    assert "its key is not here" in refused.stderr


def test_what_is_not_said_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    given = iter(["蓝山县人民医院", "clinic", "hospital", "13900000000"])
    monkeypatch.setattr("builtins.input", lambda _question: next(given))
    options = argparse.Namespace(institution=None, kind=None, name="李华", phone=None)
    init.ask(options)
    assert vars(options) == {
        "institution": "蓝山县人民医院", "kind": "hospital", "name": "李华", "phone": "13900000000",
    }  # fmt: skip


def test_questions_that_nobody_answers_are_named_as_options(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(_question: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody)
    with pytest.raises(init.Unanswered, match="--institution … --kind … --phone …"):
        init.ask(argparse.Namespace(institution="", kind=None, name="李华", phone=None))


@pytest.fixture(scope="module")
def served(made: tuple[Site, str]) -> Iterator[tuple[int, str]]:
    """The printed web and worker, at a free port and open to the house; the port, and the one-time code."""
    site, code = made
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    _init, web, worker = printed("README.md")
    children = [site.start([*web, "--host", "0.0.0.0", "--port", str(port)]), site.start(worker)]
    until = time.monotonic() + 120
    while time.monotonic() < until and not answers(port):
        assert children[0].poll() is None, children[0].communicate()[0]
        time.sleep(0.2)
    yield port, code
    assert children[1].poll() is None, children[1].communicate()[0]
    for child in children:
        child.send_signal(signal.SIGTERM)
        assert "Traceback" not in child.communicate(timeout=60)[0]


def answers(port: int) -> bool:
    """Tell whether the pages can be asked for."""
    try:
        return ask("127.0.0.1", port, "/healthz")[0] == 200
    except OSError:
        return False


def ask(host: str, port: int, path: str, **sent: str) -> tuple[int, dict[str, str], str]:
    """Ask for a page as a browser that came by this name, or send a form; return status, cookies and text."""
    with contextlib.closing(HTTPConnection("127.0.0.1", port, timeout=30)) as wire:
        return talk(wire, f"{host}:{port}", path, sent)


def talk(wire: HTTPConnection, host: str, path: str, sent: dict[str, str]) -> tuple[int, dict[str, str], str]:
    """Say one request and read its answer, on a connection that is open."""
    headers = {"Host": host, "Accept-Language": "en", "Cookie": sent.pop("cookie", "")}
    if sent:
        headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{host}"}
    wire.request("POST" if sent else "GET", path, urlencode(sent) if sent else None, headers)
    answer = wire.getresponse()
    cookies = {}
    for line in answer.headers.get_all("Set-Cookie") or []:
        assert "secure" not in line.lower()  # a browser would not keep it
        name, _equals, value = line.split(";")[0].strip().partition("=")
        cookies[name] = value
    return answer.status, cookies, answer.read().decode()


def test_signing_in_over_plain_http_works_with_a_warning(served: tuple[int, str]) -> None:
    port, code = served
    house = next(name for name in machine.names() if not machine.is_local(name))
    for host, warned in ((house, True), ("localhost", False)):
        status, cookies, page = ask(host, port, "/sign-in/")
        assert (status, "This connection is not encrypted" in page) == (200, warned)
        token = TOKEN.search(page)
        assert token
        cookie = f"csrftoken={cookies['csrftoken']}"
        sent = {"csrfmiddlewaretoken": token[1], "name": "13900000000", "password": code}
        status, cookies, page = ask(host, port, "/sign-in/", cookie=cookie, **sent)
        assert (status, "sessionid" in cookies) == (302, True), page


def test_a_foreign_name_is_refused_in_words(served: tuple[int, str]) -> None:
    status, _cookies, page = ask("elsewhere.example", served[0], "/sign-in/")
    assert status == 400
    assert "LIANTI_HOSTS" in page


def test_check_is_content_and_warns(made: tuple[Site, str]) -> None:
    done = made[0].run(["./lianti", "check"])
    assert done.returncode == 0, done.stderr
    assert "Warning: people who come by plain HTTP" in done.stdout
