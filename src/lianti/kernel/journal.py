"""The journal: every change as a link of its record's chain, and a daily seal over all chains.

It holds ids, verbs, field names and keyed hashes, never names, numbers or free text in clear, so that a person
can be erased and the chain still holds. The key lives outside the database (LIANTI_JOURNAL_KEY).
"""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings

from lianti.kernel import ready
from lianti.kernel.models import JournalEvent, Record, Seal
from lianti.lib.actor import Actor


@lru_cache(maxsize=4)
def _key(purpose: str, secret: str) -> bytes:
    return hmac.digest(secret.encode(), purpose.encode(), "sha256")


def _mac(*parts: Any) -> str:
    text = json.dumps(parts, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    return hmac.new(_key("chain", settings.JOURNAL_KEY), text.encode(), hashlib.sha256).hexdigest()


def _hashed(record: str, fields: Mapping[str, Any]) -> dict[str, str]:
    key = _key("value", settings.JOURNAL_KEY)
    return {
        name: hmac.new(key, f"{record}|{name}|{value}".encode(), hashlib.sha256).hexdigest()[:32]
        for name, value in fields.items()
    }


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def event(
    kind: str, record: Record, *, verb: str, actor: Actor, at: datetime, fields: Mapping[str, Any]
) -> JournalEvent:
    """Return the next, unsaved event of the record's chain and set the record's new `version` and `chain`."""
    seq = record.version + 1
    hashed = _hashed(record.public_id, fields)
    mac = _mac(
        record.chain, kind, record.public_id, seq, _instant(at), actor.principal_id, actor.tenant_id, verb, hashed
    )
    record.version, record.chain = seq, mac
    return JournalEvent(
        kind=kind,
        record=record.public_id,
        seq=seq,
        at=at,
        principal_id=actor.principal_id,
        tenant_id=actor.tenant_id,
        verb=verb,
        fields=hashed,
        mac=mac,
    )


def write(made: JournalEvent) -> None:
    """Write an event, in the transaction that writes what it tells of."""
    ready.insert(made)


@dataclass
class Report:
    """What `verify` found. `unsealed` counts the events after the last seal, which only their own chains hold."""

    events: int = 0
    records: int = 0
    seals: int = 0
    sealed_until: datetime | None = None
    unsealed: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Say whether nothing was changed, removed or inserted."""
        return not self.faults


def verify(records: Mapping[str, type[Record]]) -> Report:
    """Walk every chain and every seal and report what was changed, removed or inserted.

    `records` names the tables whose rows carry a chain, by kind (`engine.records()`).
    """
    report = Report()
    _verify_chains(report)
    _verify_heads(report, records)
    _verify_seals(report)
    return report


def _verify_chains(report: Report) -> None:
    record, previous, seq = "", "", 0
    for e in JournalEvent.objects.order_by("record", "seq").iterator(chunk_size=5000):
        if e.record != record:
            record, previous, seq = e.record, "", 0
            report.records += 1
        report.events += 1
        seq += 1
        if e.seq != seq:
            report.faults.append(f"{e.kind} {e.record}: event {seq} is missing")
            seq = e.seq
        elif e.mac != _mac(
            previous, e.kind, e.record, e.seq, _instant(e.at), e.principal_id, e.tenant_id, e.verb, e.fields
        ):
            report.faults.append(f"{e.kind} {e.record}: event {e.seq} was changed")
        previous = e.mac


def _heads() -> dict[str, tuple[int, str]]:
    events = JournalEvent.objects.order_by("record", "seq").values_list("record", "seq", "mac")
    return {record: (seq, mac) for record, seq, mac in events.iterator(chunk_size=5000)}


def _verify_heads(report: Report, records: Mapping[str, type[Record]]) -> None:
    """Hold every record's own head against its last event: removed last events and unjournaled records show."""
    heads = _heads()
    for kind, table in sorted(records.items()):
        rows = table._default_manager.values_list("public_id", "version", "chain")
        for public_id, version, chain in rows.iterator(chunk_size=5000):
            if heads.pop(public_id, (0, "")) != (version, chain):
                report.faults.append(f"{kind} {public_id}: its last event does not match the record")
    report.faults += [f"{record}: the journal knows a record that is gone" for record in sorted(heads)]


def _window(since: datetime | None, until: datetime) -> tuple[int, int, str]:
    """Return count of events, count of records, and a digest of the last link of each record in the window."""
    events = JournalEvent.objects.filter(at__lt=until)
    if since is not None:
        events = events.filter(at__gte=since)
    digest = hashlib.sha256()
    count, records, last = 0, 0, ""
    for record, seq, mac in events.order_by("record", "seq").values_list("record", "seq", "mac").iterator():
        records += record != last
        last, count = record, count + 1
        digest.update(f"{record}|{seq}|{mac}\n".encode())
    return count, records, digest.hexdigest()


def _seal_mac(previous: str, seal: Seal) -> str:
    since = _instant(seal.since) if seal.since else ""
    return _mac("seal", previous, since, _instant(seal.until), seal.events, seal.records, seal.digest)


def seal(until: datetime) -> Seal | None:
    """Seal the events before `until` (the start of a Shanghai day) that no seal holds yet; None when there are none."""
    last = Seal.objects.order_by("-until").first()
    if last is not None and last.until >= until:
        return None
    since = last.until if last else None
    count, records, digest = _window(since, until)
    if count == 0:
        return None
    made = Seal(since=since, until=until, events=count, records=records, digest=digest)
    made.mac = _seal_mac(last.mac if last else "", made)
    made.save()
    return made


def exported() -> Iterator[str]:
    """Yield the seals, one line each, to be kept outside the database."""
    for s in Seal.objects.order_by("until"):
        yield f"{_instant(s.until)} {s.events} {s.records} {s.digest} {s.mac}"


def _verify_seals(report: Report) -> None:
    previous = ""
    for s in Seal.objects.order_by("until"):
        report.seals += 1
        count, records, digest = _window(s.since, s.until)
        if s.mac != _seal_mac(previous, s):
            report.faults.append(f"the seal until {_instant(s.until)} was changed")
        elif (count, records, digest) != (s.events, s.records, s.digest):
            report.faults.append(f"the window until {_instant(s.until)} no longer holds what was sealed")
        previous, report.sealed_until = s.mac, s.until
    after = JournalEvent.objects.all()
    if report.sealed_until is not None:
        after = after.filter(at__gte=report.sealed_until)
    report.unsealed = after.count()
