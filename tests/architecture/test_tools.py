"""Style, types, imports, locks, texts and generated pages are held by the same tools as `./lianti lint`."""

import json
import re

import pytest

from lianti.cli import lint
from lianti.config.env import CHECKOUT

LOCKS = (
    *("requirements.lock", "requirements-pdf.lock", "requirements-dev.lock", "requirements-node.lock"),
    "package-lock.json",
)
THOROUGH = {"types"}  # too slow for --fast


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] if name in THOROUGH else []) for name in lint.CHECKS]
)
def test_the_tool_finds_nothing(name: str) -> None:
    code, said = lint.check(name)
    assert code == 0, f"./lianti lint {name}\n{said}"


@pytest.mark.parametrize("name", LOCKS)
def test_lock_files_carry_hashes_and_no_addresses(name: str) -> None:
    text = (CHECKOUT / name).read_text()
    assert not re.search(r"https?:|file:|registry", text)
    assert "--hash=sha256:" in text or '"integrity": "sha512-' in text


def test_every_locked_browser_package_has_a_hash() -> None:
    packages = json.loads((CHECKOUT / "package-lock.json").read_text())["packages"]
    assert all("integrity" in about for name, about in packages.items() if name)


def test_the_lock_names_what_the_project_asks_for() -> None:
    import tomllib

    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    for lock, wanted in (
        ("requirements.lock", project["dependencies"]),
        ("requirements-pdf.lock", project["dependencies"] + project["optional-dependencies"]["pdf"]),
        ("requirements-dev.lock", project["dependencies"] + project["optional-dependencies"]["test"]),
    ):
        locked = set(re.findall(r"^([a-z0-9-]+)==", (CHECKOUT / lock).read_text(), re.MULTILINE))
        asked = {re.split(r"[\[<>=]", line)[0].lower() for line in wanted}
        assert asked <= locked, f"./lianti lock: {lock} lacks {asked - locked}"


def test_nothing_is_committed_that_is_fetched() -> None:
    ignored = (CHECKOUT / ".gitignore").read_text().split()
    assert {"uv.lock", "node_modules/", "/src/lianti/lib/web/static/vendor/", "*.mo", ".venv/"} <= set(ignored)
