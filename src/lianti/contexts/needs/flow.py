"""The life of a need bound to its tables: who sees it, whose turn it is, who is told."""

from collections.abc import Iterator
from datetime import date

from lianti.contexts.needs import domain, rules
from lianti.contexts.needs.models import Need, NeedTransition
from lianti.contexts.needs.states import NEED, NeedState
from lianti.contexts.network import queries as network
from lianti.kernel.notices import Tell
from lianti.kernel.workflow.engine import Flow
from lianti.kernel.worklist import Wait
from lianti.lib import workdays
from lianti.lib.actor import Actor
from lianti.lib.roles import Role

_ANSWERERS: tuple[Role, ...] = (Role.OFFICE, Role.LEADER)
_SPEAKERS: tuple[Role, ...] = (Role.COORDINATOR, Role.OFFICE, Role.LEADER)
# Notices of the stating side; every other goes to who stated the need.
_TO_ADDRESSED = frozenset({"needs.stated", "needs.closed", "needs.withdrawn"})


def audience(need: Need) -> set[int]:
    """Return who may see a need: the two hospitals, and who entered it."""
    return {need.stater_id, need.addressed_id, need.tenant_id}


def waits(need: Need) -> list[Wait]:
    """Return whose turn it is, and by when."""
    if need.state == NeedState.STATED:
        return [Wait(need.addressed_id, _ANSWERERS, "needs.answer", _after(need, domain.DAYS_TO_ANSWER))]
    if need.state == NeedState.ACCEPTED:
        return [Wait(need.addressed_id, _ANSWERERS, "needs.plan", _after(need, domain.DAYS_TO_PLAN))]
    if need.state == NeedState.RETURNED:
        return [Wait(need.tenant_id, _SPEAKERS, "needs.complete", _after(need, domain.DAYS_TO_COMPLETE))]
    if need.state == NeedState.ANSWERED:
        due = domain.owed_until(need.stated_date, need.wanted_by, need.plan_to)
        return [Wait(need.stater_id, _SPEAKERS, "needs.close", due)]
    return []


def _after(need: Need, days: int) -> date:
    return workdays.add(need.turn_date, days)


def tells(need: Need, key: str, actor: Actor) -> Iterator[Tell]:
    """Tell the other side what happened."""
    who = network.institution_by_id(actor.tenant_id).short_name
    params = {"who": who, "title": need.text[:40]}
    # A need entered on behalf of a hospital is told to it: that is what was written in its name.
    in_its_name = key == "needs.stated" and need.stater_id != need.tenant_id
    if key in _TO_ADDRESSED and not in_its_name:
        sides, roles = {need.addressed_id}, _ANSWERERS
    else:
        sides, roles = {need.stater_id, need.tenant_id}, _SPEAKERS
    for tenant_id in sorted(sides - {actor.tenant_id}):
        yield Tell(tenant_id, roles, params)


def day(need: Need) -> date:
    """Return the day that lists go by."""
    return need.stated_date


def rank(need: Need) -> int:
    """Return what comes before the day in the list of open needs."""
    return need.priority


FLOW = Flow(
    spec=NEED,
    record=Need,
    transitions=NeedTransition,
    table=rules.TABLE,
    audience=audience,
    waits=waits,
    tells=tells,
    day=day,
    rank=rank,
)
