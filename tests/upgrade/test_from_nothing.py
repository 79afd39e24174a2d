"""A new database is made from the models at once; the migrations, one after another, make the same one."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lianti.config import env
from tests.ci_plugin import ON_POSTGRESQL
from tests.upgrade.make import own_database

pytestmark = [pytest.mark.slow, pytest.mark.turns(whole=True)]


def made(way: str, place: Path) -> dict[str, Any]:
    """Return the shape of a database made that way, of the kind that this run uses."""
    name = f"lianti_from_nothing_{way}_{os.getpid()}"
    own = (
        own_database(os.environ["LIANTI_DATABASE_URL"], name)
        if ON_POSTGRESQL
        else contextlib.nullcontext(f"sqlite:///{place}/{way}.sqlite3")
    )
    with own as address:
        around = {**os.environ, "LIANTI_DATABASE_URL": address, "LIANTI_DATA": str(place)}
        command = [sys.executable, "-m", "tests.upgrade.shape", way]
        said = subprocess.run(command, env=around, cwd=env.CHECKOUT, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    found: dict[str, Any] = json.loads(said.stdout)
    return found


def test_both_ways_make_one_database(tmp_path: Path) -> None:
    once, steps = made("once", tmp_path), made("steps", tmp_path)
    assert (once["missing"], steps["missing"]) == ([], [])
    assert len(once["shape"]) > 100
    assert {*once["shape"]} == {*steps["shape"]}
    for table, said in once["shape"].items():
        if not table.startswith("auth_"):  # Django's own, empty here: it names a constraint another way by now
            assert said == steps["shape"][table], table
