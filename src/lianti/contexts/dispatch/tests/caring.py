"""Builders of what is kept around a posting, through the services alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from lianti.contexts.dispatch import services
from lianti.contexts.dispatch.models import (
    AllowanceRate,
    AllowanceSheet,
    CareVisit,
    CheckItem,
    CheckList,
    Clinic,
    Handover,
    Posting,
    Workstation,
)
from lianti.contexts.dispatch.tests.builders import START, a_posting
from lianti.contexts.evidence.services import Upload
from lianti.contexts.evidence.tests.samples import PDF
from lianti.kernel import scope
from lianti.lib.actor import Actor
from lianti.lib.errors import Invalid
from lianti.lib.roles import Role
from tests.cast import AT, Cast


def did(actor: Actor, service: Any, **given: Any) -> Any:
    """Do something as somebody."""
    with scope.acting(actor):
        return service(actor=actor, at=AT, key=None, **given)


@contextmanager
def refused(field: str) -> Iterator[None]:
    """Hold what is done to be refused, with a sentence at this field."""
    with pytest.raises(Invalid) as refusal:
        yield
    assert field in refusal.value.fields


def a_clinic(cast: Cast, posting: Posting | None = None, state: str = "running", **more: Any) -> Clinic:
    """Open a clinic on Mondays at the county hospital."""
    posting = posting or a_posting(cast)
    facts = {"weekday": 1, "half": "morning", "name": "妇产科专家门诊", "room": "3诊室", "from_date": START, **more}
    host = cast.county.coordinator
    row: Clinic = did(host, services.open_clinic, posting_id=posting.public_id, clinic=services.ClinicFacts(**facts))
    if state == "ended":
        row = did(host, services.end_clinic, clinic_id=row.public_id, to_date=START + timedelta(days=20))
    return row


def a_check(cast: Cast, leaving: bool = False) -> CheckList:
    """Return the check list of somebody on duty, for the arrival or begun by hand for the leaving."""
    posting = a_posting(cast)
    if leaving:
        by = {"posting_id": posting.public_id, "leaving": True}
        row: CheckList = did(cast.county.coordinator, services.begin_list, **by)
        return row
    with scope.system():
        return CheckList.objects.get(posting=posting.pk)


def open_items(row: CheckList, side: str) -> list[int]:
    """Return what is open on one side of a list."""
    with scope.system():
        found = CheckItem.objects.filter(of=row.pk, side=side, outcome="").order_by("pk")
        return list(found.values_list("pk", flat=True))


def a_care_visit(cast: Cast, **more: Any) -> CareVisit:
    """Let the supporting hospital visit somebody it has sent."""
    facts = {"day": AT.date(), "visitors": "院领导、医务处", **more}
    by = {"posting_ids": [a_posting(cast).public_id]}
    row: CareVisit = did(cast.supporting.office, services.note_visit, **by, visit=services.VisitFacts(**facts))
    return row


def a_handover(cast: Cast, posting: Posting | None = None, **more: Any) -> Handover:
    """Let the county hospital begin the handover of somebody."""
    posting = posting or a_posting(cast)
    facts = {"day": START + timedelta(days=5), "tasks": "两例随访，名单在科室", "students": "王医师 可独立值班", **more}
    host, handover = cast.county.coordinator, services.HandoverFacts(**facts)
    row: Handover = did(host, services.draft_handover, posting_id=posting.public_id, handover=handover)
    return row


def handed_over(cast: Cast, posting: Posting) -> Handover:
    """Let who has left and the house sign, without a successor."""
    row = a_handover(cast, posting)
    own = replace(cast.county.actor(Role.EXPERT), person_id=posting.person_id)
    did(own, services.sign_out, handover_id=row.public_id)
    done: Handover = did(cast.county.coordinator, services.sign_in, handover_id=row.public_id)
    return done


def signed_on_paper(cast: Cast) -> Handover:
    """Note that somebody signed their handover on paper."""
    row = a_handover(cast)
    scan = (Upload("交接单.pdf", PDF),)
    signed: Handover = did(cast.county.coordinator, services.sign_out, handover_id=row.public_id, uploads=scan)
    return signed


def a_station(cast: Cast, applied: date = START, **more: Any) -> Workstation:
    """Let the county hospital apply for a workstation."""
    facts = {"name": "皮肤科专家工作站", "specialty": "皮肤科", **more}
    station = services.StationFacts(
        relation_id=cast.relation.pk, recipient_id=cast.county.id, sender_id=cast.supporting.id, **facts
    )
    row: Workstation = did(cast.county.office, services.apply_station, station=station, applied=applied)
    return row


LATER = datetime(2026, 4, 2, 3, 0, tzinfo=UTC)  # March has ended


def a_rate(cast: Cast, cents: int = 15000, **more: Any) -> AllowanceRate:
    """Let the supporting hospital pay 150 yuan for a counted day."""
    rate = services.RateFacts(cents, more.pop("from_date", START), **more)
    row: AllowanceRate = did(cast.supporting.office, services.set_rate, rate=rate)
    return row


def a_sheet(cast: Cast, month: date = START, at: datetime = LATER) -> AllowanceSheet:
    """Let the supporting hospital count a month."""
    office = cast.supporting.office
    with scope.acting(office):
        return services.draft_sheet(actor=office, at=at, key=None, month=month)
