"""What one verification costs: over HTTP as the web role, against a bare psycopg client that does the same.

The form of an entry's page (CSRF token and idempotency key included) is posted by 16 and by 64 browsers, each
signed in before. The floor is one psycopg client, in the same role and scope, that locks, checks and writes the
same rows one entry after the other (prepared statements, one transaction each). CPU is user and system time of all
server processes and of the PostgreSQL backends of the database; for the floor, of the client and its backend.
Sheets of 40 entries are verified in one move by one browser; their figures are for one entry of them.

    ./lianti bench verify [--requests 1280] [--rounds 5] [--against REVISION] [--json]

cpu_ratio is the median over the rounds of (CPU per request at 16 browsers) / (CPU per verification of the floor);
sheet_ratio that of (CPU per entry of a sheet) / (CPU per request at 16 browsers). With --against, the code of
another revision is served beside this one, on the same database, and measured in the same rounds: `against`.
Needs LIANTI_TEST_DATABASE_URL (a login that may create a database and roles) on this machine.
"""

import argparse
import asyncio
import contextlib
import statistics
import time
from collections.abc import Iterator
from itertools import cycle
from typing import Any

import psycopg
from _browsers import Browser
from _floor import Floor
from _server import CHECKOUT, Place, Server, another_checkout, backends, cpu, postgresql

from lianti.lib import ids

CROWDS = (16, 64)
VERIFIERS = 64
SHEETS, LINES = 16, 40  # sheets in each round, one of each county, and entries of one that are verified together
PERSONS = 6  # few people give much each, so that their sheets are long


class Supply:
    """The entries that still wait, by receiving institution: some singly, those of long sheets together."""

    def __init__(self, entries: dict[str, list[str]], sheets: dict[str, list[list[str]]]) -> None:
        """`sheets`: a sheet, then entries of it, as often as one is to be verified."""
        self.sheets = {int(receiver): list(found) for receiver, found in sheets.items()}
        together = {entry for found in sheets.values() for sheet in found for entry in sheet[1:]}
        self.left = {
            int(receiver): [one for one in found if one not in together] for receiver, found in entries.items()
        }

    def take_sheet(self, verifier: dict[str, Any]) -> tuple[str, list[str]]:
        """Hand out a long sheet with its entries."""
        if not self.sheets[verifier["tenant"]]:
            raise RuntimeError("There are not enough sheets: this is a mistake of the measurement.")
        sheet, *entries = self.sheets[verifier["tenant"]].pop()
        return sheet, entries

    def take(self, verifier: dict[str, Any], count: int) -> list[str]:
        """Hand out entries that the verifier may verify."""
        found = self.left[verifier["tenant"]]
        if len(found) < count:
            raise RuntimeError("There are not enough entries: this is a mistake of the measurement.")
        taken, found[:] = found[:count], found[count:]
        return taken


async def crowd(browsers: list[Browser], work: list[list[str]]) -> list[float]:
    """Let every browser verify its entries, one after the other; return the seconds of each."""

    async def one(browser: Browser, entries: list[str]) -> list[float]:
        taken = []
        for entry in entries:
            answer = await browser.post(f"/ledger/entries/{entry}/moves/verify/", key=ids.new())
            if answer.status not in {302, 303}:
                raise RuntimeError(f"A verification was answered {answer.status}: {answer.body[:2000]!r}")
            taken.append(answer.seconds)
            browser.cookies.pop("messages", None)  # the page that follows would show the message, and clear it
        return taken

    found = await asyncio.gather(*(one(b, e) for b, e in zip(browsers, work, strict=True)))
    return [seconds for taken in found for seconds in taken]


class Bench:
    """One server, its signed-in browsers, and the floor beside it."""

    def __init__(self, place: Place, server: Server, world: dict[str, Any], supply: Supply, requests: int) -> None:
        self.place, self.server, self.world, self.requests = place, server, world, requests
        self.supply, self.browsers = supply, list[Browser]()
        self.figures: dict[str, list[dict[str, float]]] = {}

    async def sign_in(self) -> None:
        """Sign in every browser and let it see one entry's page, whose token it then uses."""
        self.browsers = [Browser(self.server.port) for _ in self.world["verifiers"]]
        for browser, verifier in zip(self.browsers, self.world["verifiers"], strict=True):
            await browser.sign_in(verifier["phone"], self.world["password"])
            entry = self.supply.left[verifier["tenant"]][0]
            await browser.get(f"/ledger/entries/{entry}/")

    async def whole_sheets(self, owner: psycopg.Connection[Any], warm: bool = False) -> None:
        """Let browsers verify a sheet each, one after the other, `LINES` entries of it in one move."""
        browsers, verifiers = self.browsers[:SHEETS], self.world["verifiers"][:SHEETS]
        work = [self.supply.take_sheet(verifier) for verifier in verifiers]
        for browser in browsers:
            await browser.close()
            await browser.get("/healthz")
        before = cpu(self.server.pids()), cpu(backends(owner)), time.perf_counter()
        for browser, (sheet, entries) in zip(browsers, work, strict=True):
            seen = {f"seen-{entry}": "1" for entry in entries}
            answer = await browser.post(f"/ledger/sheets/{sheet}/verify/", key=ids.new(), **seen)
            if answer.status not in {302, 303}:
                raise RuntimeError(f"A sheet was answered {answer.status}: {answer.body[:2000]!r}")
            browser.cookies.pop("messages", None)
        after = cpu(self.server.pids()), cpu(backends(owner)), time.perf_counter()
        count = len(work) * LINES
        if not warm:
            self.keep(
                f"sheet_{LINES}",
                entries_per_second=count / (after[2] - before[2]),
                server_ms=1000 * (after[0] - before[0]) / count,
                database_ms=1000 * (after[1] - before[1]) / count,
            )

    async def over_http(self, owner: psycopg.Connection[Any], size: int, warm: bool = False) -> None:
        """Let `size` browsers verify together."""
        server, browsers = self.server, self.browsers
        each = max(1, self.requests // size)
        work = [self.supply.take(verifier, each) for verifier in self.world["verifiers"][:size]]
        for browser in browsers[:size]:  # an idle connection may have been hung up meanwhile
            await browser.close()
            await browser.get("/healthz")
        pids, inside = server.pids(), backends(owner)
        before = cpu(pids), cpu(inside), time.perf_counter()
        seconds = await crowd(browsers[:size], work)
        after = cpu(pids), cpu(backends(owner)), time.perf_counter()
        count = len(seconds)
        if not warm:
            self.keep(
                f"http_{size}",
                requests_per_second=count / (after[2] - before[2]),
                p95_ms=1000 * statistics.quantiles(seconds, n=20)[18],
                server_ms=1000 * (after[0] - before[0]) / count,
                database_ms=1000 * (after[1] - before[1]) / count,
            )

    def bare(self, floor: Floor, owner: psycopg.Connection[Any], warm: bool = False) -> None:
        """Let the bare client verify as many, one by one."""
        todo = self.shuffled(self.requests)
        inside = [floor.pid]
        before = time.process_time(), cpu(inside), time.perf_counter()
        for verifier, entry in todo:
            floor.verify(verifier, entry)
        after = time.process_time(), cpu(inside), time.perf_counter()
        if not warm:
            self.keep(
                "floor",
                requests_per_second=len(todo) / (after[2] - before[2]),
                client_ms=1000 * (after[0] - before[0]) / len(todo),
                database_ms=1000 * (after[1] - before[1]) / len(todo),
            )

    def shuffled(self, count: int) -> list[tuple[dict[str, Any], str]]:
        """Return entries of all institutions in turn, each with somebody who may verify it."""
        turn: Iterator[dict[str, Any]] = cycle(self.world["verifiers"])
        return [(verifier, self.supply.take(verifier, 1)[0]) for verifier, _ in zip(turn, range(count), strict=False)]

    def keep(self, cell: str, **figures: float) -> None:
        """Remember the figures of one round."""
        figures["cpu_ms"] = sum(value for name, value in figures.items() if name in PARTS)
        self.figures.setdefault(cell, []).append(figures)

    def summed_up(self) -> dict[str, Any]:
        """Return medians, and ratios round by round."""
        found: dict[str, Any] = {
            cell: {name: round(statistics.median(r[name] for r in rounds), 3) for name in rounds[0]}
            for cell, rounds in self.figures.items()
        }
        floors = [r["cpu_ms"] for r in self.figures["floor"]]
        for size in CROWDS:
            cell = self.figures[f"http_{size}"]
            ratios = [r["cpu_ms"] / floor for r, floor in zip(cell, floors, strict=True)]
            found[f"http_{size}"]["cpu_ratio"] = round(statistics.median(ratios), 2)
            found[f"http_{size}"]["cpu_ratios"] = [round(ratio, 2) for ratio in ratios]
        found["cpu_ratio"] = found["http_16"]["cpu_ratio"]
        alone = [r["cpu_ms"] for r in self.figures["http_16"]]
        sheets = [r["cpu_ms"] / one for r, one in zip(self.figures[f"sheet_{LINES}"], alone, strict=True)]
        found["sheet_ratio"] = round(statistics.median(sheets), 2)
        return found


async def measured(benches: list[Bench], floor_url: str, rounds: int) -> list[dict[str, Any]]:
    """Measure all cells of every server in turn, `rounds` times, each beside the floor of the same round."""
    with psycopg.connect(floor_url, autocommit=True) as owner, Floor(floor_url) as floor:
        for bench in benches:
            await bench.sign_in()
            await bench.over_http(owner, 64, warm=True)
            await bench.whole_sheets(owner, warm=True)
            bench.bare(floor, owner, warm=True)
        for _ in range(rounds):
            for bench in benches:
                for size in CROWDS:
                    await bench.over_http(owner, size)
                await bench.whole_sheets(owner)
                bench.bare(floor, owner)
    return [bench.summed_up() for bench in benches]


PARTS = frozenset({"server_ms", "database_ms", "client_ms"})


def main(arguments: list[str]) -> dict[str, Any]:
    """Make the world, serve it, measure, and return the figures."""
    parser = argparse.ArgumentParser(prog="bench verify")
    parser.add_argument("--requests", type=int, default=1280, help="verifications in each cell of each round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--against", metavar="REVISION", help="serve the code of this revision beside it")
    parser.add_argument("--threads", type=int, help="threads of each server process (LIANTI_WEB_THREADS)")
    options = parser.parse_args(arguments)
    served = 2 if options.against else 1
    rows = int(options.requests * (options.rounds + 1) * 3 * served * 1.3) + 64 * 100
    rows += (options.rounds + 1) * served * 16 * LINES * 2
    with contextlib.ExitStack() as stack:
        place = stack.enter_context(postgresql("lianti_bench_verify"))
        world = place.script(
            CHECKOUT / "bench" / "_world.py",
            *f"--rows {rows} --verifiers {VERIFIERS} --days 60 --open-days 60 --counties 16".split(),
            *f"--experts {PERSONS} --lines {LINES} --sheets {(options.rounds + 1) * served}".split(),
        )
        threads = {"WEB_THREADS": options.threads} if options.threads else {}
        servers = [stack.enter_context(Server(place, **threads))]
        if options.against:
            there = stack.enter_context(another_checkout(options.against))
            servers.append(stack.enter_context(Server(place, checkout=there, **threads)))
        supply = Supply(world["entries"], world["sheets"])
        benches = [Bench(place, server, world, supply, options.requests) for server in servers]
        found, *other = asyncio.run(measured(benches, place.url, options.rounds))
    found |= {"against": other[0]} if other else {}
    return {"bench": "verify", "entries": rows, "requests": options.requests, "rounds": options.rounds, **found}
