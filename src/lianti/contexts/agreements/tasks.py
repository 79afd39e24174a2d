"""What the worker does for agreements by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from lianti.contexts.agreements.models import AgreementParty, Commitment
from lianti.contexts.agreements.services import close_commitment
from lianti.contexts.agreements.states import CommitmentState
from lianti.kernel import outbox, scope
from lianti.lib.actor import Actor
from lianti.lib.roles import Role

CLOSE_BETWEEN_OTHERS = "agreements.close_between_others"  # asked for once, by a migration


def between_others() -> QuerySet[Commitment]:
    """Return the open promises of agreements that one of their two institutions is no party of.

    Until 2026-11 a promise to every member of a relation was opened for all of them, whoever had signed.
    """
    parties = AgreementParty.objects.filter(agreement=OuterRef("agreement"))
    gives, receives = (Exists(parties.filter(institution=OuterRef(side))) for side in ("giver", "receiver"))
    open_ones = Commitment.objects.filter(agreement__isnull=False).exclude(state=CommitmentState.ENDED)
    return open_ones.exclude(gives, receives).order_by("pk")


@outbox.job(CLOSE_BETWEEN_OTHERS, lane=outbox.SLOW)
def close_between_others(payload: dict[str, Any], *, at: datetime, task_id: int) -> None:
    """End each of them with its account; its story says why. What was done stays in the books, in no account of it."""
    with scope.system():
        found = list(between_others().values_list("pk", "created_by_id", "tenant_id"))
    for pk, principal, tenant in found:
        system = Actor(principal, tenant, Role.SYSTEM)
        note = _("Closed by an update: it was opened for an institution that is no party of the agreement.")
        with scope.system():
            close_commitment(actor=system, at=at, key=None, commitment_id=pk, note=note)
