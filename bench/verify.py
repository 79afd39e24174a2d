"""What one verification costs: over HTTP as the web role, against a bare psycopg client that does the same.

The form of an entry's page (CSRF token and idempotency key included) is posted by 16 and by 64 browsers, each
signed in before. The floor is one psycopg client, in the same role and scope, that locks, checks and writes the
same rows one entry after the other (prepared statements, one transaction each). CPU is user and system time of all
server processes and of the PostgreSQL backends of the database; for the floor, of the client and its backend.

    ./lianti bench verify [--requests 1280] [--rounds 5] [--json]

cpu_ratio is the median over the rounds of (CPU per request at 16 browsers) / (CPU per verification of the floor).
Needs LIANTI_TEST_DATABASE_URL (a login that may create a database and roles) on this machine.
"""

import argparse
import asyncio
import statistics
import time
from collections.abc import Iterator
from itertools import cycle
from typing import Any

import psycopg
from _browsers import Browser
from _floor import Floor
from _server import CHECKOUT, Place, Server, backends, cpu, postgresql

from lianti.lib import ids

CROWDS = (16, 64)
VERIFIERS = 64


class Supply:
    """The entries that still wait, by receiving institution."""

    def __init__(self, entries: dict[str, list[str]]) -> None:
        self.left = {int(receiver): list(found) for receiver, found in entries.items()}

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

    def __init__(self, place: Place, world: dict[str, Any], requests: int) -> None:
        self.place, self.world, self.requests = place, world, requests
        self.supply = Supply(world["entries"])
        self.figures: dict[str, list[dict[str, float]]] = {}

    async def run(self, server: Server, rounds: int) -> dict[str, Any]:
        """Measure all cells in turn, `rounds` times."""
        browsers = await self.sign_in(server)
        with psycopg.connect(self.place.url, autocommit=True) as owner, Floor(self.place.url) as floor:
            await self.over_http(server, owner, browsers, 64, warm=True)
            self.bare(floor, owner, warm=True)
            for _ in range(rounds):
                for size in CROWDS:
                    await self.over_http(server, owner, browsers, size)
                self.bare(floor, owner)
        return self.summed_up()

    async def sign_in(self, server: Server) -> list[Browser]:
        """Sign in every browser and let it see one entry's page, whose token it then uses."""
        browsers = [Browser(server.port) for _ in self.world["verifiers"]]
        for browser, verifier in zip(browsers, self.world["verifiers"], strict=True):
            await browser.sign_in(verifier["phone"], self.world["password"])
            entry = self.supply.left[verifier["tenant"]][0]
            await browser.get(f"/ledger/entries/{entry}/")
        return browsers

    async def over_http(
        self, server: Server, owner: psycopg.Connection[Any], browsers: list[Browser], size: int, warm: bool = False
    ) -> None:
        """Let `size` browsers verify together."""
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
        return found


PARTS = frozenset({"server_ms", "database_ms", "client_ms"})


def main(arguments: list[str]) -> dict[str, Any]:
    """Make the world, serve it, measure, and return the figures."""
    parser = argparse.ArgumentParser(prog="bench verify")
    parser.add_argument("--requests", type=int, default=1280, help="verifications in each cell of each round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, help="threads of each server process (LIANTI_WEB_THREADS)")
    options = parser.parse_args(arguments)
    cells = (options.rounds + 1) * 3
    rows = int(options.requests * cells * 1.3) + 64 * 100
    with postgresql("lianti_bench_verify") as place:
        world = place.script(
            CHECKOUT / "bench" / "_world.py",
            *f"--rows {rows} --verifiers {VERIFIERS} --days 60 --open-days 60 --counties 16".split(),
        )
        threads = {"WEB_THREADS": options.threads} if options.threads else {}
        with Server(place, **threads) as server:
            found = asyncio.run(Bench(place, world, options.requests).run(server, options.rounds))
    return {"bench": "verify", "entries": rows, "requests": options.requests, "rounds": options.rounds, **found}
