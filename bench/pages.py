"""Do pages stay as quick when the books are full: every list, a relation's board, to do, on both databases.

Each database is filled twice, with few records of each kind and with many (`_world.py`: two years, ten counties, the
last two months not yet verified), each served by its own `lianti web`; one browser asks both for the same pages in
turn.
Figures are the milliseconds from request to last byte, medians, the CPU milliseconds of the server's processes, and
the ratio of the large to the small. With --against, the code of another revision is served beside this one, on the
small database of each kind: `against` tells what a page cost there, from the same run. Two people
ask: the supporting hospital's office, which is a party to every record, and one county's coordinator. The lists, their
filters and orders are read off their declarations (`_lists.py`): a new list is asked without a word here.

    ./lianti bench pages [--rows 1000000] [--small 10000] [--asked 60] [--only sqlite|postgresql] [--quick]
                         [--against REVISION] [--match PATTERN] [--json]

Each page is told as soon as it is measured, so that a run that is cut short is not lost; --match asks for those alone
whose name a regular expression finds.

A page counts and adds up at most 10,000 rows: a small database with fewer makes ratios look worse than they are.
Needs LIANTI_TEST_DATABASE_URL for PostgreSQL; without it only the embedded database is measured, and it says so.
"""

import argparse
import asyncio
import contextlib
import os
import re
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from _browsers import Browser
from _server import CHECKOUT, Place, Server, another_checkout, cpu, postgresql, sqlite

READERS = ("supporting", "county")


def pages(world: dict[str, Any], reader: str) -> dict[str, str]:
    """Return the pages that somebody asks for."""
    return {
        "relation_board": f"/network/relations/{world['relation']}/",
        "to_do": "/",
        **({"attendance_grid_200": f"/dispatch/attendance/{world['grid']}/"} if reader == "supporting" else {}),
        **world[reader]["lists"]["asked"],
    }


def filled(place: Place, rows: int) -> dict[str, Any]:
    """Fill a database and say how long it took."""
    begun = time.monotonic()
    world: dict[str, Any] = place.script(CHECKOUT / "bench" / "_world.py", "--rows", str(rows), "--open-days", "60")
    print(f"{place.kind}: {rows} of each record in {time.monotonic() - begun:.0f} s", file=sys.stderr)
    return world


async def asked_in_turn(
    servers: list[Server], browsers: list[Browser], paths: list[str], times: int
) -> list[tuple[float, float]]:
    """Ask each server for its page, in turn; return of each the median milliseconds and the CPU of one request."""
    taken: list[list[float]] = [[] for _ in browsers]
    begun = [cpu(server.pids()) for server in servers]
    for _ in range(times):
        for mine, browser, path in zip(taken, browsers, paths, strict=True):
            answer = await browser.get(path)
            if answer.status != 200:
                raise RuntimeError(f"{path} was answered {answer.status}: {answer.body[:500]!r}")
            mine.append(1000 * answer.seconds)
    used = [1000 * (cpu(server.pids()) - before) / times for server, before in zip(servers, begun, strict=True)]
    return list(zip(map(statistics.median, taken), used, strict=True))


async def measured(servers: list[Server], worlds: list[dict[str, Any]], asked: int, match: str = "") -> dict[str, Any]:
    """Ask every server for every page in turn: small, large, and small with other code, where that is served."""
    found: dict[str, Any] = {}
    for reader in READERS:
        browsers = [Browser(server.port) for server in servers]
        for browser, world in zip(browsers, worlds, strict=True):
            await browser.sign_in(world[reader]["phone"], world["password"])
        asks = [pages(world, reader) for world in worlds]
        for name in (name for name in asks[0] if name in asks[1] and re.search(match, name)):
            paths = [asked_for[name] for asked_for in asks]
            await asked_in_turn(servers, browsers, paths, 1 + asked // 12)
            small, large, *other = await asked_in_turn(servers, browsers, paths, asked)
            found[f"{name}/{reader}"] = {
                "small_ms": round(small[0], 2),
                "large_ms": round(large[0], 2),
                "ratio": round(large[0] / small[0], 2),
                "cpu_ms": round(small[1], 1),
                **({"against": {"ms": round(other[0][0], 2), "cpu_ms": round(other[0][1], 1)}} if other else {}),
            }
            print(f"{name}/{reader}: {found[f'{name}/{reader}']}", file=sys.stderr, flush=True)
        for browser in browsers:
            await browser.close()
    return found


def on(make: Callable[[str], AbstractContextManager[Place]], options: argparse.Namespace) -> dict[str, Any]:
    """Measure one kind of database."""
    with contextlib.ExitStack() as stack:
        places = [stack.enter_context(make(size)) for size in ("small", "large")]
        worlds = [filled(place, rows) for place, rows in zip(places, (options.small, options.rows), strict=True)]
        servers = [stack.enter_context(Server(place)) for place in places]
        if options.against:
            there = stack.enter_context(another_checkout(options.against))
            servers.append(stack.enter_context(Server(places[0], checkout=there)))
            worlds.append(worlds[0])
        found = asyncio.run(measured(servers, worlds, options.asked, options.match))
        lists = worlds[1]["supporting"]["lists"]
        return {"pages": found, "not_asked": lists["without"], "without_rows": lists["empty"]}


def main(arguments: list[str]) -> dict[str, Any]:
    """Measure both databases; the worst ratio of all pages is the figure."""
    parser = argparse.ArgumentParser(prog="bench pages")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--asked", type=int, default=60, help="how often each page is asked for")
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--quick", action="store_true", help="few rows, asked for a few times: to try something")
    parser.add_argument("--match", default="", metavar="PATTERN", help="ask only for pages whose name has this")
    parser.add_argument("--against", metavar="REVISION", help="serve the code of this revision beside it")
    options = parser.parse_args(arguments)
    if options.quick:
        options.small, options.rows, options.asked = 10_000, 50_000, 12
    found: dict[str, Any] = {"bench": "pages", "small": options.small, "large": options.rows}
    if options.only != "postgresql":
        found["sqlite"] = on(lambda _size: sqlite(), options)
    if options.only == "sqlite" or not os.environ.get("LIANTI_TEST_DATABASE_URL"):
        found["postgresql"] = "not measured"
    else:
        found["postgresql"] = on(lambda size: postgresql(f"lianti_bench_{size}"), options)
    both = [found[kind] for kind in ("sqlite", "postgresql") if isinstance(found.get(kind), dict)]
    found["worst_ratio"] = max(cell["ratio"] for cells in both for cell in cells["pages"].values())
    return found
