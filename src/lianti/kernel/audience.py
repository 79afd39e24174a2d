"""Which institutions may see a record, and what its lists go by."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from lianti.kernel import ready
from lianti.kernel.flows import Flow
from lianti.kernel.models import Audience, Record
from lianti.lib.actor import Actor


def visible(kind: str, actor: Actor) -> Q:
    """Return the filter of the records of `kind` whose audience holds the actor's institution."""
    mine = Audience.objects.filter(tenant_id=actor.tenant_id, kind=kind)
    return Q(pk__in=mine.values("record_pk"))


def grant(flow: Flow, record: Record, tenant_ids: Iterable[int]) -> None:
    """Let these institutions and the record's own see it; those that already do stay."""
    rows = [
        Audience(kind=flow.kind, record_pk=record.pk, tenant_id=t, **place(flow, record))
        for t in sorted({*tenant_ids, record.tenant_id})
    ]
    Audience.objects.bulk_create(rows, ignore_conflicts=True)


def only(flow: Flow, record: Record, tenant_ids: Iterable[int]) -> None:
    """Let these institutions and the record's own see it, and from now on no others."""
    grant(flow, record, tenant_ids)
    seen = Audience.objects.filter(kind=flow.kind, record_pk=record.pk)
    seen.exclude(tenant_id__in={*tenant_ids, record.tenant_id}).delete()


def place(flow: Flow, record: Record) -> dict[str, Any]:
    """Return where a record stands in the lists of its kind."""
    return {"day": flow.day(record), "open": record.state not in flow.spec.final, "rank": flow.rank(record)}


def keep(flow: Flow, record: Record) -> None:
    """Write down anew where a record stands in the lists of its kind."""
    ready.update(Audience, place(flow, record), where={"kind": flow.kind, "record_pk": record.pk})
