"""What must be the same before and after an upgrade: rows, sums of the ledger, the journal."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db import connection

# What Django keeps for itself, or what comes and goes by the clock.
HOUSEKEEPING = frozenset(
    {"auth_permission", "django_content_type", "django_migrations", "django_session", "axes_accesslog"}
)


def measured() -> dict[str, Any]:
    """Return all of it, in a form that JSON keeps; called in the scope of jobs."""
    return {"rows": rows(), "sums": sums(), "journal": journal_head()}


def rows() -> dict[str, int]:
    """Return how many rows each table has that has any."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
            count = cursor.fetchone()[0]
            if count and table not in HOUSEKEEPING:
                found[table] = count
    return found


def sums() -> dict[str, list[str]]:
    """Return quantity and entries, recounted from the entries, per relation and kind, and per account's unit."""
    from lianti.contexts.ledger import queries

    kept, recounted = queries.kept_sums(), queries.recounted_sums()
    assert kept == recounted, "the kept sums are not what a recount of the entries gives"
    totals: dict[str, list[Any]] = defaultdict(lambda: [Decimal(0), 0])
    for key, (quantity, entries) in recounted.items():
        if key[0] == "relation":
            _kind, relation, _giver, _receiver, _month, kind, level = key
            name = f"relation {relation}, {kind}, level {level}"
        else:
            _kind, _account, _period, _month, unit, level = key
            name = f"accounts, {unit}, level {level}"
        totals[name][0] += quantity
        totals[name][1] += entries
    return {name: [f"{quantity:.2f}", str(entries)] for name, (quantity, entries) in sorted(totals.items())}


def journal_head() -> dict[str, Any]:
    """Return the size of the journal, its last seal, and one digest over the last link of every record."""
    from lianti.kernel.models import JournalEvent, Seal

    digest, records, last = hashlib.sha256(), 0, ("", 0, "")
    events = JournalEvent.objects.order_by("record", "seq").values_list("record", "seq", "mac")
    for line in [*events, ("", 0, "")]:
        if last[0] and line[0] != last[0]:
            records += 1
            digest.update("|".join(map(str, last)).encode() + b"\n")
        last = line
    seal = Seal.objects.order_by("-until").first()
    return {
        "events": len(events),
        "records": records,
        "seals": Seal.objects.count(),
        "last_seal": seal.mac if seal else "",
        "heads": digest.hexdigest(),
    }
