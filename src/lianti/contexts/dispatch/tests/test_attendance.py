"""A month of attendance: kept, handed in when it is over, sealed by both, its days declared to the ledger."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from lianti.contexts.dispatch import flow, queries, services, tasks
from lianti.contexts.dispatch.models import Attendance, AttendanceLine, AttendanceMark, Posting
from lianti.contexts.dispatch.queries import months, sheet_days
from lianti.contexts.dispatch.states import AttendanceState
from lianti.contexts.dispatch.tests.builders import a_batch, a_posting, fresh, named, sent
from lianti.contexts.ledger import queries as ledger_queries
from lianti.contexts.ledger import services as ledger
from lianti.contexts.ledger.models import Entry
from lianti.contexts.network.models import Person
from lianti.kernel import scope
from lianti.kernel.models import WorkItem
from lianti.kernel.workflow import engine
from lianti.lib import ids
from lianti.lib.actor import Actor
from lianti.lib.dates import shanghai_day
from lianti.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from lianti.lib.roles import Role
from tests.cast import AT, Cast, a_member, signed_in_client

pytestmark = pytest.mark.django_db
MARCH, APRIL = date(2026, 3, 1), datetime(2026, 4, 1, 2, tzinfo=UTC)
attendance = services.attendance


def do(verb: str, actor: Actor, at: datetime = APRIL, **given: Any) -> Any:
    with scope.acting(actor):
        return getattr(services.attendance, verb)(actor=actor, at=at, key=None, **given)


def begun(cast: Cast, at: datetime = APRIL, month: date = MARCH) -> Attendance:
    pair = {"sender_id": cast.supporting.id, "recipient_id": cast.county.id}
    made: Attendance = do("begin_month", cast.county.coordinator, at, month=month, **pair)
    return made


def marked(cast: Cast, row: Attendance, *marks: tuple[Any, ...], **more: Any) -> Attendance:
    made: Attendance = do("mark_many", cast.county.department_head, month_id=row.public_id, marks=marks, **more)
    return made


def sealed(cast: Cast, row: Attendance, at: datetime = APRIL) -> Attendance:
    by = {"month_id": row.public_id}
    do("submit", cast.county.department_head, at, **by)
    do("confirm", cast.county.coordinator, at, **by)
    made: Attendance = do("seal", cast.supporting.office, at, **by)
    return made


def days(row: Posting) -> list[Entry]:
    with scope.system():
        return list(Entry.objects.filter(kind="dispatch", giver=row.sender_id).order_by("pk"))


def counted(cast: Cast, row: Posting, today: date) -> int:
    with scope.acting(cast.county.office):
        page = queries.posting_page(cast.county.office, row)
        return queries.counted(cast.county.office, page, today)[0].days


def march(n: int) -> date:
    return MARCH + timedelta(days=n - 1)


# Story (b) of the issue: a month of thirty days, closed on the first of the next.


def test_a_november_with_leave_a_call_home_and_two_nights_is_closed_on_the_first_of_december(cast: Cast) -> None:
    november, last = date(2026, 11, 1), datetime(2026, 11, 30, 10, tzinfo=UTC)
    first = datetime(2026, 12, 1, 2, tzinfo=UTC)
    row = a_posting(cast, to_date=date(2027, 2, 28))
    row_month = begun(cast, last, november)
    leave = services.LeaveFacts("personal", date(2026, 11, 11), date(2026, 11, 13), cast.supporting.expert.person_id)
    host = cast.county.coordinator
    with scope.acting(host):
        told: dict[str, Any] = {"actor": host, "key": None, "posting_id": row.public_id}
        services.take_leave(**told, at=datetime(2026, 11, 11, 1, tzinfo=UTC), leave=leave)
        services.return_from_leave(**told, at=datetime(2026, 11, 14, 1, tzinfo=UTC), back=date(2026, 11, 14))
    nights = [(row.public_id, date(2026, 11, day), "night") for day in (4, 18)]
    home = (row.public_id, date(2026, 11, 20), "called_home", "", "急诊手术")
    do("mark_many", cast.county.department_head, last, month_id=row_month.public_id, marks=[*nights, home])
    with scope.system():
        (waits,) = WorkItem.objects.filter(kind="dispatch.attendance", closed_at=None)
    assert waits.due is not None
    assert shanghai_day(waits.due) == date(2026, 12, 3), "nothing of it is late before the month is over"
    with pytest.raises(Conflict):
        do("submit", cast.county.department_head, last, month_id=row_month.public_id)
    sealed(cast, row_month, first)
    (entry,) = days(row)
    assert (entry.quantity, entry.unit, entry.state, entry.level) == (Decimal(26), "person_day", "counted", 2)
    assert (entry.day, entry.day_to) == (november, date(2026, 11, 30))
    assert (entry.source_kind, entry.source_id, entry.late) == ("dispatch.attendance", row_month.pk, False)
    with scope.system():
        (one,) = months.months_of(fresh(row_month), date(2026, 12, 1))
    assert (one.sums.present, one.sums.counted, one.sums.leave, one.sums.due) == (17, 26, {"personal": 3}, 21)
    from_march = (date(2026, 12, 1) - MARCH).days
    assert counted(cast, fresh(row), date(2026, 11, 30)) == from_march - 4


def test_only_what_differs_is_kept_and_it_can_be_taken_away_again(cast: Cast) -> None:
    row, month = a_posting(cast), begun(cast, AT)
    marked(cast, month, (row.public_id, march(2), "present"), (row.public_id, march(3), "night"), at=AT)
    with scope.system():
        assert list(AttendanceMark.objects.values_list("day", "mark")) == [(march(3), "night")]
    marked(cast, month, (row.public_id, march(3), ""), at=AT)
    with scope.system():
        assert not AttendanceMark.objects.exists()


def test_an_import_stands_behind_what_was_typed_and_both_are_kept(cast: Cast) -> None:
    row, month = a_posting(cast), begun(cast, AT)
    marked(cast, month, (row.public_id, march(3), "leave", "sick"), at=AT)
    imported = [(row.public_id, march(3), "present"), (row.public_id, march(4), "absent")]
    marked(cast, month, *imported, source="imported", at=AT)
    with scope.system():
        (one,) = months.months_of(fresh(month), AT.date())
    third, fourth = one.cells[march(3)], one.cells[march(4)]
    assert (third.mark, third.leave, third.other and third.other.mark) == ("leave", "sick", "present")
    assert (fourth.mark, fourth.origin) == ("absent", "imported")


@pytest.mark.parametrize(
    ("mark", "field"),
    [
        (("", march(3), "night"), "0-posting"),
        (("own", date(2026, 4, 1), "night"), "0-day"),
        (("own", march(11), "night"), "0-day"),  # not come yet
        (("own", march(3), "asleep"), "0-mark"),
        (("own", march(3), "leave"), "0-mark"),
        (("own", march(3), "night", "sick"), "0-mark"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_marked(cast: Cast, mark: tuple[Any, ...], field: str) -> None:
    row, month = a_posting(cast), begun(cast, AT)
    given = (row.public_id if mark[0] else "0" * 26, *mark[1:])
    with pytest.raises(Invalid) as refused:
        marked(cast, month, given, (row.public_id, march(2), "night"), at=AT)
    assert set(refused.value.fields) == {field}
    with scope.system():
        assert not AttendanceMark.objects.exists()


def test_what_is_marked_after_the_sheet_was_handed_in_is_late(cast: Cast) -> None:
    row, month = a_posting(cast), begun(cast)
    marked(cast, month, (row.public_id, march(3), "night"))
    do("submit", cast.county.department_head, month_id=month.public_id)
    marked(cast, month, (row.public_id, march(4), "night"))
    with scope.system():
        late = dict(AttendanceMark.objects.values_list("day", "late"))
    assert late == {march(3): False, march(4): True}


def test_an_old_version_is_refused_and_the_mark_is_not_set(cast: Cast) -> None:
    row, month = a_posting(cast), begun(cast)
    marked(cast, month, (row.public_id, march(3), "night"), version=month.version)
    with pytest.raises(Conflict):
        marked(cast, month, (row.public_id, march(3), "rest"), version=month.version)
    with scope.system():
        assert AttendanceMark.objects.get().mark == "night"


def test_each_seal_is_the_other_sides_and_nobody_gives_both(cast: Cast) -> None:
    a_posting(cast)
    month = begun(cast)
    by = {"month_id": month.public_id}
    both = a_member(Role.COORDINATOR, cast.county.institution)
    with scope.system():
        principal = fresh_principal(both)
    here = a_member(Role.COORDINATOR, cast.supporting.institution, principal=principal)
    do("submit", cast.county.department_head, **by)
    for actor in (cast.supporting.office, cast.county.department_head, cast.county.leader):
        with pytest.raises(NotAllowed):
            do("confirm", actor, **by)
    with pytest.raises(NotFound):
        do("confirm", cast.stranger.office, **by)
    do("confirm", both, **by)
    for actor in (cast.county.office, here):
        with pytest.raises(NotAllowed):
            do("seal", actor, **by)
    assert do("seal", cast.supporting.office, **by).state == AttendanceState.SEALED


def fresh_principal(actor: Actor) -> Any:
    from lianti.kernel.models import Principal

    return Principal.objects.get(pk=actor.principal_id)


def test_a_returned_month_is_kept_further_and_its_seal_is_gone(cast: Cast) -> None:
    row, month = a_posting(cast), begun(cast)
    by = {"month_id": month.public_id}
    do("submit", cast.county.department_head, **by)
    do("confirm", cast.county.coordinator, **by)
    with pytest.raises(Conflict):
        marked(cast, month, (row.public_id, march(3), "night"))
    do("send_back", cast.supporting.office, **by, note="三日夜班漏记")
    with scope.system():
        assert not AttendanceLine.objects.exists()
    assert fresh(month).confirmed is None
    marked(cast, month, (row.public_id, march(3), "night"))
    sealed(cast, month)
    assert [entry.quantity for entry in days(row)] == [31]


def test_a_seal_by_whom_the_sender_employs_leaves_the_days_declared(cast: Cast) -> None:
    row, month = a_posting(cast), begun(cast)
    president = a_member(Role.COORDINATOR, cast.county.institution, employer=cast.supporting.institution)
    do("submit", cast.county.department_head, month_id=month.public_id)
    do("confirm", president, month_id=month.public_id)
    do("seal", cast.supporting.office, month_id=month.public_id)
    assert [entry.state for entry in days(row)] == ["declared"]


def test_two_postings_of_one_person_in_a_month_are_one_entry(cast: Cast) -> None:
    row = a_posting(cast)
    with scope.acting(cast.county.coordinator):
        told: dict[str, Any] = {"actor": cast.county.coordinator, "key": None}
        services.finish(**told, at=AT, posting_id=row.public_id, left=march(5))
    batch = a_batch(cast, name="第十批")
    nominee = services.Nominee(row.person_id, cast.county.id)
    with scope.acting(cast.supporting.office):
        services.name_people(actor=cast.supporting.office, at=AT, key=None, batch_id=batch.public_id, people=[nominee])
    sent(cast, batch)
    with scope.acting(cast.county.coordinator):
        services.receive(**told, at=APRIL, batch_id=batch.public_id, arrived=march(20))
    sealed(cast, begun(cast))
    (entry,) = days(row)
    assert entry.quantity == 5 + 12


def test_a_supplementary_sheet_corrects_by_the_difference(cast: Cast) -> None:
    row, month = a_posting(cast), begun(cast)
    sealed(cast, month)
    sheet = do("supplement", cast.county.coordinator, month_id=month.public_id)
    with pytest.raises(Conflict):
        do("supplement", cast.county.coordinator, month_id=month.public_id)
    with pytest.raises(Invalid):
        marked(cast, sheet, (row.public_id, march(3), "absent"))
    with pytest.raises(Conflict):
        do("submit", cast.county.department_head, month_id=sheet.public_id)
    marked(cast, sheet, *((row.public_id, march(n), "absent", "", "请假条补交") for n in (3, 4)))
    sealed(cast, sheet)
    assert [entry.quantity for entry in days(row)] == [31, -2]
    assert {entry.state for entry in days(row)} == {"counted"}
    again = do("supplement", cast.county.coordinator, month_id=month.public_id)
    marked(cast, again, (row.public_id, march(4), "present", "", "当日在岗，查有手术记录"))
    sealed(cast, again)
    assert sum(entry.quantity for entry in days(row)) == 30
    assert counted(cast, fresh(row), date(2026, 3, 31)) == 30


def test_who_was_not_on_the_sealed_sheet_comes_onto_a_supplementary_one(cast: Cast) -> None:
    a_posting(cast)
    month = begun(cast)
    sealed(cast, month)
    batch = a_batch(cast, name="第十批")
    (late,) = named(cast, batch)
    sent(cast, batch)
    host = cast.county.coordinator
    with scope.acting(host):
        services.receive(actor=host, at=APRIL, key=None, batch_id=batch.public_id, arrived=march(30))
    sheet = do("supplement", host, month_id=month.public_id)
    marked(cast, sheet, (late.public_id, march(30), "present", "", "漏登"))
    sealed(cast, sheet)
    assert [entry.quantity for entry in days(late)] == [31, 2]


def test_a_declared_month_is_declared_anew_by_its_supplement(cast: Cast) -> None:
    row, month = a_posting(cast), begun(cast)
    president = a_member(Role.COORDINATOR, cast.county.institution, employer=cast.supporting.institution)
    do("submit", cast.county.department_head, month_id=month.public_id)
    do("confirm", president, month_id=month.public_id)
    do("seal", cast.supporting.office, month_id=month.public_id)
    sheet = do("supplement", cast.county.coordinator, month_id=month.public_id)
    marked(cast, sheet, (row.public_id, march(3), "absent", "", "旷工"))
    sealed(cast, sheet)
    assert [(entry.quantity, entry.state) for entry in days(row)] == [(30, "counted")]


def test_a_month_begins_once_and_only_where_somebody_was(cast: Cast) -> None:
    pair = {"sender_id": cast.supporting.id, "recipient_id": cast.county.id}
    with pytest.raises(Conflict):
        do("begin_month", cast.county.coordinator, month=MARCH, **pair)
    a_posting(cast)
    assert begun(cast).pk == begun(cast).pk
    with pytest.raises(NotAllowed):
        do("begin_month", cast.stranger.office, month=date(2026, 4, 1), **pair)


def test_the_job_begins_each_month_once_and_nothing_of_it_is_late(cast: Cast) -> None:
    a_posting(cast)
    for at in (AT, AT + timedelta(days=1)):
        with scope.system():
            tasks.begin_months({}, at=at, task_id=0)
    with scope.system():
        (row,) = Attendance.objects.all()
        (waits,) = WorkItem.objects.filter(kind="dispatch.attendance", closed_at=None)
    assert (row.tenant_id, row.month, waits.tenant_id) == (cast.county.id, MARCH, cast.county.id)
    assert waits.due is not None
    assert waits.due.date() > date(2026, 3, 31)


# Pages -------------------------------------------------------------------------------------------


def test_the_keeper_types_marks_and_a_stale_page_keeps_what_was_typed(cast: Cast) -> None:
    row, month = a_posting(cast), begun(cast)
    client = signed_in_client(cast.county.department_head)
    url = f"/dispatch/attendance/{month.public_id}/"
    with scope.system():
        name = Person.objects.get(pk=row.person_id).name
    lines = f"{name}\t3-5\t事假\t家中有事\n{name}\t9\t△"
    given = {"key": ids.new(), "seen": month.version, "lines": lines}
    with translation.override("zh-hans"):
        answer = client.post(f"{url}moves/mark/", given, HTTP_ACCEPT_LANGUAGE="zh-hans")
    assert answer.status_code == 303, answer.content.decode()[:3000]
    with scope.system():
        kept = sorted(AttendanceMark.objects.values_list("day__day", "mark", "leave"))
    assert kept == [(3, "leave", "personal"), (4, "leave", "personal"), (5, "leave", "personal"), (9, "night", "")]
    stale = client.post(f"{url}moves/mark/", {**given, "key": ids.new(), "lines": f"{row.number}\t12\tx\t"})
    assert stale.status_code == 409
    assert f"{row.number}\t12\tx" in stale.content.decode()
    wrong = client.post(f"{url}moves/mark/", {"key": ids.new(), "lines": f"{name}\t35\tx\n某人\t3\tx"})
    assert wrong.status_code == 422
    with scope.system():
        assert AttendanceMark.objects.count() == 4


def test_a_persons_month_is_marked_day_by_day_without_scripts(cast: Cast) -> None:
    row, month = a_posting(cast), begun(cast)
    client = signed_in_client(cast.county.department_head)
    url = f"/dispatch/attendance/{month.public_id}/of/{row.public_id}/"
    page = client.get(url).content.decode()
    assert page.count("<select") == 31
    assert client.post(url, {"key": ids.new(), "seen": month.version, "d3": "n"}).status_code == 303
    stale = client.post(url, {"key": ids.new(), "seen": month.version, "d3": "n", "d4": "x"})
    assert stale.status_code == 409
    assert 'value="x" selected' in stale.content.decode()
    with scope.system():
        assert list(AttendanceMark.objects.values_list("day__day", "mark")) == [(3, "night")]
    expert = signed_in_client(cast.county.clinician)
    assert "<select" not in expert.get(url).content.decode()
    assert expert.post(url, {"key": ids.new(), "d3": "x"}).status_code == 403
    assert signed_in_client(cast.stranger.office).get(url).status_code == 404


def test_of_what_kind_a_leave_was_stands_in_no_grid_of_a_colleague(cast: Cast) -> None:
    row, month = a_posting(cast), begun(cast)
    marked(cast, month, (row.public_id, march(3), "leave", "sick", "住院"))
    texts = {}
    for who in (cast.county.coordinator, cast.county.clinician):
        client = signed_in_client(who)
        base = f"/dispatch/attendance/{month.public_id}/"
        for path in ("", "print/", f"of/{row.public_id}/"):
            page = client.get(base + path).content.decode()
            page = page.split('class="grid-keys"')[0]
            texts[(who.role, path)] = any(word in page for word in ("Si<", "Sick", "住院", "病<"))
        assert client.get(f"{base}file/").status_code == 200
    assert {key for key, told in texts.items() if told} == {
        (Role.COORDINATOR, path) for path in ("", "print/", f"of/{row.public_id}/")
    }


def test_days_declared_by_hand_are_not_declared_again_unasked(cast: Cast) -> None:
    row = a_posting(cast)
    typed = ledger_entry(cast, row)
    month = begun(cast)
    do("submit", cast.county.department_head, month_id=month.public_id)
    do("confirm", cast.county.coordinator, month_id=month.public_id)
    with scope.system():
        name = row.person.name
    page = signed_in_client(cast.supporting.office).get(f"/dispatch/attendance/{month.public_id}/").content.decode()
    assert f"{name}" in page
    assert 'name="again"' in page
    do("seal", cast.supporting.office, month_id=month.public_id)
    assert [one.pk for one in days(row)] == [typed.pk]
    with scope.acting(cast.supporting.office):
        facts = [one.facts for one in engine.story(flow.ATTENDANCE, fresh(month), cast.supporting.office)]
    assert facts[-1] == {"by_hand": [f"#{row.person_id}"]}


def test_whoever_says_so_declares_them_beside(cast: Cast) -> None:
    row = a_posting(cast)
    typed = ledger_entry(cast, row)
    month = begun(cast)
    do("submit", cast.county.department_head, month_id=month.public_id)
    do("confirm", cast.county.coordinator, month_id=month.public_id)
    do("seal", cast.supporting.office, month_id=month.public_id, again=True)
    assert [one.quantity for one in days(row)] == [typed.quantity, Decimal(31)]


def ledger_entry(cast: Cast, row: Posting) -> Entry:
    """Let the sender's office declare two days of the month by hand."""
    facts = ledger.EntryFacts(
        "activities.activity", row.pk, row.public_id, row.sender_id, row.recipient_id, "dispatch", Decimal(2),
        march(3), march(4), ((row.person_id, "lead", None),),
    )  # fmt: skip
    with scope.acting(cast.supporting.office):
        return ledger.declare(actor=cast.supporting.office, at=APRIL, key=None, entry=facts)


def test_the_months_sheet_of_the_ledger_says_the_days_by_mark_and_no_kind_of_leave(cast: Cast) -> None:
    """Sealed days as sealed; a stranger's institution reads none."""
    row = a_posting(cast)
    month = begun(cast)
    marked(cast, month, (row.public_id, march(3), "night", ""), (row.public_id, march(4), "leave", "sick"))
    sealed(cast, month)
    whose = ledger_queries.WhoseDays(row.person_id, row.sender_id, row.recipient_id, MARCH)
    with scope.acting(cast.county.office), translation.override("en"):
        found = {str(mark): many for mark, many in sheet_days.days_by_mark(cast.county.office, whose, APRIL.date())}
        assert not sheet_days.days_by_mark(cast.stranger.office, whose, APRIL.date())
    assert (found["Night duty"], found["Leave of absence"]) == (1, 1)
    assert sum(found.values()) == 31 - (row.arrived - MARCH).days
