"""Rows of the tables that the matrix' world leaves empty, written by hand: what is tried here is the wall alone."""

from typing import Any

from axes.models import AccessAttempt, AccessAttemptExpiration, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session

from lianti.contexts.accounts.models import OneTimeCode
from lianti.contexts.activities.models import Activity, ActivityAccount, ActivityParticipant
from lianti.contexts.agreements.models import Plan, PlanTransition, ReviewArea, ReviewAreaTransition
from lianti.contexts.dispatch import services as dispatch
from lianti.contexts.dispatch.models import (
    AllowanceDeduction,
    AllowanceLine,
    AllowanceSheet,
    Attendance,
    AttendanceLine,
    AttendanceMark,
    Clinic,
    ClinicDay,
    Leave,
    Posting,
    Quota,
    StationExpert,
    StationYear,
    Workstation,
)
from lianti.contexts.intake.models import Remembered
from lianti.contexts.intake.states import Word
from lianti.contexts.ledger.models import Account, CheckTransition, Closing, ClosingTransition, Entry, SpotCheck
from lianti.contexts.needs.models import Need, NeedPerson
from lianti.contexts.network.models import (
    Department,
    Figure,
    GroupMember,
    InstitutionName,
    PastEmployment,
    PastTitle,
    PeopleGroup,
    PeopleGroupTransition,
    Person,
    PersonDoubt,
    PersonDoubtTransition,
    RelationSpecialty,
    RuleSet,
    RuleSetTransition,
    Specialty,
)
from lianti.kernel import scope
from lianti.kernel.models import Answer, Audience, Notice, OutboxTask
from lianti.records.models import HeldFile, KeptForm, Meaning, SavedView, Sought, UploadCode
from tests.cast import AT, DAY, SINCE
from tests.permissions.world import World


def make(world: World) -> None:
    """Write them, as a job does: the county hospital's office is the maker of all."""
    with scope.system():
        _of_people(world)
        _of_dispatch(world)
        _of_plans(world)
        _of_the_ledger(world)
        _of_the_network(world)


def _mine(world: World) -> dict[str, Any]:
    office = world.cast.county.office
    return {"tenant_id": office.tenant_id, "created_at": AT, "created_by_id": office.principal_id}


def _told(world: World, record: Any) -> dict[str, Any]:
    office = world.cast.county.office
    return {
        "record": record,
        "name": "made",
        "target": record.state,
        "at": AT,
        "principal_id": office.principal_id,
        "tenant_id": office.tenant_id,
    }


def _of_people(world: World) -> None:
    office = world.cast.county.leader
    OneTimeCode.objects.create(principal_id=office.principal_id, made_at=AT, expires_at=AT)
    attempt = AccessAttempt.objects.create(username="u", failures_since_start=1)
    AccessAttemptExpiration.objects.create(access_attempt=attempt, expires_at=AT)
    AccessFailureLog.objects.create(username="u")
    AccessLog.objects.create(username="u")
    Session.objects.create(session_key="k", session_data="d", expire_date=AT)
    Answer.objects.create(principal_id=office.principal_id, key="k", body="b", record="r", at=AT)
    Notice.objects.create(principal_id=office.principal_id, tenant_id=office.tenant_id, text_key="t", kind="k", at=AT)
    OutboxTask.objects.create(
        name="tests.asked", run_after=AT, principal_id=office.principal_id, tenant_id=office.tenant_id, role=office.role
    )
    Remembered.objects.create(
        tenant_id=office.tenant_id, kind=next(iter(Word)), written="省医", at=AT, by_id=office.principal_id
    )
    passing = {"principal_id": office.principal_id, "expires_at": AT, "address": "/needs/new/"}
    UploadCode.objects.create(**passing, tenant_id=office.tenant_id, token="t", field="files")
    HeldFile.objects.create(**passing, field="files", name="照片.jpg", size=1)
    KeptForm.objects.create(**passing, browser="b", page="/needs/new/", data={})
    Sought.objects.create(principal_id=office.principal_id, expires_at=AT, words="某人")
    SavedView.objects.create(
        principal_id=office.principal_id, tenant_id=office.tenant_id, list="needs.need", name="急", query="state=open"
    )
    Meaning.objects.create(tenant_id=office.tenant_id, code="people", said="姓名", means="person")
    PastTitle.objects.create(person=Person.objects.earliest("pk"), title_level="attending", until=DAY)
    NeedPerson.objects.create(need=Need.objects.earliest("pk"), name="某人")


def _of_dispatch(world: World) -> None:
    """Somebody who is not yet known to the recipient, and days away of who is."""
    there, coming = Posting.objects.order_by("pk")[:2]
    Quota.objects.create(batch_id=there.batch_id, department="心内科", people=2)
    Leave.objects.create(posting=there, kind="annual", first=DAY, until=DAY)
    house = world.cast.county
    told: dict[str, Any] = {"actor": house.coordinator, "at": AT, "key": None}
    dispatch.set_house_list(**told, items=[dispatch.HouseItem("recipient", False, "钥匙")])
    sheet = AllowanceSheet.objects.order_by("pk").first()
    about: dict[str, Any] = {"sheet": sheet, "person_id": there.person_id}
    AllowanceLine.objects.filter(sheet=sheet).delete()
    AllowanceLine.objects.create(**about, posting=there, month=DAY.replace(day=1), days=3, rate=100, cents=300)
    AllowanceDeduction.objects.create(**about, cents=100, note="伙食")
    station = Workstation.objects.order_by("pk").first()
    StationExpert.objects.create(station=station, person_id=there.person_id)
    StationYear.objects.create(station=station, year=2026, goals="坐诊")
    ClinicDay.objects.create(clinic=Clinic.objects.order_by("pk").first(), day=DAY, held="stopped")
    month = Attendance.objects.earliest("pk")
    AttendanceMark.objects.create(
        attendance=month, posting=there, day=DAY, origin="typed", mark="night", marked_by_id=month.created_by_id
    )
    AttendanceLine.objects.create(attendance=month, posting=there, letters="v" * 31, counted=31)
    Posting.objects.filter(pk=coming.pk).update(state="nominated", ordered_by=None)


def _of_plans(world: World) -> None:
    relation, lead = world.cast.relation, world.cast.supporting.id
    plan = Plan.objects.create(relation=relation, state="current", approach="先教后做", **_mine(world))
    area = ReviewArea.objects.create(relation=relation, state="current", text="急诊", **_mine(world))
    PlanTransition.objects.create(**_told(world, plan))
    ReviewAreaTransition.objects.create(**_told(world, area))
    for kind, made in (("agreements.plan", plan), ("agreements.review_area", area)):
        Audience.objects.create(kind=kind, record_pk=made.pk, tenant_id=lead, day=DAY)


def _of_the_ledger(world: World) -> None:
    giver, receiver, judge = world.cast.supporting.id, world.cast.county.id, world.cast.authority.id
    pair = {"giver_id": giver, "receiver_id": receiver}
    activity = Activity.objects.earliest("pk")
    ActivityAccount.objects.get_or_create(activity=activity, account=Account.objects.earliest("pk"))
    ActivityParticipant.objects.create(activity=activity, institution_id=giver)
    check = SpotCheck.objects.create(
        entry=Entry.objects.earliest("pk"), **pair, judge_id=judge, state="drawn", **_mine(world)
    )
    closing = Closing.objects.create(**pair, month=DAY.replace(day=1), state="proposed", **_mine(world))
    CheckTransition.objects.create(**_told(world, check))
    ClosingTransition.objects.create(**_told(world, closing))


def _of_the_network(world: World) -> None:
    cast = world.cast
    county = cast.county.institution
    Department.objects.create(institution=county, name="急诊科")
    wide = {"use": "trial", "name": "通用", "scope": "country", "source": "纪要", "state": "kept"}
    said = RuleSet.objects.create(**wide, **_mine(world))
    RuleSetTransition.objects.create(**_told(world, said))
    InstitutionName.objects.create(institution=county, name="云溪县医院", from_date=SINCE)
    Figure.objects.create(relation=cast.relation, label="张床位", value=3)
    Figure.objects.create(institution=county, label="张床位", value=400, said_by=cast.supporting.institution)
    RelationSpecialty.objects.create(relation=cast.relation, specialty=Specialty.objects.create(name="卒中"))
    group = PeopleGroup.objects.create(institution=county, name="第一批", state="open", **_mine(world))
    PeopleGroupTransition.objects.create(**_told(world, group))
    GroupMember.objects.create(group=group, person=Person.objects.earliest("pk"), from_date=SINCE)
    of_county, of_supporting = (Person.objects.filter(employer=e).earliest("pk") for e in (county, cast.supporting.id))
    doubt = PersonDoubt.objects.create(person=of_county, other=of_supporting, state="open", **_mine(world))
    PersonDoubtTransition.objects.create(**_told(world, doubt))
    PastEmployment.objects.create(person=Person.objects.earliest("pk"), institution=county, to_date=SINCE)
