"""The floor under one verification: psycopg alone, the same locks, checks and rows, nothing more.

What the product does in one verification is written here statement by statement; `bench verify` compares its CPU
with this. The role and its scope are the web server's, so the second wall costs both the same.
"""

import hashlib
import hmac
import json
from datetime import UTC, date, datetime, timedelta
from types import TracebackType
from typing import Any

import psycopg
from _server import SECRET

from lianti.lib import ids

SHANGHAI = timedelta(hours=8)
KEY = hmac.digest(SECRET.encode(), b"chain", "sha256")
VALUES = hmac.digest(SECRET.encode(), b"value", "sha256")


class Floor:
    """One client, one connection, one verification after the other."""

    def __init__(self, url: str) -> None:
        self.connection = psycopg.connect(url, autocommit=True, options="-c role=lianti_web")
        self.pid = self.connection.info.backend_pid

    def __enter__(self) -> "Floor":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.connection.close()

    def verify(self, who: dict[str, Any], public_id: str) -> None:
        """Verify one entry for the receiver."""
        at = datetime.now(UTC)
        with self.connection.transaction(), self.connection.cursor() as cursor:
            ask = cursor.execute
            ask(
                "SELECT set_config('lianti.tenant', %s, true), set_config('lianti.principal', %s, true)",
                [str(who["tenant"]), str(who["principal"])],
            )
            entry = self._locked(ask, public_id, who)
            key = hashlib.sha256(f"{public_id}verify".encode()).hexdigest()
            ask(
                "INSERT INTO kernel_answer (principal_id, key, body, record, at) VALUES (%s, %s, %s, %s, %s)"
                " ON CONFLICT (principal_id, key) DO NOTHING",
                [who["principal"], ids.new(), key, public_id, at],
            )
            sheets = self._checked(ask, entry, who)
            self._count(ask, entry, sheets, at)
            self._write(ask, entry, who, at)

    def _locked(self, ask: Any, public_id: str, who: dict[str, Any]) -> Any:
        found = ask(
            "SELECT id, state, version, chain, giver_id, receiver_id, kind, unit, quantity, count_day, fit_day,"
            " created_by_id, declarer_id, level FROM ledger_entry WHERE public_id = %s"
            " AND (giver_id = %s OR receiver_id = %s OR arbiter_id = %s) FOR UPDATE",
            [public_id, who["tenant"], who["tenant"], who["tenant"]],
        ).fetchone()
        assert found is not None
        assert found[1] == "declared"
        assert found[5] == who["tenant"]
        return (public_id, *found)

    def _checked(self, ask: Any, entry: Any, who: dict[str, Any]) -> set[int]:
        rows = ask("SELECT person_id, sheet_id FROM ledger_entryperson WHERE entry_id = %s", [entry[1]]).fetchall()
        people = {person for person, _sheet in rows}
        employer = ask("SELECT employer_id FROM network_person WHERE id = %s", [who["person"]]).fetchone()[0]
        spans = ask(
            "SELECT person_id, group_id, from_date, to_date FROM network_groupmember WHERE person_id = ANY(%s)",
            [[*people, who["person"]]],
        ).fetchall()
        day: date = entry[11]
        inside = [(p, g) for p, g, first, last in spans if first <= day and (last is None or day <= last)]
        mine = {group for person, group in inside if person == who["person"]}
        assert who["person"] not in people
        assert employer != entry[5]
        assert entry[12] != who["principal"]
        assert not mine & {group for person, group in inside if person in people}
        return {sheet for _person, sheet in rows}

    def _count(self, ask: Any, entry: Any, sheets: set[int], at: datetime) -> None:
        _public, pk, _s, _v, _c, giver, receiver, kind, unit, quantity, count_day, *_rest = entry
        month = count_day.replace(day=1)
        books = ask("SELECT account_id, relation_id, period FROM ledger_posting WHERE entry_id = %s", [pk]).fetchall()
        for account, _relation, period in books:
            ask(
                "INSERT INTO ledger_accountsum (account_id, period, month, unit, level, quantity, entries)"
                " VALUES (%s, %s, %s, %s, 0, %s, -1), (%s, %s, %s, %s, 2, %s, 1)"
                " ON CONFLICT (account_id, period, month, unit, level) DO UPDATE SET"
                " quantity = ledger_accountsum.quantity + excluded.quantity,"
                " entries = ledger_accountsum.entries + excluded.entries",
                [account, period, month, unit, -quantity, account, period, month, unit, quantity],
            )
        for relation in {relation for _account, relation, _period in books if relation is not None}:
            ask(
                "INSERT INTO ledger_relationsum"
                " (relation_id, giver_id, receiver_id, month, kind, level, quantity, entries)"
                " VALUES (%s, %s, %s, %s, %s, 0, %s, -1), (%s, %s, %s, %s, %s, 2, %s, 1)"
                " ON CONFLICT (relation_id, giver_id, receiver_id, month, kind, level) DO UPDATE SET"
                " quantity = ledger_relationsum.quantity + excluded.quantity,"
                " entries = ledger_relationsum.entries + excluded.entries",
                [relation, giver, receiver, month, kind, -quantity, relation, giver, receiver, month, kind, quantity],
            )
        for sheet in sorted(sheets):
            left = ask(
                "UPDATE ledger_monthsheet SET waiting = waiting - 1 WHERE id = %s RETURNING waiting", [sheet]
            ).fetchone()[0]
            if left == 0:
                ask(
                    "UPDATE kernel_workitem SET closed_at = %s WHERE kind = 'ledger.sheet' AND record_pk = %s"
                    " AND closed_at IS NULL",
                    [at, sheet],
                )

    def _write(self, ask: Any, entry: Any, who: dict[str, Any], at: datetime) -> None:
        public_id, pk, state, version, chain, *_rest = entry
        fields = {
            name: hmac.new(VALUES, f"{public_id}|{name}|{value}".encode(), hashlib.sha256).hexdigest()[:32]
            for name, value in (("level", 2), ("via", "online"), ("state", "counted"))
        }
        link = [chain, "ledger.entry", public_id, version + 1, at.isoformat(timespec="microseconds"),
                who["principal"], who["tenant"], "verify", fields]  # fmt: skip
        text = json.dumps(link, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
        mac = hmac.new(KEY, text.encode(), hashlib.sha256).hexdigest()
        written = ask(
            "UPDATE ledger_entry SET state = 'counted', version = %s, chain = %s, level = 2, via = 'online'"
            " WHERE id = %s AND state = %s AND version = %s",
            [version + 1, mac, pk, state, version],
        )
        assert written.rowcount == 1
        ask(
            "INSERT INTO kernel_journalevent (kind, record, seq, at, principal_id, tenant_id, verb, fields, mac)"
            " VALUES ('ledger.entry', %s, %s, %s, %s, %s, 'verify', %s, %s)",
            [public_id, version + 1, at, who["principal"], who["tenant"], json.dumps(fields), mac],
        )
        ask(
            "INSERT INTO ledger_entrytransition"
            " (record_id, version, name, source, target, at, principal_id, tenant_id, note, facts)"
            " VALUES (%s, %s, 'verify', 'declared', 'counted', %s, %s, %s, '', '{}')",
            [pk, version + 1, at, who["principal"], who["tenant"]],
        )
