"""Which institutions may see a record whose parties are more than two columns."""

from collections.abc import Iterable

from django.db.models import Q

from lianti.kernel.models import Audience
from lianti.lib.actor import Actor


def visible(kind: str, actor: Actor) -> Q:
    """Return the filter of the records of `kind` that the actor's institution made or is an audience of."""
    mine = Audience.objects.filter(tenant_id=actor.tenant_id, kind=kind)
    return Q(tenant_id=actor.tenant_id) | Q(pk__in=mine.values("record_pk"))


def grant(kind: str, record_pk: int, tenant_ids: Iterable[int]) -> None:
    """Let these institutions see the record; those that already do stay."""
    rows = [Audience(kind=kind, record_pk=record_pk, tenant_id=t) for t in sorted(set(tenant_ids))]
    if rows:
        Audience.objects.bulk_create(rows, ignore_conflicts=True)
