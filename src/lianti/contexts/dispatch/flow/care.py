"""What is kept around a posting bound to its tables: clinics, check lists, visits, handovers, workstations."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from lianti.contexts.dispatch import rules
from lianti.contexts.dispatch.flow.sending import told_of
from lianti.contexts.dispatch.models import (
    AllowanceRate,
    AllowanceRateTransition,
    AllowanceSheet,
    AllowanceSheetTransition,
    CareVisit,
    CareVisitTransition,
    CheckItem,
    CheckList,
    CheckListTransition,
    Clinic,
    ClinicTransition,
    Handover,
    HandoverTransition,
    HouseList,
    HouseListTransition,
    Posting,
    StationYear,
    Workstation,
    WorkstationTransition,
)
from lianti.contexts.dispatch.states import (
    ALLOWANCE,
    CHECK,
    CLINIC,
    HANDOVER,
    HOUSE_LIST,
    RATE,
    STATION,
    VISIT,
    AllowanceState,
    CheckListState,
    HandoverState,
    Side,
    StationState,
    VisitState,
)
from lianti.contexts.network import queries as network
from lianti.kernel.flows import Flow
from lianti.kernel.notices import Tell
from lianti.kernel.worklist import Wait
from lianti.lib.actor import Actor
from lianti.lib.roles import DESK

_DESK = tuple(sorted(DESK))
_HOSTS = tuple(sorted(rules.HOSTS))


def clinic_audience(row: Clinic) -> set[int]:
    """Return who may see a clinic: whose people sit there, and where."""
    return {row.sender_id, row.recipient_id}


def clinic_day(row: Clinic) -> date:
    """Return the day that lists go by."""
    return row.from_date


CLINICS = Flow(CLINIC, Clinic, ClinicTransition, rules.CLINICS, clinic_audience, day=clinic_day)


def both_sides(row: Any) -> set[int]:
    """Return who may see what belongs to a posting that both sides know of."""
    return {row.sender_id, row.recipient_id}


def check_waits(row: CheckList) -> Iterator[Wait]:
    """Yield one wait for each side that has something open, by the earliest day of it."""
    if row.state != CheckListState.OPEN:
        return
    due: dict[str, date] = {}
    for side, day in CheckItem.objects.filter(of=row.pk, outcome="").values_list("side", "due"):
        due[side] = min(due.get(side, day), day)
    for side, place in ((Side.SENDER, row.sender_id), (Side.RECIPIENT, row.recipient_id)):
        if side in due:
            yield Wait(place, _HOSTS, "dispatch.check", due[side])


def visit_audience(row: CareVisit) -> set[int]:
    """Return who may see a visit: who noted it, and who owns what follows."""
    return {row.tenant_id, *({row.owner_id} if row.owner_id else ())}


def visit_waits(row: CareVisit) -> Iterator[Wait]:
    """Yield the wait for who owns what follows from a visit."""
    if row.state == VisitState.OPEN and row.owner_id:
        yield Wait(row.owner_id, _HOSTS, "dispatch.settle", row.due)


def visit_tells(row: CareVisit, key: str, actor: Actor) -> Iterator[Tell]:
    """Tell the owner of what is to be seen to, and who noted it of what came of it."""
    to = row.owner_id if key == "dispatch.visited" else row.tenant_id
    if to is not None and to != actor.tenant_id:
        yield Tell(to, _HOSTS, told_of(actor, row.follow_up[:60]))


def of_day(row: Any) -> date:
    """Return the day that lists go by."""
    found: date = row.day
    return found


CHECKS = Flow(CHECK, CheckList, CheckListTransition, rules.CHECKS, both_sides, check_waits, day=of_day)


HOUSE_LISTS = Flow(HOUSE_LIST, HouseList, HouseListTransition, rules.HOUSE_LISTS)


VISITS = Flow(VISIT, CareVisit, CareVisitTransition, rules.VISITS, visit_audience, visit_waits, visit_tells, day=of_day)


def handover_audience(row: Handover) -> set[int]:
    """Return who may see a handover: both sides, and who sends the one that takes over."""
    after = Posting.objects.filter(pk=row.incoming_id or 0).values_list("sender", flat=True).first()
    return {row.sender_id, row.recipient_id, *({after} if after else ())}


def handover_waits(row: Handover) -> Iterator[Wait]:
    """Yield whose signature is awaited: of the person where they sign in, else of the receiving institution."""
    if row.state == HandoverState.DONE:
        return
    verb = "dispatch.sign_out" if row.state == HandoverState.DRAFTED else "dispatch.sign_in"
    whom = row.person_id if row.state == HandoverState.DRAFTED else row.successor_id
    principal = network.principal_of(whom) if whom else None
    if principal is None:
        yield Wait(row.recipient_id, _HOSTS, verb, row.day)
    else:
        yield Wait(row.recipient_id, (), verb, row.day, principal_id=principal)


def handover_tells(row: Handover, _key: str, actor: Actor) -> Iterator[Tell]:
    """Tell both houses that somebody signed."""
    name = network.people_by_id({row.person_id})[row.person_id].name
    for side, roles in ((row.sender_id, _DESK), (row.recipient_id, _HOSTS)):
        if side != actor.tenant_id:
            yield Tell(side, roles, told_of(actor, str(name)))


HANDOVERS = Flow(
    HANDOVER,
    Handover,
    HandoverTransition,
    rules.HANDOVERS,
    handover_audience,
    handover_waits,
    handover_tells,
    day=of_day,
)


def station_waits(row: Workstation) -> Iterator[Wait]:
    """Yield whose turn it is: an approval to be noted, a plaque, the check of a year that was planned."""
    if row.state in {StationState.APPLIED, StationState.APPROVED}:
        verb = "dispatch.station_approve" if row.state == StationState.APPLIED else "dispatch.station_unveil"
        yield Wait(row.recipient_id, _DESK, verb)
    elif row.state == StationState.OPEN:
        years = StationYear.objects.filter(station=row.pk, grade="").order_by("year").values_list("year", flat=True)
        if (year := years.first()) is not None:
            yield Wait(row.recipient_id, _DESK, "dispatch.station_check", date(year, 12, 31))


def station_tells(row: Workstation, _key: str, actor: Actor) -> Iterator[Tell]:
    """Tell the other side of the approval."""
    for side in (row.sender_id, row.recipient_id):
        if side != actor.tenant_id:
            yield Tell(side, _DESK, told_of(actor, row.name))


def station_day(row: Workstation) -> date:
    """Return the day that lists go by."""
    return row.applied


STATIONS = Flow(
    STATION,
    Workstation,
    WorkstationTransition,
    rules.STATIONS,
    both_sides,
    station_waits,
    station_tells,
    day=station_day,
)


def own_house(row: Any) -> set[int]:
    """Return who may see what an institution keeps for itself."""
    return {row.tenant_id}


def rate_day(row: AllowanceRate) -> date:
    """Return the day that lists go by."""
    return row.from_date


def allowance_waits(row: AllowanceSheet) -> Iterator[Wait]:
    """Yield whose turn it is: of the desk that counted a sheet and has not issued it."""
    if row.state == AllowanceState.DRAFTED:
        yield Wait(row.sender_id, _DESK, "dispatch.issue_sheet")


def allowance_day(row: AllowanceSheet) -> date:
    """Return the day that lists go by."""
    return row.month


RATES = Flow(RATE, AllowanceRate, AllowanceRateTransition, rules.RATES, own_house, day=rate_day)
ALLOWANCES = Flow(
    ALLOWANCE, AllowanceSheet, AllowanceSheetTransition, rules.ALLOWANCES, own_house, allowance_waits, day=allowance_day
)
