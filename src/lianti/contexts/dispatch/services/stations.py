"""Workstations: applied for, approved, unveiled, planned and checked year by year, renewed, closed."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch import flow
from lianti.contexts.dispatch.domain import checks
from lianti.contexts.dispatch.domain.stations import Approval, StationFacts, StationPast
from lianti.contexts.dispatch.models import StationExpert, StationYear, Workstation
from lianti.contexts.dispatch.states import Grade, StationState
from lianti.contexts.network import queries as network
from lianti.kernel import numbers
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Invalid, Sentence
from lianti.lib.roles import Role

SERIES = "GZ"
STATES = sorted(map(str, flow.STATIONS.spec.adoptable))


def apply_station(*, actor: Actor, at: datetime, key: str | None, station: StationFacts, applied: date) -> Workstation:
    """Apply for a workstation in a relation. Raises NotAllowed, Invalid."""
    if applied > shanghai_day(at):
        raise Invalid({"applied": checks.NOT_YET})
    row = _made(station, applied, at)
    body = [asdict(station), applied]

    def effect(made: Workstation) -> None:
        _keep_experts(made, station.expert_ids)

    return engine.create(
        flow.STATIONS, row, name="apply_station", actor=actor, at=at, key=key, body=body, effect=effect
    )


def adopt_station(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    source: str,
    station: StationFacts,
    past: StationPast,
    state: str = StationState.APPLIED,
) -> Workstation:
    """Take in a workstation in the state that a source tells of. Raises Invalid, NotAllowed, Conflict."""
    wrong: dict[str, Sentence] = {}
    known = {StationState.OPEN: past.plaque, StationState.CLOSED: past.closed}
    if state in known and known[StationState(state)] is None:
        wrong["status"] = _("Say the day on which it came so far.")
    if state in {StationState.APPROVED, StationState.OPEN} and past.approval is None:
        wrong["approved"] = _("Say the day on which it was approved.")
    if wrong:
        raise Invalid(wrong)
    row = _made(station, past.applied, at)
    row.plaque, row.closed = past.plaque, past.closed
    for name, value in (asdict(past.approval) if past.approval else {}).items():
        setattr(row, name, value)
    if actor.role is Role.SYSTEM:
        actor = replace(actor, tenant_id=station.recipient_id)  # a job has no institution: it keeps the place's own

    def effect(made: Workstation) -> None:
        _keep_experts(made, station.expert_ids)

    return engine.adopt(flow.STATIONS, row, state=state, actor=actor, at=at, key=key, source=source, effect=effect)


def edit_station(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    station_id: str,
    name: str,
    specialty: str,
    expert_ids: tuple[int, ...],
    version: int | None = None,
) -> Workstation:
    """Put name, specialty and experts right. Raises NotFound, NotAllowed, Conflict, Invalid."""
    before: Workstation = flow.STATIONS.locked(station_id, actor)
    facts = StationFacts(name, before.relation_id, before.recipient_id, before.sender_id, specialty, expert_ids)
    _look(facts)

    def effect(row: Workstation) -> None:
        _keep_experts(row, expert_ids)

    told = {"experts": [f"#{pk}" for pk in expert_ids]}
    fields = {"name": name.strip(), "specialty": specialty.strip()}
    return _move("edit_station", actor, at, key, station_id, version, fields=fields, facts=told, effect=effect)


def approve_station(
    *, actor: Actor, at: datetime, key: str | None, station_id: str, approval: Approval, version: int | None = None
) -> Workstation:
    """Note the approval, with its number. Raises NotFound, NotAllowed, Conflict, Invalid."""
    if approval.approved > shanghai_day(at):
        raise Invalid({"approved": checks.NOT_YET})
    if approval.until is not None and approval.until < approval.approved:
        raise Invalid({"until": checks.END_FIRST})
    told = {"letter_number": approval.approval_number, "day": approval.approved.isoformat()}
    return _move("approve_station", actor, at, key, station_id, version, fields=asdict(approval), facts=told)


def unveil_station(
    *, actor: Actor, at: datetime, key: str | None, station_id: str, plaque: date, version: int | None = None
) -> Workstation:
    """Note the day on which the plaque was unveiled. Raises NotFound, NotAllowed, Conflict, Invalid."""
    if plaque > shanghai_day(at):
        raise Invalid({"plaque": checks.NOT_YET})
    told = {"day": plaque.isoformat()}
    return _move("unveil_station", actor, at, key, station_id, version, fields={"plaque": plaque}, facts=told)


def plan_station(
    *, actor: Actor, at: datetime, key: str | None, station_id: str, year: int, goals: str, version: int | None = None
) -> Workstation:
    """Say what a year is to bring; said again, it replaces what was said. Raises as every move, Invalid."""
    if not goals.strip() or len(goals) > 2000:
        raise Invalid({"goals": _("Say what the year is to bring, in at most 2000 characters.")})

    def effect(row: Workstation) -> None:
        kept, _made_now = StationYear.objects.get_or_create(station=row, year=year)
        if kept.grade:
            raise Invalid({"year": _("This year has been checked already.")})
        StationYear.objects.filter(pk=kept.pk).update(goals=goals.strip())

    return _move("plan_station", actor, at, key, station_id, version, facts={"year": str(year)}, effect=effect)


def check_station(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    station_id: str,
    year: int,
    grade: str,
    note: str = "",
    version: int | None = None,
) -> Workstation:
    """Say how a year is judged, planned or not. Raises NotFound, NotAllowed, Conflict, Invalid."""
    today = shanghai_day(at)
    if grade not in set(Grade):
        raise Invalid({"grade": _("Choose one of these.")})
    if year > today.year:
        raise Invalid({"year": checks.NOT_YET})

    def effect(row: Workstation) -> None:
        kept, _made_now = StationYear.objects.get_or_create(station=row, year=year)
        StationYear.objects.filter(pk=kept.pk).update(grade=grade, checked=today, note=note.strip()[:400])

    told = {"year": str(year), "grade": grade}
    return _move("check_station", actor, at, key, station_id, version, facts=told, note=note.strip(), effect=effect)


def renew_station(
    *,
    actor: Actor,
    at: datetime,
    key: str | None,
    station_id: str,
    until: date,
    number: str = "",
    version: int | None = None,
) -> Workstation:
    """Let it run longer. Raises NotFound, NotAllowed, Conflict, Invalid."""
    before: Workstation = flow.STATIONS.locked(station_id, actor)
    if before.until is not None and until <= before.until:
        raise Invalid({"until": _("Choose a day after the present end.")})
    fields = {"until": until, "approval_number": number.strip()[:60] or before.approval_number}
    told = {"until": until.isoformat(), "letter_number": number.strip()[:60]}
    return _move("renew_station", actor, at, key, station_id, version, fields=fields, facts=told)


def close_station(
    *, actor: Actor, at: datetime, key: str | None, station_id: str, note: str, version: int | None = None
) -> Workstation:
    """Close it, or note that it was not approved, with the reason. Raises NotFound, NotAllowed, Conflict, Invalid."""
    fields = {"closed": shanghai_day(at)}
    return _move("close_station", actor, at, key, station_id, version, fields=fields, note=note)


def _made(station: StationFacts, applied: date, at: datetime) -> Workstation:
    _look(station)
    given = asdict(station)
    given.pop("expert_ids")
    return Workstation(public_id=ids.new(), number=numbers.take(SERIES, at), applied=applied, **given)


def _look(station: StationFacts) -> None:
    wrong: dict[str, Sentence] = {}
    parties = network.parties(station.relation_id) | {station.sender_id, station.recipient_id} & _named(station)
    if not {station.sender_id, station.recipient_id} <= parties or station.sender_id == station.recipient_id:
        wrong["recipient"] = _("Choose two parties of this relation.")
    if not station.name.strip() or len(station.name) > 120:
        wrong["name"] = _("Give a name of at most 120 characters.")
    if not station.specialty.strip() or len(station.specialty) > 80:
        wrong["specialty"] = _("Say the specialty, in at most 80 characters.")
    people = network.people_by_id(station.expert_ids)
    if any(people[pk].employer.id != station.sender_id for pk in station.expert_ids if pk in people):
        wrong["experts"] = _("Choose people of the supporting institution.")
    if wrong:
        raise Invalid(wrong)


def _named(station: StationFacts) -> set[int]:
    """Return the sides of a relation that is asked for and not yet confirmed: a workstation may come before it."""
    return set(network.relation_by_id(station.relation_id).side_ids)


def _keep_experts(row: Workstation, expert_ids: tuple[int, ...]) -> None:
    StationExpert.objects.filter(station=row).exclude(person__in=expert_ids).delete()
    there = set(StationExpert.objects.filter(station=row).values_list("person", flat=True))
    StationExpert.objects.bulk_create(
        StationExpert(station=row, person_id=pk) for pk in dict.fromkeys(expert_ids) if pk not in there
    )


def _move(
    name: str, actor: Actor, at: datetime, key: str | None, ident: str, version: int | None, **more: Any
) -> Workstation:
    moved: Workstation = engine.move(
        flow.STATIONS, ident, name=name, actor=actor, at=at, key=key, version=version, **more
    )
    return moved
