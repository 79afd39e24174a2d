"""What an earlier version left behind is brought up to date: nothing lost, nothing changed, its pages open."""

import json
import os
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from bench._server import Place
from lianti.demo.people import PHONES
from lianti.kernel import scope
from lianti.lib.roles import Role
from tests.upgrade.make import ARCHIVE, DUMP, MANIFEST, MOST_BYTES, SQLITE, own_database

pytestmark = [pytest.mark.slow, pytest.mark.turns(whole=True)]
LOOK = Path(__file__).with_name("look.py")
SETS = sorted(path.parent for path in Path(__file__).parent.glob(f"data/*/{MANIFEST}"))
RECORDS = {"activities:activity", "agreements:agreement", "needs:need", "ledger:entry", "ledger:sheet"}
WANTED = {
    Role.OFFICE: {"portal:home", "portal:inbox", "portal:network", "intake:document", "network:relation", *RECORDS},
    Role.COORDINATOR: {"portal:home", "network:institution", "accounts:members", *RECORDS},
    Role.HEALTH_AUTHORITY: {"portal:home", "portal:network", "ledger:entry", "ledger:publication", "network:relation"},
}


@dataclass
class Upgraded:
    """A data set on today's code, and what was noted when it was made."""

    place: Place
    manifest: dict[str, Any]


@pytest.fixture(scope="module", params=SETS, ids=lambda folder: folder.name)
def upgraded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Upgraded]:
    """Bring one data set up to date, on the database that this run speaks to."""
    folder, kept = tmp_path_factory.mktemp("upgrade"), request.param
    manifest = json.loads((kept / MANIFEST).read_text(encoding="utf-8"))
    settings = {"JOURNAL_KEY": manifest["journal_key"], "DEBUG": "1"}
    with tarfile.open(kept / ARCHIVE) as archive:
        archive.extractall(folder, filter="data")
    if connection.vendor != "postgresql":
        place = Place(f"sqlite:///{folder / SQLITE}", folder, settings)
        place.lianti("migrate", "--quiet")
        yield Upgraded(place, manifest)
        return
    with own_database(owner_address(), f"lianti_upgrade_{folder.name}") as address:
        with psycopg.connect(address) as owner:
            for role in (scope.WEB, scope.JOBS):  # they belong to the server and are in no dump
                if owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is None:
                    owner.execute(f"CREATE ROLE {role} NOLOGIN")
            owner.execute((folder / DUMP).read_bytes())
        place = Place(address, folder, settings)
        place.lianti("migrate", "--quiet")
        yield Upgraded(place, manifest)


def owner_address() -> str:
    """Return where the owner of the tests' database signs in."""
    return os.environ.get("LIANTI_TEST_DATABASE_URL") or os.environ["LIANTI_DATABASE_URL"]


def test_there_is_a_data_set_and_none_is_too_big() -> None:
    assert SETS
    assert all((folder / ARCHIVE).stat().st_size <= MOST_BYTES for folder in SETS)


def test_no_row_is_lost_no_sum_is_another_and_the_journal_holds(upgraded: Upgraded) -> None:
    found, before = upgraded.place.script(LOOK), upgraded.manifest
    asked = before["rows"]["kernel_outboxtask"]  # an update may ask the worker for something, and loses no job
    assert found["rows"].pop("kernel_outboxtask") >= asked
    assert {table: found["rows"].get(table, asked) for table in before["rows"]} == before["rows"]
    assert found["sums"] == before["sums"]
    assert found["journal"] == before["journal"]
    assert found["faults"] == []


def test_the_main_pages_open(upgraded: Upgraded) -> None:
    upgraded.place.settings["DATABASE_ROLE"] = "lianti_web"
    answers = upgraded.place.script(LOOK, *(PHONES[role] for role in WANTED))
    for role, wanted in WANTED.items():
        (_signed_in, _path, status), *pages = answers[PHONES[role]]
        assert status == 302
        assert [page for page in pages if page[2] != 200] == [], role
        assert {name for name, _path, _status in pages} >= wanted
