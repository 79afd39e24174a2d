"""Fill an empty database: a province's hospital, its counties, and as many entries, needs, activities as one wants.

Institutions, people, relations and accounts are made by the services; records and what hangs on them by a few
INSERT … SELECT, which on both databases take seconds for ten thousand and a few minutes for a million. Run as a
script in the environment of the database; prints one JSON object.
"""

import argparse
import json
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import django

django.setup()

import _lists
import _records
from _sql import NOW, ON_POSTGRESQL, insert, run, ulid
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from lianti.contexts.ledger import models as ledger
from lianti.contexts.ledger import services
from lianti.kernel import scope
from lianti.kernel.models import Principal, WorkItem
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.roles import Role
from tests import cast

# Nobody signs in with the passwords that are made on the way; the real one is set once, at the end.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
KINDS = (("clinic_session", "half_day"), ("teaching_round", "time"), ("lecture", "session"), ("consultation", "case"))
EXPERTS = 40
PEOPLE_OF_A_GRID = 200


class World:
    """The network, and who works in it."""

    def __init__(self, counties: int, verifiers: int, experts: int = EXPERTS) -> None:
        self.supporting = cast.House(cast.a_hospital("青山大学附属医院", level="3a"))
        self.authority = cast.House(cast.a_health_authority("青山省卫生健康委员会"))
        self.counties = [
            cast.House(cast.a_hospital(f"第{n}县人民医院", region=f"青山省/第{n}县")) for n in range(counties)
        ]
        self.experts = [cast.a_person(employer=self.supporting.institution) for _ in range(experts)]
        self.batch = cast.a_batch(self.supporting.institution, self.experts[: experts // 2])
        self.relations = [self._relation(county) for county in self.counties]
        self.grid = self._grid()
        self.accounts = [
            account
            for county, relation in zip(self.counties, self.relations, strict=True)
            for account in self._open_accounts(county, relation)
        ]
        self.verifiers = [self._verifier(self.counties[n % counties]) for n in range(verifiers)]

    def _grid(self) -> _records.Grid:
        there = cast.House(cast.a_hospital("大批派驻县人民医院", region="青山省/大批派驻县"))
        people = [cast.a_person(employer=self.supporting.institution).pk for _ in range(PEOPLE_OF_A_GRID)]
        return _records.Grid(there.id, there.coordinator.principal_id, self._relation(there).pk, people)

    def _relation(self, county: cast.House) -> Any:
        return cast.a_relation(self.supporting.institution, [county.institution], authority=self.authority.institution)

    def _open_accounts(self, county: cast.House, relation: Any) -> list[ledger.Account]:
        made = []
        for n, (kind, unit) in enumerate(KINDS):
            facts = services.AccountFacts(
                giver_id=self.supporting.id,
                receiver_id=county.id,
                kinds=frozenset({kind}),
                unit=unit,
                amount=50,
                period="year",
                from_date=date(2024, 1, 1),
                to_date=date(2028, 12, 31),
                source_kind="agreements.commitment",
                source_id=n + 1,
                source_public_id=str(n + 1).zfill(26),
                relation_id=relation.pk,
                label=kind,
            )
            made.append(services.open_account(actor=county.office, at=NOW, key=None, account=facts))
        return made

    def _verifier(self, county: cast.House) -> dict[str, Any]:
        actor = cast.a_member(Role.OFFICE, county.institution)
        return {"actor": actor, "phone": cast.phone_of(actor)}


def plan_rows(world: World, rows: int, days: int, open_days: int) -> None:
    """Write down, in a table of our own, where each entry stands."""
    run("CREATE TABLE bench_day (n integer PRIMARY KEY, day date, month date, year date, since integer)")
    run("CREATE TABLE bench_county (n integer PRIMARY KEY, receiver bigint, declarer bigint, coordinator bigint)")
    run("CREATE TABLE bench_kind (n integer, c integer, kind text, unit text, account bigint, relation bigint)")
    today = shanghai_day(NOW)
    with connection.cursor() as cursor:
        for n in range(days):
            day = today - timedelta(days=n + 1)
            cursor.execute(
                "INSERT INTO bench_day VALUES (%s, %s, %s, %s, %s)",
                [n, day, day.replace(day=1), day.replace(month=1, day=1), n],
            )
        for n, county in enumerate(world.counties):
            cursor.execute(
                "INSERT INTO bench_county VALUES (%s, %s, %s, %s)",
                [n, county.id, world.supporting.office.principal_id, county.coordinator.principal_id],
            )
        for n, account in enumerate(world.accounts):
            kind, unit = KINDS[n % len(KINDS)]
            cursor.execute(
                "INSERT INTO bench_kind VALUES (%s, %s, %s, %s, %s, %s)",
                [n % len(KINDS), n // len(KINDS), kind, unit, account.pk, account.relation_id],
            )
    counties, first, experts = len(world.counties), world.experts[0].pk, len(world.experts)
    numbers = f"generate_series(0, {rows - 1}) AS g(n)" if ON_POSTGRESQL else (
        f"(WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n < {rows - 1}) SELECT n FROM s) AS g"
    )  # fmt: skip
    run(
        "CREATE TABLE bench_entry AS SELECT g.n + 1 AS id, c.receiver, c.declarer, c.coordinator, d.day, d.month,"
        " d.year, k.kind, k.unit, k.account, k.relation,"
        f" {first} + (g.n / {counties} / {len(KINDS)}) % {experts} AS person,"
        f" CASE WHEN d.since < {open_days} THEN 'declared' ELSE 'counted' END AS state,"
        f" CASE WHEN d.since < {open_days} THEN 0 ELSE 2 END AS level"
        f" FROM {numbers} JOIN bench_county c ON c.n = g.n % {counties}"
        f" JOIN bench_day d ON d.n = (g.n / {counties} * 31) % {days}"
        f" JOIN bench_kind k ON k.c = c.n AND k.n = (g.n / {counties}) % {len(KINDS)}"
    )


def fill(world: World) -> None:
    """Make sheets, entries, people, postings, first transitions, sums and open items from the plan."""
    at, giver = f"'{NOW.isoformat()}'", str(world.supporting.id)
    record = {"tenant_id": giver, "version": "1", "chain": "''", "created_at": at}
    run(
        "CREATE TABLE bench_sheet AS SELECT row_number() OVER (ORDER BY receiver, month, person) AS id, receiver,"
        " month, person, min(declarer) AS declarer, sum(CASE WHEN state = 'declared' THEN 1 ELSE 0 END) AS waiting"
        " FROM bench_entry GROUP BY receiver, month, person"
    )
    run("CREATE UNIQUE INDEX bench_by_sheet ON bench_sheet (receiver, month, person)")
    insert(
        ledger.MonthSheet,
        "bench_sheet",
        {**record, "id": "id", "public_id": ulid("1", "id"), "state": "'kept'", "created_by_id": "declarer",
         "person_id": "person", "giver_id": giver, "receiver_id": "receiver", "month": "month", "waiting": "waiting"},
    )  # fmt: skip
    insert(
        ledger.Entry,
        "bench_entry",
        {**record, "id": "id", "public_id": ulid("2", "id"), "state": "state", "created_by_id": "declarer",
         "giver_id": giver, "receiver_id": "receiver", "kind": "kind", "unit": "unit", "quantity": "100",
         "declared": "100", "day": "day", "fit_day": "day", "count_day": "day", "level": "level",
         "via": "CASE WHEN level = 2 THEN 'online' ELSE '' END", "verify_by": "day",
         "source_kind": "'activities.activity'", "source_id": "id", "source_public_id": ulid("3", "id")},
    )  # fmt: skip
    insert(
        ledger.EntryPerson,
        "bench_entry e JOIN bench_sheet s ON s.receiver = e.receiver AND s.month = e.month AND s.person = e.person",
        {"entry_id": "e.id", "sheet_id": "s.id", "person_id": "e.person", "part": "'lead'", "share": "100",
         "month": "e.month"},
    )  # fmt: skip
    insert(
        ledger.Booking,
        "bench_entry",
        {"entry_id": "id", "account_id": "account", "relation_id": "relation", "day": "day", "period": "year"},
    )
    insert(
        ledger.EntryTransition,
        "bench_entry",
        {"record_id": "id", "name": "'declare'", "target": "'declared'", "at": at, "principal_id": "declarer",
         "tenant_id": giver},
    )  # fmt: skip
    grouped = (
        "(SELECT {0}, level, 100 * count(*) AS quantity, count(*) AS entries FROM bench_entry GROUP BY {0}, level) g"
    )
    insert(
        ledger.AccountSum,
        grouped.format("account, year, month, unit"),
        {"account_id": "account", "period": "year", "month": "month", "unit": "unit", "level": "level",
         "quantity": "quantity", "entries": "entries"},
    )  # fmt: skip
    insert(
        ledger.RelationSum,
        grouped.format("relation, receiver, month, kind"),
        {"relation_id": "relation", "giver_id": giver, "receiver_id": "receiver", "month": "month", "kind": "kind",
         "level": "level", "quantity": "quantity", "entries": "entries"},
    )  # fmt: skip
    insert(
        WorkItem,
        "bench_sheet WHERE waiting > 0",
        {"tenant_id": "receiver", "kind": "'ledger.sheet'", "record_pk": "id", "verb": "'ledger.verify_sheet'",
         "roles": "'|coordinator|department_head|office|'", "due": "month", "opened_at": at},
    )  # fmt: skip
    _records.fill(world.supporting.id, len(world.counties), world.grid)
    for table in ("entry", "sheet", "kind", "county", "day"):
        run(f"DROP TABLE bench_{table}")
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(_no_style(), [ledger.MonthSheet, ledger.Entry, *_records.MADE]):
            cursor.execute(sql)


def _no_style() -> Any:
    from django.core.management.color import no_style

    return no_style()


def settle() -> None:
    """Let the database know what it holds, as its own housekeeping would have by then."""
    connection.close()
    run("VACUUM ANALYZE" if ON_POSTGRESQL else "ANALYZE")


def long_sheets(lines: int, times: int) -> dict[str, list[list[str]]]:
    """Return by receiver `times` sheets, each with `lines` of its entries that wait; the same sheet more than once."""
    found: dict[str, list[list[str]]] = {}
    rows = ledger.EntryPerson.objects.filter(entry__state="declared").order_by("sheet", "pk")
    named = rows.values_list("entry__receiver", "sheet__public_id", "entry__public_id")
    for (receiver, sheet), group in groupby(named.iterator(), key=lambda row: row[:2]):
        entries, mine = [entry for *_of, entry in group], found.setdefault(str(receiver), [])
        while len(entries) >= lines and len(mine) < times:
            mine.append([sheet, *entries[:lines]])
            del entries[:lines]
    return found


def described(world: World, lines: int, sheets: int) -> dict[str, Any]:
    """Return what a measurement must know to sign in and to find its way."""
    by_receiver: dict[int, list[str]] = {county.id: [] for county in world.counties}
    rows = ledger.Entry.objects.filter(state="declared").order_by("id")
    for receiver, public_id in rows.values_list("receiver_id", "public_id")[:100_000]:
        by_receiver[receiver].append(public_id)
    offices = [world.supporting.office, world.counties[0].coordinator]
    hashed = make_password(cast.PASSWORD, hasher="pbkdf2_sha256")
    everybody = [*offices, *(verifier["actor"] for verifier in world.verifiers)]
    Principal.objects.filter(pk__in=[actor.principal_id for actor in everybody]).update(password=hashed)
    return {
        "password": cast.PASSWORD,
        "verifiers": [{"phone": v["phone"], **_of(v["actor"])} for v in world.verifiers],
        "entries": {str(receiver): found for receiver, found in by_receiver.items()},
        "sheets": long_sheets(lines, sheets) if sheets else {},
        "supporting": _reader(world, offices[0]),
        "county": _reader(world, offices[1]),
        "relation": world.relations[0].public_id,
        "grid": _records.GRID,
    }


def _reader(world: World, actor: Actor) -> dict[str, Any]:
    lists = _lists.addresses(actor, world.experts[0].public_id, world.relations[0].public_id)
    return {"phone": cast.phone_of(actor), **_of(actor), "lists": lists}


def _of(actor: Actor) -> dict[str, Any]:
    return {
        "principal": actor.principal_id,
        "tenant": actor.tenant_id,
        "person": actor.person_id,
        "role": str(actor.role),
    }


def main() -> None:
    """Fill, and say who may sign in."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--counties", type=int, default=10)
    parser.add_argument("--verifiers", type=int, default=10)
    parser.add_argument("--days", type=int, default=730)
    parser.add_argument("--open-days", type=int, default=30)
    parser.add_argument("--experts", type=int, default=EXPERTS)
    parser.add_argument("--sheets", type=int, default=0, help="how many long sheets of each county to name")
    parser.add_argument("--lines", type=int, default=40, help="entries of a long sheet")
    options = parser.parse_args()
    with scope.system():
        world = World(options.counties, options.verifiers, options.experts)
    with transaction.atomic():
        plan_rows(world, options.rows, options.days, options.open_days)
        fill(world)
    settle()
    print(json.dumps(described(world, options.lines, options.sheets)))


if __name__ == "__main__":
    main()
