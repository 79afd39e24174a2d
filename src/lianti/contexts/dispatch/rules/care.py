"""Who keeps what is around a posting: the week list, check lists, visits; and the walls of their tables."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianti.contexts.dispatch.models import (
    AllowanceDeduction,
    AllowanceLine,
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
    ClinicDay,
    ClinicTransition,
    Handover,
    HandoverFile,
    HandoverTransition,
    HouseList,
    HouseListTransition,
    StationExpert,
    StationYear,
    Visited,
    Workstation,
    WorkstationTransition,
)
from lianti.contexts.dispatch.rules.sending import CONSENTERS, EITHER, HOSTS, SENDERS
from lianti.kernel import audience, personal, walls
from lianti.kernel.permissions import Rule, Table
from lianti.kernel.personal import WORDS, Columns
from lianti.kernel.walls import either, shared
from lianti.lib.actor import Actor
from lianti.lib.errors import Sentence
from lianti.lib.roles import EVERYONE, Role

# The week list ----------------------------------------------------------------------------------

CLINIC = "dispatch.clinic"
KEEPERS = HOSTS | {Role.EXPERT}


def clinic_sides(row: Clinic) -> Mapping[str, set[int]]:
    """Return which institutions stand on which side of a clinic."""
    return {"sender": {row.sender_id}, "recipient": {row.recipient_id}}


def _own_clinic(actor: Actor, row: Clinic) -> Sentence | None:
    """Refuse an expert another's clinic."""
    if actor.role is not Role.EXPERT or (actor.person_id is not None and actor.person_id == row.person_id):
        return None
    return _("Experts keep their own clinics alone.")


CLINICS = Table(
    name=CLINIC,
    rules={
        "dispatch.clinic": Rule(
            KEEPERS,
            ("recipient",),
            _("The receiving institution keeps its week list; experts posted to it their own clinics."),
            _own_clinic,
        )
    },
    sides=clinic_sides,
    visible=lambda actor: audience.visible(CLINIC, actor),
)
_CLINIC = walls.record(Clinic, CLINIC, read=shared(CLINIC), change=walls.sides("recipient_id"))
WALLS: walls.Walls = (_CLINIC, walls.story(ClinicTransition, _CLINIC), walls.child(ClinicDay, _CLINIC, "clinic_id"))
PERSONAL: personal.Declared = (Columns(_CLINIC.table, "half name room"), Columns("dispatch_clinicday", "held note"))
# Arrival, leaving, visits ------------------------------------------------------------------------

CHECK, HOUSE_LIST, VISIT = "dispatch.check", "dispatch.house_list", "dispatch.visit"


def two_sides(row: Any) -> Mapping[str, set[int]]:
    """Return which institutions stand on which side of what belongs to a posting."""
    return {"sender": {row.sender_id}, "recipient": {row.recipient_id}}


def _owns(actor: Actor, row: CareVisit) -> Sentence | None:
    """Refuse whoever neither owns what follows from a visit nor noted it."""
    return None if actor.tenant_id in {row.owner_id, row.tenant_id} else _("Who owns it, or noted it, settles it.")


CHECKS = Table(
    name=CHECK,
    rules={"dispatch.check": Rule(HOSTS, ("sender", "recipient"), EITHER)},
    sides=two_sides,
    visible=lambda actor: audience.visible(CHECK, actor),
)
HOUSE_LISTS = Table(
    name=HOUSE_LIST,
    rules={
        "dispatch.house_list": Rule(
            SENDERS, ("institution",), _("Office and coordinator say what their institution does.")
        )
    },
    sides=lambda row: {"institution": {row.institution_id}},
    visible=lambda _actor: Q(),  # whoever begins a list reads what the other side does
)
VISITS = Table(
    name=VISIT,
    rules={
        "dispatch.visit": Rule(HOSTS, ("sender", "recipient"), EITHER),
        "dispatch.settle": Rule(HOSTS, ("sender", "recipient"), EITHER, _owns),
    },
    sides=two_sides,
    visible=lambda actor: audience.visible(VISIT, actor),
)
_CHECK = walls.record(CheckList, CHECK, read=shared(CHECK), change=walls.sides("sender_id", "recipient_id"))
_HOUSE = walls.record(
    HouseList,
    HOUSE_LIST,
    read=walls.EVERYONE,
    change=walls.sides("institution_id"),
    why="what an institution does for who comes is made into lists by the other side too; it names nobody",
)
_VISIT = walls.record(CareVisit, VISIT, read=shared(VISIT), change=either(walls.MAKER, walls.sides("owner_id")))
WALLS += (
    _CHECK,
    walls.story(CheckListTransition, _CHECK),
    walls.child(CheckItem, _CHECK, "of_id"),
    _HOUSE,
    walls.story(HouseListTransition, _HOUSE),
    _VISIT,
    walls.story(CareVisitTransition, _VISIT),
    walls.child(Visited, _VISIT, "visit_id", "insert"),
)
PERSONAL += (
    Columns(_HOUSE.table, "items"),
    Columns("dispatch_checkitem", "side name outcome", {"note": WORDS}),
    Columns(_VISIT.table, "", {"visitors": WORDS, "heard": WORDS, "follow_up": WORDS}),
)

# The handover -----------------------------------------------------------------------------------

HANDOVER = "dispatch.handover"


def _own_handover(actor: Actor, row: Handover) -> bool:
    return actor.person_id is not None and actor.person_id == row.person_id


def _writes(actor: Actor, row: Handover) -> Sentence | None:
    """Refuse whoever neither leaves nor keeps postings."""
    if actor.role in HOSTS or _own_handover(actor, row):
        return None
    return _("Who leaves writes the handover, or a desk, leader or head of either side.")


def _signs_out(actor: Actor, row: Handover) -> Sentence | None:
    """Refuse whoever is not the one who leaves, nor notes it where they were."""
    if _own_handover(actor, row) or (actor.role in HOSTS and actor.tenant_id == row.recipient_id):
        return None
    return _("Who leaves signs, or the receiving institution notes that they signed on paper.")


def _signs_in(actor: Actor, row: Handover) -> Sentence | None:
    """Refuse whoever does not take over, nor notes it there; who hands over does not take over from themselves."""
    if _own_handover(actor, row):
        return _("Nobody takes over from themselves.")
    own = actor.person_id is not None and actor.person_id == row.successor_id
    if own or (actor.role in HOSTS and actor.tenant_id == row.recipient_id):
        return None
    return _("Who takes over signs, or the receiving institution notes that they signed on paper.")


_SIDES = ("sender", "recipient")
HANDOVERS = Table(
    name=HANDOVER,
    rules={
        "dispatch.write_handover": Rule(
            EVERYONE, _SIDES, _("Who leaves writes the handover, or a desk, leader or head of either side."), _writes
        ),
        "dispatch.sign_out": Rule(
            EVERYONE,
            _SIDES,
            _("Who leaves signs, or the receiving institution notes that they signed on paper."),
            _signs_out,
        ),
        "dispatch.sign_in": Rule(
            EVERYONE,
            _SIDES,
            _("Who takes over signs, or the receiving institution notes that they signed on paper."),
            _signs_in,
        ),
    },
    sides=two_sides,
    visible=lambda actor: audience.visible(HANDOVER, actor),
)
_HANDOVER = walls.record(Handover, HANDOVER, read=shared(HANDOVER), change=walls.sides("sender_id", "recipient_id"))
WALLS += (
    _HANDOVER,
    walls.story(HandoverTransition, _HANDOVER),
    walls.child(HandoverFile, _HANDOVER, "handover_id", "insert"),
)
PERSONAL += (
    Columns(
        _HANDOVER.table,
        "out_as in_as",
        dict.fromkeys(("tasks", "techniques", "students", "equipment", "contacts"), WORDS),
    ),
    Columns("dispatch_handoverfile", "public_id"),
)

# Workstations -----------------------------------------------------------------------------------

WORKSTATION = "dispatch.workstation"
STATIONS = Table(
    name=WORKSTATION,
    rules={
        "dispatch.station": Rule(
            CONSENTERS,
            _SIDES,
            _("Office, coordinator and leaders of the supporting or the receiving institution do this."),
        )
    },
    sides=two_sides,
    visible=lambda actor: audience.visible(WORKSTATION, actor),
)
_STATION = walls.record(
    Workstation, WORKSTATION, read=shared(WORKSTATION), change=walls.sides("sender_id", "recipient_id")
)
WALLS += (
    _STATION,
    walls.story(WorkstationTransition, _STATION),
    walls.child(StationExpert, _STATION, "station_id"),
    walls.child(StationYear, _STATION, "station_id", "insert change"),
)
PERSONAL += (
    Columns(_STATION.table, "number name specialty approval_number approved_by"),
    Columns("dispatch_stationyear", "goals grade", {"note": WORDS}),
)

# Allowances -------------------------------------------------------------------------------------

RATE, ALLOWANCE = "dispatch.rate", "dispatch.allowance"
PAY_READERS = SENDERS | {Role.LEADER}
_PAYS = {
    "dispatch.allowance": Rule(
        SENDERS, ("sender",), _("Office and coordinator of the institution that pays keep rates and sheets.")
    )
}


def _pay_of(kind: str) -> Callable[[Actor], Q]:
    """Return which rows of a kind are seen: by the desk and the leaders of the house alone."""
    return lambda actor: audience.visible(kind, actor) if actor.role in PAY_READERS else Q(pk__in=())


RATES = Table(name=RATE, rules=_PAYS, sides=lambda row: {"sender": {row.institution_id}}, visible=_pay_of(RATE))
ALLOWANCES = Table(
    name=ALLOWANCE, rules=_PAYS, sides=lambda row: {"sender": {row.sender_id}}, visible=_pay_of(ALLOWANCE)
)
_RATE = walls.record(AllowanceRate, RATE, read=walls.sides("institution_id"), change=walls.sides("institution_id"))
_ALLOWANCE = walls.record(AllowanceSheet, ALLOWANCE, read=walls.sides("sender_id"), change=walls.sides("sender_id"))
WALLS += (
    _RATE,
    walls.story(AllowanceRateTransition, _RATE),
    _ALLOWANCE,
    walls.story(AllowanceSheetTransition, _ALLOWANCE),
    walls.child(AllowanceLine, _ALLOWANCE, "sheet_id"),
    walls.child(AllowanceDeduction, _ALLOWANCE, "sheet_id"),
)
PERSONAL += (
    Columns(_RATE.table, "kind region basis"),
    Columns(_ALLOWANCE.table, "number"),
    Columns("dispatch_allowancededuction", "", {"note": WORDS}),
)
