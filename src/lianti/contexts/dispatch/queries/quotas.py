"""Quotas of departments: how many each is to name for a batch, and how many it has named or sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lianti.contexts.dispatch import rules
from lianti.contexts.dispatch.models import Batch, Posting, Quota
from lianti.contexts.dispatch.states import BatchState, PostingState
from lianti.contexts.network import queries as network
from lianti.lib.actor import Actor


@dataclass(frozen=True)
class QuotaShown:
    """One department: asked for, named or sent, and whether that is enough."""

    department: str
    asked: int
    named: int

    @property
    def met(self) -> bool:
        """Whether the department has named as many as it was asked for."""
        return self.named >= self.asked


def quotas_of(batches: Iterable[int]) -> list[QuotaShown]:
    """Return the quotas of batches taken together, with who was named for them. Asked as the sender; three queries."""
    wanted = list(batches)
    asked: Counter[str] = Counter()
    for department, people in Quota.objects.filter(batch__in=wanted).values_list("department", "people"):
        asked[department] += people
    if not asked:
        return []
    rows = Posting.objects.filter(batch__in=wanted).exclude(state=PostingState.DROPPED).values_list("person", flat=True)
    going = list(rows)
    people_by_id = network.people_by_id(set(going))
    named = Counter(people_by_id[pk].department or "—" for pk in going)
    return [
        QuotaShown(name, asked[name], named[name]) for name in [*sorted(asked), *sorted(named.keys() - asked.keys())]
    ]


def quotas_of_year(actor: Actor, year: int) -> list[QuotaShown]:
    """Return the quotas of all the actor's batches that begin in a year, with who was named for them."""
    rows = Batch.objects.filter(
        rules.BATCHES.visible_to(actor), sender=actor.tenant_id, from_date__range=(date(year, 1, 1), date(year, 12, 31))
    )
    return quotas_of(rows.exclude(state=BatchState.WITHDRAWN).values_list("pk", flat=True))
