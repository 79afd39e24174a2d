"""Needs that were already under way, taken in from a source."""

from datetime import datetime

from lianti.contexts.needs.domain import NeedFacts
from lianti.contexts.needs.flow import FLOW
from lianti.contexts.needs.models import Need
from lianti.contexts.needs.services.answering import open_account
from lianti.contexts.needs.services.stating import check, new_row
from lianti.contexts.needs.states import NeedState
from lianti.kernel.workflow import engine
from lianti.lib.actor import Actor
from lianti.lib.roles import Role


def adopt_need(
    *, actor: Actor, at: datetime, key: str | None, source: str, need: NeedFacts, state: str = NeedState.STATED
) -> Need:
    """Take in a need in the state it is in; an accepted or answered one opens its account.

    Raises Invalid, NotAllowed.
    """
    check(need)

    def effect(row: Need) -> None:
        if state in (NeedState.ACCEPTED, NeedState.ANSWERED):
            row.account_id = open_account(row, actor, at)
            Need.objects.filter(pk=row.pk).update(account_id=row.account_id)

    row = new_row(need, at)
    if actor.role is Role.SYSTEM:
        # A job has no institution: the need is the stater's own, nobody wrote it here on its behalf.
        row.tenant_id = need.stater_id
    return engine.adopt(FLOW, row, state=state, actor=actor, at=at, key=key, source=source, effect=effect)
