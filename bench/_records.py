"""Fill the tables of records out of the plan of entries (`bench_entry`): needs, activities, papers, batches, postings.

Each has one record for each entry, spread over the same counties, days and kinds; the supporting hospital is a party
to all. A county states the needs; every third activity was recorded by its coordinator, the others by the office.
"""

from dataclasses import dataclass
from datetime import timedelta

from _sql import NOW, insert, one_of, run, ulid
from django.db import connection
from django.db.models import Max

from lianti.contexts.activities.flow import FLOW as ACTIVITIES
from lianti.contexts.activities.models import Activity, ActivityPerson, ActivityReceiver
from lianti.contexts.agreements import flow as papers
from lianti.contexts.agreements.models import Agreement, AgreementParty, Commitment, Goal
from lianti.contexts.agreements.words import GOAL_KINDS
from lianti.contexts.dispatch import flow as dispatch
from lianti.contexts.dispatch.models import (
    Appraisal,
    Attendance,
    AttendanceLine,
    Batch,
    Candidate,
    CareVisit,
    Certificate,
    CheckList,
    Clinic,
    Handover,
    LeaveSlip,
    PastService,
    Posting,
    PresenceCheck,
    StationExpert,
    Visited,
    Workstation,
)
from lianti.contexts.dispatch.states import HERE, LEFT, PostingKind
from lianti.contexts.needs import words
from lianti.contexts.needs.flow import FLOW as NEEDS
from lianti.contexts.needs.models import Need, NeedPerson
from lianti.contexts.papers import flow as issued
from lianti.contexts.papers.models import IssuedPaper
from lianti.kernel.flows import Flow
from lianti.kernel.models import Audience
from lianti.lib.dates import add_months, shanghai_day

MADE = (
    LeaveSlip,
    PresenceCheck,
    Workstation,
    Need,
    Activity,
    Agreement,
    Commitment,
    Goal,
    Batch,
    Posting,
    Attendance,
    AttendanceLine,
    Clinic,
    CheckList,
    CareVisit,
    Handover,
    Certificate,
    Appraisal,
    IssuedPaper,
    Candidate,
    PastService,
)
BY_FIRST = (dispatch.PASTS, dispatch.SLIPS)
BY_DAY = (dispatch.CHECKS, dispatch.VISITS, dispatch.HANDOVERS, dispatch.PRESENCES)
THIS_MONTH = shanghai_day(NOW).replace(day=1)
LAST_DAY = NOW.date() + timedelta(days=120)
FIRST_BATCH = "A" + "1".zfill(25)
GRID = "7" + "1".zfill(25)  # the month's sheet of many people


@dataclass(frozen=True)
class Grid:
    """One hospital to which many people were sent at once: whose month is a long grid."""

    receiver: int
    keeper: int
    relation: int
    people: list[int]


def fill(giver: int, counties: int, one_grid: Grid) -> None:
    """Make one record of each kind for each planned entry, and one month's sheet of many people."""
    turn = f"((id - 1) / {counties})"  # counts up within each county
    _needs(giver, turn)
    _activities(giver, turn)
    _agreements(giver, turn)
    _sent(giver, turn)
    _proved(giver, turn)
    _attended(giver, turn)
    _grid(giver, one_grid)


def _record() -> dict[str, str]:
    return {"id": "id", "version": "1", "chain": "''", "created_at": f"'{NOW.isoformat()}'"}


def _needs(giver: int, turn: str) -> None:
    insert(
        Need,
        "bench_entry",
        {**_record(), "public_id": ulid("4", "id"), "tenant_id": "receiver", "created_by_id": "coordinator",
         "state": _states(NEEDS, turn), "number": "'N' || id",
         "stater_id": "receiver", "addressed_id": str(giver), "relation_id": "relation", "group": ulid("5", "id"),
         "category": one_of(list(words.categories())[:4], turn), "specialty": "'普外科'",
         "text": "'请派人带教腹腔镜手术，每月两次'", "amount": "2", "unit": "unit", "priority": f"1 + ({turn} / 7) % 3",
         "stated_date": "day", "turn_date": "day"},
    )  # fmt: skip
    insert(NeedPerson, "bench_entry", {"need_id": "id", "person_id": "person"})
    for tenant in (str(giver), "stater_id"):
        _seen(NEEDS, tenant, "stated_date", "priority")


def _activities(giver: int, turn: str) -> None:
    ours = f"{turn} % 3 = 0"
    insert(
        Activity,
        "bench_entry",
        {**_record(), "public_id": ulid("3", "id"), "kind": "kind", "day": "day", "giver_id": str(giver),
         "tenant_id": f"CASE WHEN {ours} THEN receiver ELSE {giver} END", "quantity": "1", "relation_id": "relation",
         "created_by_id": f"CASE WHEN {ours} THEN coordinator ELSE declarer END",
         "state": f"CASE WHEN {turn} % 20 = 19 THEN 'withdrawn' ELSE 'recorded' END"},
    )  # fmt: skip
    insert(ActivityReceiver, "bench_entry", {"activity_id": "id", "institution_id": "receiver", "entry_id": "id"})
    insert(ActivityPerson, "bench_entry", {"activity_id": "id", "person_id": "person", "part": "'lead'", "share": "1"})
    both = "activities_activity a JOIN activities_activityreceiver r ON r.activity_id = a.id"
    for tenant in (str(giver), "r.institution_id"):
        _seen(ACTIVITIES, tenant, "a.day", "0", both, "a.")


def _agreements(giver: int, turn: str) -> None:
    ours = {**_record(), "tenant_id": str(giver), "created_by_id": "declarer", "relation_id": "relation"}
    insert(
        Agreement,
        "bench_entry",
        {**ours, "public_id": ulid("6", "id"), "state": _states(papers.AGREEMENTS, turn), "number": "'A' || id",
         "title": "'对口支援协议'", "from_date": "year", "to_date": "day", "clauses": "'{}'"},
    )  # fmt: skip
    insert(
        Commitment,
        "bench_entry",
        {**ours, "public_id": ulid("7", "id"), "state": _states(papers.COMMITMENTS, turn), "agreement_id": "id",
         "group": ulid("8", "id"), "kind": "kind", "text": "'每月派人带教'", "giver_id": str(giver),
         "receiver_id": "receiver", "amount": "12", "unit": "unit", "period": "'year'"},
    )  # fmt: skip
    insert(
        Goal,
        "bench_entry",
        {**ours, "public_id": ulid("9", "id"), "state": _states(papers.GOALS, turn), "institution_id": "receiver",
         "kind": one_of(list(GOAL_KINDS), turn), "text": "'独立开展腹腔镜手术'", "due_date": "day"},
    )  # fmt: skip
    for tenant in (str(giver), "receiver"):
        insert(AgreementParty, "bench_entry", {"agreement_id": "id", "institution_id": tenant})
        for flow in (papers.AGREEMENTS, papers.COMMITMENTS, papers.GOALS):
            source = f"bench_entry e JOIN {flow.record._meta.db_table} r ON r.id = e.id"
            _seen(flow, tenant, f"'{NOW.date()}'", "0", source, "r.")


def _sent(giver: int, turn: str) -> None:
    """One batch of one person each; its states and theirs go their own turns."""
    ours = {**_record(), "tenant_id": str(giver), "created_by_id": "declarer", "relation_id": "relation",
            "sender_id": str(giver), "kind": one_of([str(kind) for kind in PostingKind], turn),
            "from_date": "day", "to_date": f"'{LAST_DAY}'"}  # fmt: skip
    insert(
        Batch,
        "bench_entry",
        {**ours, "public_id": ulid("A", "id"), "state": _states(dispatch.BATCHES, turn), "number": "'PC' || id",
         "name": "'派驻医疗队'", "group_id": "(SELECT min(id) FROM network_peoplegroup)"},
    )  # fmt: skip
    state = _states(dispatch.POSTINGS, turn)
    came, left = (", ".join(f"'{one}'" for one in states) for states in (HERE | LEFT, LEFT))
    insert(
        Posting,
        "bench_entry",
        {**ours, "public_id": ulid("B", "id"), "state": state, "number": "'PZ' || id", "batch_id": "id",
         "person_id": "person", "recipient_id": "receiver", "department": "'急诊科'",
         "counted_days": "id % 180", "counted_on": f"'{NOW.date()}'",
         "arrived": f"CASE WHEN {state} IN ({came}) THEN day END",
         "left": f"CASE WHEN {state} IN ({left}) THEN day END"},
    )  # fmt: skip
    _people(giver)
    insert(
        Clinic,
        "bench_entry",
        {**_record(), "tenant_id": "receiver", "created_by_id": "coordinator", "public_id": ulid("C", "id"),
         "state": _states(dispatch.CLINICS, turn), "posting_id": "id", "person_id": "person",
         "sender_id": str(giver), "recipient_id": "receiver", "weekday": f"1 + {turn} % 7", "half": "'morning'",
         "name": "'专家门诊'", "from_date": "day"},
    )  # fmt: skip
    ours = {**_record(), "tenant_id": str(giver), "created_by_id": "declarer", "sender_id": str(giver),
            "recipient_id": "receiver", "day": "day"}  # fmt: skip
    insert(
        CheckList,
        "bench_entry",
        {**ours, "public_id": ulid("D", "id"), "state": _states(dispatch.CHECKS, turn), "posting_id": "id",
         "person_id": "person", "leaving": "false"},
    )  # fmt: skip
    insert(
        CareVisit,
        "bench_entry",
        {**ours, "public_id": ulid("E", "id"), "state": "'open'", "visitors": "'院领导'", "follow_up": "'宿舍暖气'",
         "owner_id": "receiver", "due": f"'{LAST_DAY}'"},
    )  # fmt: skip
    insert(
        Handover,
        "bench_entry",
        {**ours, "public_id": ulid("F", "id"), "state": "'drafted'", "posting_id": "id", "person_id": "person",
         "tasks": "'两例随访'"},
    )  # fmt: skip
    insert(
        Workstation,
        "bench_entry",
        {**_record(), "tenant_id": "receiver", "created_by_id": "coordinator", "public_id": ulid("G", "id"),
         "state": _states(dispatch.STATIONS, turn), "number": "'GZ' || id", "name": "'皮肤科专家工作站'",
         "relation_id": "relation", "sender_id": str(giver), "recipient_id": "receiver", "specialty": "'皮肤科'",
         "applied": "day"},
    )  # fmt: skip
    insert(
        LeaveSlip,
        "bench_entry",
        {**_record(), "tenant_id": str(giver), "created_by_id": "declarer", "sender_id": str(giver),
         "recipient_id": "receiver", "public_id": ulid("S", "id"), "state": _states(dispatch.SLIPS, turn),
         "number": "'QJ' || id",
         "posting_id": "id", "person_id": "person", "kind": "'personal'", "first": "day", "until": f"'{LAST_DAY}'",
         "approval": "'office'"},
    )  # fmt: skip
    insert(
        PresenceCheck,
        "bench_entry",
        {**ours, "public_id": ulid("T", "id"), "state": "'noted'", "number": "'CG' || id", "person_id": "person",
         "way": "'phone'", "found": "'present'", "checked_by": "'医务科'"},
    )  # fmt: skip
    insert(StationExpert, "bench_entry", {"station_id": "id", "person_id": "person"})
    insert(Visited, "bench_entry", {"visit_id": "id", "posting_id": "id"})
    for tenant in (str(giver), "receiver"):
        _seen(
            dispatch.STATIONS,
            tenant,
            "r.applied",
            "0",
            "bench_entry e JOIN dispatch_workstation r ON r.id = e.id",
            "r.",
        )
        for flow in (
            dispatch.BATCHES,
            dispatch.POSTINGS,
            dispatch.CLINICS,
            dispatch.CHECKS,
            dispatch.VISITS,
            dispatch.HANDOVERS,
            dispatch.PASTS,
            dispatch.SLIPS,
            dispatch.PRESENCES,
        ):
            source = f"bench_entry e JOIN {flow.record._meta.db_table} r ON r.id = e.id"
            day = "r.day" if flow in BY_DAY else "r.first" if flow in BY_FIRST else "r.from_date"
            rank = "r.counted_days" if flow is dispatch.POSTINGS else "0"
            _seen(flow, tenant, day, rank, source, "r.")


def _people(giver: int) -> None:
    """Everybody who was sent as the list of who is next has them, and service before the platform of each entry."""
    ours = {**_record(), "tenant_id": str(giver), "created_by_id": "declarer", "sender_id": str(giver),
            "person_id": "person"}  # fmt: skip
    insert(
        Candidate,
        "(SELECT min(id) AS id, person, min(declarer) AS declarer FROM bench_entry GROUP BY person) p",
        {**ours, "public_id": ulid("G", "id"), "state": "'listed'", "lacking": "id % 360", "turn": "id % 9999",
         "days": "360 - id % 360", "counted_on": f"'{NOW.date()}'"},
    )  # fmt: skip
    insert(
        PastService,
        "bench_entry",
        {**ours, "public_id": ulid("H", "id"), "state": "'noted'", "number": "'LS' || id", "place": "'云溪县医院'",
         "recipient_id": "receiver", "kind": "'long'", "first": "day", "last": "day", "letter_number": "'函1号'"},
    )  # fmt: skip


def _proved(giver: int, turn: str) -> None:
    """A certificate, an appraisal and a paper for each."""
    ours = {**_record(), "tenant_id": str(giver), "created_by_id": "declarer"}
    sides = {**ours, "person_id": "person", "sender_id": str(giver)}
    open_states = ["issued", "withdrawn"]  # of those under way a person has one
    insert(
        Certificate,
        "bench_entry",
        {**sides, "public_id": ulid("G", "id"), "state": one_of(open_states, turn), "number": "'ZM' || id",
         "until": "day", "days": "180", "months": "'6'"},
    )  # fmt: skip
    insert(
        Appraisal,
        "bench_entry",
        {**sides, "public_id": ulid("H", "id"), "state": _states(dispatch.APPRAISALS, turn), "number": "'KH' || id",
         "posting_id": "id", "recipient_id": "receiver", "begun": "day"},
    )  # fmt: skip
    insert(
        IssuedPaper,
        "bench_entry",
        {**ours, "public_id": ulid("J", "id"), "state": "'valid'", "number": "'FZ' || id", "paper": "'bench'",
         "title": "'基层服务证明'", "issuer_id": str(giver), "subject_kind": "'bench'", "subject_id": "'bench'",
         "content": "'{}'", "shown": "'{}'", "digest": "''", "code": "''", "code_hash": "'h' || id",
         "issued_on": "day"},
    )  # fmt: skip
    for tenant in (str(giver), "receiver"):
        for flow, day in (
            (dispatch.CERTIFICATES, "until"),
            (dispatch.APPRAISALS, "begun"),
            (issued.PAPERS, "issued_on"),
        ):
            source = f"bench_entry e JOIN {flow.record._meta.db_table} r ON r.id = e.id"
            _seen(flow, tenant, f"r.{day}", "0", source, "r.")


def _attended(giver: int, turn: str) -> None:
    """A month's sheet for each: the first of a county and month is its month, all others supplement it.

    A county has one sheet a month; so lists are long by sheets that put a month right, and by some that were dropped.
    """
    ours = {**_record(), "tenant_id": "receiver", "created_by_id": "coordinator", "sender_id": str(giver),
            "recipient_id": "receiver", "month": "month", "since": "day"}  # fmt: skip
    firsts = "(SELECT receiver, month, min(id) AS first FROM bench_entry GROUP BY receiver, month) f"
    waits = f"month >= '{add_months(THIS_MONTH, -1)}'"
    state = (
        f"CASE WHEN id <> first THEN {one_of(['sealed', 'dropped'], turn)} WHEN {waits} THEN 'open' ELSE 'sealed' END"
    )
    insert(
        Attendance,
        f"(SELECT e.*, f.first FROM bench_entry e JOIN {firsts} ON f.receiver = e.receiver AND f.month = e.month) p",
        {**ours, "public_id": ulid("U", "id"), "state": state, "number": "'KQ' || id",
         "corrects_id": "CASE WHEN id <> first THEN first END"},
    )  # fmt: skip
    insert(
        AttendanceLine,
        "bench_entry",
        {"attendance_id": "id", "posting_id": "id", "letters": f"'{'p' * 28}'", "counted": "28"},
    )
    for tenant in (str(giver), "receiver"):
        source = "bench_entry e JOIN dispatch_attendance r ON r.id = e.id"
        _seen(dispatch.ATTENDANCE, tenant, "r.month", "0", source, "r.")


def _grid(giver: int, made: Grid) -> None:
    """Send many people to one hospital, and begin the sheet of last month, in which nothing is marked yet."""
    run("CREATE TABLE bench_grid (n integer PRIMARY KEY, id bigint, person bigint)")
    with connection.cursor() as cursor:
        before = Posting.objects.aggregate(last=Max("pk"))["last"]
        rows = [[n, before + n, person] for n, person in enumerate(made.people, 1)]
        cursor.executemany("INSERT INTO bench_grid VALUES (%s, %s, %s)", rows)
    since, month = add_months(THIS_MONTH, -4), add_months(THIS_MONTH, -1)
    sides = {**_record(), "created_by_id": str(made.keeper), "sender_id": str(giver),
             "recipient_id": str(made.receiver)}  # fmt: skip
    insert(
        Posting,
        "bench_grid",
        {**sides, "public_id": ulid("6", "n"), "tenant_id": str(giver), "state": "'on_duty'", "number": "'PW' || n",
         "batch_id": "1", "person_id": "person", "relation_id": str(made.relation), "department": "'急诊科'",
         "kind": f"'{PostingKind.LONG}'", "from_date": f"'{since}'", "to_date": f"'{LAST_DAY}'",
         "arrived": f"'{since}'", "counted_days": "90", "counted_on": f"'{NOW.date()}'"},
    )  # fmt: skip
    insert(
        Attendance,
        "bench_grid WHERE n = 1",
        {**sides, "id": "id", "public_id": f"'{GRID}'", "tenant_id": str(made.receiver), "state": "'open'",
         "number": "'KW1'", "month": f"'{month}'", "since": f"'{month}'"},
    )  # fmt: skip
    for tenant in (giver, made.receiver):
        of = "bench_grid g JOIN {0} r ON r.id = g.id"
        source = of.format("dispatch_posting")
        _seen(dispatch.POSTINGS, str(tenant), "r.from_date", "r.counted_days", source, "r.")
        _seen(dispatch.ATTENDANCE, str(tenant), "r.month", "0", of.format("dispatch_attendance"), "r.")
    run("DROP TABLE bench_grid")


def _states(flow: Flow, turn: str) -> str:
    return one_of([str(state) for state in flow.spec.states], turn)


def _seen(flow: Flow, tenant: str, day: str, rank: str, source: str = "", of: str = "") -> None:
    final = ", ".join(f"'{state}'" for state in flow.spec.final)
    insert(
        Audience,
        source or flow.record._meta.db_table,
        {"tenant_id": tenant, "kind": f"'{flow.kind}'", "record_pk": f"{of}id", "day": day, "rank": rank,
         "open": f"{of}state NOT IN ({final})"},
    )  # fmt: skip
