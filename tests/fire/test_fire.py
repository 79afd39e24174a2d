"""Races and a sudden end, on real servers: granian as the web role, PostgreSQL, many browsers at once."""

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import psycopg
import pytest

from bench._browsers import Answer, Browser
from bench._server import Place, Server, postgresql
from lianti.lib import ids
from lianti.lib.dates import shanghai_day

T = TypeVar("T")
pytestmark = [pytest.mark.postgresql, pytest.mark.slow]
CROWD = 20
FIRE = 500

STANDING = "('declared', 'counted', 'objected', 'settled')"
KEPT_ACCOUNTS = "SELECT account_id, month, unit, level, quantity, entries FROM ledger_accountsum WHERE entries <> 0"
COUNTED_ACCOUNTS = f"""SELECT p.account_id, date_trunc('month', e.count_day)::date, e.unit, e.level,
    sum(e.quantity)::int, count(*)::int
    FROM ledger_posting p JOIN ledger_entry e ON e.id = p.entry_id WHERE e.state IN {STANDING}
    GROUP BY 1, 2, 3, 4"""
KEPT_RELATIONS = "SELECT relation_id, month, kind, level, quantity, entries FROM ledger_relationsum WHERE entries <> 0"
COUNTED_RELATIONS = f"""SELECT relation_id, date_trunc('month', count_day)::date, kind, level,
    sum(quantity)::int, count(*)::int
    FROM (SELECT DISTINCT e.*, p.relation_id FROM ledger_posting p JOIN ledger_entry e ON e.id = p.entry_id) e
    WHERE state IN {STANDING} GROUP BY 1, 2, 3, 4"""
KEPT_WAITING = "SELECT id, waiting FROM ledger_monthsheet WHERE waiting <> 0"
COUNTED_WAITING = """SELECT p.sheet_id, count(*)::int FROM ledger_entryperson p JOIN ledger_entry e ON e.id = p.entry_id
    WHERE e.state = 'declared' GROUP BY 1"""
UNEVEN = """SELECT e.public_id FROM ledger_entry e WHERE e.version <> (SELECT count(*) FROM ledger_entrytransition t
    WHERE t.record_id = e.id) OR e.version <> (SELECT count(*) FROM kernel_journalevent j WHERE j.record = e.public_id)
    OR (e.state = 'counted') <> EXISTS (SELECT FROM ledger_entrytransition t WHERE t.record_id = e.id
    AND t.name = 'verify')"""


def in_a_loop_of_its_own(work: Coroutine[Any, Any, T]) -> T:
    """Run it beside the event loop that Playwright keeps in this thread once a browser test has run."""
    with ThreadPoolExecutor(max_workers=1) as aside:
        return aside.submit(asyncio.run, work).result()


@dataclass
class Fire:
    """A served world, and a look behind the pages."""

    place: Place
    world: dict[str, Any]
    server: Server

    def ask(self, sql: str, *values: Any) -> list[Any]:
        with psycopg.connect(self.place.url) as owner:
            return owner.execute(sql, values).fetchall()

    def take(self, count: int) -> list[str]:
        taken, self.world["entries"] = self.world["entries"][:count], self.world["entries"][count:]
        assert len(taken) == count
        return taken

    async def browsers(self, count: int, *phones: str) -> list[Browser]:
        """Return signed-in browsers; those of one person share the session, as tabs do."""
        first = [Browser(self.server.port) for _ in phones]
        for browser, phone in zip(first, phones, strict=True):
            await browser.sign_in(phone, self.world["password"])
            await browser.get("/activities/new/")
            await browser.close()
        chosen = [first[n % len(first)] for n in range(count)]
        return [Browser(self.server.port, dict(one.cookies), one.token) for one in chosen]

    async def verifiers(self, count: int) -> list[Browser]:
        return await self.browsers(count, *self.world["verifiers"])

    def then_all_adds_up(self) -> None:
        """Kept sums are what a recount gives, and each entry's version, story and journal tell the same."""
        for kept, counted in (
            (KEPT_ACCOUNTS, COUNTED_ACCOUNTS),
            (KEPT_RELATIONS, COUNTED_RELATIONS),
            (KEPT_WAITING, COUNTED_WAITING),
        ):
            assert sorted(self.ask(kept)) == sorted(self.ask(counted))
        assert self.ask(UNEVEN) == []

    def then_the_journal_holds(self) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "lianti.cli.main", "journal", "verify"],
            env=self.place.environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def fire() -> Iterator[Fire]:
    with postgresql("lianti_fire") as place:
        world = place.script(Path(__file__).with_name("fill.py"), str(FIRE + 10))
        with Server(place) as server:
            yield Fire(place, world, server)


async def together(browsers: list[Browser], *asking: Awaitable[Answer]) -> list[Answer]:
    """Send all at once; return the answers, everybody having hung up."""
    answers = await asyncio.gather(*asking)
    for browser in browsers:
        await browser.close()
    return list(answers)


async def verify(browser: Browser, entry: str, key: str | None = None) -> Answer:
    return await browser.post(f"/ledger/entries/{entry}/moves/verify/", key=key or ids.new())


def statuses(answers: list[Answer]) -> list[int]:
    return sorted(answer.status for answer in answers)


def verifications(fire: Fire, entry: str) -> int:
    sql = """SELECT count(*) FROM ledger_entrytransition t JOIN ledger_entry e ON e.id = t.record_id
        WHERE e.public_id = %s AND t.name = 'verify'"""
    return int(fire.ask(sql, entry)[0][0])


def test_of_twenty_parallel_verifications_one_wins_and_nineteen_are_told(fire: Fire):
    [entry] = fire.take(1)

    async def race() -> list[Answer]:
        browsers = await fire.verifiers(CROWD)
        return await together(browsers, *(verify(b, entry) for b in browsers))

    answers = in_a_loop_of_its_own(race())
    assert statuses(answers) == [303] + [409] * (CROWD - 1)
    told = [answer.body.decode() for answer in answers if answer.status == 409]
    assert all("已" in page for page in told)
    assert verifications(fire, entry) == 1
    fire.then_all_adds_up()


def test_of_twenty_parallel_creations_with_one_key_one_record_is_made(fire: Fire):
    given = {
        "kind": "lecture",
        "day": shanghai_day(datetime.now(UTC)).isoformat(),
        "quantity": "1",
        "giver": fire.world["supporting"],
        "receivers": fire.world["county"],
        "person_0": fire.world["expert_name"],
        "part_0": "lead",
        "key": ids.new(),
    }

    async def race() -> list[Answer]:
        browsers = await fire.browsers(CROWD, fire.world["expert"])
        return await together(browsers, *(b.post("/activities/new/", **given) for b in browsers))

    before = fire.ask("SELECT count(*) FROM activities_activity")[0][0]
    answers = in_a_loop_of_its_own(race())
    assert statuses(answers) == [303] * CROWD
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert fire.ask("SELECT count(*) FROM activities_activity")[0][0] == before + 1
    fire.then_all_adds_up()


def test_two_tabs_with_the_same_form_do_it_once(fire: Fire):
    [entry] = fire.take(1)
    key = ids.new()

    async def twice() -> list[Answer]:
        tabs = await fire.browsers(2, fire.world["verifiers"][0])
        both = await together(tabs, *(verify(tab, entry, key) for tab in tabs))
        return [*both, *await together(tabs, verify(tabs[0], entry, key))]

    assert statuses(in_a_loop_of_its_own(twice())) == [303, 303, 303]
    assert verifications(fire, entry) == 1


def test_a_key_that_comes_with_something_else_is_refused(fire: Fire):
    one, other = fire.take(2)
    key = ids.new()

    async def two() -> list[Answer]:
        [browser] = await fire.browsers(1, fire.world["verifiers"][0])
        first = await together([browser], verify(browser, one, key))
        return [*first, *await together([browser], verify(browser, other, key))]

    assert [answer.status for answer in in_a_loop_of_its_own(two())] == [303, 422]
    assert verifications(fire, other) == 0


def test_a_server_killed_while_it_verifies_loses_nothing_it_acknowledged(fire: Fire):
    entries = fire.take(FIRE)
    acknowledged: list[str] = []

    async def work(browser: Browser, mine: list[str]) -> None:
        for entry in mine:
            try:
                answer = await verify(browser, entry)
            except (OSError, EOFError):
                break
            if answer.status == 303:
                acknowledged.append(entry)
        await browser.close()

    async def burn() -> None:
        browsers = await fire.verifiers(16)
        tasks = [asyncio.create_task(work(b, entries[n::16])) for n, b in enumerate(browsers)]
        while len(acknowledged) < FIRE // 3:
            await asyncio.sleep(0.005)
        fire.server.kill()
        await asyncio.gather(*tasks)

    in_a_loop_of_its_own(burn())
    assert FIRE // 3 <= len(acknowledged) < FIRE
    fire.server.start()
    counted = {row[0] for row in fire.ask("SELECT public_id FROM ledger_entry WHERE state = 'counted'")}
    assert set(acknowledged) <= counted
    fire.then_all_adds_up()
    fire.then_the_journal_holds()
    [left] = [entry for entry in entries if entry not in counted][:1]

    async def go_on() -> list[Answer]:
        [browser] = await fire.verifiers(1)
        return await together([browser], verify(browser, left))

    assert statuses(in_a_loop_of_its_own(go_on())) == [303]
    fire.then_all_adds_up()
