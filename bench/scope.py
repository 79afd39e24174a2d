"""Which form of row scope is fast: one question, four forms, at a million rows, as the web role, through a pool.

The question is the ledger's first page: the 50 newest entries that my institution gave or received, once of any
state and once of a rare one. Asked for a large institution (party to a third of all rows) and a small one (one in
a thousand). Figures: milliseconds, median of interleaved rounds, and the ratio to the fastest form.

    ./lianti bench scope [--rows 1000000] [--rounds 15]

Needs LIANTI_TEST_DATABASE_URL (a login that may create a database and roles).
"""

import argparse
import os
import statistics
import time
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg_pool import ConnectionPool

NAME, ROLE = "lianti_bench_scope", "lianti_bench_web"
LARGE, SMALL = 1, 2
TABLES = """
CREATE TABLE entry (id bigserial PRIMARY KEY, giver bigint, receiver bigint, state smallint, day date, text text);
INSERT INTO entry (giver, receiver, state, day, text)
  SELECT CASE WHEN n % 3 = 0 THEN 1 WHEN n % 1000 = 1 THEN 2 ELSE 3 + n % 300 END,
         CASE WHEN n % 1000 = 2 THEN 2 ELSE 400 + n % 900 END,
         CASE WHEN n % 10000 = 3 THEN 9 ELSE 1 END, date '2024-01-01' + (n % 730), repeat('x', 200)
  FROM generate_series(1, {rows}) n;
CREATE TABLE audience (tenant bigint, day date, record bigint);
INSERT INTO audience SELECT giver, day, id FROM entry UNION ALL SELECT receiver, day, id FROM entry;
CREATE INDEX ON entry (giver, day DESC, id DESC);
CREATE INDEX ON entry (receiver, day DESC, id DESC);
CREATE INDEX ON entry (giver, state, day DESC, id DESC);
CREATE INDEX ON entry (receiver, state, day DESC, id DESC);
CREATE INDEX ON entry (day DESC, id DESC);
CREATE INDEX ON audience (tenant, day DESC, record DESC);
CREATE TABLE walled (LIKE entry INCLUDING ALL);
INSERT INTO walled SELECT * FROM entry;
CREATE FUNCTION me() RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT current_setting('bench.me', true)::bigint $$;
ALTER TABLE walled ENABLE ROW LEVEL SECURITY;
CREATE POLICY web ON walled TO {role} USING (giver = me() OR receiver = me());
GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role};
"""
SIDE = "(SELECT * FROM {t} WHERE {s} = %(me)s {w} ORDER BY day DESC, id DESC LIMIT 50)"
PAGE = "ORDER BY day DESC, id DESC LIMIT 50"


def forms(where: str) -> dict[str, str]:
    """Return the four forms of the question, `where` being a further condition."""
    sides = {
        t: SIDE.format(t=t, s="giver", w=where) + " UNION ALL " + SIDE.format(t=t, s="receiver", w=where)
        for t in ("entry", "walled")
    }
    return {
        "either_column": f"SELECT * FROM entry WHERE (giver = %(me)s OR receiver = %(me)s) {where} {PAGE}",
        "row_level_security": f"SELECT * FROM walled WHERE true {where} {PAGE}",
        "audience_rows": f"SELECT e.* FROM audience a JOIN entry e ON e.id = a.record WHERE a.tenant = %(me)s {where}"
        " ORDER BY a.day DESC, a.record DESC LIMIT 50",
        "by_side": f"SELECT * FROM ({sides['entry']}) x {PAGE}",
        "by_side_behind_security": f"SELECT * FROM ({sides['walled']}) x {PAGE}",
    }


def prepared(url: str, rows: int) -> str:
    """Make a fresh database with the tables; return its address."""
    with psycopg.connect(url, dbname="postgres", autocommit=True) as owner:
        owner.execute(f"DROP DATABASE IF EXISTS {NAME}")
        owner.execute(f"CREATE DATABASE {NAME}")
    mine = urlunsplit(urlsplit(url)._replace(path=f"/{NAME}"))
    with psycopg.connect(mine, autocommit=True) as owner:
        if not owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
            owner.execute(f"CREATE ROLE {ROLE} NOLOGIN")
        owner.execute(TABLES.format(rows=rows, role=ROLE))
        owner.execute("VACUUM ANALYZE")
    return mine


def timed(pool: ConnectionPool, sql: str, me: int) -> float:
    """Return the milliseconds of one page read in a transaction that carries the scope."""
    begun = time.perf_counter()
    with pool.connection() as connection, connection.transaction():
        connection.execute("SELECT set_config('bench.me', %s, true)", [str(me)])
        connection.execute(sql, {"me": me}).fetchall()
    return (time.perf_counter() - begun) * 1000


def main(arguments: list[str]) -> dict:
    """Measure all forms; return medians in milliseconds and ratios."""
    parser = argparse.ArgumentParser(prog="bench scope")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args(arguments)
    url = os.environ["LIANTI_TEST_DATABASE_URL"]
    mine = prepared(url, options.rows)
    found: dict = {"bench": "scope", "rows": options.rows}
    with ConnectionPool(mine, min_size=1, max_size=2, configure=as_web) as pool:
        for who, me in (("large", LARGE), ("small", SMALL)):
            for what, where in (("any_state", ""), ("rare_state", "AND state = 9")):
                taken: dict[str, list[float]] = {form: [] for form in forms(where)}
                for _ in range(options.rounds):
                    for form, sql in forms(where).items():
                        taken[form].append(timed(pool, sql, me))
                medians = {form: statistics.median(times) for form, times in taken.items()}
                best = min(medians.values())
                found[f"{who}_{what}"] = {
                    form: {"ms": round(ms, 2), "ratio": round(ms / best, 1)} for form, ms in medians.items()
                }
    with psycopg.connect(url, dbname="postgres", autocommit=True) as owner:
        owner.execute(f"DROP DATABASE {NAME}")
    return found


def as_web(connection: psycopg.Connection) -> None:
    """Make every pooled connection the web role."""
    connection.autocommit = True
    connection.execute(f"SET ROLE {ROLE}")
