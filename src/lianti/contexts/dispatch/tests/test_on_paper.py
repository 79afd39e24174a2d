"""A month whose receiving side has nobody here: kept and printed by who sent, stamped there, its scan booked."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lianti.contexts.accounts.models import Membership
from lianti.contexts.dispatch import services
from lianti.contexts.dispatch.models import Attendance, AttendanceLine, Posting
from lianti.contexts.dispatch.queries import months
from lianti.contexts.dispatch.services import PaperMonth
from lianti.contexts.dispatch.states import AttendanceState
from lianti.contexts.dispatch.tests.builders import END, START, fresh
from lianti.contexts.dispatch.tests.test_attendance import APRIL, MARCH, days, do, march
from lianti.contexts.evidence.services import Upload
from lianti.contexts.evidence.tests.samples import PDF
from lianti.contexts.ledger import queries as ledger
from lianti.contexts.network.models import Person
from lianti.kernel import scope
from lianti.kernel.models import Principal, WorkItem
from lianti.lib.actor import Actor
from lianti.lib.errors import Conflict, Invalid, NotAllowed
from lianti.lib.roles import Role
from tests.cast import AT, Cast, a_member, a_person, signed_in_client

pytestmark = pytest.mark.django_db


def stay(cast: Cast) -> Posting:
    """Return somebody on duty at the county's, of whom the file of an earlier year told: nobody there is here."""
    job = replace(cast.supporting.office, role=Role.SYSTEM)
    told: dict[str, Any] = {"actor": job, "at": AT, "key": None, "source": "年报"}
    with scope.system():
        person = a_person(employer=cast.supporting.institution)
    with scope.acting(job):
        facts = services.BatchFacts("第八批支援医疗队", cast.relation.pk, "long", START, END)
        letter = services.LetterFacts("云医函〔2026〕1号", date(2026, 2, 20))
        batch = services.adopt_batch(**told, batch=facts, sender_id=cast.supporting.id, letter=letter, state="ordered")
        nominee = services.Nominee(person.pk, cast.county.id)
        return services.adopt_posting(
            **told, batch_id=batch.public_id, nominee=nominee, state="on_duty", stay=services.Stay(START)
        )


def kept(cast: Cast, *marks: tuple[Any, ...]) -> Attendance:
    """Return the month as the sending side keeps it, handed in."""
    pair = {"sender_id": cast.supporting.id, "recipient_id": cast.county.id}
    row = do("begin_month", cast.supporting.coordinator, month=MARCH, **pair)
    if marks:
        do("mark_many", cast.supporting.coordinator, month_id=row.public_id, marks=marks)
    return fresh(do("submit", cast.supporting.coordinator, month_id=row.public_id))


def signer(cast: Cast) -> Person:
    return a_person(employer=cast.county.institution, duty="医务科长")


def printed(row: Attendance) -> str:
    """Return the code that the print bears."""
    with scope.system():
        return months.code_of(fresh(row), date(2026, 4, 1))


def book(cast: Cast, row: Attendance, actor: Actor | None = None, who: Person | None = None, **more: Any) -> Attendance:
    given = {"given_on": date(2026, 3, 31), "signatory_id": (who or signer(cast)).pk, "code": printed(row)}
    return fresh(
        do(
            "book_seal", actor or cast.supporting.coordinator, month_id=row.public_id,
            seal=PaperMonth(**{**given, **more}), upload=Upload("三月考勤.pdf", PDF),
        )
    )  # fmt: skip


def stamped(cast: Cast) -> Attendance:
    """Return an April of the pair stamped on paper while nobody of the receiving side was here; they come back."""
    may, april = datetime(2026, 5, 2, 2, tzinfo=UTC), date(2026, 4, 1)
    seats = Membership.objects.filter(institution=cast.county.id).values("principal")
    with scope.system():
        gone = list(Principal.objects.filter(pk__in=seats, is_active=True).values_list("pk", flat=True))
        Principal.objects.filter(pk__in=gone).update(is_active=False)
    pair = {"sender_id": cast.supporting.id, "recipient_id": cast.county.id}
    row = do("begin_month", cast.supporting.coordinator, may, month=april, **pair)
    do("submit", cast.supporting.coordinator, may, month_id=row.public_id)
    with scope.system():
        code = months.code_of(fresh(row), may.date())
    seal = PaperMonth(date(2026, 4, 30), signer(cast).pk, code)
    told = {"month_id": row.public_id, "seal": seal, "upload": Upload("四月考勤.pdf", PDF)}
    do("book_seal", cast.supporting.coordinator, may, **told)
    with scope.system():
        Principal.objects.filter(pk__in=gone).update(is_active=True)
    return row


def test_the_stamped_print_is_booked_and_the_days_are_confirmed_on_paper(cast: Cast) -> None:
    posting = stay(cast)
    row = kept(cast, (posting.public_id, march(11), "leave", "personal", "家事"))
    with scope.system():
        (waits,) = WorkItem.objects.filter(kind="dispatch.attendance", closed_at=None)
    assert (waits.tenant_id, waits.verb) == (cast.supporting.id, "dispatch.book_month")
    row = book(cast, row)
    assert (row.state, row.confirmed, row.confirmed_by_id) == (
        AttendanceState.CONFIRMED, date(2026, 3, 31), cast.supporting.coordinator.principal_id,
    )  # fmt: skip
    assert row.signatory_id
    assert row.scan_id
    with pytest.raises(NotAllowed):
        do("seal", cast.supporting.coordinator, month_id=row.public_id)
    do("seal", cast.supporting.office, month_id=row.public_id)
    (entry,) = days(posting)
    whole = (date(2026, 4, 1) - START).days
    assert (entry.quantity, entry.state, entry.level, entry.via) == (Decimal(whole - 1), "counted", 1, "paper")
    with scope.system():
        assert ledger.replayed_entries() == ledger.standing_entries()


def test_only_what_was_stamped_is_booked_by_whom_the_test_lets(cast: Cast) -> None:
    posting = stay(cast)
    row = kept(cast)
    before, good = printed(row), signer(cast)
    night = [(posting.public_id, march(11), "night")]
    do("mark_many", cast.supporting.coordinator, month_id=row.public_id, marks=night)
    for field, more in (
        ("print_code", {"code": before}),
        ("given_on", {"given_on": date(2026, 3, 30)}),
        ("given_on", {"given_on": date(2026, 4, 2)}),
        ("signatory", {"signatory_id": cast.supporting.leader.person_id}),
    ):
        with pytest.raises(Invalid) as refused:
            book(cast, row, who=good, **more)
        assert field in refused.value.fields
    seal = PaperMonth(march(31), good.pk, printed(row))
    with pytest.raises(Invalid):
        do("book_seal", cast.supporting.office, month_id=row.public_id, seal=seal)
    for nobody in (cast.supporting.leader, cast.supporting.department_head):
        with pytest.raises(NotAllowed):
            book(cast, row, nobody, good)
    with scope.system():
        assert not AttendanceLine.objects.exists()
    assert book(cast, row, who=good, code=f" {printed(row).lower()} ").state == AttendanceState.CONFIRMED


def test_who_comes_to_the_receiving_side_has_the_month_again(cast: Cast) -> None:
    posting = stay(cast)
    row = kept(cast)
    host = a_member(Role.COORDINATOR, cast.county.institution)
    with scope.system():
        services.attendance.begin_due(actor=replace(host, role=Role.SYSTEM), at=APRIL)
        (waits,) = WorkItem.objects.filter(kind="dispatch.attendance", closed_at=None, record_pk=row.pk)
    assert (waits.tenant_id, waits.verb) == (cast.county.id, "dispatch.confirm_month")
    mark = [(posting.public_id, march(12), "night")]
    for verb, more in (("mark_many", {"marks": mark}), ("submit", {})):
        with pytest.raises(NotAllowed):
            do(verb, cast.supporting.office, month_id=row.public_id, **more)
    with pytest.raises(NotAllowed):
        book(cast, row)
    do("confirm", host, month_id=row.public_id)
    do("seal", cast.supporting.office, month_id=row.public_id)
    assert days(posting)[0].level == 2


def test_a_booked_month_is_sent_back_and_a_sealed_one_supplemented_by_who_came(cast: Cast) -> None:
    posting = stay(cast)
    row = book(cast, kept(cast))
    host = a_member(Role.COORDINATOR, cast.county.institution)
    back = fresh(do("send_back", host, month_id=row.public_id, note="十二日不在岗"))
    assert (back.state, back.signatory_id, back.scan_id, back.confirmed) == (AttendanceState.OPEN, None, None, None)
    for verb, actor in (("submit", host), ("confirm", host), ("seal", cast.supporting.office)):
        do(verb, actor, month_id=row.public_id)
    more = do("supplement", host, month_id=row.public_id)
    do("mark_many", host, month_id=more.public_id, marks=[(posting.public_id, march(12), "absent", "", "查岗")])
    for verb, actor in (("submit", host), ("confirm", host), ("seal", cast.supporting.office)):
        do(verb, actor, month_id=more.public_id)
    assert [entry.quantity for entry in days(posting)][1:] == [Decimal(-1)]


def test_a_supplement_on_paper_counts_at_the_level_of_what_it_corrects(cast: Cast) -> None:
    posting = stay(cast)
    row = book(cast, kept(cast))
    do("seal", cast.supporting.office, month_id=row.public_id)
    more = do("supplement", cast.supporting.coordinator, month_id=row.public_id)
    told = [(posting.public_id, march(12), "absent", "", "漏记")]
    do("mark_many", cast.supporting.coordinator, month_id=more.public_id, marks=told)
    do("submit", cast.supporting.coordinator, month_id=more.public_id)
    book(cast, more)
    do("seal", cast.supporting.office, month_id=more.public_id)
    first, second = days(posting)
    assert (second.corrects_id, second.quantity, second.level) == (first.pk, Decimal(-1), first.level == 1)
    with scope.system():
        assert ledger.replayed_entries() == ledger.standing_entries()


def test_days_stay_declared_whose_signatory_has_gone_over_to_the_sender(cast: Cast) -> None:
    posting, who = stay(cast), signer(cast)
    row = book(cast, kept(cast), who=who)
    with scope.system():
        Person.objects.filter(pk=who.pk).update(employer=cast.supporting.institution)
    do("seal", cast.supporting.office, month_id=row.public_id)
    (entry,) = days(posting)
    assert (entry.state, entry.level) == ("declared", 0)


def test_the_page_tells_who_keeps_it_and_takes_the_scan(cast: Cast) -> None:
    stay(cast)
    row, who = kept(cast), signer(cast)
    client = signed_in_client(cast.supporting.coordinator)
    page = f"/dispatch/attendance/{row.public_id}/"
    assert who.name in client.get(page).content.decode()
    paper = client.get(f"{page}print/").content.decode()
    assert printed(row) in paper
    with pytest.raises(Conflict):
        do("book_seal", cast.supporting.coordinator, month_id=row.public_id, version=1,
           seal=PaperMonth(march(31), who.pk, printed(row)), upload=Upload("a.pdf", PDF))  # fmt: skip
    typed = {"given_on": "2026-03-31", "signatory": who.public_id, "seen": str(fresh(row).version)}
    move = reverse("dispatch:move_month", args=[row.public_id, "book_seal"])
    for code, status in (("000000", 422), (printed(row), 303)):
        file = SimpleUploadedFile("三月考勤.pdf", PDF, "application/pdf")
        assert client.post(move, {**typed, "print_code": code, "scan": file}).status_code == status
    assert "scan/" in client.get(page).content.decode()
    assert client.get(f"{page}scan/").status_code == 200
